import type { Axis } from '../../scenarios/scenario.ts'
import { type Cell, figureOf } from '../analysis/cells.ts'
import type { FigureName } from '../analysis/figures.ts'
import { type Format, format } from '../format.ts'
import { theory } from '../palette.ts'
import type { ChartSpec, Series } from './spec.ts'
import { point, series } from './techniques.ts'

/** Charts over the axis of a sweep. */

const AXIS_TITLES: Record<Axis, string> = {
  pollIntervalMs: 'Polling interval T, ms',
  subscribers: 'Subscribers',
  payloadBytes: 'Payload, bytes',
  ratePerSecond: 'Events per second',
}

/** What a model says at a value of the axis, in the figure's own unit. */
interface Model {
  name: string
  at(axisValue: number): number
}

interface SweepFigure {
  id: string
  question: string
  figure: FigureName
  title: string
  scale: number
  text: Format
  model?: Model | undefined
}

/** Mean delay over the axis; for a polling interval beside T/2, the mean of a wait for a timer of period T. */
export function delayOverSweep(id: string, axis: Axis, cells: readonly Cell[]): ChartSpec {
  const model: Model = { name: 'model: T/2', at: (intervalMs) => (intervalMs * 1e3) / 2 }
  return overSweep(axis, cells, {
    id: `${id}-delay`,
    question: 'How does the delay change?',
    figure: 'meanUs',
    title: 'Mean delay from the scheduled time to receipt, ms',
    scale: 1e-3,
    text: format.us,
    model: axis === 'pollIntervalMs' ? model : undefined,
  })
}

export function requestsOverSweep(id: string, axis: Axis, cells: readonly Cell[]): ChartSpec {
  const model: Model = { name: 'model: 1/T', at: (intervalMs) => 1e3 / intervalMs }
  return overSweep(axis, cells, {
    id: `${id}-requests`,
    question: 'How many requests does it take?',
    figure: 'requestsPerSecond',
    title: 'Requests per second of one subscriber',
    scale: 1,
    text: format.count,
    model: axis === 'pollIntervalMs' ? model : undefined,
  })
}

export function bytesOverSweep(id: string, axis: Axis, cells: readonly Cell[]): ChartSpec {
  return overSweep(axis, cells, {
    id: `${id}-bytes`,
    question: 'What does one event cost on the wire?',
    figure: 'bytesPerEvent',
    title: 'Bytes of the TCP stream per delivered event',
    scale: 1,
    text: format.bytes,
  })
}

function overSweep(axis: Axis, cells: readonly Cell[], what: SweepFigure): ChartSpec {
  const { figure, scale, text, model } = what
  const byTechnique = [...Map.groupBy(cells, ({ technique }) => technique).values()]
  const measured: Series[] = byTechnique.map((ofTechnique) => ({
    ...series(ofTechnique[0] as Cell),
    points: ofTechnique.map((cell) => point(cell, figure, axisValue(cell), scale, text)),
  }))
  const predicted: Series[] = model
    ? [
        {
          name: model.name,
          ...theory,
          points: [...new Set(cells.map(axisValue))].map((x) => ({
            x,
            y: model.at(x) * scale,
            text: text(model.at(x)),
          })),
        },
      ]
    : []
  return {
    id: what.id,
    kind: 'line',
    question: what.question,
    conclusion: conclusion(byTechnique, axis, what),
    x: { title: AXIS_TITLES[axis] },
    y: { title: what.title },
    series: [...measured, ...predicted],
  }
}

function conclusion(
  byTechnique: readonly Cell[][],
  axis: Axis,
  { figure, text, model }: SweepFigure,
): string {
  const sentences = byTechnique.map((cells) => {
    const [first, last] = [cells[0] as Cell, cells.at(-1) as Cell]
    const value = (cell: Cell) => figureOf(cell, figure).value
    const from = `${first.title}: ${text(value(first))} at ${axisValue(first).toLocaleString('en-US')}`
    const to =
      cells.length > 1 ? ` and ${text(value(last))} at ${axisValue(last).toLocaleString('en-US')}` : ''
    const off =
      model && Math.max(...cells.map((cell) => Math.abs(value(cell) / model.at(axisValue(cell)) - 1)))
    return `${from}${to}${off === undefined ? '' : `, within ${format.percent(off)} of the model`}.`
  })
  return `${AXIS_TITLES[axis]}. ${sentences.join(' ')}`
}

function axisValue({ point }: Cell): number {
  return point.at?.value ?? 0
}
