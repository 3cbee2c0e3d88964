import { type Html, html } from '../html.ts'
import type { Marker } from '../palette.ts'
import { said, say, type Text } from '../words/say.ts'
import { chartSvg } from './svg/chart.ts'

/** A chart as data: the page's script draws it, and the table under it holds the same values. */
export interface ChartSpec {
  /** Unique in the page. */
  id: string
  kind: 'line' | 'bar'
  /** The question that the chart answers. */
  question: Text
  /** What it shows, in one sentence made from its numbers. */
  conclusion: Text
  /** Title of each axis, with its unit; the page writes that of y above the chart, where it can wrap. */
  x: Axis
  y: Axis
  /** Whether series of a bar chart stand on each other. */
  stacked?: boolean
  /** Whether y is a share, of which more is better. */
  isShare?: boolean
  series: Series[]
  /** Places on the plot that the conclusion speaks of, by their short text: where lines cross. */
  marks?: { x: number; y: number; text: Text }[]
}

export interface Axis {
  title: Text
  log?: boolean
  /** Names of the places on the axis, in order; points then give their place as `x`. */
  categories?: Text[]
  /** The technique of each of them, where they are techniques. */
  keys?: string[]
  /** Ids in the page that a click on each of them leads to. */
  targets?: string[]
  /** Whether it is a delay in ms, on which a reader's budget can be drawn. */
  budget?: boolean
  /** Texts for chosen values, instead of the numbers themselves; a minor one is written in the table only. */
  ticks?: { value: number; text: Text; minor?: boolean }[]
}

export interface Series {
  name: Text
  /** Left out where it is not one technique's. */
  technique?: string
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
  text: Text
}

/**
 * The figure of a chart: its question, its conclusion, its drawing, and the same values as a table. Where scripts run
 * the page draws it anew, so that it can be pointed at and filtered.
 * @param isDrawn whether a reader without scripts has a drawing, too, or the table alone.
 */
export function chartFigure(spec: ChartSpec, isDrawn = true): Html {
  const { id, question, conclusion, y } = spec
  const title = said(String(y.title))
  const unit = spec.isShare ? say`${title}. Higher is better.` : say`${title}. Lower is better.`
  return html`<figure class="chart${isCrowded(spec) && ' crowded'}" data-chart="${id}">
<figcaption><h3 id="${id}-q">${question}</h3>
<p class="conclusion">${conclusion}</p>
<p class="unit">${unit}</p></figcaption>
<div class="plate" tabindex="0" role="group" aria-labelledby="${id}-q">${isDrawn ? chartSvg(spec) : html`<p class="note">Drawn where scripts run; the table has the same values.</p>`}</div>
<details class="values"><summary>The same as a table</summary>${chartTable(spec)}</details>
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
              one.technique,
            ),
          ),
        ]
      : [
          [x.title, ...series.map(({ name }) => name)],
          places.map((place) =>
            row(
              heading(place),
              series.map((one) => value(one, place)),
              x.keys?.[place],
            ),
          ),
        ]
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-q"><table class="data">
<thead><tr>${headings.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function row(name: Text, cells: readonly Html[], technique?: string): Html {
  return html`<tr${technique !== undefined && html` data-technique="${technique}"`}><th scope="row">${name}</th>${cells}</tr>
`
}
