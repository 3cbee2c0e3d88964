import type { Text } from '../words/say.ts'
import type { Axis, ChartPoint, ChartSpec, Series } from './spec.ts'
import { chosenScale, linearScale, logScale, numberText, type Scale } from './svg/scale.ts'

/** Where everything of a chart stands, in the units of its axes: the drawing in the markup and the page's canvas share it. */
export interface LinePlan {
  x: Scale
  y: Scale
  /** Whether all lines end in the last third of the plot, so that their names can stand there. */
  endTogether: boolean
  /** Those that have something to draw, with the points that have a place; each point has a range. */
  series: (Omit<Series, 'points'> & { points: Required<Omit<ChartPoint, 'color'>>[] })[]
}

export interface BarPlan {
  /** Names of the groups. */
  groups: readonly Text[]
  /** Of the values; begins at 0. */
  values: Scale
  series: (Series & { bars: Bar[] })[]
}

/** From where to where a bar is drawn. */
export interface Bar {
  group: number
  start: number
  end: number
  low: number
  high: number
  /** Of its own. */
  hue: string | undefined
  text: Text
}

export function linePlan(spec: ChartSpec): LinePlan {
  const hasPlace = (value: number | undefined, { log = false }: Axis): value is number =>
    value !== undefined && Number.isFinite(value) && (!log || value > 0)
  const series = spec.series
    .map((one) => ({
      ...one,
      points: one.points.flatMap(({ x, y, low, high, text }) => {
        if (!hasPlace(x, spec.x) || !hasPlace(y, spec.y)) return []
        // A range's end that has no place is the point itself.
        const [from, to] = [low, high].map((end) => (hasPlace(end, spec.y) ? end : y)) as [number, number]
        return [{ x, y, low: from, high: to, text }]
      }),
    }))
    .filter(({ points }) => points.length > 0)
  const points = series.flatMap((one) => one.points)
  const x = scaleOf(
    spec.x,
    points.map((point) => point.x),
  )
  const y = scaleOf(
    spec.y,
    points.flatMap(({ y, low, high }) => [y, low, high]),
  )
  const endTogether = series.every((one) => x.at(Math.max(...one.points.map((point) => point.x))) > 0.65)
  return { x, y, endTogether, series }
}

function scaleOf({ ticks, log = false }: Axis, values: readonly number[]): Scale {
  const chosen = ticks?.map(({ value, minor }) => ({ value, labelled: minor !== true }))
  if (chosen) return chosenScale(chosen, values, log)
  return log ? logScale(values) : linearScale(values)
}

/** What stands at a tick of an axis. */
export function tickText({ ticks }: Axis): (value: number) => Text {
  return (value) => ticks?.find((tick) => tick.value === value)?.text ?? numberText(value)
}

export function barPlan(spec: ChartSpec): BarPlan {
  const groups = spec.x.categories ?? placesOf(spec.series)
  const series = spec.series
    .map((one) => ({ ...one, bars: barsOf(one, groups.length) }))
    .filter(({ bars }) => bars.length > 0)
  if (spec.stacked) stack(series)
  const bars = series.flatMap((one) => one.bars)
  return { groups, values: linearScale(bars.flatMap(({ end, low, high }) => [end, low, high])), series }
}

function barsOf({ points }: Series, groups: number): Bar[] {
  return points.flatMap(({ x, y, low = y, high = y, color: hue, text }) => {
    if (!Number.isInteger(x) || x < 0 || x >= groups || !Number.isFinite(y)) return []
    const isRange = Number.isFinite(low) && Number.isFinite(high)
    return [{ group: x, start: 0, end: y, low: isRange ? low : y, high: isRange ? high : y, hue, text }]
  })
}

/** Puts the bars of each group on each other, in the order of the series. */
function stack(series: readonly { bars: Bar[] }[]): void {
  const tops = new Map<number, number>()
  for (const bar of series.flatMap(({ bars }) => bars)) {
    const base = tops.get(bar.group) ?? 0
    for (const end of ['start', 'end', 'low', 'high'] as const) bar[end] += base
    tops.set(bar.group, bar.end)
  }
}

/** Where groups have no names, their places on the axis. */
function placesOf(series: readonly Series[]): Text[] {
  const places = series.flatMap(({ points }) => points.map(({ x }) => x)).filter(Number.isFinite)
  return Array.from({ length: Math.max(-1, ...places) + 1 }, (_, i) => i)
}
