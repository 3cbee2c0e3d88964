import type { Timeline } from '../../../results/record.ts'
import { type Html, html } from '../../html.ts'
import { say, type Text } from '../../words/say.ts'
import { BASELINE, drawing, drawn, labels, WIDTH } from './drawing.ts'
import { ABOVE, BELOW, frame, type Plot } from './frame.ts'
import { nameColumn } from './labels.ts'
import { legend, SAMPLE } from './legend.ts'
import { Path, short } from './path.ts'
import { numberText, spanScale } from './scale.ts'

/** How the delays of techniques went over the measured window. */
export interface HeatSpec {
  /** Unique in the page. */
  id: string
  question: Text
  conclusion: Text
  /** Length of each slice of the window. */
  sliceMs: number
  strips: HeatStrip[]
}

export interface HeatStrip {
  name: Text
  slices: Slices
  pauses: HeatPause[]
}

type Slices = Timeline['slices']

/** What stopped a process. */
export interface HeatPause {
  /** From the window's beginning on. */
  atMs: number
  durationUs: number
  kind: 'gc' | 'stall'
  process: 'server' | 'agent'
}

/** From few events to many: the smallest share of a slice that each shade of svg.css begins with. */
const SHADES = [0, 0.05, 0.2, 0.5] as const
const SHARES: readonly Text[] = ['< 5 %', '5–20 %', '20–50 %', '≥ 50 %']
/** Room for the marks of pauses over and under a strip. */
const TRACK = 9
/** Between the marks of one strip and those of the next. */
const GAP = 7
const STRIP_HEIGHT = 40
const LINE_HEIGHT = 17
/** Room for the texts of the delay's scale. */
const SCALE = 62

/** A strip a technique: time goes to the right, delay up by octaves, and dark is where most events of a slice are. */
export function heatSvg(spec: HeatSpec): Html {
  const { strips, sliceMs } = spec
  const { low, high } = octavesOf(strips)
  const rows = high - low
  const rowHeight = Math.max(2, Math.min(6, Math.round(STRIP_HEIGHT / rows)))
  const column = nameColumn(strips.map(({ name }) => name))
  const over = TRACK + (column.over ? LINE_HEIGHT : 0)
  /** Whole rows, so that positions within the strips are small whole numbers. */
  const pitchRows = Math.ceil((over + rows * rowHeight + TRACK + GAP) / rowHeight)
  const pitch = pitchRows * rowHeight
  const columns = Math.max(1, ...strips.map(({ slices }) => slices.length))
  const plot = {
    left: column.left,
    right: WIDTH - SCALE,
    top: ABOVE,
    bottom: ABOVE + Math.max(1, strips.length) * pitch,
  }
  const width = plot.right - plot.left
  const top = plot.top + over
  const windowMs = columns * sliceMs
  const time =
    windowMs >= 5_000
      ? { scale: spanScale(windowMs / 1e3), title: say`Time since the measured window began, s` }
      : { scale: spanScale(windowMs), title: say`Time since the measured window began, ms` }

  const cells = SHADES.map(() => new Path())
  const largest = new Path()
  const pauses = { stall: new Path(), gc: new Path() }
  strips.forEach((strip, i) => {
    for (const { shade, octave, column, length } of runsOf(strip.slices)) {
      const row = i * pitchRows + high - 1 - octave
      cells[shade]?.segment(column, row, column + length, row)
    }
    strip.slices.forEach(({ maxUs }, column) => {
      const y = i * pitch + (high - octaveOf(maxUs)) * rowHeight
      if (isDelay(maxUs)) largest.segment(column, y, column + 1, y)
    })
    drawPauses(pauses, strip.pauses, (atMs) => plot.left + (atMs / windowMs) * width, {
      top: top + i * pitch - 1,
      bottom: top + i * pitch + rows * rowHeight + 1,
    })
  })
  const transform = (y: number, scaleY: number) =>
    html` transform="translate(${plot.left} ${y})scale(${short(Math.round((width / columns) * 100) / 100)} ${scaleY})"`

  const key = keyOf(spec, plot.bottom + BELOW)
  return drawing(spec.question, plot.bottom + BELOW + key.height, [
    ...frame({ plot, x: time, y: { title: say`Delay, by octaves (log scale)` } }),
    labels(
      strips.map(({ name }, i) =>
        column.over
          ? { x: plot.left, y: plot.top + i * pitch + 11, text: name }
          : { x: plot.left - 8, y: top + i * pitch + (rows * rowHeight) / 2 + BASELINE, text: name },
      ),
      { anchor: column.over ? '' : 'end' },
    ),
    ...delayScale({ low, high, rowHeight, plot, tops: strips.map((_, i) => top + i * pitch) }),
    html`<g class="cells" stroke-width="1"${transform(top + rowHeight / 2, rowHeight)}>${cells.map((path, shade) => drawn(`shade-${shade + 1}`, path))}</g>`,
    html`<g${transform(top, 1)}>${drawn('largest', largest)}</g>`,
    drawn('stall', pauses.stall),
    drawn('gc', pauses.gc),
    key.drawn,
  ])
}

interface Octaves {
  /** The lowest octave that is drawn. */
  low: number
  /** The one above the highest. */
  high: number
}

/** The same for all strips, so that they can be compared. */
function octavesOf(strips: readonly HeatStrip[]): Octaves {
  const drawn = strips.flatMap(({ slices }) =>
    slices.flatMap(({ from, counts, maxUs }) => [
      ...counts.flatMap((count, k) => (count > 0 ? [from + k] : [])),
      ...(isDelay(maxUs) ? [Math.floor(octaveOf(maxUs))] : []),
    ]),
  )
  if (drawn.length === 0) return { low: 9, high: 10 }
  return { low: Math.min(...drawn), high: Math.max(...drawn) + 1 }
}

function isDelay(us: number): boolean {
  return Number.isFinite(us) && us > 0
}

/** Where a delay stands on a scale of octaves; the lowest one also holds what is shorter. */
function octaveOf(us: number): number {
  return Math.max(0, Math.log2(us))
}

interface Run {
  shade: number
  octave: number
  column: number
  /** Slices one after the other. */
  length: number
}

/**
 * The cells of a strip, from octave to octave; neighbours are one. Each shade also lies under the darker ones, which
 * are drawn later, for that makes fewer and longer runs.
 */
function runsOf(slices: Slices): Run[] {
  const byOctave = new Map<number, Run[]>()
  slices.forEach(({ from, counts }, column) => {
    const total = counts.reduce((sum, count) => sum + count, 0)
    counts.forEach((count, k) => {
      if (!(count > 0)) return
      const octave = from + k
      const runs = byOctave.get(octave) ?? []
      byOctave.set(octave, runs)
      SHADES.forEach((share, shade) => {
        if (count / total < share) return
        const last = runs.findLast((run) => run.shade === shade)
        if (last && last.column + last.length === column) last.length++
        else runs.push({ shade, octave, column, length: 1 })
      })
    })
  })
  return [...byOctave.entries()].sort(([a], [b]) => b - a).flatMap(([, runs]) => runs)
}

/** Those of the server over the strip, those of the load agent under it; of what stands at one place, one alone. */
function drawPauses(
  paths: Record<HeatPause['kind'], Path>,
  pauses: readonly HeatPause[],
  place: (atMs: number) => number,
  strip: { top: number; bottom: number },
): void {
  const seen = new Set<string>()
  for (const { atMs, kind, process } of pauses) {
    const x = Math.round(place(atMs))
    const key = `${kind} ${process} ${x}`
    if (!Number.isFinite(x) || seen.has(key)) continue
    seen.add(key)
    drawPause(paths[kind], kind, x, process === 'server' ? strip.top : strip.bottom, process === 'server')
  }
}

function drawPause(path: Path, kind: HeatPause['kind'], x: number, y: number, isOver: boolean): void {
  if (kind === 'stall') path.stamp(x, y, isOver ? 'l-4-7h8z' : 'l-4 7h8z')
  else path.segment(x, isOver ? y - 6 : y, x, isOver ? y : y + 6)
}

/** Lines at powers of ten through each strip, and their texts as far as there is room. */
function delayScale({
  low,
  high,
  rowHeight,
  plot: { left, right },
  tops,
}: Octaves & { rowHeight: number; plot: Plot; tops: readonly number[] }): Html[] {
  const height = (high - low) * rowHeight
  const powers = Array.from({ length: 10 }, (_, exponent) => exponent)
    .map((exponent) => ({ exponent, down: height - (Math.log2(10 ** exponent) - low) * rowHeight }))
    .filter(({ down }) => down >= 0 && down <= height)
  const every = Math.ceil((LINE_HEIGHT - 3) / (Math.log2(10) * rowHeight))
  const lines = new Path()
  const texts = tops.flatMap((top) => {
    for (const down of [0, ...powers.map((power) => power.down), height]) {
      lines.segment(left, top + down, right, top + down)
    }
    return powers
      .filter((_, i) => i % every === 0)
      .map(({ exponent, down }) => ({ x: right + 6, y: top + down + BASELINE, text: powerText(exponent) }))
  })
  return [drawn('grid', lines), labels(texts, { look: 'quiet' })]
}

/** 10 to the power of an exponent, in microseconds. */
function powerText(exponent: number): string {
  const unit = Math.min(2, Math.floor(exponent / 3))
  return `${10 ** (exponent - 3 * unit)} ${['µs', 'ms', 's'][unit]}`
}

/** What the shades and marks mean. */
function keyOf({ strips, sliceMs }: HeatSpec, top: number): { drawn: Html; height: number } {
  const shades = legend(SHARES, top + LINE_HEIGHT)
  const pauses = strips.some((strip) => strip.pauses.length > 0)
  const ofPauses = pauses ? [say`stall of the event loop`, say`garbage collection`] : []
  const marks = legend([say`longest delay of a slice`, ...ofPauses], top + LINE_HEIGHT + shades.height)
  const height = LINE_HEIGHT + shades.height + marks.height
  const shadeText = say`Shade: share of the events that were due in a slice of ${numberText(sliceMs)} ms`
  const sideText = say`Marks over a strip are pauses of the server, those under it of a load agent`
  const [largest, stall, gc] = marks.places
  const [longest, stalls, gcs] = [new Path(), new Path(), new Path()]
  if (largest) longest.segment(largest.x - 8, largest.y, largest.x + 8, largest.y)
  if (stall) {
    drawPause(stalls, 'stall', stall.x - 6, stall.y + 4, true)
    drawPause(stalls, 'stall', stall.x + 6, stall.y - 4, false)
  }
  if (gc) drawPause(gcs, 'gc', gc.x, gc.y + 3, true)
  return {
    height: height + (pauses ? LINE_HEIGHT : 0),
    drawn: html`${[
      labels([
        { x: 8, y: top + 12, text: shadeText },
        ...(pauses ? [{ x: 8, y: top + height + 12, text: sideText }] : []),
      ]),
      html`<g class="cells" stroke-width="12">${shades.places.map(({ x, y }, shade) =>
        drawn(`shade-${shade + 1}`, new Path().segment(x - SAMPLE, y, x + SAMPLE, y)),
      )}</g>`,
      drawn('largest', longest),
      drawn('stall', stalls),
      drawn('gc', gcs),
      shades.texts,
      marks.texts,
    ]}`,
  }
}
