import type { Axis } from '../../scenarios/scenario.ts'
import { type Cell, figureOf } from '../analysis/cells.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { axisTitles, positionText } from '../axis.ts'
import { type Format, format } from '../format.ts'
import { theory } from '../palette.ts'
import type { ChartSpec, Series } from './spec.ts'
import { invalidMark, point, series } from './techniques.ts'

/** Charts over the axis of a sweep. */

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
    points: ofTechnique.map((cell) => {
      const measuredPoint = point(cell, figure, axisValue(cell), scale, text)
      return { ...measuredPoint, text: measuredPoint.text + invalidMark(cell, kindOf(figure)) }
    }),
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
    x: { title: axisTitles[axis] },
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
    const title = cells[0]?.title
    const valid = cells.filter((cell) => invalidMark(cell, kindOf(figure)) === '')
    const [first, last] = [valid[0], valid.at(-1)]
    if (!first || !last) return `${title}: no figure here is valid.`
    const value = (cell: Cell) => figureOf(cell, figure).value
    const at = (cell: Cell) => `${text(value(cell))} at ${positionText(axis, axisValue(cell))}`
    const off =
      model && Math.max(...valid.map((cell) => Math.abs(value(cell) / model.at(axisValue(cell)) - 1)))
    const change = first === last ? at(first) : `${at(first)} and ${at(last)}`
    return `${title}: ${change}${off === undefined ? '' : `, within ${format.percent(off)} of the model`}.`
  })
  return sentences.join(' ')
}

function axisValue({ point }: Cell): number {
  return point.at?.value ?? 0
}
