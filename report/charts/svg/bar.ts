import { type Html, html } from '../../html.ts'
import { type Hatch, hatches } from '../../palette.ts'
import type { Text } from '../../words/say.ts'
import { barPlan } from '../plan.ts'
import type { ChartSpec } from '../spec.ts'
import { BASELINE, drawing, drawn, labels, WIDTH } from './drawing.ts'
import { ABOVE, BELOW, frame, type Plot } from './frame.ts'
import { nameColumn } from './labels.ts'
import { legend, SAMPLE } from './legend.ts'
import { markOf, stamp } from './marks.ts'
import { Path } from './path.ts'
import { levelWhisker } from './whisker.ts'

const LINE_HEIGHT = 17
/** Height that the bars of a drawing share, as far as they can be as thick as they may. */
const BARS_HEIGHT = 420
const THINNEST = 10
const THICKEST = 18
/** Room for a marker after the end of its bar. */
const MARKER = 28

/**
 * Bars from left to right, for the names of their groups are long and cannot be wrapped: one bar a group, whose parts
 * stand on each other, or one a series. Their axis begins at 0 always.
 */
export function barSvg(spec: ChartSpec): Html {
  const stacked = spec.stacked === true
  const { groups, values: scale, series } = barPlan(spec)
  const bars = series.flatMap((one) => one.bars)
  const hasMarkers = series.some(({ marker }) => marker)
  const { plot, pitch, thickness, middle, nameAt } = layout(groups, stacked ? 1 : series.length, hasMarkers)
  const at = (value: number) => plot.left + scale.at(value) * (plot.right - plot.left)
  const isNamed = spec.series.length > 1
  const names = isNamed ? series.map(({ name }) => name) : []
  const key = legend(names, plot.bottom + BELOW)

  const [halos, whiskers] = [new Path(), new Path()]
  const drawnSeries = series.map(({ bars, color, marker }, i) => {
    const [lines, marks] = [new Path(1), new Path()]
    const mark = marker && markOf(marker)
    const own = new Map([[color, lines]])
    for (const { group, start, end, low, high, hue } of bars) {
      const y = middle(group, stacked ? 0 : i)
      const path = own.get(hue ?? color) ?? new Path(1)
      own.set(hue ?? color, path)
      path.segment(at(start), y, at(end), y)
      levelWhisker(whiskers, halos, y, at(low), at(high))
      if (mark) stamp(marks, mark, Math.max(at(end), at(high)) + 10, y)
    }
    const sample = key.places[i]
    if (sample && mark) stamp(marks, mark, sample.x, sample.y)
    else if (sample) lines.segment(sample.x - SAMPLE / 2, sample.y, sample.x + SAMPLE, sample.y)
    const hatch = stacked && !mark ? hatches[color] : undefined
    if (hatch) return hatched(`${spec.id}-${i}`, color, hatch, lines)
    const drawnBars = [...own].filter(([, path]) => path.data !== '')
    return html`${drawnBars.map(([hue, path]) => html`<g color="${hue}">${drawn('bar', path)}${mark && drawn(mark.look, marks)}</g>`)}`
  })
  // A bar of no length would look like one that is missing; markers tell where there are some.
  const zeros = isNamed ? [] : bars.filter(({ end, high }) => end === 0 && high === 0)
  const zeroTexts = zeros.map(({ group }) => ({ x: at(0) + 6, y: middle(group, 0) + BASELINE, text: 0 }))
  const groupNames = groups.map((text, group) => ({ ...nameAt(group), text }))

  return drawing(spec.question, plot.bottom + BELOW + key.height, [
    ...frame({ plot, x: { scale, title: spec.y.title }, y: { title: spec.x.title } }),
    labels(groupNames, { anchor: nameColumn(groups).over ? '' : 'end' }),
    html`<g stroke-width="${thickness}">${drawnSeries}</g>`,
    labels(zeroTexts, { look: 'quiet' }),
    drawn('axis', new Path().segment(at(0), plot.top, at(0), plot.top + groups.length * pitch)),
    drawn('halo', halos),
    drawn('range', whiskers),
    key.texts,
  ])
}

/** Bars in a colour with its hatch: one square of that colour, beyond the tile's edges, is outlined and crossed by it. */
function hatched(id: string, color: string, { ink, lines }: Hatch, { data }: Path): Html {
  return html`<pattern id="${id}" width="8" height="8" patternUnits="userSpaceOnUse"><path fill="${color}" stroke="${ink}" d="M-9-9v26h26v-26z${lines}"/></pattern><path class="bar" d="${data}" stroke="url(#${id})"/>`
}

interface Layout {
  plot: Plot
  /** Height of a group and the room around it. */
  pitch: number
  thickness: number
  /** Of a bar. */
  middle(group: number, slot: number): number
  nameAt(group: number): { x: number; y: number }
}

/** @param slots for bars in a group. */
function layout(groups: readonly Text[], slots: number, hasMarkers: boolean): Layout {
  const count = Math.max(1, slots)
  const step = Math.max(THINNEST, Math.min(THICKEST, BARS_HEIGHT / (count * Math.max(1, groups.length))))
  const gap = count > 1 ? 14 : 8
  const { left, over } = nameColumn(groups)
  const nameHeight = over ? LINE_HEIGHT : 0
  const pitch = nameHeight + count * step + gap
  const top = (group: number) => ABOVE + group * pitch + gap / 2
  return {
    plot: {
      left,
      right: WIDTH - (hasMarkers ? MARKER : 24),
      top: ABOVE,
      bottom: ABOVE + Math.max(1, groups.length) * pitch,
    },
    pitch,
    thickness: Math.round(step * (count > 1 ? 0.8 : 0.9)),
    middle: (group, slot) => top(group) + nameHeight + (slot + 0.5) * step,
    nameAt: (group) =>
      over
        ? { x: left + 3, y: top(group) + 12 }
        : { x: left - 8, y: top(group) + (count * step) / 2 + BASELINE },
  }
}
