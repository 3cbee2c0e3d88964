import {
  type Cell,
  failedDeliveries,
  figureOf,
  isFloor,
  type Lack,
  lackOf,
  type MeasuredScenario,
} from '../analysis/cells.ts'
import { type FigureName, isRecorded, kindOf } from '../analysis/figures.ts'
import { badgeOf, isValid } from '../analysis/gate.ts'
import { type Compared, type Ranking, rank } from '../analysis/ranking.ts'
import { pairedRatioOf } from '../analysis/ratios.ts'
import { atPosition } from '../axis.ts'
import { type Column, columnsOf } from '../columns.ts'
import { format, rangeText, times, timesRange, valueText } from '../format.ts'
import { type Html, html } from '../html.ts'
import { capital, say, type Text } from '../words/say.ts'
import { badgeColumns } from './badges.ts'
import { scrolling } from './section.ts'

const ROUND_TRIP = columnsOf('roundTripP50Us', 'roundTripP99Us')
const DELAYS = [
  ...columnsOf('p50Us', 'p99Us', 'meanUs', 'maxUs', 'publishedP50Us', 'publishedP99Us'),
  ...columnsOf('boundP50Us', 'clientCostP50Us'),
]
const BYTES = [
  ...columnsOf('bytesPerEvent', 'wireBytesPerEvent', 'packetsPerEvent', 'requestsPerEvent'),
  ...columnsOf('emptyAnswerShare', 'bytesPerSecond'),
]
const COSTS = [
  ...columnsOf('setupBytes', 'besidesEventsBytes', 'serverCpuUsPer1000Events', 'serverRssBytes'),
  ...columnsOf('agentCpuUsPer1000Events'),
]

/** What stands after the figures of a row. */
type Facts = { heading: string; of: (cell: Cell) => Text | Html }[]

/** Every figure of every cell, by theme: the geometric mean over its trials, and how far it can be trusted. */
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
function figuresNote({ cells }: MeasuredScenario): string {
  return cells.some((cell) => figureOf(cell, 'p50Us').interval === '95 %')
    ? 'Geometric mean over trials, with its 95 % interval where there are six trials or more, else min-max; p99 of the delays of all trials together, its interval by a bootstrap over trials; the longest of all. Times: geometric mean of the ratios within a round. Lower is better in every column. Struck through: not valid.'
    : 'Geometric mean over trials (min-max); p99 of the delays of all trials together, and the longest of all. Lower is better in every column. Struck through: not valid.'
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
  const own = badgeColumns(
    cells,
    columns.map(({ figure }) => kindOf(figure)),
  )
  const headings = [...columns, ...facts].map(({ heading }) => html`<th scope="col">${heading}</th>`)
  const badges = own.map(({ heading }) => html`<th scope="col" class="badge">${heading}</th>`)
  return html`<h4>${theme}</h4>${scrolling(
    theme,
    html`<table class="figures">
<thead><tr><th scope="col">Technique</th>${badges}${headings}</tr></thead>
${bodies(cells, (cell) => row(cell, own, columns, facts), 1 + badges.length + headings.length)}</table>`,
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

function row(
  cell: Cell,
  own: ReturnType<typeof badgeColumns>,
  columns: readonly Column[],
  facts: Facts,
): Html {
  const badges = own.map(({ of }) => of(cell))
  const figure = (column: Column) => {
    const text = html`${figureText(cell, column)}${small(modelText(cell, column.figure))}`
    return badgeOf(cell, column.figure) === 'not valid'
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
  return html`${times(compared.ratio.value)}${small(timesRange(compared.ratio).trim())}${small(toldText(compared))}`
}

/** Why a cell is not told apart from the lowest; nothing where it is. */
export function toldText({ told }: Compared): string {
  return told === 'apart' ? '' : told === 'same' ? 'same within noise' : 'not told apart'
}

/** On a line of its own, so that columns stay narrow. */
export function small(text: Text): Html {
  return text === '' ? html`` : html` <small>${text}</small>`
}

/** The floor of the same position, for with TLS for example it is another. */
function timesTheFloor(cell: Cell, floor: Cell | undefined): string {
  if (!floor || !isValid(cell, 'p50Us')) return '-'
  return times(pairedRatioOf(cell, floor, 'p50Us').value)
}

/**
 * A figure of a cell with its range; or that it was not recorded, that its scenario counts and does not time, or that it has
 * too few events or moments to be told.
 */
export function figureText(cell: Cell, column: Column): Html {
  const estimate = figureOf(cell, column.figure)
  return (
    absentText(cell, column) ??
    html`${valueText(estimate, column.text)}${small(rangeText(estimate, column.text))}`
  )
}

/** What stands in the place of a figure that a cell has not; undefined where it has it. */
export function absentText(cell: Cell, { figure }: Column): Html | undefined {
  if (!cell.records.every((record) => isRecorded(record, figure))) return html`not recorded`
  if (badgeOf(cell, figure) === 'not measured') return html`-`
  const lack = lackOf(cell, figure)
  return lack && html`<span>${tooFew(lack)}</span>${small(`(n = ${format.count(lack.n)})`)}`
}

/** Which of what a percentile takes is too few. */
export function tooFew({ of }: Lack): string {
  return of === 'events' ? 'too few events' : 'too few moments'
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
