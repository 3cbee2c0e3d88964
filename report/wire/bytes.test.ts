import { beforeAll, describe, expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { registry } from '../../server/registry.ts'
import { byteClasses } from '../../server/wire/span.ts'
import { bytesIn, captured, observed, wireRow } from '../fixture/wire.ts'
import { chinese } from '../words/catalogue.ts'
import { translated } from '../words/markup.ts'
import { bytesOf } from './bytes.ts'

const markupOf = (...rows: Row[]) => bytesOf(observed(rows)).markup
/** The markup of one technique. */
const detailsOf = (markup: string, technique: string) =>
  markup.split('<details class="bytes"').find((part) => part.startsWith(` id="bytes-${technique}"`)) ??
  expect.fail(technique)

describe('a run without captured bytes', () => {
  test.each([
    ['no observation', undefined],
    ['one that could not be made', observed([], 'no sockets here')],
    ['one without rows', observed([])],
  ])('says so, and how to capture them: %s', (_, observation) => {
    const { markup } = bytesOf(observation)
    expect(markup).toContain('This run has captured no bytes.')
    expect(markup).toContain('npx pushlab bench --experiment wire-bytes')
    expect(markup).not.toContain('<details')
  })
})

describe('what was captured here', () => {
  let rows: Row[] = []
  let markup = ''
  beforeAll(async () => {
    rows = await captured()
    markup = markupOf(...rows)
  })
  const sumOf = (where: Row) =>
    rows
      .filter((row) => Object.entries(where).every(([column, value]) => row[column] === value))
      .reduce((sum, { bytes }) => sum + Number(bytes), 0)

  test.each(registry.map(({ name }) => name))('%s adds up to its rows', (technique) => {
    const details = detailsOf(markup, technique)
    const sums = [...details.matchAll(/: ([\d,]+) B = ([^<]*)</g)].map(([, total = '', terms = '']) => ({
      total: Number(total.replace(',', '')),
      terms: Object.fromEntries(
        terms.split(' + ').map((term) => {
          const [bytes = '', name = ''] = term.split(' ')
          return [name.toLowerCase(), Number(bytes.replace(',', ''))]
        }),
      ),
    }))
    const phases = ['event', 'setup', 'after'].filter((phase) => sumOf({ technique, phase }) > 0)
    expect(sums.map(({ total }) => total)).toEqual(phases.map((phase) => sumOf({ technique, phase })))
    for (const [i, phase] of phases.entries()) {
      for (const name of byteClasses) {
        expect(sums[i]?.terms[name] ?? 0).toBe(sumOf({ technique, phase, class: name }))
      }
    }
    // And so do the tables, row by row.
    const bytes = [...details.matchAll(/<tr><td>[^<]*<td>([\d,]+)<td>/g)].map(([, n = '']) =>
      Number(n.replace(',', '')),
    )
    expect(bytes.reduce((sum, n) => sum + n, 0)).toBe(sumOf({ technique }))
  })

  test('each byte can be read from the page', () => {
    for (const { name } of registry) {
      const wire = ['event', 'setup', 'after'].flatMap((phase) =>
        rows.filter((row) => row.technique === name && row.phase === phase).map(({ hex }) => hex),
      )
      expect(Buffer.concat(bytesIn(detailsOf(markup, name))).toString('hex')).toBe(wire.join(''))
    }
  })

  test('an event of WebSocket shows its frame header in hex and bit by bit', () => {
    const details = detailsOf(markup, 'websocket')
    expect(details).toContain('<i class=f><b>81 64</b></i><i class=p>{"seq":1,')
    expect(details).toContain('one event: 102 B = 100 payload + 2 framing')
    expect(details).toContain('<td><code>1100100</code></td><th scope="row">payload length</th><td>100 bytes')
    expect(details).toContain('81 1e = 1 000 0001 | 0 0011110')
  })

  test('what a client has masked is shown unmasked beside', () => {
    expect(detailsOf(markup, 'socket-io')).toContain('<code translate="no">2probe</code>')
  })

  test('every span that was captured is explained and has a specification', () => {
    for (const [, why, specification] of markup.matchAll(/<th>[^<]*<td>(.*?)<td>(.*)\n/g)) {
      expect(why).not.toBe('')
      if (why !== 'as above' && !why?.startsWith('<a ')) expect(specification).toMatch(/^<a href="https:/)
    }
  })

  test('all techniques together are small, in both languages', () => {
    const zh = translated(bytesOf(observed(rows)).in(chinese), chinese)
    // On a busy machine a short poll asks more often in vain before the event is there.
    const isPoll = ({ technique, phase, label }: Row) =>
      technique === 'short-poll' && phase === 'setup' && label === 'request line'
    // Socket.IO may poll once more before it is upgraded, which is 900 bytes.
    const limit = 71_000 + Math.max(0, rows.filter(isPoll).length - 3) * 800
    for (const page of [markup, zh]) expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit)
  })

  test('bytes are the same in every language, and every other text is translated', () => {
    const zh = translated(bytesOf(observed(rows)).in(chinese), chinese)
    expect(bytesIn(zh)).toEqual(bytesIn(markup))
    const shown = zh.replaceAll(/<(pre|code)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, '\n')
    const english = shown
      .split('\n')
      .filter((text) => /[a-z]{3}/i.test(text) && !/\p{Script=Han}/u.test(text))
    const names =
      /^(RFC \d+ §[\d.]+|HTML §[\d.]+|Fetch §[\d.]+|NDJSON|WebSocket|Socket\.IO|XMLSocket（Flash）|TLS|MASK|FIN|RSV1–3|Adobe：XMLSocket|nginx：proxy_buffering)$/
    expect(english.filter((text) => !names.test(text.trim()))).toEqual([])
  })

  test('every class has a legend', () => {
    const legend = /<ul class="legend">.*?<\/ul>/s.exec(markup)?.[0] ?? ''
    expect(legend.match(/<li><i class=\w>/g)).toHaveLength(byteClasses.length)
    for (const name of byteClasses) expect(legend.toLowerCase()).toContain(`>${name}</i>`)
  })

  test('ids are there once, and links within lead to them', () => {
    const ids = [...markup.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id] of markup.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(id)
    expect(markup).not.toMatch(/ style=| title=| on\w+=/)
  })
})

test('hostile bytes are text, and can still be read', () => {
  const hostile = Buffer.from(`<script>alert("1")</script>'&amp;\0\xff\r\n\r\u240a</pre></i>`, 'latin1')
  const markup = markupOf(wireRow('data', hostile, { class: 'payload' }))
  expect(bytesIn(markup)).toEqual([hostile])
  expect(markup).not.toContain('<script')
  expect(markup).toContain('&lt;script&gt;')
  expect(markup).toContain('<b>00 ff</b>')
  expect(markup.match(/<\/pre>/g)).toHaveLength(1)
})

test('names from rows are escaped', () => {
  const markup = markupOf(wireRow('<b onclick="x">', 'a', { technique: '"><script>' }))
  expect(markup).not.toContain('<script>')
  expect(markup).not.toContain('<b onclick')
})

test('an exchange over HTTP has a block for each direction, and its lines', () => {
  const request = 'GET /x HTTP/1.1\r\n'
  const markup = markupOf(
    wireRow('request line', request, { direction: 'up', class: 'header' }),
    wireRow('end of header section', '\r\n', { direction: 'up', class: 'header' }),
    wireRow('status line', 'HTTP/1.1 204 No Content\r\n\r\n', { class: 'header' }),
  )
  expect(markup).toContain('<h4>client → server <small>19 B</small></h4>')
  expect(markup).toContain('<i class=h>GET /x HTTP/1.1␍␊\n</i><i class=h>␍␊\n</i></pre>')
  expect(bytesIn(markup).map(String)).toEqual([`${request}\r\n`, 'HTTP/1.1 204 No Content\r\n\r\n'])
})

test('masked bytes are hexadecimal even where they happen to be letters', () => {
  const up = { technique: 'websocket', direction: 'up', class: 'control' }
  const frame = [Uint8Array.of(0x81, 0x82), Uint8Array.of(1, 2, 3, 4), Uint8Array.from([0x61, 0x62])]
  const [header, key, content] = frame.map((bytes, i) =>
    wireRow(['frame header, text', 'masking key', 'packet that is no event'][i] as string, bytes, up),
  ) as [Row, Row, Row]
  const markup = markupOf(header, key, content)
  expect(markup).toContain(
    '<i class=c><b>81 82</b></i><i class=c><b>01 02 03 04</b></i><i class=c><b>61 62</b>',
  )
  expect(bytesIn(markup)).toEqual([Buffer.concat(frame)])
})

test('an extended payload length has a row of bits', () => {
  const header = Uint8Array.of(0x81, 126, 0x04, 0x00)
  const markup = markupOf(wireRow('frame header, text', header, { technique: 'websocket' }))
  expect(markup).toContain('<td>the next 16 bits say it</td>')
  expect(markup).toContain(
    '<code>00000100 00000000</code></td><th scope="row">extended payload length</th><td>1,024 bytes',
  )
})

test('of a long span the beginning is shown, and how much is left', () => {
  const long = wireRow('data', 'x'.repeat(512), { class: 'payload', bytes: 4_096, shownBytes: 512 })
  expect(markupOf(long)).toContain('<small>and 3,584 bytes more</small>')
  expect(markupOf(wireRow('data', 'x'.repeat(600)))).toContain('x</i><small>and 88 bytes more</small>')
})
