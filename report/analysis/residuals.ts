import type { Prediction, ResultRecord } from '../../results/record.ts'
import { entryOf } from '../../server/registry.ts'
import type { Cell, MeasuredScenario } from './cells.ts'
import { type Estimate, estimate } from './estimate.ts'
import { type FigureName, figures, kindOf } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeOf, checkCell } from './gate.ts'
import { noiseFloorUs } from './noise-floor.ts'

/** A figure of a cell beside what a model says of it. */
export interface Residual {
  scenario: string
  cell: Cell
  figure: FigureName
  predicted: number
  measured: Estimate
  /** How far the measured value may lie from the model, below it and above it, in the figure's unit. */
  tolerance: { below: number; above: number }
  /** Why the tolerance is what it is. */
  allowance: string
  isWithin: boolean
  badge: Badge
}

interface Model {
  figure: FigureName
  of: (prediction: Prediction) => number | null
  tolerance(cell: Cell, predicted: number): Residual['tolerance']
  allowance(cell: Cell): string
}

/** What queueing and processing add to a delay, as a share and at least so much, in microseconds. */
const MEAN_SHARE = 0.05
const MEAN_QUEUEING_US = 5_000

const models: Model[] = [
  {
    figure: 'bytesPerEvent',
    of: ({ bytesPerEvent }) => bytesPerEvent,
    tolerance: (cell, predicted) => {
      const off = (isCut(cell) ? 0.01 : 0.001) * predicted
      return { below: off, above: off }
    },
    allowance: (cell) => (isCut(cell) ? '1 %, for polls that the window cuts' : '0.1 %'),
  },
  {
    figure: 'meanUs',
    of: ({ meanLatencyUs }) => meanLatencyUs,
    tolerance: (_, predicted) => ({
      below: MEAN_SHARE * predicted,
      above: Math.max(MEAN_SHARE * predicted, MEAN_QUEUEING_US),
    }),
    allowance: () => '5 %, and 5 ms above it for queueing',
  },
  {
    figure: 'maxUs',
    of: ({ maxLatencyUs }) => maxLatencyUs,
    tolerance: ({ records }, predicted) => ({
      below: MEAN_SHARE * predicted,
      above: Math.max(...records.map(noiseFloorUs)),
    }),
    allowance: () => '5 % below it; above it the longest that feed and event loops were late',
  },
]

/** Every figure of a run that a model predicts, beside the model. */
export function residualsOf(scenarios: readonly MeasuredScenario[]): Residual[] {
  // A search goes to where models end.
  const predicted = scenarios.filter(({ scenario }) => !scenario.search)
  return predicted.flatMap(({ scenario, cells }) =>
    cells
      .filter(({ copy, records }) => copy === 1 && records.some(({ latency }) => latency.n > 0))
      .flatMap((cell) => models.flatMap((model) => residual(scenario.name, cell, model) ?? [])),
  )
}

function residual(scenario: string, cell: Cell, { figure, of, ...model }: Model): Residual | undefined {
  const predicted = of((cell.records[0] as ResultRecord).prediction)
  if (predicted === null) return undefined
  const measured = estimate(cell.records.map(figures[figure]))
  const tolerance = model.tolerance(cell, predicted)
  const off = measured.value - predicted
  return {
    ...{ scenario, cell, figure, predicted, measured, tolerance },
    allowance: model.allowance(cell),
    isWithin: off >= -tolerance.below && off <= tolerance.above,
    badge: badgeOf(checkCell(cell), kindOf(figure)),
  }
}

/** Whether the edges of a window can cut an exchange in two: polls, not streams. */
function isCut({ technique }: Cell): boolean {
  return entryOf(technique)?.family === 'poll'
}
