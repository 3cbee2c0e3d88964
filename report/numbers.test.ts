import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Observation, Row } from '../results/observation.ts'
import type { ResultRecord, Run } from '../results/record.ts'
import { type Scenario, searchedPoint } from '../results/scenario.ts'
import { type MeasuredRun, readRun } from '../results/store.ts'
import { RECORD_SCHEMA, RUN_SCHEMA } from '../results/versions.ts'
import { entryOf, pollOf } from '../server/registry.ts'
import { byteClasses } from '../server/wire/span.ts'
import type { Cell, MeasuredScenario } from './analysis/cells.ts'
import { badgeFor } from './analysis/gate.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { mainScenario } from './analysis/needs.ts'
import { ownBadge } from './analysis/run-badges.ts'
import { atPosition, positionText } from './axis.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import {
  countsOf,
  figureByHeading,
  geometric,
  lackAt,
  mergedAt,
  mergedRatio,
  middle,
  pairedRatio,
  rangeOf,
  slope,
  standing,
  thousands,
  type Unit,
  written,
  writtenRange,
} from './fixture/figures.ts'
import {
  chartsIn,
  embeddedRun,
  plain,
  sectionOf,
  type Table,
  type TableCell,
  tablesIn,
  transposed,
} from './fixture/page.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
  sweepFixture,
} from './fixture/records.ts'
import { figuresTables } from './sections/figures-tables.ts'

/**
 * The figures in the page, computed again from the records that it carries, in another way than the report does. What
 * cells there are and which of them the gate voids is taken from the report: that has tests of its own.
 */

const CLASSES: Record<(typeof byteClasses)[number], string> = {
  payload: 'payload',
  framing: 'framing',
  compressed: 'compressed',
  header: 'headers',
  handshake: 'handshake',
  control: 'control',
  tls: 'TLS',
  unparsed: 'not understood',
}

type Kind = 'counted' | 'wire' | 'delay' | 'cost'
const COUNTED = /bytes|overhead|requests|packets|payload|empty/i
const kindOf = (heading: string): Kind =>
  /TCP\/IP|packets/i.test(heading)
    ? 'wire'
    : COUNTED.test(heading)
      ? 'counted'
      : heading.startsWith('Server') || heading.startsWith('Load agent')
        ? 'cost'
        : 'delay'
const isTimed = (kind: Kind) => kind === 'delay' || kind === 'cost'
/** Whether a figure may not be read in the machine's milliseconds, or in bytes and requests. */
const isVoid = (cell: Cell, kind: Kind) => badgeFor(cell, kind) === 'not valid'
const isComparable = (cell: Cell, kind: Kind) =>
  ['valid', 'use with care'].includes(badgeFor(cell, kind, 'compared'))
const isFloor = ({ technique }: Cell) => technique === 'bare-tcp'
const isCandidate = (cell: Cell) => cell.copy === 1 && !isFloor(cell)
/** Nobody would choose these for something new. */
const HISTORY = ['jsonp-poll', 'iframe-stream', 'multipart-stream', 'xml-socket']
const isPickable = (cell: Cell) => isCandidate(cell) && !HISTORY.includes(cell.technique)
const nameOf = (cell: Cell) => String(cell.title)
const figure = (heading: string) => figureByHeading[heading] ?? expect.fail(`No figure ${heading}`)
const valuesOf = ({ records }: Cell, heading: string) => records.map(figure(heading).of)
/** The geometric mean of trials, which divides to ratios; of p99 that of all trials together, and the longest of all. */
const meanOf = (cell: Cell, heading: string) =>
  heading === 'Delay, p99'
    ? mergedAt(cell.records, 0.99).value
    : heading === 'Delay, longest'
      ? Math.max(...valuesOf(cell, heading))
      : geometric(valuesOf(cell, heading))[0]

/** `4.2 ms` and `(3.9–4.6 ms)`, or a dash where there is nothing. */
function estimated(values: readonly number[], unit: Unit): [value: string, range: string] {
  const [value, ...range] = geometric(values)
  if (!Number.isFinite(value)) return ['-', '']
  return [written(value, unit), writtenRange(...range, unit)]
}

/** A figure of a cell with its range. */
function toldFigure(cell: Cell, heading: string): string {
  const { unit } = figure(heading)
  const values = valuesOf(cell, heading)
  if (heading === 'Delay, p99') return mergedText(cell, 0.99)
  if (heading !== 'Delay, longest') return estimated(values, unit).join(' ').trim()
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return Number.isFinite(high) ? `${written(high, unit)} ${writtenRange(low, high, unit)}`.trim() : '-'
}

function mergedText({ records }: Pick<Cell, 'records'>, share: number): string {
  const { value, low, high } = mergedAt(records, share)
  return Number.isFinite(value) ? `${written(value, 'us')} ${writtenRange(low, high, 'us')}`.trim() : '-'
}

/** What a p99 lacks: events and moments of all trials; where no histograms are kept, events of the trial that has fewest. */
function lackOf({ records }: Cell, heading: string): string | undefined {
  if (!figure(heading).isP99) return undefined
  const fewest = (all: readonly ResultRecord[]) =>
    Math.min(
      ...all.map(({ latency, roundTrip }) =>
        heading.startsWith('Round trip') ? (roundTrip?.n ?? 0) : latency.n,
      ),
    )
  return lackAt(records, 0.99, heading === 'Delay, p99' ? undefined : fewest)
}

/** A figure as a table shows it: not timed, too few events or moments, or its estimate. */
function shown(cell: Cell, heading: string): string {
  const { needs } = figure(heading)
  if (needs && cell.records.some((record) => !record[needs])) return 'not recorded'
  if (isTimed(kindOf(heading)) && (cell.records[0]?.scenario.trials ?? 0) < 3) return '-'
  return lackOf(cell, heading) ?? toldFigure(cell, heading)
}

const ratioOf = (a: Cell, b: Cell, heading: string) => {
  if (heading === 'Delay, p99') return mergedRatio(a.records, b.records)
  return pairedRatio(
    a.records.flatMap((record): [number, number][] => {
      const twin = b.records.find(({ trial }) => trial === record.trial)
      return twin ? [[figure(heading).of(record), figure(heading).of(twin)]] : []
    }),
  )
}

type Told = 'apart' | 'same' | 'untold'

interface Ranked {
  lowest: Cell
  others: {
    cell: Cell
    ratio: ReturnType<typeof pairedRatio>
    told: Told
    /** The share from which on its trials would have told a difference. */
    seenFrom: number
    /** Whether the trials or the load agent forbid to tell. */
    isNone: boolean
    /** Whether neither it nor any below it is told apart from the lowest. */
    isTied: boolean
  }[]
}

/**
 * As much as the run's A/A pair differs from itself in this very figure, or half the width of that interval, and 5 % at the
 * least; nothing of what is counted.
 */
function noiseOf({ pair }: MeasuredScenario, heading: string): number {
  if (!isTimed(kindOf(heading))) return 0
  if (!pair) return 0.05
  const { value, low, high } = ratioOf(pair.again, pair.first, heading)
  return Math.max(0.05, Math.abs(value - 1), Number.isNaN(low) ? 0 : (high - low) / 2)
}

/** Whether the load agent's lateness differs by more than half of what two delays differ by: then it made the difference. */
function isByAgent(a: Cell, b: Cell, heading: string, noise: number): boolean {
  if (kindOf(heading) !== 'delay') return false
  const late = ({ records }: Cell) =>
    middle(records.map(({ agent, bound }) => (bound ? bound.p50Us / 2 : agent.loopDelayP50Us)))
  const [one, other] = [meanOf(a, heading), meanOf(b, heading)]
  return Math.abs(late(a) - late(b)) > 0.5 * Math.max(Math.abs(one - other), noise * Math.min(one, other))
}

/** Who is how many times the lowest, and what the trials tell of it. */
function ranked(measured: MeasuredScenario, heading: string, among = (_: Cell) => true): Ranked | undefined {
  if (measured.unranked !== undefined) return undefined
  const kind = kindOf(heading)
  const noise = noiseOf(measured, heading)
  const [lowest, ...rest] = measured.cells
    .filter((cell) => isCandidate(cell) && among(cell) && isComparable(cell, kind))
    .filter((cell) => Number.isFinite(meanOf(cell, heading)) && lackOf(cell, heading) === undefined)
    .sort((a, b) => meanOf(a, heading) - meanOf(b, heading))
  if (!lowest || rest.length === 0) return undefined
  const ratios = rest.map((cell) => ratioOf(cell, lowest, heading))
  const stands = standing(ratios.map(({ p }) => p))
  const [from, to] = rangeOf(valuesOf(lowest, heading))
  const others = rest.map((cell, i) => {
    const ratio = ratios[i] ?? expect.fail()
    const [low, high] = rangeOf(valuesOf(cell, heading))
    const off = Math.abs(ratio.value - 1)
    const seenFrom = Math.max(noise, Math.sqrt(ratio.high / ratio.low) - 1)
    const isNone = ratio.n < 2 || isByAgent(cell, lowest, heading, noise)
    const isSame = off <= noise && seenFrom <= 0.1
    const timed: Told = isNone ? 'untold' : stands[i] && off > noise ? 'apart' : isSame ? 'same' : 'untold'
    const counted: Told = low <= to && from <= high ? 'same' : 'apart'
    const told = isTimed(kind) ? timed : counted
    return { cell, ratio, told, isNone: isTimed(kind) && isNone, seenFrom: isTimed(kind) ? seenFrom : 0 }
  })
  const first = others.findIndex(({ told }) => told === 'apart')
  return { lowest, others: others.map((one, i) => ({ ...one, isTied: first < 0 || i < first })) }
}

const toldText = (told: Told) => ({ apart: '', same: 'same within noise', untold: 'not told apart' })[told]

/** Badges of its own: which headings of them a table has, and what stands below. */
const BADGES = { Counting: 'counted', Comparing: 'compared', Timing: 'absolute' } as const
type BadgeHeading = keyof typeof BADGES
const badgeText = (badge: string | undefined) =>
  badge === undefined
    ? ''
    : ({ valid: '✓ valid', 'use with care': '! use with care', 'not measured': '– not measured' }[badge] ??
      '✕ not valid')

function checkBadges(table: Table, cells: readonly Cell[], kinds: readonly Kind[]): void {
  const timedKind = kinds.find(isTimed)
  for (const [heading, reading] of Object.entries(BADGES)) {
    const isAsked = reading === 'counted' ? kinds.some((kind) => !isTimed(kind)) : timedKind !== undefined
    const own = cells.map((cell) => ownBadge(cell, reading, timedKind))
    const isThere = isAsked && own.some((badge) => badge !== undefined)
    expect([heading, table.headings.includes(heading)]).toEqual([heading, isThere])
    if (isThere) expect(column(table, heading).map(([, { text }]) => text)).toEqual(own.map(badgeText))
  }
}

const texts = (cells: readonly TableCell[]) => cells.map(({ text }) => text)
const tableWith = (markup: string, label: string) =>
  tablesIn(markup).find((table) => table.label === label) ?? expect.fail(`No table ${label}`)

/** Every cell of a column, by the row's name. */
function column(table: Table, heading: string): [name: string, cell: TableCell][] {
  const at = table.headings.indexOf(heading) - 1
  if (at < 0) expect.fail(`No column ${heading}`)
  return table.rows.flatMap(({ name, cells }): [string, TableCell][] =>
    cells[at] ? [[name, cells[at]]] : [],
  )
}

function checkMatrix(page: string, main: MeasuredScenario, observations: readonly Observation[]): void {
  const table = transposed(tableWith(sectionOf(page, 'compare'), 'Comparison'))
  const cells = main.cells.filter(({ copy }) => copy === 1)
  expect(table.rows.map(({ name }) => name)).toEqual(cells.map(nameOf))
  const BESIDES = ['Technique', ...Object.keys(BADGES), 'Lost / duplicated / reordered']
  const OBSERVED = ['Memory per subscriber', 'After cuts']
  const figures = table.headings.filter((heading) => ![...BESIDES, ...OBSERVED].includes(heading))
  expect(figures).toHaveLength(7)
  checkBadges(table, cells, ['delay', 'counted', 'cost'])
  for (const heading of figures) {
    const ranking = heading === 'Payload share' ? undefined : ranked(main, heading)
    const expected = cells.map((cell): [string, string] => {
      if (heading === 'Payload share') {
        const value = meanOf(cell, heading)
        return [nameOf(cell), Number.isFinite(value) ? written(value, 'share') : '-']
      }
      const compared = isVoid(cell, kindOf(heading)) ? '' : comparedText(cell, ranking)
      const mean = meanOf(cell, heading)
      const value = Number.isFinite(mean) ? written(mean, figure(heading).unit) : '-'
      const text = shown(cell, heading) === toldFigure(cell, heading) ? value : shown(cell, heading)
      return [nameOf(cell), `${text} ${compared}`.trim()]
    })
    expect(column(table, heading).map(([name, { text }]) => [name, text])).toEqual(expected)
    const struck = cells.map((cell) => isVoid(cell, kindOf(heading)))
    expect(column(table, heading).map(([, { isStruck }]) => isStruck)).toEqual(struck)
  }
  const total = (cell: Cell, how: 'lost' | 'duplicated' | 'reordered') =>
    cell.records.reduce((sum, { account }) => sum + account[how], 0)
  expect(column(table, 'Lost / duplicated / reordered').map(([, { text }]) => text)).toEqual(
    cells.map((cell) =>
      (['lost', 'duplicated', 'reordered'] as const).map((how) => total(cell, how)).join(' / '),
    ),
  )
  if (table.headings.includes('Memory per subscriber'))
    expect(column(table, 'Memory per subscriber').map(([, { text }]) => text)).toEqual(
      cells.map(({ technique }) => memoryText(observations, technique, 'after a burst')),
    )
  if (table.headings.includes('After cuts'))
    expect(column(table, 'After cuts').map(([, { text }]) => text)).toEqual(
      cells.map(({ technique }) => {
        const [, published, lost, twice, late] = cutsOf(observations, technique) ?? []
        if (published === undefined) return '-'
        return Number(lost) + Number(twice) + Number(late) === 0
          ? `all of ${published} there`
          : `${lost} of ${published} lost, ${twice} twice, ${late} out of order`
      }),
    )
}

function comparedText(cell: Cell, ranking: Ranked | undefined): string {
  if (cell === ranking?.lowest) return 'lowest'
  const other = ranking?.others.find((one) => one.cell === cell)
  if (!other) return ''
  if (other.told !== 'apart') return toldText(other.told)
  return Number.isFinite(other.ratio.value) ? written(other.ratio.value, 'times') : 'more'
}

const NEEDS: [id: string, heading: string, what: string, among: (cell: Cell) => boolean][] = [
  ['delay', 'Delay, median', 'Median delay', () => true],
  ['bytes', 'Bytes per event', 'Bytes per event', () => true],
  ['server', 'Server CPU per 1,000 events', 'Server CPU per 1,000 events', () => true],
  ['requests', 'Requests per event', 'Requests per event', () => true],
  [
    'two-way',
    'Delay, median',
    'Median delay',
    ({ technique }) => ['websocket', 'socket-io', 'xml-socket'].includes(technique),
  ],
  [
    'plain-http',
    'Delay, median',
    'Median delay',
    ({ technique }) => !['websocket', 'socket-io', 'xml-socket', 'bare-tcp'].includes(technique),
  ],
]

const IN_OVERVIEW = NEEDS.slice(0, 4)

/** The picture on top: each figure, who is the lowest or tied, and where the delay's mark and bars end. */
function checkOverview(page: string, main: MeasuredScenario): void {
  const table = tableWith(sectionOf(page, 'pick'), 'The answer at a glance')
  const first = main.cells.filter(({ copy }) => copy === 1)
  expect(table.rows.map(({ technique }) => technique).sort()).toEqual(
    first.map(({ technique }) => technique).sort(),
  )
  for (const [, heading] of IN_OVERVIEW) {
    // An axis stands beside its heading.
    const at = table.headings.findIndex((one) => one.startsWith(heading)) - 1
    if (at < 0) {
      expect([heading, isTimed(kindOf(heading)), (main.scenario.trials ?? 0) < 3]).toEqual([
        heading,
        true,
        true,
      ])
      continue
    }
    const ranking = ranked(main, heading, isPickable)
    const ties = ranking?.others.filter(({ isTied }) => isTied).map(({ cell }) => cell) ?? []
    for (const { technique, cells } of table.rows) {
      const cell = first.find((one) => one.technique === technique) ?? expect.fail()
      const { value, small, isStruck } = cells[at] ?? expect.fail()
      const mean = meanOf(cell, heading)
      const told = Number.isFinite(mean) ? written(mean, figure(heading).unit) : '-'
      expect(value).toBe(shown(cell, heading) === toldFigure(cell, heading) ? told : shown(cell, heading))
      expect(isStruck).toBe(isVoid(cell, kindOf(heading)))
      const isLowest = ranking !== undefined && [ranking.lowest, ...ties].includes(cell)
      const tail = heading === 'Delay, median' && !isStruck && lackOf(cell, 'Delay, p99') === undefined
      expect(small.filter((text) => /^lowest$|^tied$|^p99 /.test(text))).toEqual([
        ...(isLowest ? [ties.length > 0 ? 'tied' : 'lowest'] : []),
        ...(tail && mergedText(cell, 0.99) !== '-'
          ? [`p99 ${written(meanOf(cell, 'Delay, p99'), 'us')}`]
          : []),
      ])
    }
  }
}

function checkPicks(page: string, main: MeasuredScenario): void {
  const table = tableWith(sectionOf(page, 'pick'), 'Picks')
  for (const [id, heading, what, among] of NEEDS) {
    const [picks = '', because = '', second = ''] = texts(
      table.rows.find((row) => row.id === `pick-${id}`)?.cells ?? expect.fail(`No row ${id}`),
    )
    const { unit } = figure(heading)
    const isAble = (cell: Cell) => isPickable(cell) && among(cell)
    const able = main.cells.filter(isAble)
    const ranking = ranked(main, heading, isAble)
    if (!ranking) {
      if (picks === 'none') {
        expect((because + second).replace('--trials 6', '')).not.toMatch(/\d/)
        continue
      }
      const [only = expect.fail()] = able
      expect([picks, because, second]).toEqual([
        nameOf(only),
        `${what} ${written(meanOf(only, heading), unit)}`,
        'no other here can do it',
      ])
      expect(able).toHaveLength(1)
      continue
    }
    const ties = ranking.others.filter(({ isTied }) => isTied)
    const named = [ranking.lowest, ...ties.map(({ cell }) => cell)]
    expect(picks).toBe(joined(named.map(nameOf)))
    const means = named.map((cell) => meanOf(cell, heading))
    const [least, most] = [Math.min(...means), Math.max(...means)]
    const span =
      written(least, unit) === written(most, unit) ? '' : writtenRange(least, most, unit).slice(1, -1)
    expect(because).toBe(
      [`${what} ${span || written(least, unit)}`, ...(ties.length > 0 ? [tieText(ties)] : [])].join(', '),
    )
    const runnerUp = ranking.others.find(({ told }) => told === 'apart')
    if (!runnerUp) expect(second).not.toMatch(/\d/)
    else
      expect(second).toBe(
        [nameOf(runnerUp.cell), marginText(runnerUp), written(meanOf(runnerUp.cell, heading), unit)]
          .filter((text) => text !== '')
          .join(' '),
      )
  }
}

/** Whether those that are named together are the same, or from which difference on their trials would have told one. */
function tieText(ties: Ranked['others']): string {
  const untold = ties.filter(({ told }) => told === 'untold')
  // What is counted does not scatter.
  if (untold.length === 0)
    return ties.every(({ seenFrom }) => seenFrom === 0) ? 'the same' : 'the same within noise'
  if (untold.some(({ isNone }) => isNone))
    return 'not told apart: the load agent may have made the difference'
  const seen = 100 * Math.max(...untold.map(({ seenFrom }) => seenFrom))
  return Number.isNaN(seen)
    ? 'not told apart'
    : `not told apart: such trials see differences from about ${seen.toFixed(seen < 10 ? 1 : 0)} % on`
}

const joined = (names: string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** What a ratio is over the rounds: an interval from six on, the extremes of fewer. */
function overRounds({ low, high, n, least, most }: ReturnType<typeof pairedRatio>): string {
  const [from, to] = (n >= 6 ? [low, high] : [least, most]).map((one) => written(one, 'times'))
  const isRange =
    Number.isFinite(n >= 6 ? low : least) && Number.isFinite(n >= 6 ? high : most) && from !== to
  return isRange ? ` (${from?.replace('×', '')}–${to})` : ''
}

function marginText({ ratio }: Ranked['others'][number]): string {
  return Number.isFinite(ratio.value) ? written(ratio.value, 'times') + overRounds(ratio) : ''
}

/**
 * Of what each technique was measured with as it is by default, the cell at the load of the main comparison, or the one
 * whose load is the fewest times that.
 */
function checkBudget(page: string, scenarios: readonly MeasuredScenario[]): void {
  const table = tableWith(sectionOf(page, 'pick'), 'Techniques by your budget')
  const main = mainScenario(scenarios)?.scenario ?? expect.fail('No main comparison')
  const rate = ({ schedule }: ResultRecord['point']['feed']) =>
    schedule.kind === 'bursts'
      ? (schedule.burstEvents * 1e3) / schedule.everyMs
      : schedule.kind === 'silent'
        ? 0
        : schedule.ratePerSecond
  const plainCells = scenarios.flatMap(({ scenario, cells }) =>
    cells
      .filter(({ point: { network, feed }, ...cell }) => {
        const isChosen = Object.keys(scenario.variant ?? {}).length > 0
        const axis = scenario.sweep?.axis
        const varies =
          axis !== undefined &&
          !['pollIntervalMs', 'subscribers', 'payloadBytes', 'ratePerSecond'].includes(axis)
        // The first position of the choices of this test's scenarios is the default.
        const isOff = !varies || cell.records[0]?.point.at?.value === false
        return (
          isCandidate({ ...cell, point: { network, feed } } as Cell) &&
          !network &&
          !isChosen &&
          isOff &&
          !scenario.stall &&
          (!scenario.breaks || scenario.search) &&
          feed.source !== 'subscribers' &&
          feed.schedule.kind !== 'silent'
        )
      })
      .map((cell) => ({ cell, scenario })),
  )
  const factor = (a: number, b: number) => Math.max(a / b, b / a)
  const sameName = ({ name }: { name: string }) => (name === main.name ? 0 : 1)
  for (const row of table.rows) {
    const [nearest] = plainCells
      .filter(({ cell }) => cell.technique === row.technique && badgeFor(cell, 'delay') !== 'not valid')
      .filter(({ cell }) => badgeFor(cell, 'delay') !== 'not measured')
      .filter(({ cell }) => cell.records.every(({ latency }) => latency.n > 0))
      .filter(({ cell, scenario: { search, trials } }) => {
        const held = cell.records.filter(
          ({ account, latency, agent }) =>
            account.delivered === account.expected &&
            account.duplicated + account.reordered === 0 &&
            latency.p99Us <= 1e3 * (search?.lateAfterMs ?? Number.POSITIVE_INFINITY) &&
            agent.cpuUs <= 0.9 * agent.elapsedUs,
        )
        const last = Math.max(...cell.records.map(({ trial }) => trial))
        return !search || (held.length === last && held.length >= 3 && held.length > trials / 2)
      })
      .map((one) => {
        const { load, feed } = one.cell.point
        const by = [
          factor(load.subscribers, main.load.subscribers) * factor(rate(feed), rate(main.feed)),
          sameName(one.scenario),
          one.scenario.search ? 1 : 0,
          factor(feed.payloadBytes, main.feed.payloadBytes),
          row.technique === 'short-poll' ? factor(load.pollIntervalMs, main.load.pollIntervalMs) : 1,
          -one.cell.records.length,
        ]
        return { ...one, by }
      })
      .sort(
        (a, b) =>
          a.by.map((value, i) => value - (b.by[i] as number)).find((off) => Math.abs(off) > 1e-9) ?? 0,
      )
    if (!nearest) {
      expect(texts(row.cells)).toEqual(['? not measured', 'No valid cell of this run tells.'])
      continue
    }
    const { cell, scenario } = nearest
    const { load, feed } = cell.point
    const isP99 = lackAt(cell.records, 0.99) === undefined
    const figureText = isP99
      ? `p99 ${toldFigure(cell, 'Delay, p99')}`
      : `longest ${toldFigure(cell, 'Delay, longest')}`
    const counted = (count: number, what: string) =>
      `${written(count, 'count')} ${count === 1 ? what.replace(/s(?=$|\/)/, '') : what}`
    const [s, r] = [load.subscribers - main.load.subscribers, rate(feed) - rate(main.feed)]
    const place = [
      `${counted(load.subscribers, 'subscribers')} and ${counted(rate(feed), 'events/s')}`,
      ...(feed.schedule.kind === 'bursts' ? [`${feed.schedule.burstEvents} at once`] : []),
      ...(feed.payloadBytes === main.feed.payloadBytes
        ? []
        : [`of ${written(feed.payloadBytes, 'bytes')} each`]),
      ...(row.technique === 'short-poll' ? [`polling every ${thousands(load.pollIntervalMs)} ms`] : []),
      ...(s >= 0 && r >= 0 && s + r > 0 ? ['more than the common load'] : []),
      ...(s <= 0 && r <= 0 && s + r < 0 ? ['less than the common load'] : []),
    ].join(', ')
    const source = scenario.search ? 'capacity search' : scenario.name
    const badge = badgeFor(cell, 'delay') === 'valid' ? '✓ valid' : '! use with care'
    expect(texts(row.cells)).toEqual(
      s === 0 && r === 0
        ? [`· ${figureText}`, `At ${place} (${source}). ${badge}`]
        : [
            '? not measured',
            `The nearest that was measured: ${figureText} at ${place} (${source}). ${badge}`,
          ],
    )
  }
  expect(new Set(table.rows.map(({ technique }) => technique))).toEqual(
    new Set(plainCells.map(({ cell }) => cell.technique)),
  )
}

/** What stands in a chart's table: series, place, text. */
type ChartValue = [series: string, place: string, text: string]

/** The figures of each kind of chart over techniques or along a sweep, by the end of its id. */
const BARS: Record<string, string> = {
  requests: 'Requests per event',
  cpu: 'Server CPU per 1,000 events',
}
const SWEPT: Record<string, string> = {
  wire: 'Bytes per event with TCP/IP headers',
  delay: 'Delay, mean',
  requests: 'Requests per second',
  bytes: 'Bytes per event',
  cpu: 'Server CPU per 1,000 events',
  setup: 'Bytes to set up',
}

const withRange = (cell: Cell, heading: string) => toldFigure(cell, heading)
const marked = (cell: Cell, kind: Kind) => (isVoid(cell, kind) ? `${nameOf(cell)} (not valid)` : nameOf(cell))

function chartValues(id: string, measured: MeasuredScenario): ChartValue[] {
  const { scenario, cells } = measured
  const end = id.slice(scenario.name.length + 1)
  const first = cells.filter(({ copy }) => copy === 1)
  if (end === 'trade-off') return tradeOff(cells)
  if (scenario.sweep) return sweptValues(measured, end)
  if (scenario.feed.schedule.kind === 'silent')
    return first.map((cell) => [
      'Bytes in both directions per second and subscriber',
      marked(cell, 'counted'),
      withRange(cell, 'Bytes/s per subscriber'),
    ])
  if (end === 'delay') return percentileValues(first)
  if (end === 'distribution') return distributionValues(first)
  if (end === 'shares') return shareValues(first)
  if (end === 'classes') return classValues(cells.filter(isCandidate))
  if (end === 'bytes') return partValues(first, scenario)
  if (end === 'parts') return delayPartValues(cells.filter(isCandidate))
  const heading = BARS[end] ?? expect.fail(`No chart ${id}`)
  const name =
    end === 'requests'
      ? 'HTTP requests per delivered event'
      : 'Server CPU time per 1,000 delivered events, ms'
  return first.map((cell) => [name, marked(cell, kindOf(heading)), withRange(cell, heading)])
}

const QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]

/** Whether a percentile of all trials together stands on its side of the median. */
function isBeside(cell: Cell, share: number): boolean {
  const off = mergedAt(cell.records, share).value - meanOf(cell, 'Delay, median')
  return share === 0.5 || (share < 0.5 ? off <= 0 : off >= 0)
}

function percentileValues(cells: readonly Cell[]): ChartValue[] {
  const place = (share: number) => (share === 0 ? 'min' : `p${Number((share * 100).toFixed(1))}`)
  const values = cells.flatMap((cell) =>
    QUANTILES.filter((share) => lackAt(cell.records, share) === undefined && isBeside(cell, share)).map(
      (share): ChartValue => [
        marked(cell, 'delay'),
        place(share),
        share === 0.5 ? toldFigure(cell, 'Delay, median') : mergedText(cell, share),
      ],
    ),
  )
  const polling = cells.find(({ technique }) => technique === 'short-poll')
  if (!polling || polling.point.network) return values
  const places = new Set(values.map(([, at]) => at))
  const intervalUs = polling.point.load.pollIntervalMs * 1e3
  const model = QUANTILES.filter((share) => share > 0 && places.has(place(share))).map(
    (share): ChartValue => ['model: short polling, q × T', place(share), written(share * intervalUs, 'us')],
  )
  return [...values, ...model]
}

function distributionValues(cells: readonly Cell[]): ChartValue[] {
  return cells.flatMap((cell) => {
    return (
      [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
        .filter((share) => lackAt(cell.records, share) === undefined && isBeside(cell, share))
        .map((share): [string, number, string] => [
          marked(cell, 'delay'),
          (share === 0.5 ? meanOf(cell, 'Delay, median') : mergedAt(cell.records, share).value) / 1e3,
          written(share, 'share'),
        ])
        // Of several shares that had arrived by the same delay, a table has one.
        .filter(([, ms], i, all) => all.findIndex(([, other]) => other === ms) === i)
        .map(([name, ms, text]): ChartValue => [name, ms.toLocaleString('en-US'), text])
    )
  })
}

/** Of all that were due, between which delays each came. */
function shareValues(cells: readonly Cell[]): ChartValue[] {
  return cells.flatMap((cell): ChartValue[] => {
    const delays = cell.records.flatMap((record) => [...countsOf(record)])
    const lost = cell.records.reduce((sum, { account }) => sum + account.lost, 0)
    const due = cell.records.reduce((sum, { latency }) => sum + latency.n, lost)
    const between = (fromUs: number, toUs: number) =>
      delays.reduce((sum, [us, count]) => sum + (us > fromUs && us <= toUs ? count : 0), 0)
    return (
      [
        ['within 50 ms', between(Number.NEGATIVE_INFINITY, 50e3)],
        ['within 200 ms', between(50e3, 200e3)],
        ['later', between(200e3, Number.POSITIVE_INFINITY)],
        ['lost', lost],
      ] as const
    ).map(([name, count]) => [name, marked(cell, 'delay'), written(count / due, 'share')])
  })
}

function classValues(cells: readonly Cell[]): ChartValue[] {
  const seen = cells.filter(({ records }) => records.every(({ ledger }) => ledger.windowEvents > 0))
  const bytesOf = ({ records }: Cell, byteClass: (typeof byteClasses)[number]) =>
    middle(
      records.map(
        ({ ledger: { window, windowEvents } }) =>
          (window.down[byteClass] + window.up[byteClass]) / windowEvents,
      ),
    )
  return byteClasses
    .filter((byteClass) => seen.some((cell) => bytesOf(cell, byteClass) > 0))
    .flatMap((byteClass) =>
      seen.map(
        (cell): ChartValue => [
          CLASSES[byteClass],
          marked(cell, 'counted'),
          written(bytesOf(cell, byteClass), 'bytes'),
        ],
      ),
    )
}

/** Payload and the rest of each direction; nothing here is compressed. */
function partValues(cells: readonly Cell[], { feed }: Scenario): ChartValue[] {
  const bothWays = feed.source === 'subscribers'
  const sent = ({ traffic: { window } }: ResultRecord) => window.messages * feed.payloadBytes
  const parts: [string, (record: ResultRecord) => number][] = [
    [bothWays ? 'payload, server to client' : 'payload', ({ traffic: { window } }) => window.payloadBytes],
    ['overhead, server to client', ({ traffic: { window } }) => window.bytesDown - window.payloadBytes],
    ...(bothWays ? [['payload, client to server', sent] as [string, typeof sent]] : []),
    ['overhead, client to server', (record) => record.traffic.window.bytesUp - sent(record)],
  ]
  return parts.flatMap(([name, of]) =>
    cells.map((cell): ChartValue => {
      const [value] = geometric(cell.records.map((record) => of(record) / record.traffic.window.events))
      return [name, marked(cell, 'counted'), Number.isFinite(value) ? written(value, 'bytes') : '-']
    }),
  )
}

/** Of who polls by a timer nothing, where others are there. */
function delayPartValues(all: readonly Cell[]): ChartValue[] {
  const held = all.filter(({ technique }) => pollOf(technique) !== 'timer')
  const names = {
    lagUs: 'schedule lag',
    fanOutUs: 'fan-out',
    wayUs: 'way',
    waitUs: 'wait in the load agent',
    parsingUs: 'parsing',
  }
  return (held.length > 0 ? held : all).flatMap((cell) =>
    (Object.entries(names) as [keyof typeof names, string][]).map(([part, name]): ChartValue => {
      const values = cell.records.map(({ parts }) => parts?.[part] ?? Number.NaN)
      return [
        name,
        marked(cell, 'delay'),
        written(values.reduce((sum, us) => sum + us, 0) / values.length, 'us'),
      ]
    }),
  )
}

function sweptValues({ scenario, cells }: MeasuredScenario, end: string): ChartValue[] {
  const heading = SWEPT[end] ?? expect.fail(`No chart ${end}`)
  const axis = scenario.sweep?.axis ?? expect.fail()
  const isNumber = typeof scenario.sweep?.values[0] === 'number'
  const place = (cell: Cell) => {
    const value = cell.point.at?.value ?? expect.fail()
    return isNumber ? thousands(Number(value)) : String(positionText(axis, value))
  }
  const values = cells.map(
    (cell): ChartValue => [
      String(cells.find(({ technique }) => technique === cell.technique)?.title),
      place(cell),
      withRange(cell, heading) + (isVoid(cell, kindOf(heading)) ? ' (not valid)' : ''),
    ],
  )
  if (axis !== 'pollIntervalMs' || (end !== 'delay' && end !== 'requests')) return values
  const model = [...new Set(cells.map(({ point }) => Number(point.at?.value)))].map(
    (ms): ChartValue =>
      end === 'delay'
        ? ['model: T/2', thousands(ms), written((ms * 1e3) / 2, 'us')]
        : ['model: 1/T', thousands(ms), written(1e3 / ms, 'count')],
  )
  return [...values, ...model]
}

function tradeOff(cells: readonly Cell[]): ChartValue[] {
  const polling = cells.filter((cell) => meanOf(cell, 'Requests per second') > 0)
  const place = (cell: Cell) => meanOf(cell, 'Requests per second').toLocaleString('en-US')
  return [
    ...polling.map((cell): ChartValue => [nameOf(cell), place(cell), withRange(cell, 'Delay, mean')]),
    ...polling.map(
      (cell): ChartValue => [
        'model: 1/2 divided by requests per second',
        place(cell),
        written(1e6 / 2 / meanOf(cell, 'Requests per second'), 'us'),
      ],
    ),
  ]
}

/** The cells of a chart's table that hold something, whichever way round it stands. */
function tableValues({ headings, rows }: Table): ChartValue[] {
  return rows.flatMap(({ name, cells }) =>
    cells.map(({ text }, i): ChartValue => [headings[i + 1] ?? '', name, text]),
  )
}

function checkCharts(page: string, scenarios: readonly MeasuredScenario[]): string[] {
  const charts = chartsIn(page)
  for (const { id, table } of charts) {
    // The longest name that fits: poll-interval is not poll.
    const measured =
      scenarios
        .filter(({ scenario }) => id.startsWith(`${scenario.name}-`))
        .sort((a, b) => b.scenario.name.length - a.scenario.name.length)[0] ?? expect.fail(id)
    const expected = chartValues(id, measured)
    const names = new Set(expected.map(([name]) => name))
    const found = tableValues(table)
      // Lines stand in columns, or in rows where there are more of them than places.
      .map(([a, b, text]): ChartValue => (names.has(a) ? [a, b, text] : [b, a, text]))
    const sorted = (values: ChartValue[]) => values.map((value) => value.join(' | ')).sort()
    const written = (values: ChartValue[]) => sorted(values.filter(([, , text]) => text !== '-'))
    expect({ id, values: written(found) }).toEqual({ id, values: written(expected) })
  }
  return charts.map(({ id }) => id)
}

function memoryText(observations: readonly Observation[], technique: string, stage: string): string {
  const rows = observations.find(({ experiment }) => experiment === 'memory-per-subscriber')?.rows ?? []
  const points = rows
    .filter((row) => row.technique === technique && row.stage === stage)
    .map((row) => [Number(row.subscribers), Number(row.rssBytes) + Number(row.kernelBytes ?? 0) / 2] as const)
  if (new Set(points.map(([x]) => x)).size < 3) return '-'
  const { value, low, high } = slope(points)
  return [written(value, 'kilobytes'), writtenRange(low, high, 'kilobytes')].join(' ').trim()
}

/** Cuts, published, lost, twice, out of order; lost without a cursor, beyond the history, and told of. */
function cutsOf(observations: readonly Observation[], technique: string): (number | null)[] | undefined {
  const rows = (observations.find(({ experiment }) => experiment === 'resume')?.rows ?? []).filter(
    (row) => row.technique === technique,
  )
  const at = (resume: boolean, history: string) =>
    rows.filter((row) => row.resume === resume && row.history === history)
  const sum = (of: typeof rows, name: string) => {
    let total = 0
    for (const row of of) total += Number(row[name])
    return total
  }
  const [resumed, forgot, short] = [at(true, 'long'), at(false, 'long'), at(true, 'short')]
  if (resumed.length === 0) return undefined
  return [
    ...['cuts', 'eventsPublished', 'eventsLost', 'eventsTwice', 'eventsOutOfOrder'].map((name) =>
      sum(resumed, name),
    ),
    forgot.length > 0 ? sum(forgot, 'eventsLost') : null,
    short.length > 0 ? sum(short, 'eventsLost') : null,
    short.length > 0 ? sum(short, 'eventsToldLost') : null,
  ]
}

/** Each row of an experiment as its columns' names have it: `Us`, `Bytes`, or a count. */
function checkRows(page: string, observations: readonly Observation[]): void {
  for (const table of tablesIn(page).filter(({ className }) => className.includes('experiment'))) {
    const rows = observations.find(({ experiment }) => experiment === table.label)?.rows ?? expect.fail()
    expect(table.headings).toEqual([...new Set(rows.flatMap((row) => Object.keys(row)))])
    const text = (name: string, value: Row[string] | undefined) => {
      if (value === undefined) return '-'
      if (typeof value === 'boolean') return value ? 'yes' : 'no'
      if (typeof value === 'string') return plain(value)
      return written(value, name.endsWith('Us') ? 'us' : /bytes$/i.test(name) ? 'bytes' : 'count')
    }
    expect(table.rows.map(({ cells }) => texts(cells))).toEqual(
      rows.map((row) => table.headings.map((name) => text(name, row[name]))),
    )
  }
}

/** Who survived cuts, over how many, and what the others lost. */
function checkSurvivors(page: string, observations: readonly Observation[]): void {
  const [picks, because, second] = texts(
    tableWith(sectionOf(page, 'pick'), 'Picks').rows.find(({ id }) => id === 'pick-cuts')?.cells ??
      expect.fail('No row of cuts'),
  )
  const rows = observations.find(({ experiment }) => experiment === 'resume')?.rows ?? []
  const names = new Set(rows.map(({ technique }) => String(technique)))
  names.delete('bare-tcp')
  const cut = [...names].flatMap((technique) => {
    const [cuts, , ...harm] = cutsOf(observations, technique) ?? []
    if (cuts === undefined) return []
    const title = entryOf(technique)?.title ?? technique
    return [
      {
        title,
        cuts: Number(cuts),
        harm: harm.slice(0, 3).map(Number),
      },
    ]
  })
  if (cut.length === 0) {
    expect([picks, second]).toEqual(['none', ''])
    return
  }
  const unharmed = cut.filter(({ harm }) => harm.every((count) => count === 0))
  const harmed = cut.filter(({ harm }) => harm.some((count) => count !== 0))
  expect(picks).toBe(unharmed.length > 0 ? joined(unharmed.map(({ title }) => title)) : 'none')
  if (unharmed.length > 0) {
    expect(because?.match(/\d[\d,]*/)?.[0]).toBe(String(unharmed.reduce((sum, { cuts }) => sum + cuts, 0)))
  }
  if (harmed.length > 0)
    expect(second).toBe(
      harmed
        .map(
          ({ title, harm: [lost, twice, late] }) =>
            `${title}: ${lost} lost, ${twice} twice, ${late} out of order`,
        )
        .join('; '),
    )
  else expect(second).not.toMatch(/\d/)
}

function checkExperiments(page: string, observations: readonly Observation[]): void {
  checkRows(page, observations)
  const rowsOf = (name: string) => observations.find(({ experiment }) => experiment === name)?.rows ?? []
  if (rowsOf('memory-per-subscriber').length > 0) {
    const table = tableWith(sectionOf(page, 'server'), 'Memory per subscriber')
    for (const row of table.rows)
      expect(texts(row.cells)).toEqual(
        table.headings.slice(1).map((stage) => memoryText(observations, row.technique ?? '', stage)),
      )
    expect(table.rows.length).toBe(
      new Set(rowsOf('memory-per-subscriber').map(({ technique }) => technique)).size,
    )
  }
  if (rowsOf('resume').length > 0) {
    const table = tableWith(sectionOf(page, 'network'), 'What is lost by cuts')
    for (const row of table.rows)
      expect(texts(row.cells)).toEqual(
        cutsOf(observations, row.technique ?? '')?.map((count) => (count === null ? '-' : thousands(count))),
      )
    expect(table.rows.length).toBe(new Set(rowsOf('resume').map(({ technique }) => technique)).size)
  }
  const first = rowsOf('first-seconds')
  if (first.length > 0) {
    const table = tableWith(sectionOf(page, 'time'), 'First seconds')
    for (const row of table.rows) {
      const own = first.filter(({ technique }) => technique === row.technique)
      const of = (kind: string) => own.filter((one) => one.kind === kind)
      const spent = (kind: string) =>
        of(kind).reduce((sum, one) => sum + (Number(one.toUs) - Number(one.fromUs)), 0)
      const published = (seq: unknown) =>
        first.find(
          (one) =>
            one.kind === 'published' &&
            one.seq === seq &&
            ['', row.technique].includes(String(one.technique)),
        )
      const connections = new Set(
        own.filter(({ kind }) => !['event', 'published'].includes(String(kind))).map(({ lane }) => lane),
      )
      // The first answer on the connection that brings the first event.
      const earliest = of('event').toSorted((a, b) => Number(a.toUs) - Number(b.toUs))[0]
      const answers = of('wait').filter(({ lane }) => lane === earliest?.lane)
      const told = ['connect', 'wait', 'receive'].filter((kind) =>
        first.some((one) => one.kind === kind && one.toUs !== one.fromUs),
      )
      expect(texts(row.cells)).toEqual([
        String(connections.size),
        String(of('request').length),
        answers.length > 0 ? written(Math.min(...answers.map(({ toUs }) => Number(toUs))), 'us') : '-',
        ...told.map((kind) => written(spent(kind), 'us')),
        of('event')
          .map(({ seq, fromUs }) => written(Number(fromUs) - Number(published(seq)?.fromUs), 'us'))
          .join(', '),
      ])
    }
    expect(table.rows.length).toBe(
      new Set(first.filter(({ kind }) => kind !== 'published').map(({ technique }) => technique)).size,
    )
  }
}

function checkServer(page: string, main: MeasuredScenario): void {
  const table = tableWith(sectionOf(page, 'server'), main.scenario.name)
  const share = (cell: Cell, of: 'server' | 'agent') =>
    written(middle(cell.records.map((record) => record[of].cpuUs / record[of].elapsedUs)), 'share')
  expect(table.rows.map(({ name, cells }) => [name, ...texts(cells)])).toEqual(
    main.cells
      .filter(isCandidate)
      .map((cell) => [
        marked(cell, 'cost'),
        share(cell, 'server'),
        share(cell, 'agent'),
        written(meanOf(cell, 'Server memory (RSS)'), 'megabytes'),
        written(
          middle(
            cell.records.map(({ traffic: { setup, window } }) => window.connections + setup.connections),
          ),
          'count',
        ),
        thousands(cell.point.load.subscribers),
      ]),
  )
}

function checkSteady(page: string, main: MeasuredScenario): void {
  const table = tableWith(sectionOf(page, 'steady'), 'Delays over time')
  const lanes = main.cells.filter(
    (cell) => isCandidate(cell) && cell.records.some(({ latency }) => latency.n > 0),
  )
  expect(table.rows.map(({ name }) => name)).toEqual(lanes.map((cell) => marked(cell, 'delay')))
  for (const [i, cell] of lanes.entries()) {
    const { cells } = table.rows[i] ?? expect.fail()
    const byMedian = cell.records
      .filter(({ latency }) => latency.n > 0)
      .sort((a, b) => a.latency.p50Us - b.latency.p50Us || a.trial - b.trial)
    const record = byMedian[Math.ceil(byMedian.length / 2) - 1] ?? expect.fail()
    const longest = record.timeline.slices.map(({ maxUs }) => maxUs)
    const some = longest.filter((us) => us > 0).sort((a, b) => a - b)
    const worst = Math.max(...longest)
    const pauses = ({ pauses: { longest: all } }: ResultRecord['server']) =>
      all.length > 0 ? written(Math.max(...all.map(({ durationUs }) => durationUs)), 'us') : '-'
    const collected = ({ pauses: { gcCount, gcTotalUs } }: ResultRecord['server']) =>
      `${gcCount}, ${written(gcTotalUs, 'us')}`
    expect(texts(cells)).toEqual([
      String(record.trial),
      record.thirdsP50Us.map((us) => written(us, 'us')).join(' / '),
      written(some[Math.ceil(some.length / 2) - 1] ?? 0, 'us'),
      written(worst, 'us'),
      `${((longest.indexOf(worst) * record.timeline.sliceMs) / 1e3).toFixed(1)} s`,
      collected(record.server),
      collected(record.agent),
      pauses(record.server),
      pauses(record.agent),
    ])
  }
}

/** The tables of all figures, which the page makes from the records when somebody opens them. */
function checkFigures(measured: MeasuredScenario): void {
  const tables = tablesIn(figuresTables(measured).markup)
  expect(tables.map(({ label }) => label)).toEqual([
    'Delays',
    'Bytes and requests',
    'Setting up, and the server',
  ])
  const ranking = ranked(measured, 'Delay, median')
  const floorAt = (cell: Cell) =>
    measured.cells.find((other) => isFloor(other) && other.point.at?.value === cell.point.at?.value)
  const timesLowest = (cell: Cell) => {
    if (cell === ranking?.lowest) return 'lowest'
    const other = ranking?.others.find((one) => one.cell === cell)
    if (!other) return '-'
    return [written(other.ratio.value, 'times'), overRounds(other.ratio).trim(), toldText(other.told)]
      .filter((text) => text !== '')
      .join(' ')
  }
  const special: Record<string, (cell: Cell) => string> = {
    'Median, times the lowest': timesLowest,
    'Median, times the floor': (cell) => {
      const floor = floorAt(cell)
      return !floor || shown(cell, 'Delay, median') === '-' || isVoid(cell, 'delay')
        ? '-'
        : written(meanOf(cell, 'Delay, median') / meanOf(floor, 'Delay, median'), 'times')
    },
    Trials: ({ records }) => `${records.length}/${measured.scenario.trials}`,
    'Lost / duplicated / reordered': ({ records }) =>
      (['lost', 'duplicated', 'reordered'] as const)
        .map((how) => records.reduce((sum, { account }) => sum + account[how], 0))
        .join(' / '),
  }
  const kinds: Record<string, Kind[]> = {
    Delays: ['delay'],
    'Bytes and requests': ['counted', 'wire'],
    'Setting up, and the server': ['counted', 'cost'],
  }
  for (const table of tables) {
    const rows = table.rows.filter(({ technique }) => technique !== undefined)
    expect(rows.map(({ name }) => name)).toEqual(measured.cells.map(nameOf))
    const ofCells = { ...table, rows }
    checkBadges(ofCells, measured.cells, kinds[table.label] ?? expect.fail(table.label))
    const isBadge = (heading: string): heading is BadgeHeading => heading in BADGES
    const figures = table.headings.slice(1).filter((heading) => !isBadge(heading))
    for (const [i, cell] of measured.cells.entries()) {
      const expected = figures.map(
        (heading) => special[heading]?.(cell) ?? `${shown(cell, heading)} ${modelText(cell, heading)}`.trim(),
      )
      const found = texts(rows[i]?.cells ?? []).filter((_, at) => !isBadge(table.headings[at + 1] ?? ''))
      expect([nameOf(cell), ...found]).toEqual([nameOf(cell), ...expected])
    }
  }
}

function modelText(cell: Cell, heading: string): string {
  const { prediction } = cell.records[0] ?? expect.fail()
  const [predicted, unit]: [number | null, Unit] =
    heading === 'Bytes per event'
      ? [prediction.bytesPerEvent, 'bytes']
      : heading === 'Bytes per event with TCP/IP headers'
        ? [prediction.wireBytesPerEvent, 'bytes']
        : heading === 'Delay, mean'
          ? [prediction.meanLatencyUs, 'us']
          : [null, 'us']
  if (predicted === null) return ''
  const value = meanOf(cell, heading)
  if (Number.isNaN(value)) return `modelled ${written(predicted, unit)}`
  const off = (value - predicted) / predicted
  if (Math.abs(off) < 5e-5) return `model ${written(predicted, unit)}, exactly`
  return `model ${written(predicted, unit)}, ${off < 0 ? '-' : '+'}${written(Math.abs(off), 'share')}`
}

/** What a model predicts, by what the report calls it, and by which heading it is found elsewhere. */
const MODELS = {
  'Bytes per event': ['Bytes per event', 'bytesPerEvent'],
  'Mean delay': ['Delay, mean', 'meanLatencyUs'],
  'Longest delay': ['Delay, longest', 'maxLatencyUs'],
} as const

/** The one figure beyond its tolerance: where, name, measured, model, how far off. */
const BEYOND =
  /beyond it\.(?: A further \d+ are not valid\.)? (.+?) : ([BML][^:]*?) ([\d.,]+ .+), by the model (.+) \((.+?)\)\. The/

/** Figures beside their models: those beyond the tolerance, and how many there are in all. */
function checkModel(page: string, scenarios: readonly MeasuredScenario[]): void {
  const predicted = scenarios
    .filter(({ scenario }) => !scenario.search && !scenario.breaks)
    .flatMap(({ scenario, cells }) =>
      cells
        .filter(({ copy, records }) => copy === 1 && records.some(({ latency }) => latency.n > 0))
        .flatMap((cell) =>
          Object.entries(MODELS).flatMap(([name, [heading, key]]) => {
            const value = cell.records[0]?.prediction[key] ?? null
            const at = cell.point.at ? ` ${sentenceCase(String(atPosition(cell.point.at)))}` : ''
            const where = `${scenario.name} ${nameOf(cell)}${at}`
            // What a scenario counts, it does not time.
            const isUntimed = scenario.trials < 3 && key !== 'bytesPerEvent'
            return value === null || isUntimed ? [] : [{ name, heading, value, cell, where }]
          }),
        ),
    )
  const text = plain(sectionOf(page, 'trust'))
  if (predicted.length === 0) {
    expect(text).not.toContain('figures that a model predicts')
    return
  }
  const [, all, within, beyond] =
    text
      .match(/Of (\d+) figures that a model predicts (\d+) are within their tolerance, (\d+) beyond it/)
      ?.map(Number) ?? expect.fail('No sentence of models')
  const voided = Number(text.match(/A further (\d+) are not valid/)?.[1] ?? 0)
  expect(all).toBe(Number(within) + Number(beyond))
  expect(voided).toBe(predicted.filter(({ heading, cell }) => isVoid(cell, kindOf(heading))).length)
  expect(Number(all) + voided).toBe(predicted.length)
  if (beyond === 0) return
  const told =
    beyond === 1
      ? [text.match(BEYOND)?.slice(1) ?? expect.fail('No sentence of the one beyond')].map(
          ([where, name, measured, model, off]) => [where, name, model, measured, off],
        )
      : tableWith(sectionOf(page, 'trust'), 'Beyond the tolerance').rows.map((row) => [
          row.name,
          ...texts(row.cells),
        ])
  expect(told).toHaveLength(Number(beyond))
  for (const [where = '', name = '', model, measured, off] of told) {
    const one = predicted.find((other) => other.where === where && other.name === name) ?? expect.fail(where)
    const { unit } = figure(one.heading)
    const residual = (meanOf(one.cell, one.heading) - one.value) / one.value
    expect([model, measured, off]).toEqual([
      written(one.value, unit),
      withRange(one.cell, one.heading),
      Math.abs(residual) < 5e-5
        ? 'exactly'
        : `${residual < 0 ? '-' : '+'}${written(Math.abs(residual), 'share')}`,
    ])
  }
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** How far a search went. */
function checkCapacity(page: string, { scenario, cells }: MeasuredScenario, { failures }: Run): void {
  const { lateAfterMs } = scenario.search ?? expect.fail()
  const table = tableWith(page.slice(page.indexOf(`id="${scenario.name}"`)), scenario.question)
  for (const row of table.rows) {
    const measured = cells
      .filter((cell) => nameOf(cell) === row.name)
      .flatMap(({ records }) =>
        records.map(({ point, account, latency }) => ({
          at: Number(point.at?.value),
          held:
            account.lost + account.duplicated + account.reordered === 0 && latency.p99Us <= lateAfterMs * 1e3,
        })),
      )
    // A trial that could not be had at all did not hold.
    const failed = failures
      .filter((one) => one.beyond && one.scenario === scenario.name)
      .filter(({ technique }) => entryOf(technique)?.title === row.name)
      .map(({ at }) => ({ at: Number(at?.value), held: false }))
    const trials = [...measured, ...failed]
    const tried = [...new Set(trials.map(({ at }) => at))].sort((a, b) => a - b)
    const share = (at: number) => {
      const there = trials.filter((one) => one.at === at)
      return there.filter(({ held }) => held).length / there.length
    }
    const largest = (holds: (share: number) => boolean) => {
      let most: number | undefined
      for (const at of tried) {
        if (!holds(share(at))) break
        most = at
      }
      return most === undefined ? 'no number' : thousands(most)
    }
    const beyond = tried.filter((at) => tried.every((other) => other < at || share(other) === 0))[0]
    const numbers = texts(row.cells)
      .slice(0, 4)
      .map((text) => (/^\d/.test(text) ? text : 'no number'))
    expect(numbers).toEqual([
      largest((held) => held > 0.5),
      largest((held) => held === 1),
      beyond === undefined ? 'no number' : thousands(beyond),
      String(trials.length),
    ])
  }
}

/** What a page carries. */
function carriedBy(page: string) {
  const { run, records, observations } = embeddedRun(page)
  return { run, observations, scenarios: measuredScenarios(records, run) }
}

/** Recomputes every table of a page; gives the ids of its charts. */
function checkPage(page: string, { run, observations, scenarios } = carriedBy(page)): string[] {
  const main = mainScenario(scenarios)
  if (main) {
    checkMatrix(page, main, observations)
    checkOverview(page, main)
    checkPicks(page, main)
    checkSurvivors(page, observations)
    checkServer(page, main)
    checkSteady(page, main)
  }
  checkBudget(page, scenarios)
  checkExperiments(page, observations)
  checkModel(page, scenarios)
  for (const measured of scenarios) {
    checkFigures(measured)
    if (measured.scenario.search) checkCapacity(page, measured, run)
  }
  return checkCharts(page, scenarios)
}

/** A record with other figures, so that no two trials and no two techniques are alike. */
function scattered(records: ResultRecord[], seed: number): ResultRecord[] {
  return structuredClone(records).map((record, i) => {
    const { window } = record.traffic
    record.server.cpuUs += 1_237 * seed + 911 * i
    record.server.rssBytes += 1_234_567 * seed + 345_678 * i
    record.agent.cpuUs += 777 * i
    record.traffic.setup.bytesDown += 100 * seed
    // A poll that crosses an edge of the window.
    if (window.requests > 0) {
      window.bytesUp += 70 * (i % 3)
      window.requests += i % 3
      window.emptyAnswers = 11 * seed + i
    }
    if (seed % 2 === 0)
      record.kernel = { bytes: window.bytesUp + window.bytesDown + 52 * 4_001, packets: 4_001 }
    // Nearly the same, but beyond what a model of a stream is allowed.
    if (record.technique === 'multipart-stream') record.prediction.bytesPerEvent = 123.4
    record.server.pauses.longest.push({ atMs: 900, durationUs: 3_000 + i, kind: 'stall' })
    return record
  })
}

const six = [1_000, 1_010, 1_020, 1_030, 1_040, 1_050]

/** A comparison with an A/A pair, a floor and a technique that lost events, and three experiments. */
function comparison(): Parameters<typeof buildReport> {
  const scenario = { ...scenarioFixture, trials: 6 }
  const cell = (technique: string, times: number, more: object = {}) =>
    recordsFixture({
      scenario,
      technique,
      mediansUs: six.map((us, i) => us * times * (1 + 0.01 * ((i * 7) % 5))),
      overheadBytes: 17 + Math.round(5 * times),
      ...more,
    })
  const records = [
    cell('short-poll', 480, { requestsPerEvent: 0.2 }),
    cell('long-poll', 1.9, { requestsPerEvent: 1 }),
    cell('iframe-stream', 0.4, { lost: 3 }),
    cell('multipart-stream', 1.004),
    cell('sse', 1),
    cell('sse', 1.001, { copy: 2 }),
    cell('websocket', 1.07),
    cell('socket-io', 12.4),
    cell('bare-tcp', 0.81),
  ].flatMap(scattered)
  const rows = (technique: string, perSubscriber: number) =>
    [100, 200, 300].flatMap((subscribers) =>
      ['idle', 'after the first event', 'after a burst'].flatMap((stage, i) =>
        [1, 2].map((trial) => ({
          ...{ technique, stage, subscribers, trial },
          rssBytes: 6e7 + subscribers * perSubscriber * (1 + i / 5) + 12_345 * trial * (subscribers % 7),
          ...{ heapUsedBytes: 1e7, externalBytes: 1e6, kernelBytes: subscribers * 5_000 },
        })),
      ),
    )
  const cut = (technique: string, resume: boolean, history: string, eventsLost: number) => ({
    ...{ technique, resume, history, cuts: 5, eventsPublished: 1_200, eventsLost },
    ...{
      eventsTwice: 0,
      eventsOutOfOrder: 0,
      eventsToldLost: history === 'short' ? eventsLost : 0,
      failures: 0,
    },
  })
  const span = (technique: string, lane: number, kind: string, fromUs: number, toUs: number, seq = 0) => ({
    ...{ technique, lane, kind, fromUs, toUs, seq },
  })
  const observations = [
    observationFixture('memory-per-subscriber', [...rows('sse', 12_345), ...rows('websocket', 6_789)]),
    observationFixture('resume', [
      ...[cut('sse', true, 'long', 0), cut('sse', false, 'long', 37), cut('sse', true, 'short', 5)],
      ...[cut('websocket', true, 'long', 2), cut('websocket', true, 'long', 1)],
    ]),
    observationFixture('first-seconds', [
      ...['sse', 'short-poll'].flatMap((technique) => [
        span(technique, 0, 'published', 125_000, 125_000, 1),
        span(technique, 0, 'published', 375_000, 375_000, 2),
      ]),
      ...[span('sse', 1, 'connect', 0, 100_000), span('sse', 1, 'request', 100_000, 100_100)],
      ...[span('sse', 1, 'wait', 100_100, 200_400), span('sse', 1, 'receive', 200_400, 425_800)],
      ...[span('sse', 1, 'event', 200_900, 200_900, 1), span('sse', 1, 'event', 425_700, 425_700, 2)],
      ...[span('short-poll', 1, 'connect', 0, 101_000), span('short-poll', 1, 'request', 101_000, 101_200)],
      ...[
        span('short-poll', 1, 'request', 501_000, 501_100),
        span('short-poll', 2, 'connect', 400_000, 501_000),
      ],
      ...[
        span('short-poll', 2, 'event', 640_001, 640_001, 1),
        span('short-poll', 2, 'event', 640_002, 640_002, 2),
      ],
    ]),
  ]
  return [runFixture(records), records, observations]
}

describe('every number in the page is that of the records it carries', () => {
  test('where techniques were compared, with six trials and an A/A pair, one of them voided, and a floor', () => {
    const ids = checkPage(buildReport(...comparison()))
    expect(ids).toEqual([
      'steady-feed-shares',
      'steady-feed-delay',
      'steady-feed-distribution',
      'steady-feed-classes',
      'steady-feed-cpu',
    ])
  })

  test('where the run was interrupted', () => {
    const [run, records, observations] = comparison()
    checkPage(buildReport({ ...run, partial: true }, records, observations))
    // With nothing at all of a cell that was planned.
    const missing = { ...(run.planned[0] ?? expect.fail()), technique: 'fetch-stream' }
    checkPage(
      buildReport({ ...run, partial: true, planned: [...run.planned, missing] }, records, observations),
    )
  })

  test('where there are three trials, too few samples and ties', () => {
    const records = [
      recordsFixture({ technique: 'long-poll', mediansUs: [4_000, 1_000, 2_500], requestsPerEvent: 1.25 }),
      recordsFixture({ technique: 'sse', lost: 1_500 }),
      recordsFixture({ technique: 'websocket', mediansUs: [2_000, 2_100] }),
      recordsFixture({ technique: 'multipart-stream', overheadBytes: 222 }),
    ].flatMap(scattered)
    checkPage(buildReport(runFixture(records), records))
  })

  test('where something was varied, searched, sent by subscribers, or nothing was sent at all', () => {
    const choice = (technique: string, at: number) =>
      recordsFixture({
        scenario: choiceFixture,
        technique,
        at,
        overheadBytes: 20 + 22 * at,
        mediansUs: six.slice(0, 3).map((us) => us * (1 + 4 * at)),
      })
    const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, lateAfterMs: 100 } as const
    const searched: Scenario = { ...scenarioFixture, name: 'capacity', search }
    const found = (value: number, mediansUs: number[]) =>
      recordsFixture({ scenario: searched, technique: 'sse', mediansUs }).map((record) => ({
        ...record,
        point: searchedPoint(searched, search, value),
      }))
    const poll = (at: number, us: number, requestsPerEvent: number) =>
      recordsFixture({
        scenario: sweepFixture,
        at,
        technique: 'short-poll',
        mediansUs: [us, us * 1.1, us * 1.05],
        requestsPerEvent,
      })
    const records = [
      ...[0, 1].flatMap((at) => [choice('sse', at), choice('websocket', at)]),
      ...[poll(0, 50_000, 1), poll(1, 250_000, 0.2)],
      ...['sse', 'websocket'].map((technique, i) =>
        recordsFixture({ scenario: chatFixture, technique, mediansUs: six.map((us) => us * (i + 1)) }),
      ),
      ...['short-poll', 'sse'].map((technique) => recordsFixture({ scenario: silentFixture, technique })),
    ].flatMap(scattered)
    const all = [
      ...records,
      ...found(100, [5e3, 5e3]),
      ...found(200, [5e3, 9e5, 4e3]),
      ...found(400, [9e5, 9e5, 9e5]),
    ]
    const ids = checkPage(buildReport(runFixture(all), all))
    expect(ids).toEqual(
      expect.arrayContaining([
        'tls-delay',
        'tls-bytes',
        'poll-interval-delay',
        'poll-interval-requests',
        'poll-interval-trade-off',
        'idle-bytes',
      ]),
    )
  })
})

describe('a page with one wrong digit', () => {
  /** Sections whose every table cell with a digit in it is checked. */
  const CHECKED = ['pick', 'compare', 'delay', 'steady', 'wire', 'time', 'server', 'network']
  const page = buildReport(...comparison())
  const carried = carriedBy(page)

  /** Where the last digit of each cell stands. */
  const places = CHECKED.flatMap((id) => {
    const markup = sectionOf(page, id)
    const start = page.indexOf(markup)
    return [
      ...markup.matchAll(/<td[^>]*>(?:(?!<\/td>).)*?(\d)(?=[^\d<>]*(?:<(?!\/td>)[^>]*>[^\d<>]*)*<\/td>)/g),
    ].map((found) => start + found.index + found[0].length - 1)
  })

  test('is found out, wherever in a table it stands', () => {
    expect(places.length).toBeGreaterThan(300)
    // Every 23rd, which falls into every table and every column now and then.
    const sample = places.filter((_, i) => i % SAMPLED === 0)
    const unnoticed = sample.flatMap((at) => {
      const wrong = `${page.slice(0, at)}${(Number(page[at]) + 1) % 10}${page.slice(at + 1)}`
      try {
        checkPage(wrong, carried)
      } catch {
        return []
      }
      return [page.slice(at - 120, at + 20)]
    })
    expect(unnoticed).toEqual([])
  })
})

const SAMPLED = 23

/** The run that is kept in the repository, where it is of this version. */
const REFERENCE = join(import.meta.dirname, '../results/reference')

function otherSchema(): string | undefined {
  if (!existsSync(join(REFERENCE, 'run.json'))) return 'there is no reference run'
  const schemaOf = (file: string) =>
    (JSON.parse(readFileSync(join(REFERENCE, file), 'utf8')) as { schema?: string }).schema
  const record = readdirSync(REFERENCE).find((file) => file.endsWith('.1.json')) ?? 'run.json'
  const [run, one] = [schemaOf('run.json'), schemaOf(record)]
  return run === RUN_SCHEMA && one === RECORD_SCHEMA
    ? undefined
    : `it is of ${run} and ${one}: measure it again`
}

const reason = otherSchema()
if (reason) console.warn(`NOT CHECKED: the numbers of the reference run, for ${reason}.`)

test.skipIf(reason !== undefined)(
  `every number in the report of the reference run is that of its records${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    const { run, records, observations }: MeasuredRun = readRun(REFERENCE)
    const page = buildReport(run, records, observations)
    expect(embeddedRun(page).records).toHaveLength(records.length)
    expect(plain(sectionOf(page, 'trust'))).toContain(`of ${run.plannedTrials} planned trials are here`)
    checkPage(page)
  },
)
