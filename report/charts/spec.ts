import { type Html, html } from '../html.ts'
import type { Marker } from '../palette.ts'

/** A chart as data: the page's script draws it, and the table under it holds the same values. */
export interface ChartSpec {
  /** Unique in the page. */
  id: string
  kind: 'line' | 'bar'
  /** The question that the chart answers. */
  question: string
  /** What it shows, in one sentence made from its numbers. */
  conclusion: string
  /** Title of each axis, with its unit; the page writes that of y above the chart, where it can wrap. */
  x: Axis
  y: Axis
  /** Whether series of a bar chart stand on each other. */
  stacked?: boolean
  series: Series[]
}

export interface Axis {
  title: string
  log?: boolean
  /** Names of the places on the axis, in order; points then give their place as `x`. */
  categories?: string[]
  /** Texts for chosen values, instead of the numbers themselves; a minor one is written in the table only. */
  ticks?: { value: number; text: string; minor?: boolean }[]
}

export interface Series {
  name: string
  color: string
  /** At each point of a line, at the foot of each bar. */
  marker?: Marker
  dash?: number[]
  points: ChartPoint[]
}

export interface ChartPoint {
  x: number
  y: number
  /** The range of the trials, drawn as a whisker. */
  low?: number
  high?: number
  /** The value in words, as the table shows it. */
  text: string
}

/** The figure of a chart: question, canvas, conclusion, and the same values as a table. */
export function chartFigure(spec: ChartSpec): Html {
  return html`<figure class="chart">
<figcaption><h4 id="${spec.id}-q">${spec.question}</h4>
<p class="conclusion">${spec.conclusion}</p>
<p class="unit">${spec.y.title}. Lower is better.</p></figcaption>
<div class="canvas${isCrowded(spec) && ' tall'}"><canvas id="${spec.id}" role="img" aria-label="${`${spec.question} ${spec.conclusion}`}"></canvas></div>
${chartTable(spec)}
</figure>`
}

/** A legend of many lines, or many names under bars, needs room of its own. */
function isCrowded({ x, series }: ChartSpec): boolean {
  return series.length > 6 || (x.categories?.length ?? 0) > 6
}

function chartTable({ id, x, series }: ChartSpec): Html {
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort(
    (a, b) => a - b,
  )
  const heading = (place: number) =>
    x.categories?.[place] ??
    x.ticks?.find(({ value }) => value === place)?.text ??
    place.toLocaleString('en-US')
  const value = ({ points }: Series, place: number) =>
    html`<td>${points.find((point) => point.x === place)?.text ?? '-'}</td>`
  // The longer side goes down, where there is room.
  const [headings, rows] =
    series.length > places.length
      ? [
          ['Technique', ...places.map(heading)],
          series.map((one) =>
            row(
              one.name,
              places.map((place) => value(one, place)),
            ),
          ),
        ]
      : [
          [x.title, ...series.map(({ name }) => name)],
          places.map((place) =>
            row(
              heading(place),
              series.map((one) => value(one, place)),
            ),
          ),
        ]
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-q"><table>
<thead><tr>${headings.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function row(name: string, cells: readonly Html[]): Html {
  return html`<tr><th scope="row">${name}</th>${cells}</tr>
`
}
