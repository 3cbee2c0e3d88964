import { type Html, html } from '../../html.ts'
import type { Text } from '../../words/say.ts'
import { BASELINE, drawn, label, labels, WIDTH } from './drawing.ts'
import { widthOf } from './labels.ts'
import { Path } from './path.ts'
import { numberText, type Scale } from './scale.ts'

/** Where the data stand in a drawing. */
export interface Plot {
  left: number
  right: number
  top: number
  bottom: number
}

/** A tick where it stands in the drawing. */
interface TickMark {
  at: number
  /** Left out where there is a line alone. */
  text?: Text
}

/** What is drawn around the data: grid, texts of the ticks, titles of the axes. */
export interface Frame {
  plot: Plot
  /** The scale goes from one end of the plot to the other, or so far within as `inset` says. */
  x: { scale: Scale; title: Text; text?: (value: number) => Text; inset?: number }
  /** Its title stands above the plot, where it has room to be long. */
  y: { marks?: readonly TickMark[]; title: Text }
}

/** Height of what stands above a plot and below it. */
export const ABOVE = 32
export const BELOW = 48

export function frame({ plot, x: { scale, inset = 0, ...x }, y: { marks = [], title } }: Frame): Html[] {
  const grid = new Path()
  const xMarks = thinned(marksOf(scale, plot.left + inset, plot.right - inset, x.text))
  for (const { at } of marks) grid.segment(plot.left, at, plot.right, at)
  for (const { at } of xMarks) grid.segment(at, plot.top, at, plot.bottom)
  const texts = (marks: readonly TickMark[], place: (at: number) => { x: number; y: number }) =>
    marks.flatMap(({ at, text }) => (text === undefined ? [] : [{ ...place(at), text }]))
  const beside = texts(marks, (at) => ({ x: plot.left - 8, y: at + BASELINE }))
  const below = texts(xMarks, (at) => ({ x: at, y: plot.bottom + 17 }))
  const xTitle = { x: titleMiddle(x.title, plot), y: plot.bottom + 38, text: x.title }
  return [
    drawn('grid', grid),
    html`<g class="quiet">${[
      title === '' ? html`` : label({ x: 8, y: 18, text: title }),
      labels(beside, { anchor: 'end' }),
      labels([...below, xTitle], { anchor: 'middle' }),
    ]}</g>`,
  ]
}

/** Under the middle of the plot, as far as the title's ends let it. */
function titleMiddle(title: Text, { left, right }: Plot): number {
  const half = widthOf(title) / 2 + 8
  return Math.max(Math.min((left + right) / 2, WIDTH - half), Math.min(half, WIDTH / 2))
}

/** The ticks of a scale along a line of the drawing. */
export function marksOf(
  { at, ticks }: Scale,
  from: number,
  to: number,
  text: (value: number) => Text = numberText,
): TickMark[] {
  return ticks.map(({ value, labelled }) => ({
    at: from + at(value) * (to - from),
    ...(labelled && { text: text(value) }),
  }))
}

/** Leaves out the texts that would stand on the one before, on an axis from left to right. */
function thinned(marks: readonly TickMark[]): TickMark[] {
  let end = Number.NEGATIVE_INFINITY
  return marks.map((mark) => {
    if (mark.text === undefined) return mark
    const half = widthOf(mark.text) / 2
    if (mark.at - half < end + 4) return { at: mark.at }
    end = mark.at + half
    return mark
  })
}
