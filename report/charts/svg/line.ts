import { type Html, html } from '../../html.ts'
import { clauses, type Text } from '../../words/say.ts'
import { linePlan, tickText } from '../plan.ts'
import type { ChartSpec, Series } from '../spec.ts'
import { BASELINE, drawing, drawn, type Label, labels, WIDTH } from './drawing.ts'
import { ABOVE, BELOW, frame, marksOf, type Plot } from './frame.ts'
import { widest } from './labels.ts'
import { legend } from './legend.ts'
import { type Mark, markOf, stamp } from './marks.ts'
import { Path } from './path.ts'
import { besideEnds } from './spread.ts'
import { CAP, uprightWhisker } from './whisker.ts'

const PLOT_HEIGHT = 240
/** More names than these, or wider ones, stand under the plot. */
const MOST_BESIDE = 13
const WIDEST_BESIDE = 210
const LINE_HEIGHT = 17
/** Strokes across the ends of more whiskers would only be noise. */
const MOST_CAPPED = 7
/** From a sample to its name. */
const NAME = 12
/** Between the first and last points and the ends of the plot: half a marker and more. */
const INSET = 8

/** Lines, with a whisker and a marker at each point; their names at their right ends, where there is room. */
export function lineSvg(spec: ChartSpec): Html {
  const { x, y, endTogether, series } = linePlan(spec)
  const names = series.map(({ name }) => name)
  const beside = endTogether && series.length <= MOST_BESIDE && widest(names) <= WIDEST_BESIDE
  const yText = tickText(spec.y)
  const plot: Plot = {
    left: Math.ceil(widest(y.ticks.map(({ value }) => yText(value)))) + 16,
    right: WIDTH - (beside ? Math.ceil(widest(names)) + 46 : 24),
    top: ABOVE,
    bottom: ABOVE + PLOT_HEIGHT,
  }
  const across = (value: number) => plot.left + INSET + x.at(value) * (plot.right - plot.left - 2 * INSET)
  const up = (value: number) => plot.bottom + y.at(value) * (plot.top - plot.bottom)
  const placed = series.map((one) => ({
    ...one,
    places: one.points.map(({ x, y, low, high }) => {
      return { x: across(x), y: up(y), low: up(low), high: up(high) }
    }),
  }))
  const marks = (spec.marks ?? []).map(({ x, y, text }) => ({ x: across(x), y: up(y), text }))
  const { samples, texts, height } = beside
    ? namesBeside(placed, plot)
    : namesBelow(names, plot.bottom + BELOW)
  return drawing(spec.question, height, [
    ...frame({
      plot,
      x: { scale: x, title: spec.x.title, text: tickText(spec.x), inset: INSET },
      y: { marks: marksOf(y, plot.bottom, plot.top, yText), title: spec.y.title },
    }),
    ...placed.map((one, i) => lineOf(one, samples[i] as Sample, series.length <= MOST_CAPPED ? CAP : 0)),
    crossings(marks, plot),
    texts,
  ])
}

interface Placed extends Series {
  places: { x: number; y: number; low: number; high: number }[]
}

/** Where a series is shown beside its name; the line's end that it is joined to, if it is not next to it. */
interface Sample {
  x: number
  y: number
  from?: { x: number; y: number }
}

/** Names in a column at the right, each as near to the end of its line as its neighbours let it. */
function namesBeside(all: readonly Placed[], plot: Plot): { samples: Sample[]; texts: Html; height: number } {
  const x = plot.right + 20
  const ends = all.map(({ places }) => places.reduce((last, place) => (place.x >= last.x ? place : last)))
  const rows = besideEnds(
    ends.map((end) => end.y),
    LINE_HEIGHT,
    plot,
  )
  const samples = ends.map((end, i): Sample => {
    const y = rows[i] as number
    const isNext = Math.abs(y - end.y) < 2 && x - end.x < 40
    return { x, y, ...(!isNext && { from: end }) }
  })
  const texts = labels(
    samples.map(({ y }, i) => ({ x: x + NAME, y: y + BASELINE, text: all[i]?.name ?? '' })),
  )
  return { samples, texts, height: plot.bottom + BELOW }
}

function namesBelow(names: readonly Text[], top: number): { samples: Sample[]; texts: Html; height: number } {
  const { places, texts, height } = legend(names, top)
  return { samples: places, texts, height: top + height }
}

/** Half a ring's width. */
const RADIUS = 7

/** Hollow rings, each with its short text over it, or under it where there is no room. */
function crossings(marks: readonly Label[], plot: Plot): Html | undefined {
  if (marks.length === 0) return undefined
  const rings = new Path()
  for (const { x, y } of marks)
    stamp(rings, { from: [-RADIUS, 0], shape: 'a7 7 0 1014 0 7 7 0 10-14 0z' }, x, y)
  // Texts of rings that touch would write over each other.
  const groups: Label[][] = []
  for (const mark of marks) {
    const near = groups.find(
      ([first]) => first && Math.hypot(first.x - mark.x, first.y - mark.y) < 2 * RADIUS,
    )
    if (near) near.push(mark)
    else groups.push([mark])
  }
  const texts = groups.map((group) => {
    const [{ x, y }] = group as [Label]
    return {
      x: x + RADIUS,
      y: y - RADIUS < plot.top + LINE_HEIGHT / 2 ? y + RADIUS + LINE_HEIGHT - BASELINE : y - RADIUS,
      text: clauses(group.map(({ text }) => text)),
    }
  })
  return html`<path class="ring" d="${rings.data}"/>${labels(texts)}`
}

/** A series with its sample: the same looks, in the same paths. */
function lineOf({ color, dash = [], marker, places }: Placed, sample: Sample, cap: number): Html {
  const [line, thin, marks] = [new Path(), new Path(), new Path()]
  const mark: Mark | undefined = marker && markOf(marker)
  places.forEach(({ x, y, low, high }, i) => {
    if (i === 0) line.move(x, y)
    else line.line(x, y)
    uprightWhisker(thin, { x, y, low, high }, cap)
    if (mark) stamp(marks, mark, x, y)
  })
  const { from } = sample
  if (mark) stamp(marks, mark, sample.x, sample.y)
  if (!mark || !from) line.segment(sample.x - NAME, sample.y, sample.x + (mark ? 0 : NAME - 3), sample.y)
  if (from) thin.segment(from.x + 7, from.y, sample.x - 8, sample.y)
  const dashed = dash.length > 0 && html` stroke-dasharray="${dash.join(' ')}"`
  return html`<g color="${color}"><path${dashed} d="${line.data}"/>${drawn('thin', thin)}${mark && drawn(mark.look, marks)}</g>`
}
