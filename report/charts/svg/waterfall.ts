import type { Interval as ConnectionInterval } from '../../../clients/measure/intervals.ts'
import type { Html } from '../../html.ts'
import { say, type Text } from '../../words/say.ts'
import { BASELINE, drawing, drawn, type Label, labels, WIDTH } from './drawing.ts'
import { BELOW, frame } from './frame.ts'
import { nameColumn } from './labels.ts'
import { legend, SAMPLE } from './legend.ts'
import { Path } from './path.ts'
import { spanScale } from './scale.ts'

/** What the connections of one subscriber of each technique did, from time 0 on. */
export interface WaterfallSpec {
  /** Unique in the page. */
  id: string
  question: Text
  conclusion: Text
  toUs: number
  tracks: WaterfallTrack[]
}

export interface WaterfallTrack {
  name: Text
  /** One a connection. */
  rows: Interval[][]
  published: Instant[]
  received: Instant[]
}

export type Interval = Pick<ConnectionInterval, 'kind' | 'fromUs' | 'toUs'>

/** When an event was published, or received. */
interface Instant {
  seq: number
  atUs: number
}

const TOP = 10
const ROW = 11
/** Room for events over and under the rows of a track. */
const TRACK = 10
const GAP = 8
const LINE_HEIGHT = 17
/** What is shorter is drawn so long, to be seen. */
const SHORTEST = 1.5
const DIAMOND = 'l4 4-4 4-4-4z'

/** Tracks over a common axis of time: what each connection did, when events were published over it and received under it. */
export function waterfallSvg(spec: WaterfallSpec): Html {
  const { tracks } = spec
  const column = nameColumn(tracks.map(({ name }) => name))
  const scale = spanScale(spec.toUs / 1e3)
  const right = WIDTH - 24
  const at = (us: number) => column.left + scale.at(us / 1e3) * (right - column.left)
  const isShown = (us: number) => us >= 0 && us <= spec.toUs

  // In the order that they are drawn in: a short one is not hidden by a long one.
  const intervals = { wait: new Path(1), connect: new Path(1), request: new Path(1), receive: new Path(1) }
  const [delays, published, received] = [new Path(), new Path(), new Path()]
  const names: Label[] = []
  let top = TOP + 2
  for (const track of tracks) {
    const first = top + (column.over ? LINE_HEIGHT : 0) + TRACK
    const last = first + Math.max(1, track.rows.length) * ROW
    names.push(
      column.over
        ? { x: column.left, y: top + 12, text: track.name }
        : { x: column.left - 8, y: (first + last) / 2 + BASELINE, text: track.name },
    )
    track.rows.forEach((row, i) => {
      const y = first + (i + 0.5) * ROW
      for (const { kind, fromUs, toUs } of row) {
        const [begin, end] = [Math.max(0, fromUs), Math.min(spec.toUs, toUs)]
        if (end >= begin) intervals[kind].segment(at(begin), y, Math.max(at(end), at(begin) + SHORTEST), y)
      }
    })
    const receivedAt = new Map(track.received.map(({ seq, atUs }) => [seq, atUs]))
    for (const { seq, atUs } of track.published) {
      if (isShown(atUs)) published.stamp(at(atUs), first - TRACK, DIAMOND)
      const arrived = receivedAt.get(seq) ?? Number.NaN
      if (isShown(atUs) && isShown(arrived)) delays.segment(at(atUs), first - 2, at(arrived), last + 2)
    }
    for (const { atUs } of track.received) {
      if (isShown(atUs)) received.stamp(at(atUs), last + 1, DIAMOND)
    }
    top = last + TRACK + GAP
  }

  const plot = { left: column.left, right, top: TOP, bottom: tracks.length > 0 ? top : TOP + ROW }
  const doings = [say`connecting`, say`sending a request`, say`waiting`, say`receiving`]
  const key = legend([...doings, say`event published`, say`event received`], plot.bottom + BELOW)
  const samples = [intervals.connect, intervals.request, intervals.wait, intervals.receive]
  key.places.forEach(({ x, y }, i) => {
    const line = samples[i]
    if (line) line.segment(x - SAMPLE, y, x + SAMPLE, y)
    else (i === samples.length ? published : received).stamp(x, Math.round(y) - 4, DIAMOND)
  })
  return drawing(
    spec.question,
    plot.bottom + BELOW + key.height,
    [
      ...frame({ plot, x: { scale, title: say`Time, ms` }, y: { title: '' } }),
      labels(names, { anchor: column.over ? '' : 'end' }),
      ...Object.entries(intervals).map(([kind, path]) => drawn(kind, path)),
      drawn('delay', delays),
      drawn('published', published),
      drawn('received', received),
      key.texts,
    ],
    `${spec.id}-drawing`,
  )
}
