import type { Marker } from '../palette.ts'
import type { Text } from '../words/say.ts'

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
  /** Of a bar that is one technique's; left out where it is the series'. */
  color?: string
}
