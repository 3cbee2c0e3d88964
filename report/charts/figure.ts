import { Html, html } from '../html.ts'
import { said, say, type Text } from '../words/say.ts'
import type { ChartSpec, Series } from './spec.ts'
import { chartSvg } from './svg/chart.ts'

/** A figure, with the data that it is drawn from. */
class Figure extends Html {
  readonly spec: ChartSpec

  constructor(spec: ChartSpec, markup: Html) {
    super(markup)
    this.spec = spec
  }
}

/** The data of every chart in some markup, for the page's script. */
export function specsIn(markup: Html): ChartSpec[] {
  if (markup instanceof Figure) return [markup.spec]
  return markup.parts.flatMap((part) => (part instanceof Html ? specsIn(part) : []))
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
  if (spec.series.every(({ points }) => points.length === 0))
    return html`<figure class="chart"><figcaption><h3>${question}</h3></figcaption>
<p class="note">Too few events to draw it: measure longer, for example with <code translate="no">--measure 5s</code>.</p></figure>`
  const figure = html`<figure class="chart" data-chart="${id}">
<figcaption><h3 id="${id}-q">${question}</h3>
<p class="conclusion">${conclusion}</p>
<p class="unit">${unit}</p></figcaption>
<div class="plate" tabindex="0" role="group" aria-labelledby="${id}-q">${isDrawn ? chartSvg(spec) : html`<p class="note">Drawn where scripts run; the table has the same values.</p>`}</div>
<details class="values"><summary>The same as a table</summary>${chartTable(spec)}</details>
</figure>`
  return new Figure(spec, figure)
}

function chartTable({ id, x, series }: ChartSpec): Html {
  const all = series.flatMap(({ points }) => points.map((point) => point.x))
  const places = [...new Set(all)].sort((a, b) => a - b)
  const heading = (place: number) =>
    x.categories?.[place] ??
    x.ticks?.find(({ value }) => value === place)?.text ??
    place.toLocaleString('en-US')
  const value = ({ points }: Series, place: number) =>
    html`<td>${points.find((point) => point.x === place)?.text ?? '-'}</td>`
  const ofSeries = (one: Series) => places.map((place) => value(one, place))
  const ofPlace = (place: number) => series.map((one) => value(one, place))
  // The longer side goes down, where there is room.
  const isLong = series.length > places.length
  const headings = isLong
    ? ['Technique', ...places.map(heading)]
    : [x.title, ...series.map(({ name }) => name)]
  const rows = isLong
    ? series.map((one) => row(one.name, ofSeries(one), one.technique))
    : places.map((place) => row(heading(place), ofPlace(place), x.keys?.[place]))
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${id}-q"><table class="data">
<thead><tr>${headings.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function row(name: Text, cells: readonly Html[], technique?: string): Html {
  return html`<tr${technique !== undefined && html` data-technique="${technique}"`}><th scope="row">${name}</th>${cells}</tr>
`
}
