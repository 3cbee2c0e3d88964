import type { Axis, AxisValue } from '../../results/scenario.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { type Crossover, crossoversOf } from '../analysis/crossovers.ts'
import { type FigureName, kindOf } from '../analysis/figures.ts'
import { isNumeric, positionText } from '../axis.ts'
import { say, type Text } from '../words/say.ts'

/** Positions that a linear axis would crowd at its end. A logarithmic one has no place for 0. */
export function isWide(values: readonly AxisValue[]): boolean {
  const numbers = values.map(Number)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  return low > 0 && high / low >= 50
}

/** Where one technique begins to cost less than another, of what is counted: the delays of a machine cross by chance. */
export function crossoversIn(measured: MeasuredScenario, figure: FigureName, logX: boolean): Crossover[] {
  const { sweep } = measured.scenario
  if (!sweep || measured.unranked !== undefined || !isNumeric(sweep.axis) || kindOf(figure) !== 'counted')
    return []
  return crossoversOf(measured, figure, { x: logX, y: false })
}

/** The same in words, without the numbers of the marks on a chart. */
export function crossoversText(measured: MeasuredScenario, figure: FigureName): Text[] {
  const { sweep } = measured.scenario
  if (!sweep || !isNumeric(sweep.axis)) return []
  return crossoversIn(measured, figure, isWide(sweep.values)).map((one) => crossoverText(sweep.axis, one))
}

export function crossoverText(axis: Axis, { after, before, x }: Crossover, mark?: number): Text {
  const place = positionText(axis, Number(x.toPrecision(2)))
  return mark === undefined
    ? say`From about ${place} on ${after.title} is below ${before.title} (between what was measured).`
    : say`From about ${place} on ${after.title} is below ${before.title} (mark ${mark}, between what was measured).`
}
