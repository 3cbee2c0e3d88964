import type { Failure } from '../../results/record.ts'
import type { Scenario, Search } from '../../results/scenario.ts'
import { INSTRUMENT, instrumentOf } from '../../results/versions.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import { type Cell, failedDeliveries, figureOf, lackOf, type MeasuredScenario } from '../analysis/cells.ts'
import { isRecorded } from '../analysis/figures.ts'
import { type Badge, worstOf } from '../analysis/finding.ts'
import { badgeOf } from '../analysis/gate.ts'
import { rank } from '../analysis/ranking.ts'
import { isTimed } from '../analysis/rules.ts'
import { ownBadge, readings } from '../analysis/run-badges.ts'
import { atPosition } from '../axis.ts'
import { type Column, columnOf } from '../columns.ts'
import { format, rangeText, times } from '../format.ts'
import { runBadgeTexts } from './run-badges.ts'

const LEGEND = [
  'p50: geometric mean of trials; p99: of all; bytes, reqs: per event; CPU: server’s per 1,000 events.',
  'times: p50 beside the smallest; tied: not told from it; ?: the trials scatter too much to tell.',
]

/**
 * The run as tables of plain text, one a scenario, one row a cell. The run's badges stand at the end, and beside a cell its own
 * where it is another. The report has all intervals. Fits into 100 columns.
 */
export function summaryTables(scenarios: readonly MeasuredScenario[], failures: readonly Failure[]): string {
  if (scenarios.length === 0) return ''
  const records = scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.records))
  const others = [...new Set(records.map(instrumentOf))].filter((one) => one !== INSTRUMENT)
  const measuredBy =
    others.length > 0 ? [`Measured by ${others.join(', ')}; runs are now by ${INSTRUMENT}.`] : []
  const legend = [...LEGEND, ...measuredBy, ...runBadgeTexts(scenarios)].join('\n')
  return [...scenarios.map((measured) => scenarioTable(measured, failures)), legend].join('\n\n')
}

/**
 * What is wrong, worst first, a line a check with what it found first; searches are judged by their limit. Of what is not valid all
 * places are named.
 */
export function faultLines(scenarios: readonly MeasuredScenario[]): string[] {
  const ofRun = (scenarios[0]?.cells[0]?.ofRun ?? []).map((finding) => ({ where: 'the run', finding }))
  const ofCells = scenarios
    .filter(({ scenario }) => !scenario.search)
    .flatMap(({ scenario: { name }, cells }) =>
      cells.flatMap((cell) => cell.findings.map((finding) => ({ where: placeOf(name, cell), finding }))),
    )
  const lines = (badge: Badge, more: (others: string[]) => string) => {
    const found = [...ofRun, ...ofCells].filter(({ finding }) => worstOf(finding) === badge)
    return [...Map.groupBy(found, ({ finding }) => finding.check).values()].map((all) => {
      const [{ reason, remedy } = { reason: '', remedy: '' }] = all.map(({ finding }) => finding)
      const [first, ...others] = all.map(({ where }) => where)
      return `${first}: ${reason} ${remedy}${others.length > 0 ? ` Likewise: ${more(others)}.` : ''}`
    })
  }
  return [
    ...lines('not valid', (others) => others.join('; ')).map((line) => `Not valid: ${line}`),
    ...lines('use with care', (others) => `${others.length} more`).map((line) => `Use with care: ${line}`),
  ]
}

function placeOf(scenario: string, { technique, copy, point: { at } }: Cell): string {
  return `${scenario}${at ? ` ${atPosition(at)}` : ''}, ${technique}${copy === 2 ? ' again' : ''}`
}

/** Headings of a preliminary table that make room where a terminal is narrow, the first to go first. */
const SPARED = ['CPU', 'reqs', 'p99', 'round trip', 'bytes', 'trials']

/** A column that has nothing else is left out of it. */
const SAYING_NOTHING = ['-', 'too few']

/**
 * What is there of a scenario while it is measured, a row a cell: `~` stands before a median that further trials will move, and
 * its range beside it as soon as there are two.
 * @param width columns of the terminal; what matters least is left out.
 */
export function preliminaryTable(
  measured: MeasuredScenario,
  failures: readonly Failure[],
  width: number,
): string[] {
  const { scenario, cells } = measured
  if (scenario.search) return searchTable(measured, scenario.search, failures).split('\n')
  const isOpen = ({ records }: Cell) => records.length < scenario.trials
  const median = medianTexts(measured)
  const found = valueColumns(measured).map(({ heading, texts }): TextColumn => {
    if (heading !== 'p50') return { heading, texts }
    return {
      heading,
      texts: median.map((text, i) => (isOpen(cells[i] as Cell) && text !== '-' ? `~${text}` : text)),
    }
  })
  const trials = cells.map(({ records }) => `${records.length}/${scenario.trials}`)
  const [name, ...values] = [nameColumn(measured), { heading: 'trials', texts: trials }, ...found].filter(
    ({ heading, texts }) =>
      texts.some((text) => !SAYING_NOTHING.includes(text) && !(heading === 'lost' && text === '0')),
  )
  const shown = (spared: readonly string[]) =>
    layOut(measured, [name as TextColumn, ...values.filter(({ heading }) => !spared.includes(heading))])
  const fitting = SPARED.map((_, i) => shown(SPARED.slice(0, i))).find((lines) =>
    lines.every(({ length }) => length <= width),
  )
  return fitting ?? shown(SPARED)
}

/** A column of a table of text: a heading, and a text for each cell. */
interface TextColumn {
  heading: string
  texts: readonly string[]
}

function scenarioTable(measured: MeasuredScenario, failures: readonly Failure[]): string {
  const { scenario, cells } = measured
  if (scenario.search) return searchTable(measured, scenario.search, failures)
  const read = scenario.feed.schedule.kind === 'silent' ? (['counted'] as const) : readings
  const values = valueColumns(measured).flatMap((column) => {
    if (column.heading !== 'p50') return [column]
    const heading = isTimed(scenario) ? `p50 (${intervalName(cells)})` : 'p50'
    return [
      { heading, texts: medianTexts(measured) },
      { heading: 'times', texts: timesTexts(measured) },
    ]
  })
  const badges = { heading: 'badge', texts: cells.map((cell) => badgeText(cell, read)) }
  const table = [nameColumn(measured), ...values, badges].filter(({ texts }) =>
    texts.some((text) => text !== ''),
  )
  return layOut(measured, table).join('\n')
}

/** Columns beside each other; the positions of a sweep stand above their rows. */
function layOut({ cells }: MeasuredScenario, columns: readonly TextColumn[]): string[] {
  const rows = cells.map((_, i) => columns.map(({ texts }) => texts[i] ?? ''))
  const [heading = '', ...lines] = textTable([columns.map((column) => column.heading), ...rows]).split('\n')
  return [
    heading,
    ...lines.flatMap((line, i) => {
      const { at } = (cells[i] as Cell).point
      const isFirst = at && at.value !== cells[i - 1]?.point.at?.value
      return isFirst ? [`${atPosition(at)}:`, line] : [line]
    }),
  ]
}

function nameColumn({ scenario, cells }: MeasuredScenario): TextColumn {
  return { heading: scenario.name, texts: cells.map(nameOf) }
}

/** The figures of a scenario, and what was lost. */
function valueColumns({ scenario, cells }: MeasuredScenario): TextColumn[] {
  return [
    ...columnsFor(scenario).map((column) => ({
      heading: column.heading,
      texts: cells.map((cell) => valueText(cell, column)),
    })),
    { heading: 'lost', texts: cells.map((cell) => String(failedDeliveries(cell).lost)) },
  ]
}

/** Short headings: the table has to fit into 100 columns. */
const MEDIAN: Column = { ...columnOf('p50Us'), heading: 'p50' }
const COLUMNS: readonly Column[] = [
  MEDIAN,
  { ...columnOf('p99Us'), heading: 'p99' },
  { ...columnOf('roundTripP50Us'), heading: 'round trip' },
  { ...columnOf('bytesPerEvent'), heading: 'bytes' },
  { ...columnOf('requestsPerEvent'), heading: 'reqs' },
  { ...columnOf('serverCpuUsPer1000Events'), heading: 'CPU' },
]
/** Where no event is due: what it costs to wait. */
const SILENT: readonly Column[] = [
  { ...columnOf('bytesPerSecond'), heading: 'bytes/s' },
  { ...columnOf('requestsPerSecond'), heading: 'requests/s' },
]

/** Where subscribers publish, the round trip takes the place of the p99. */
function columnsFor({ feed }: Scenario): readonly Column[] {
  if (feed.schedule.kind === 'silent') return SILENT
  const other = feed.source === 'subscribers' ? 'p99Us' : 'roundTripP50Us'
  return COLUMNS.filter(({ figure }) => figure !== other)
}

/** `95 %`, with fewer than 6 trials `min–max`; both where trials failed. */
function intervalName(cells: readonly Cell[]): string {
  const names = cells.map((cell) => figureOf(cell, 'p50Us').interval)
  return [...new Set(names)].join(' or ').replace('min-max', 'min–max')
}

/** `1.66 ms (1.62–1.7)`: median delays with their intervals; a unit that all have is said once. */
function medianTexts({ cells }: MeasuredScenario): string[] {
  return cells.map((cell) => {
    const text = valueText(cell, MEDIAN)
    const over = figureOf(cell, MEDIAN.figure)
    const range = rangeText(over, MEDIAN.text)
    if (text !== MEDIAN.text(over.value) || range === '') return text
    const [, unit] = text.split(' ')
    return `${text} ${range.split(' ').length === 2 ? range.replace(` ${unit})`, ')') : range}`
  })
}

/** How many times the smallest median delay of its position each is; nothing for what nobody chooses, or where nothing is ranked. */
function timesTexts(measured: MeasuredScenario): string[] {
  const positions = Map.groupBy(measured.cells, ({ point: { at } }) => at?.value)
  const texts = new Map<Cell, string>()
  for (const cells of positions.values()) {
    const { lowest, others } = rank({ ...measured, cells }, 'p50Us') ?? { others: [] }
    if (lowest) texts.set(lowest, others.some(({ isTied }) => isTied) ? 'tied' : '1×')
    for (const { cell, isTied, told, ratio } of others)
      texts.set(cell, isTied ? 'tied' : `${times(ratio.value)}${told === 'apart' ? '' : '?'}`)
  }
  return measured.cells.map((cell) => texts.get(cell) ?? '')
}

/** The worst badge that a cell shows of its own; nothing where it shows none. */
function badgeText(cell: Cell, read: readonly (typeof readings)[number][]): string {
  const own = read.map((reading) => ownBadge(cell, reading))
  return own.includes('not valid') ? 'not valid' : own.includes('use with care') ? 'with care' : ''
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
  // It stands below the first.
  const name = copy === 2 ? '  again' : technique
  return point.at ? `  ${name}` : name
}

/** Rows of text as columns: the first to the left, all others to the right. */
export function textTable(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  const pad = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n')
}
