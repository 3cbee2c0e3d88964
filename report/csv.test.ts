import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FigureName, figures } from './analysis/figures.ts'
import { csvOf, figuresCsv } from './csv.ts'
import { chatFixture, choiceFixture, recordsFixture, silentFixture } from './fixture/records.ts'

/** Reads CSV as RFC 4180 has it: by the character, quotes doubled within quotes. */
function parsed(csv: string): string[][] {
  const rows: string[][] = []
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false]
  for (let i = 0; i < csv.length; i++) {
    const character = csv[i] as string
    if (quoted) {
      if (character !== '"') field += character
      else if (csv[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (character === '"' && field === '') quoted = true
    else if (character === ',') {
      row.push(field)
      field = ''
    } else if (character === '\r' && csv[i + 1] === '\n') {
      rows.push([...row, field])
      row = []
      field = ''
      i++
    } else if (/["\r\n]/.test(character)) throw new Error(`Not quoted at ${i}: ${JSON.stringify(character)}`)
    else field += character
  }
  if (quoted || field !== '' || row.length > 0) throw new Error('The last line does not end')
  return rows
}

/** What a spreadsheet may take for a formula. */
const FORMULA = /^[=+@\t\r-]/
const hostile = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[,"\r\n\t =+@;x'-]{0,12}$/),
  fc.constantFrom(
    '"',
    '""',
    ',',
    '\r\n',
    '\n',
    '\r',
    'a"b',
    '=1+1',
    '@SUM(A1)',
    '\t=1',
    '-2',
    '-2.5',
    '-',
    '-x',
    '+1',
  ),
)

describe('rows as CSV', () => {
  test('are had back as they were, with commas, quotes and line breaks in them', () => {
    const harmless = hostile.filter((text) => !FORMULA.test(text))
    fc.assert(
      fc.property(fc.array(fc.array(harmless, { minLength: 1, maxLength: 5 })), (rows) => {
        expect(parsed(csvOf(rows))).toEqual(rows)
      }),
      { numRuns: 500, seed: 21 },
    )
  })

  test('have numbers as they are, below 0 too', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noDefaultInfinity: true, noNaN: true }), { minLength: 1 }), (row) => {
        expect(parsed(csvOf([row]))[0]?.map(Number)).toEqual(row.map((value) => value + 0))
      }),
      { numRuns: 200, seed: 22 },
    )
  })

  test('end every line with CR LF', () => {
    expect(
      csvOf([
        ['a', 1],
        ['b,c', 2],
      ]),
    ).toBe('a,1\r\n"b,c",2\r\n')
    expect(csvOf([])).toBe('')
  })

  describe('have no text that a spreadsheet takes for a formula, but behind an apostrophe', () => {
    const isSafe = (text: string) => {
      const field = parsed(csvOf([[text, 'x']]))[0]?.[0] ?? expect.fail()
      expect([text, `'${text}`]).toContain(field)
      // A number below 0 is none, nor is a dash alone, which stands where there is no value.
      return !FORMULA.test(field) || field === '-' || /^-\d+(\.\d+)?$/.test(field)
    }

    test('that begins with =, +, @, a tab, a carriage return, or a dash and no digit', () => {
      fc.assert(
        fc.property(
          hostile.filter((text) => !/^-\d/.test(text)),
          (text) => isSafe(text),
        ),
        { numRuns: 2_000, seed: 23 },
      )
    })

    test('that begins as a number below 0 does', () => {
      for (const text of ['-2+3', "-1+cmd|' /C calc'!A0"]) expect([text, isSafe(text)]).toEqual([text, true])
    })
  })
})

describe('the figures of a run as CSV', () => {
  const records = [
    ...['sse', 'short-poll'].flatMap((technique) => recordsFixture({ technique, requestsPerEvent: 0.5 })),
    ...[0, 1].flatMap((at) => recordsFixture({ scenario: choiceFixture, at, technique: 'websocket' })),
    ...recordsFixture({ scenario: chatFixture, technique: 'sse', copy: 2 }),
    ...recordsFixture({ scenario: silentFixture, technique: 'sse' }),
  ]
  const [headings = [], ...rows] = parsed(figuresCsv(records))
  const at = (row: string[], heading: string) => row[headings.indexOf(heading)]

  test('are one row a record, with its place and what became of its events', () => {
    expect(rows).toHaveLength(records.length)
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([headings.length]))
    expect(new Set(headings).size).toBe(headings.length)
    rows.forEach((row, i) => {
      const { scenario, point, technique, copy, trial, account } = records[i] ?? expect.fail()
      const place = ['scenario', 'axis', 'position', 'technique', 'copy', 'trial'].map((name) =>
        at(row, name),
      )
      expect(place).toEqual([
        scenario.name,
        point.at?.axis ?? '',
        point.at === undefined ? '' : String(point.at.value),
        technique,
        String(copy),
        String(trial),
      ])
      const events = ['expected', 'delivered', 'lost', 'duplicated', 'reordered'] as const
      expect(events.map((name) => at(row, `${name}Events`))).toEqual(
        events.map((name) => String(account[name])),
      )
    })
  })

  test('are every figure, to the last digit, and empty where a trial has none', () => {
    const names = Object.keys(figures) as FigureName[]
    expect(headings.slice(-names.length)).toEqual(names)
    rows.forEach((row, i) => {
      for (const name of names) {
        const value = figures[name](records[i] ?? expect.fail())
        const text = value === undefined ? 'not recorded' : Number.isFinite(value) ? String(value) : ''
        expect([name, at(row, name)]).toEqual([name, text])
      }
    })
    expect(rows.some((row) => at(row, 'roundTripP50Us') === '')).toBe(true)
    expect(rows.some((row) => at(row, 'roundTripP50Us') !== '')).toBe(true)
  })
})
