import type { Axis } from '../../results/scenario.ts'
import { byTechnique, type Cell, figureOf } from '../analysis/cells.ts'
import { isValid } from '../analysis/gate.ts'
import { format } from '../format.ts'
import { theory } from '../palette.ts'
import { say, type Text } from '../words/say.ts'
import type { ChartSpec, Series } from './spec.ts'
import { point, series } from './techniques.ts'

/**
 * Delay over requests, the price of polling: with a mean delay of T/2 and 1/T requests per second their product is
 * 1/2, which is a straight line where both axes are logarithmic. No chart for other axes than the polling interval,
 * nor where nothing was requested.
 */
export function tradeOffCharts(id: string, axis: Axis, cells: readonly Cell[]): ChartSpec[] {
  const polling = cells.filter((cell) => requestsPerSecond(cell) > 0)
  if (axis !== 'pollIntervalMs' || polling.length === 0) return []
  const measured: Series[] = byTechnique(polling).map((ofTechnique) => ({
    ...series(ofTechnique[0] as Cell),
    points: ofTechnique.map((cell) => point(cell, 'meanUs', requestsPerSecond(cell), 1e-3)),
  }))
  const model: Series = {
    name: 'model: 1/2 divided by requests per second',
    ...theory,
    points: [...new Set(polling.map(requestsPerSecond))].map((x) => ({
      x,
      y: 1e3 / (2 * x),
      text: format.us(1e6 / (2 * x)),
    })),
  }
  return [
    {
      id: `${id}-trade-off`,
      kind: 'line',
      question: 'What does a shorter delay cost in requests?',
      conclusion: conclusion(polling),
      x: { title: 'Requests per second of one subscriber (log scale)', log: true },
      y: { title: 'Mean delay from the scheduled time to receipt, ms (log scale)', log: true },
      series: [...measured, model],
    },
  ]
}

function conclusion(cells: readonly Cell[]): Text {
  const valid = cells.filter((cell) => isValid(cell, 'meanUs'))
  if (valid.length === 0) return 'No delay here is valid.'
  const products = valid.map((cell) => (figureOf(cell, 'meanUs').value / 1e6) * requestsPerSecond(cell))
  const [low, high] = [Math.min(...products), Math.max(...products)].map((product) => product.toFixed(2))
  const between = low === high ? `${low}` : `${low}–${high}`
  return say`Mean delay in seconds times requests per second is ${between}; the model says 0.50 for every interval.`
}

function requestsPerSecond(cell: Cell): number {
  return figureOf(cell, 'requestsPerSecond').value
}
