import type { ResultRecord } from '../../results/record.ts'
import { type Cell, failedDeliveries, figureOf, isFloor, type MeasuredScenario } from '../analysis/cells.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { badgeOf, checkCell } from '../analysis/gate.ts'
import { type Ranking, rank } from '../analysis/ranking.ts'
import { atPosition } from '../axis.ts'
import { type Format, format, rangeText, times, timesRange, valueText } from '../format.ts'
import { type Html, html } from '../html.ts'
import { supportsPercentile } from '../statistics/percentile-support.ts'
import { capital, say, type Text } from '../words/say.ts'
import { badgeCell } from './badges.ts'
import { scrolling } from './section.ts'

type Kind = 'timed' | 'counted'

/** A figure as a column of a table. */
export interface Column {
  heading: string
  figure: FigureName
  text: Format
  /** A percentile that needs so many samples. */
  quantile?: number
}

const ROUND_TRIP: Column[] = [
  { heading: 'Round trip, median', figure: 'roundTripP50Us', text: format.us },
  { heading: 'Round trip, p99', figure: 'roundTripP99Us', text: format.us, quantile: 0.99 },
]

const DELAYS: Column[] = [
  { heading: 'Delay, median', figure: 'p50Us', text: format.us },
  { heading: 'Delay, p99', figure: 'p99Us', text: format.us, quantile: 0.99 },
  { heading: 'Delay, mean', figure: 'meanUs', text: format.us },
  { heading: 'Delay, longest', figure: 'maxUs', text: format.us },
  { heading: 'Delay from publication, median', figure: 'publishedP50Us', text: format.us },
  { heading: 'Delay from publication, p99', figure: 'publishedP99Us', text: format.us, quantile: 0.99 },
]

const BYTES: Column[] = [
  { heading: 'Bytes per event', figure: 'bytesPerEvent', text: format.bytes },
  { heading: 'Bytes per event with TCP/IP headers', figure: 'wireBytesPerEvent', text: format.bytes },
  { heading: 'Packets per event', figure: 'packetsPerEvent', text: format.count },
  { heading: 'Requests per event', figure: 'requestsPerEvent', text: format.count },
  { heading: 'Empty answers', figure: 'emptyAnswerShare', text: format.percent },
  { heading: 'Bytes/s per subscriber', figure: 'bytesPerSecond', text: format.bytes },
]

const COSTS: Column[] = [
  { heading: 'Bytes to set up', figure: 'setupBytes', text: format.bytes },
  { heading: 'Bytes besides events', figure: 'besidesEventsBytes', text: format.bytes },
  { heading: 'Server CPU per 1,000 events', figure: 'serverCpuUsPer1000Events', text: format.us },
  { heading: 'Server memory (RSS)', figure: 'serverRssBytes', text: format.megabytes },
]

const BADGE_HEADINGS: Record<Kind, string> = { timed: 'Timing', counted: 'Counting' }

/** What stands after the figures of a row. */
type Facts = { heading: string; of: (cell: Cell) => Text | Html }[]

/** Every figure of every cell, by theme: the median over its trials, and how far it can be trusted. */
export function figuresTables(measured: MeasuredScenario): Html {
  const publishes = measured.cells.some(({ records }) => records.some(({ roundTrip }) => roundTrip !== null))
  return html`<p class="note">${figuresNote(measured)}</p>
${[
  table('Delays', measured, [...(publishes ? ROUND_TRIP : []), ...DELAYS], delayFacts(measured)),
  table('Bytes and requests', measured, BYTES, []),
  table('Setting up, and the server', measured, COSTS, []),
]}`
}

/** What the ranges beside the figures are. */
export function figuresNote({ cells }: MeasuredScenario): string {
  return cells.some((cell) => figureOf(cell, 'p50Us').interval === '95 %')
    ? 'Median over trials, with its 95 % interval where there are six trials or more, else min-max. Lower is better in every column. Struck through: not valid.'
    : 'Median over trials (min-max). Lower is better in every column. Struck through: not valid.'
}

function delayFacts(measured: MeasuredScenario): Facts {
  const { cells } = measured
  const ranking = rank(measured, 'p50Us')
  const floorOf = (cell: Cell) =>
    cells.find((other) => isFloor(other) && other.point.at?.value === cell.point.at?.value)
  return [
    { heading: 'Median, times the lowest', of: (cell) => timesTheLowest(cell, ranking) },
    ...(cells.some(isFloor)
      ? [{ heading: 'Median, times the floor', of: (cell: Cell) => timesTheFloor(cell, floorOf(cell)) }]
      : []),
    {
      heading: 'Trials',
      of: ({ records }) => `${records.length}/${records[0]?.scenario.trials ?? 0}`,
    },
    {
      heading: 'Lost / duplicated / reordered',
      of: (cell) => {
        const { lost, duplicated, reordered } = failedDeliveries(cell)
        return `${lost} / ${duplicated} / ${reordered}`
      },
    },
  ]
}

function table(theme: string, { cells }: MeasuredScenario, columns: readonly Column[], facts: Facts): Html {
  const kinds = (['timed', 'counted'] as const).filter((kind) =>
    columns.some(({ figure }) => kindOf(figure) === kind),
  )
  const headings = [...columns, ...facts].map(({ heading }) => html`<th scope="col">${heading}</th>`)
  const badges = kinds.map((kind) => html`<th scope="col" class="badge">${BADGE_HEADINGS[kind]}</th>`)
  return html`<h4>${theme}</h4>${scrolling(
    theme,
    html`<table class="figures">
<thead><tr><th scope="col">Technique</th>${badges}${headings}</tr></thead>
${bodies(cells, (cell) => row(cell, kinds, columns, facts), 1 + badges.length + headings.length)}</table>`,
  )}
`
}

/** Rows by the positions of a sweep, each under its heading. */
function bodies(cells: readonly Cell[], rowOf: (cell: Cell) => Html, columns: number): Html[] {
  const groups = Map.groupBy(cells, ({ point }) => point.at?.value)
  return [...groups.values()].map((group) => {
    const { at } = (group[0] as Cell).point
    const heading =
      at &&
      html`<tr class="position"><th scope="rowgroup" colspan="${columns}"><span>${capital(atPosition(at))}</span></th></tr>
`
    return html`<tbody>${heading}${group.map(rowOf)}</tbody>
`
  })
}

function row(cell: Cell, kinds: readonly Kind[], columns: readonly Column[], facts: Facts): Html {
  const findings = checkCell(cell)
  const badges = kinds.map((kind) => badgeCell(badgeOf(findings, kind)))
  const figure = (column: Column) => {
    const text = html`${figureText(cell, column)}${small(modelText(cell, column.figure))}`
    return badgeOf(findings, kindOf(column.figure)) === 'not valid'
      ? html`<td><s>${text}</s></td>`
      : html`<td>${text}</td>`
  }
  return html`<tr data-technique="${cell.technique}"><th scope="row">${cell.title}</th>${badges}${columns.map(figure)}${facts.map(({ of }) => html`<td>${of(cell)}</td>`)}</tr>
`
}

function timesTheLowest(cell: Cell, ranking: Ranking | undefined): Text | Html {
  if (cell === ranking?.lowest) return 'lowest'
  const compared = ranking?.others.find((other) => other.cell === cell)
  if (!compared) return '-'
  return html`${times(compared.times)}${small(timesRange(compared.ratio).trim())}${small(compared.same ? 'same within noise' : '')}`
}

/** On a line of its own, so that columns stay narrow. */
export function small(text: Text): Html {
  return text === '' ? html`` : html` <small>${text}</small>`
}

/** The floor of the same position, for with TLS for example it is another. */
function timesTheFloor(cell: Cell, floor: Cell | undefined): string {
  if (!floor || badgeOf(checkCell(cell), 'timed') === 'not valid') return '-'
  return times(figureOf(cell, 'p50Us').value / figureOf(floor, 'p50Us').value)
}

/** A figure of a cell with its range, or that it has too few samples to be told. */
export function figureText(cell: Cell, { figure, text, quantile }: Column): Html {
  const samples = Math.min(...cell.records.map((record) => samplesOf(figure, record)))
  if (quantile !== undefined && !supportsPercentile(quantile, samples))
    return html`<span>too few</span>${small(`(n = ${samples.toLocaleString('en-US')})`)}`
  const estimate = figureOf(cell, figure)
  return html`${valueText(estimate, text)}${small(rangeText(estimate, text))}`
}

function samplesOf(figure: FigureName, { latency, roundTrip }: ResultRecord): number {
  return figure === 'roundTripP99Us' ? (roundTrip?.n ?? 0) : latency.n
}

/** What the model says, where there is one, and how far the measurement is from it. */
function modelText(cell: Cell, figure: FigureName): Text {
  const { bytesPerEvent, wireBytesPerEvent, meanLatencyUs } = cell.records[0]?.prediction ?? {}
  const [predicted, text] =
    figure === 'bytesPerEvent'
      ? [bytesPerEvent, format.bytes]
      : figure === 'wireBytesPerEvent'
        ? [wireBytesPerEvent, format.bytes]
        : figure === 'meanUs'
          ? [meanLatencyUs, format.us]
          : []
  if (predicted === undefined || predicted === null || !text) return ''
  const { value } = figureOf(cell, figure)
  // Where the kernel could not count, the model is all there is.
  if (Number.isNaN(value)) return say`modelled ${text(predicted)}`
  const residual = value / predicted - 1
  const off = `${residual > 0 ? '+' : '-'}${format.percent(Math.abs(residual))}`
  return Math.abs(residual) < 5e-5
    ? say`model ${text(predicted)}, exactly`
    : say`model ${text(predicted)}, ${off}`
}
