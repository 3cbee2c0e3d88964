import type { Failure } from '../../results/record.ts'
import type { Search } from '../../results/scenario.ts'
import { INSTRUMENT, instrumentOf } from '../../results/versions.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import { type Cell, failedDeliveries, figureOf, lackOf, type MeasuredScenario } from '../analysis/cells.ts'
import { isRecorded } from '../analysis/figures.ts'
import { worstOf } from '../analysis/finding.ts'
import { badgeOf } from '../analysis/gate.ts'
import { ownBadge, readings } from '../analysis/run-badges.ts'
import { atPosition } from '../axis.ts'
import { type Column, columnOf } from '../columns.ts'
import { format } from '../format.ts'
import { parts, say, type Text } from '../words/say.ts'
import { runBadgeTexts } from './run-badges.ts'

const LEGEND =
  'Medians over trials, p99 of all; bytes and requests per event, CPU the server’s per 1,000 events.'

/**
 * The run as tables of plain text, one a scenario, one row a cell: medians over trials. The run's badges stand at the end, and
 * beside a cell its own where it is another. The report has the intervals and the reasons. Fits into 100 columns.
 */
export function summaryTables(scenarios: readonly MeasuredScenario[], failures: readonly Failure[]): string {
  if (scenarios.length === 0) return ''
  const records = scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.records))
  const others = [...new Set(records.map(instrumentOf))].filter((one) => one !== INSTRUMENT)
  const measuredBy =
    others.length > 0 ? [`Measured by ${others.join(', ')}; runs are now by ${INSTRUMENT}.`] : []
  const legend = [LEGEND, ...measuredBy, ...runBadgeTexts(scenarios)].join('\n')
  return [...scenarios.map((measured) => scenarioTable(measured, failures)), legend].join('\n\n')
}

/** What is not valid, each with its reason, a line a finding; searches are judged by their limit. */
export function notValidLines(scenarios: readonly MeasuredScenario[]): Text[] {
  const found = scenarios
    .filter(({ scenario }) => !scenario.search)
    .flatMap(({ scenario, cells }) =>
      cells.flatMap((cell) =>
        cell.findings
          .filter((finding) => worstOf(finding) === 'not valid')
          .map(({ reason, remedy }) => ({
            where: `${scenario.name}, ${nameOf(cell).trim()}`,
            reason,
            remedy,
          })),
      ),
    )
  // The same reason is said once, with all places.
  return [...Map.groupBy(found, ({ reason }) => String(reason)).values()].map((same) => {
    const [{ reason, remedy } = { reason: '', remedy: '' }] = same
    return say`Not valid: ${parts(same.map(({ where }) => where))}: ${reason} ${remedy}`
  })
}

/** The positions of a sweep stand above their rows. */
function scenarioTable(measured: MeasuredScenario, failures: readonly Failure[]): string {
  const { scenario, cells } = measured
  const { search } = scenario
  if (search) return searchTable(measured, search, failures)
  const publishes = scenario.feed.source === 'subscribers'
  const isSilent = scenario.feed.schedule.kind === 'silent'
  const columns = isSilent ? SILENT : COLUMNS.filter(({ figure }) => publishes || figure !== 'roundTripP50Us')
  const badges = cells.map((cell) => badgeText(cell, isSilent ? ['counted'] : readings))
  const own = badges.some((badge) => badge !== '')
  const rows = cells.map((cell, i) => [
    nameOf(cell),
    ...(own ? [badges[i] ?? ''] : []),
    ...columns.map((column) => valueText(cell, column)),
    String(failedDeliveries(cell).lost),
  ])
  const headings = [...(own ? ['badge'] : []), ...columns.map(({ heading }) => heading), 'lost']
  const [heading = '', ...lines] = textTable([[scenario.name, ...headings], ...rows]).split('\n')
  return [
    heading,
    ...lines.flatMap((line, i) => {
      const { at } = (cells[i] as Cell).point
      const isFirst = at && at.value !== cells[i - 1]?.point.at?.value
      return isFirst ? [`${atPosition(at)}:`, line] : [line]
    }),
  ].join('\n')
}

/** Short headings: the table has to fit into 100 columns. */
const COLUMNS: readonly Column[] = [
  { ...columnOf('p50Us'), heading: 'p50' },
  { ...columnOf('p99Us'), heading: 'p99' },
  { ...columnOf('roundTripP50Us'), heading: 'round trip' },
  { ...columnOf('bytesPerEvent'), heading: 'bytes' },
  { ...columnOf('requestsPerEvent'), heading: 'requests' },
  { ...columnOf('serverCpuUsPer1000Events'), heading: 'CPU' },
]
/** Where no event is due: what it costs to wait. */
const SILENT: readonly Column[] = [
  { ...columnOf('bytesPerSecond'), heading: 'bytes/s' },
  { ...columnOf('requestsPerSecond'), heading: 'requests/s' },
]

/** The worst badge that a cell shows of its own; nothing where it shows none. */
function badgeText(cell: Cell, read: readonly (typeof readings)[number][]): string {
  const own = read.map((reading) => ownBadge(cell, reading))
  return own.includes('not valid') ? 'not valid' : own.includes('use with care') ? 'use with care' : ''
}

/** A figure in words: `-` where there is none or nothing was timed. */
function valueText(cell: Cell, { figure, text }: Column): string {
  if (!cell.records.every((record) => isRecorded(record, figure))) return 'not recorded'
  const { value } = figureOf(cell, figure)
  if (badgeOf(cell, figure) === 'not measured' || Number.isNaN(value)) return '-'
  return lackOf(cell, figure) ? 'too few' : text(value)
}

/** How far each technique went. */
function searchTable(measured: MeasuredScenario, search: Search, failures: readonly Failure[]): string {
  const text = (value: number | null, none: string) => (value === null ? none : format.count(value))
  const rows = capacitiesOf(measured, failures).map(({ technique, value, low, high, limitedBy, trials }) => [
    technique,
    text(value, 'none'),
    text(low, 'none'),
    text(high, 'nowhere'),
    limitedBy,
    String(trials),
  ])
  const unit = search.axis === 'subscribers' ? 'subscribers' : 'events/s'
  return textTable([
    [measured.scenario.name, unit, 'all trials held', 'none held from', 'limited by', 'trials'],
    ...rows,
  ])
}

function nameOf({ technique, copy, point }: Cell): string {
  const name = copy === 2 ? `${technique} again` : technique
  return point.at ? `  ${name}` : name
}

/** Rows of text as columns: the first to the left, all others to the right. */
export function textTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map((cells) => cells.map(pad).join('  ')).join('\n')
}
