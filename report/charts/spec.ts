import { type Html, html } from '../html.ts'

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
  /** A Chart.js point style; lines only. */
  marker?: string
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
<div class="canvas"><canvas id="${spec.id}" role="img" aria-label="${`${spec.question} ${spec.conclusion}`}"></canvas></div>
${chartTable(spec)}
</figure>`
}

function chartTable({ id, x, series }: ChartSpec): Html {
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort(
    (a, b) => a - b,
  )
  const heading = (place: number) =>
    x.categories?.[place] ??
    x.ticks?.find(({ value }) => value === place)?.text ??
    place.toLocaleString('en-US')
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}-q"><table>
<thead><tr><th scope="col">${x.title}</th>${series.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${places.map(
    (place) => html`<tr><th scope="row">${heading(place)}</th>${series.map(
      ({ points }) => html`<td>${points.find((point) => point.x === place)?.text ?? '-'}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`
}
