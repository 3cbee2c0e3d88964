import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { recordsFixture, scenarioFixture } from '../../report/fixture/records.ts'
import type { ResultRecord } from '../../results/record.ts'
import { liveTables } from './live-tables.ts'
import { TimeLeft } from './time-left.ts'

/** Rows up, letters, a line's end or beginning, and what clears all below. Escape is visible, for a pattern may not have it. */
const SEQUENCES = /\u241b\[(\d+)A|([^\u241b\n\r]+)|\n|\r|\u241b\[J/g

/** A terminal that folds lines which are too long for it, and folds them anew when it changes its size, as most do. */
class Terminal extends EventEmitter {
  columns: number
  rows: number
  /** As they were written, and of each what is behind it. */
  lines = ['$ make bench', '']
  #line = 1
  #offset = 0

  constructor(columns: number, rows: number) {
    super()
    this.columns = columns
    this.rows = rows
  }

  resize(columns: number, rows = this.rows): void {
    Object.assign(this, { columns, rows })
    this.emit('resize')
  }

  write(text: string): boolean {
    for (const [part, rows, letters] of text.replaceAll('\x1b', '\u241b').matchAll(SEQUENCES)) {
      if (rows) this.#up(Number(rows))
      else if (letters) this.#put(letters)
      else if (part === '\n') this.#next()
      else if (part === '\r') this.#offset -= this.#offset % this.columns
      else this.#clearBelow()
    }
    return true
  }

  /** The rows of each line, by where they begin. */
  #folded() {
    return this.lines.flatMap((line, at) => {
      const rows = Math.max(1, Math.ceil(line.length / this.columns))
      return Array.from({ length: rows }, (_, row) => ({ at, offset: row * this.columns }))
    })
  }

  #row(by: number) {
    const rows = this.#folded()
    const here = rows.findLastIndex(({ at, offset }) => at === this.#line && offset <= this.#offset)
    return rows[Math.max(0, here + by)]
  }

  #up(rows: number): void {
    const { at, offset } = this.#row(-rows) ?? { at: 0, offset: 0 }
    this.#line = at
    this.#offset = offset
  }

  #next(): void {
    if (!this.#row(1)) this.lines.push('')
    const { at, offset } = this.#row(1) ?? expect.fail('no row below')
    this.#line = at
    this.#offset = offset
  }

  #put(text: string): void {
    const line = this.lines[this.#line] ?? ''
    this.lines[this.#line] = line.slice(0, this.#offset) + text + line.slice(this.#offset + text.length)
    this.#offset += text.length
  }

  #clearBelow(): void {
    this.lines.length = this.#line + 1
    this.lines[this.#line] = this.lines[this.#line]?.slice(0, this.#offset) ?? ''
  }
}

const medians = [1_000, 1_020, 1_040, 1_060, 1_080, 1_100]
const scenario = { ...scenarioFixture, trials: medians.length }
const recordsOf = (technique: string) => recordsFixture({ scenario, technique, mediansUs: medians })
const names = ['sse', 'websocket', 'iframe-stream']
/** Trial by trial, as rounds go. */
const rounds = medians.flatMap((_, i) => names.map((name) => recordsOf(name)[i] as ResultRecord))

let terminal: Terminal
beforeEach(() => {
  terminal = new Terminal(100, 30)
  vi.useFakeTimers()
  return () => void vi.useRealTimers()
})

function start(before: ResultRecord[] = []) {
  const left = new TimeLeft([{ key: 'all', expectedMs: 60_000, trials: 0 }])
  left.begin('all')
  return liveTables(before, left, terminal as unknown as NodeJS.WriteStream)
}

function measure(display: ReturnType<typeof start>, records: readonly ResultRecord[]): void {
  for (const record of records) {
    display.began(`${record.scenario.name}, ${record.technique}`, record.scenario.name)
    display.ended('', record)
  }
  display.began('the next', scenarioFixture.name)
}

/** What stands on the terminal, its words apart. */
const shown = () => terminal.lines.map((line) => line.split(/ {2,}/).filter((text) => text !== ''))

test('a technique has a row from its first trial on, with a range from the second on, until all trials are there', () => {
  const display = start()
  expect(terminal.lines).toEqual([
    '$ make bench',
    expect.stringMatching(/ 0 %, 1 min 00 s left$/),
    'getting ready',
    '',
  ])
  measure(display, rounds.slice(0, 4))
  expect(
    shown()
      .slice(1, 5)
      .map((row) => row.slice(0, 3)),
  ).toEqual([
    ['steady-feed', 'trials', 'p50'],
    ['iframe-stream', '1/6', '~1 ms'],
    ['sse', '2/6', '~1.01 ms (1–1.02)'],
    ['websocket', '1/6', '~1 ms'],
  ])
  measure(display, rounds.slice(4))
  expect(
    shown()
      .slice(2, 5)
      .map((row) => row[2]),
  ).toEqual(Array(3).fill('1.05 ms (1.01–1.09)'))
})

test('the terminal may change its size: nothing is drawn twice, cut through, or taken from what stood before', () => {
  const display = start(rounds)
  measure(display, [])
  const wide = [...terminal.lines]
  expect(wide[1]).toMatch(/p50 +p99 +bytes +reqs +CPU$/)
  for (const columns of [60, 40, 100, 59, 200, 20, 100]) {
    terminal.resize(columns)
    const { lines } = terminal
    expect(lines[0]).toBe('$ make bench')
    expect(lines).toHaveLength(wide.length)
    expect(Math.max(...lines.slice(1).map(({ length }) => length))).toBeLessThan(columns)
    // Half a column is worse than none.
    if (columns >= 40) for (const line of lines.slice(2, 5)) expect(line).toMatch(/ms \(1\.01–1\.09\)( |$)/)
  }
  expect(terminal.lines).toEqual(wide)
  terminal.resize(60)
  expect(terminal.lines[1]).toMatch(/p50 +p99 +bytes$/)
  display.stop()
  expect(terminal.lines).toEqual(['$ make bench', ''])
})

test('where not all tables find room, the one of the present scenario stays, and what is measured now', () => {
  const idle = recordsFixture({ scenario: { ...scenarioFixture, name: 'other-feed' }, technique: 'sse' })
  const display = start([...rounds, ...idle])
  measure(display, [])
  expect(terminal.lines.join('\n')).toMatch(/steady-feed .*other-feed /s)
  terminal.resize(100, 8)
  expect(shown().map(([first]) => first)).toEqual([
    ...['$ make bench', 'steady-feed', 'iframe-stream', 'sse', 'websocket'],
    ...[undefined, expect.stringContaining('left'), 'the next', undefined],
  ])
  terminal.resize(100, 4)
  expect(terminal.lines.slice(-3)).toEqual([expect.stringContaining('left'), 'the next', ''])
})

test('the time left goes by each second, and failures are counted', () => {
  const display = start(rounds)
  const reason = 'The server ended early.'
  display.ended('', { scenario: 'steady-feed', technique: 'sse', copy: 1, trial: 1, reason })
  vi.advanceTimersByTime(15_000)
  expect(terminal.lines.at(-3)).toMatch(/^\u2588{5}\u2591{15} 25 %, 45 s left, 1 failed$/)
})

test('of a terminal that knows no size, 80 columns and 24 rows are supposed', () => {
  terminal = new Terminal(0, 0)
  const write = vi.spyOn(terminal, 'write').mockReturnValue(true)
  const display = start(rounds)
  measure(display, [])
  const [text = ''] = write.mock.lastCall ?? []
  expect(text.split('\r')[0]).toBe('\x1b[7A')
  expect(text).toMatch(/steady-feed +trials +p50 +p99 +bytes +reqs +CPU\n/)
})
