import { heldPollRange } from '../../results/model/latency.ts'
import { fewestBytesPerEvent } from '../../results/model/prediction.ts'
import type { Prediction, ResultRecord } from '../../results/record.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { say, type Text } from '../words/say.ts'
import { type Cell, figureOf, type MeasuredScenario } from './cells.ts'
import type { FigureName } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeOf } from './gate.ts'
import { noiseFloorUs } from './noise-floor.ts'
import { mayShareChunks } from './shared-chunks.ts'
import { isCut, windowShare } from './window-share.ts'

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
  allowance: Text
  isWithin: boolean
  badge: Badge
}

interface Model {
  figure: FigureName
  of: (prediction: Prediction) => number | null
  tolerance(cell: Cell, predicted: number): Residual['tolerance']
  allowance(cell: Cell): Text
}

/** What queueing and processing add to a delay: a share, and so many microseconds. */
const MEAN_SHARE = 0.05
const MEAN_QUEUEING_US = 5_000

const models: Model[] = [
  {
    figure: 'bytesPerEvent',
    of: ({ bytesPerEvent }) => bytesPerEvent,
    tolerance: (cell, predicted) => {
      const off = windowShare(cell) * predicted
      const fewest = sharesChunks(cell) ? fewestBytesPerEvent(cell.technique, cell.point) : undefined
      return { below: off + predicted - (fewest ?? predicted), above: off }
    },
    allowance: (cell) => {
      const share = (windowShare(cell) * 100).toFixed(1)
      if (sharesChunks(cell)) return say`${share} %, and below it the chunks that late events share`
      return isCut(cell) ? say`${share} %, for polls that the window cuts` : `${share} %`
    },
  },
  {
    figure: 'meanUs',
    of: ({ meanLatencyUs }) => meanLatencyUs,
    tolerance: (cell, predicted) => {
      const [low, high] = heldPollRange(cell.technique, cell.point)?.meanUs ?? [predicted, predicted]
      return {
        below: predicted - low * (1 - MEAN_SHARE),
        above: high - predicted + MEAN_SHARE * high + MEAN_QUEUEING_US,
      }
    },
    allowance: (cell) =>
      isHeld(cell)
        ? say`A cycle up to 10 ms longer than the round trip; of that 5 %, and above it 5 ms more for queueing`
        : say`5 %, and above it 5 ms more for queueing`,
  },
  {
    figure: 'maxUs',
    of: ({ maxLatencyUs }) => maxLatencyUs,
    tolerance: ({ records, technique, point }, predicted) => {
      const [low, high] = heldPollRange(technique, point)?.maxUs ?? [predicted, predicted]
      return {
        below: predicted - low * (1 - MEAN_SHARE),
        above: high - predicted + Math.max(...records.map(noiseFloorUs)),
      }
    },
    allowance: (cell) =>
      isHeld(cell)
        ? say`A cycle up to 10 ms longer; 5 % below it; above it the longest that feed and event loops were late`
        : say`5 % below it; above it the longest that feed and event loops were late`,
  },
]

/** Every figure of a run that a model predicts, beside the model. */
export function residualsOf(scenarios: readonly MeasuredScenario[]): Residual[] {
  // A search goes to where models end, and so does what breaks deliveries on purpose.
  const predicted = scenarios.filter(({ scenario }) => !scenario.search && !scenario.breaks)
  return predicted.flatMap(({ scenario, cells }) =>
    cells
      .filter(({ copy, records }) => copy === 1 && records.some(({ latency }) => latency.n > 0))
      .flatMap((cell) => models.flatMap((model) => residual(scenario.name, cell, model) ?? []))
      .filter(({ badge }) => badge !== 'not measured'),
  )
}

function residual(scenario: string, cell: Cell, { figure, of, ...model }: Model): Residual | undefined {
  const predicted = of((cell.records[0] as ResultRecord).prediction)
  if (predicted === null) return undefined
  const measured = figureOf(cell, figure)
  const tolerance = model.tolerance(cell, predicted)
  const off = measured.value - predicted
  return {
    ...{ scenario, cell, figure, predicted, measured, tolerance },
    allowance: model.allowance(cell),
    isWithin: off >= -tolerance.below && off <= tolerance.above,
    badge: badgeOf(cell, figure),
  }
}

function sharesChunks({ records }: Cell): boolean {
  return records.some(mayShareChunks)
}

function isHeld({ technique, point }: Cell): boolean {
  return heldPollRange(technique, point) !== null
}
