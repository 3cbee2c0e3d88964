import type { Axis } from '../../results/scenario.ts'
import { byTechnique, type Cell, figureOf } from '../analysis/cells.ts'
import { isValid } from '../analysis/gate.ts'
import { format } from '../format.ts'
import { theory } from '../palette.ts'
import { say, type Text } from '../words/say.ts'
import type { ChartSpec, Series } from './spec.ts'
import { numberText } from './svg/scale.ts'
import { point, series } from './techniques.ts'

/**
 * Delay over requests, the price of polling: with a mean delay of T/2 and 1/T requests per second their product is
 * 1/2, which is a straight line where both axes are logarithmic. No chart for other axes than the polling interval,
 * nor where nothing was requested.
 */
export function tradeOffCharts(id: string, axis: Axis, cells: readonly Cell[]): ChartSpec[] {
  const polling = cells.filter((cell) => requestsPerSecond(cell) > 0)
  if (axis !== 'pollIntervalMs' || polling.length === 0) return []
  const { placeOf, ticks } = placesOf(cells.map(requestsPerSecond))
  const measured: Series[] = byTechnique(cells).map((ofTechnique) => ({
    ...series(ofTechnique[0] as Cell),
    points: ofTechnique.map((cell) => point(cell, 'meanUs', placeOf(requestsPerSecond(cell)), 1e-3)),
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
      x: { title: 'Requests per second of one subscriber (log scale)', log: true, ...ticks },
      y: { title: 'Mean delay from the scheduled time to receipt, ms (log scale)', log: true },
      series: [...measured, model],
    },
  ]
}

/** Counts on a logarithmic axis: 0, which it has not, stands a power of ten before the first, and is called so. */
function placesOf(counts: readonly number[]): {
  placeOf(count: number): number
  ticks: Pick<ChartSpec['x'], 'ticks'>
} {
  const above = counts.filter((count) => count > 0)
  const [from, to] = [Math.floor(Math.log10(Math.min(...above))), Math.ceil(Math.log10(Math.max(...above)))]
  const zero = 10 ** (from - 1)
  const powers = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
  return {
    placeOf: (count) => (count > 0 ? count : zero),
    ticks:
      above.length === counts.length
        ? {}
        : {
            ticks: [{ value: zero, text: 0 }, ...powers.map((value) => ({ value, text: numberText(value) }))],
          },
  }
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
