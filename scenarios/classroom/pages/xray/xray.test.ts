import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classMarks } from '../../../../report/wire/classes.ts'
import { knownBinary } from '../../../../report/wire/spans.ts'
import { english, inWords } from '../../../../report/words/say.ts'
import { type ByteClass, byteClasses } from '../../../../server/wire/span.ts'
import type { Unit } from '../../log/entries.ts'
import { laneTitle } from '../../log/lane-numbers.ts'
import { liveCommand, wireCommand } from './commands.ts'
import { laneFixture, unitFixture } from './fixture.ts'
import { BYTES_A_ROW, hexRows } from './hex-rows.ts'
import { spansOfUnit } from './spans.ts'
import { classTotals, termsOf } from './sums.ts'
import { textPieces } from './text-pieces.ts'
import { latestOf, neighbour, requestOf, shownBytes } from './units.ts'
import { eventsText, whenText } from './words.ts'

/** Any bytes, and any partition of them into spans. */
const partitioned = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 40 })
  .chain((pieces) =>
    fc.record({
      pieces: fc.constant(pieces),
      classes: fc.array(fc.constantFrom(...byteClasses), {
        minLength: pieces.length,
        maxLength: pieces.length,
      }),
    }),
  )

function unitOf({ pieces, classes }: { pieces: Uint8Array[]; classes: ByteClass[] }): Unit {
  return unitFixture(
    Buffer.concat(pieces),
    pieces.map(({ length }, i) => [length, classes[i] as ByteClass, `span ${i}`]),
  )
}

describe('the hex view', () => {
  test('gives back any bytes and any spans', () => {
    fc.assert(
      fc.property(partitioned, (parts) => {
        const spans = spansOfUnit(unitOf(parts), 'sse')
        const rows = hexRows(spans)
        const pieces = rows.flatMap((row) => row.pieces)
        const all = Buffer.concat(parts.pieces)
        expect(Buffer.from(pieces.map(({ hex }) => hex.replaceAll(' ', '')).join(''), 'hex')).toEqual(all)
        expect(pieces.map(({ text }) => text).join('')).toBe(
          all.toString('latin1').replaceAll(/[^ -~]/g, '·'),
        )
        parts.pieces.forEach((piece, i) => {
          const its = pieces.filter(({ span }) => span === i)
          expect(its.map(({ hex }) => hex).join(' ')).toBe(
            [...piece].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
          )
          expect(its.map(({ isFirst }) => isFirst)).toEqual(its.map((_, at) => at === 0))
        })
        expect(rows.map(({ offset }) => Number.parseInt(offset, 16))).toEqual(
          rows.map((_, i) => i * BYTES_A_ROW),
        )
        const lengths = rows.map((row) => row.pieces.reduce((sum, { text }) => sum + text.length, 0))
        expect(lengths.slice(0, -1).every((length) => length === BYTES_A_ROW)).toBe(true)
      }),
    )
  })
})

describe('the text view', () => {
  test('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (shown, binary) => {
        const parts = textPieces({ shown, binary }).map(({ kind, text }) => {
          if (kind === 'hex') return Buffer.from(text.replaceAll(' ', ''), 'hex')
          return Buffer.from(kind === 'cr' ? '\r' : kind === 'lf' ? '\n' : text)
        })
        expect(Buffer.concat(parts)).toEqual(Buffer.from(shown))
      }),
    )
    expect(textPieces({ shown: Buffer.from('a\r\n\0'), binary: false }).map(({ text }) => text)).toEqual([
      'a',
      'CR',
      'LF',
      '00',
    ])
  })
})

describe('the style', () => {
  const css = readFileSync(new URL('./xray.css', import.meta.url), 'utf8')
  const tokens = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8')
  const colors = Object.fromEntries(
    [...(tokens + css).matchAll(/--([\w-]+): light-dark\((#[\da-f]+), (#[\da-f]+)\)/g)].map(
      ([, name = '', ...both]) => [name, both],
    ),
  )

  test('has a rule for every class of bytes', () => {
    for (const { code } of Object.values(classMarks)) expect(css).toContain(`.xray .${code} {`)
  })

  test.each([
    ...['payload', 'framing', 'compressed', 'handshake', 'control', 'tls'],
    ...['quiet', 'bad', 'ink'],
  ])('%s can be read wherever bytes of it stand, in both themes', (name) => {
    for (const theme of [0, 1]) {
      for (const ground of ['paper', 'panel', 'marked']) {
        expect
          .soft(contrast(colors[name]?.[theme] ?? '', colors[ground]?.[theme] ?? ''), ground)
          .toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const digits = color.length === 4 ? color.replaceAll(/[\da-f]/g, '$&$&') : color
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('the spans of a unit', () => {
  test('cover every byte once, whatever the unit says of them', () => {
    const anySpans = fc.array(
      fc.tuple(fc.nat(300), fc.nat(300), fc.constantFrom(...byteClasses), fc.string()),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 250 }), anySpans, (bytes, said) => {
        const unit = unitFixture(bytes, [], {
          spans: said.map(([start, length, ...rest]) => [start, start + length, ...rest]),
        })
        const spans = spansOfUnit(unit, 'sse')
        expect(Buffer.concat(spans.map(({ shown }) => shown))).toEqual(Buffer.from(bytes))
        expect(spans.reduce((sum, span) => sum + span.bytes, 0)).toBe(bytes.length)
        expect(
          spans.every(
            ({ start, bytes: count }, i) =>
              count > 0 && start === (spans[i - 1]?.start ?? 0) + (spans[i - 1]?.bytes ?? 0),
          ),
        ).toBe(true)
      }),
    )
  })

  test('say where more of the last may follow', () => {
    const unit = unitFixture('x'.repeat(3_000), [
      [10, 'framing', 'chunk size'],
      [2_990, 'payload', 'data'],
    ])
    const [first, last] = spansOfUnit(unit, 'sse')
    expect([first?.isOpen, last?.isOpen]).toEqual([false, true])
    expect(last?.shown.length).toBe(2_038)
    expect(shownBytes(unit).length).toBe(2_048)
  })

  test('know what is masked for no text', () => {
    const unit = unitFixture(Buffer.from('8183aabbcc0001 4142'.replace(' ', ''), 'hex'), [
      ...(
        [
          [2, 'control', 'frame header, text'],
          [4, 'control', 'masking key'],
          [3, 'control', 'body'],
        ] as const
      ).map((span): [number, ByteClass, string] => [...span]),
    ])
    expect(spansOfUnit(unit, 'websocket').map(({ binary }) => binary)).toEqual([true, true, true])
    expect(knownBinary([])).toEqual([])
  })
})

const unit = (number: number, more: Partial<Unit>) =>
  unitFixture('ab', [[2, 'framing', 'body']], { unit: number, ...more })
const units = [
  unit(1, { what: 'handshake-request', direction: 'up', about: '/websocket' }),
  unit(2, { what: 'handshake-response', about: '101' }),
  unit(4, { what: 'frame' }),
  unit(5, { what: 'frame', events: [7] }),
  unit(8, { what: 'request', direction: 'up', connection: 2, about: '/short-poll?lastEventId=7' }),
  unit(9, { what: 'response', connection: 2, about: '200' }),
  unit(10, { what: 'rest' }),
]

describe('which unit', () => {
  test('is the last that carried an event, or the last of its sort', () => {
    expect(
      (['event', 'request', 'answer', 'piece'] as const).map((sort) => latestOf(units, sort)?.unit),
    ).toEqual([5, 8, 9, 5])
    expect(latestOf(units.slice(0, 3), 'event')?.unit).toBe(4)
    expect(latestOf(units.slice(0, 2), 'piece')).toBeUndefined()
    expect(latestOf([], 'event')).toBeUndefined()
  })

  test('stands before or after one, even where that has been dropped', () => {
    const [first, , third] = units as [Unit, Unit, Unit]
    expect([neighbour(units, third, -1)?.unit, neighbour(units, third, 1)?.unit]).toEqual([2, 5])
    expect(neighbour(units, first, -1)).toBeUndefined()
    expect([neighbour(units, unit(7, {}), -1)?.unit, neighbour(units, unit(7, {}), 1)?.unit]).toEqual([5, 8])
    expect(neighbour(units, unit(10, {}), 1)).toBeUndefined()
  })

  test('asked for another, is the latest request before it on its connection', () => {
    expect(units.map((one) => requestOf(units, one)?.unit)).toEqual([1, 1, 1, 1, 8, 8, 1])
  })
})

describe('sums', () => {
  test('name each class that there is, in the order of the classes', () => {
    expect(
      termsOf({ header: 512, payload: 1_100, tls: 0 }).map(({ text }) => inWords(text, english)),
    ).toEqual(['1,100 payload', '512 header'])
    expect(termsOf({})).toEqual([])
  })

  test('of a lane are split by direction as far as anybody has counted that', () => {
    const lane = laneFixture({ id: 'sse', technique: 'sse' }, [
      unitFixture('GET /', [[5, 'header', 'request line']], { direction: 'up' }),
      unitFixture('HTTP/1.1', [[8, 'header', 'status line']]),
      unitFixture('{}', [[2, 'payload', 'data']]),
    ])
    expect(classTotals(lane)).toEqual([
      { byteClass: 'payload', up: 0, down: 2, bytes: 2 },
      { byteClass: 'header', up: 5, down: 8, bytes: 13 },
    ])
    const later = { ...lane, units: lane.units.slice(1) }
    expect(classTotals(later)[1]).toEqual({ byteClass: 'header', up: undefined, down: undefined, bytes: 13 })
    const zero = Object.fromEntries(byteClasses.map((name) => [name, 0])) as Record<ByteClass, number>
    expect(classTotals({ ...later, sumsUp: { ...zero, header: 5 } })[1]).toMatchObject({ up: 5, down: 8 })
  })
})

describe('commands', () => {
  const down = (what: Unit['what']) => ({ direction: 'down', what }) as const
  const up = (what: Unit['what']) => ({ direction: 'up', what }) as const
  test('capture an event of the same length, where there can be one', () => {
    expect(wireCommand('sse', 100)).toBe('npx pushlab wire sse --payload 100')
    expect(wireCommand('sse', 7)).toBe('npx pushlab wire sse')
    expect(wireCommand('sse')).toBe('npx pushlab wire sse')
  })

  test('ask the lane for what its page has asked', () => {
    const port = 8_101
    expect(liveCommand('sse', down('chunk'), port, '/sse?lastEventId=7')).toBe(
      'curl -siN --raw "http://127.0.0.1:8101/sse?lastEventId=7"',
    )
    expect(liveCommand('sse', up('request'), port)).toBe('curl -svN -o - http://127.0.0.1:8101/sse')
    expect(liveCommand('websocket', down('frame'), port)).toMatch(
      /^curl -siN -H "Connection: Upgrade".* http:\/\/127.0.0.1:8101\/websocket \| xxd$/,
    )
    expect(liveCommand('websocket', up('frame'), port)).toBeUndefined()
    expect(
      liveCommand('socket-io', down('response'), port, '/socket-io/?EIO=4&transport=polling&sid=abc'),
    ).toBe('curl -siN --raw "http://127.0.0.1:8101/socket-io/?EIO=4&transport=polling"')
    expect(liveCommand('socket-io', down('frame'), port)).toContain('transport=websocket')
  })

  test('hold nothing that a shell would read', () => {
    for (const target of [
      '/sse?a=$(reboot)',
      '/sse"; reboot',
      '/sse`x`',
      '/a b',
      '/sse%PATH%',
      'http://elsewhere/',
    ]) {
      expect(liveCommand('sse', down('chunk'), 1, target)).toBe('curl -siN --raw http://127.0.0.1:1/sse')
    }
  })
})

describe('words', () => {
  const text = (said: Parameters<typeof inWords>[0] | undefined) => said && inWords(said, english)
  test('say when a unit passed, and how long it took', () => {
    expect(text(whenText({ fromUs: 1_250_000, atUs: 1_250_400 }))).toBe('at 1.250 s')
    expect(text(whenText({ fromUs: 1_000_000, atUs: 1_250_000 }))).toBe('at 1.250 s, after 250 ms')
  })

  test('name the events that a unit carries', () => {
    expect([[], [4], [4, 5], [4, 5, 6], [4, 6, 7]].map((events) => text(eventsText(events)))).toEqual([
      undefined,
      'carries event 4',
      'carries events 4 and 5',
      'carries events 4 to 6',
      'carries events 4, 6 and 7',
    ])
  })

  test('tell lanes of one technique apart', () => {
    const lanes = [
      { id: 'sse', technique: 'sse' },
      { id: 'websocket', technique: 'websocket' },
      { id: 'websocket-forgetful', technique: 'websocket', forgetful: true },
      { id: 'websocket-again', technique: 'websocket' },
    ]
    expect(lanes.map((lane) => text(laneTitle(lane, lanes)))).toEqual([
      'Server-Sent Events',
      'WebSocket · websocket',
      'WebSocket, forgetful',
      'WebSocket · websocket-again',
    ])
  })
})
