import type { AxisValue, Scenario } from '../../results/scenario.ts'
import { bytesFigure, layers } from '../analysis/bytes-figure.ts'
import { byTechnique, type Cell, figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { type FigureName, isTimedKind, kindOf } from '../analysis/figures.ts'
import { hasValidFigure, isValid } from '../analysis/gate.ts'
import { isTimed } from '../analysis/rules.ts'
import { axisTitles, isChoice, isNumeric, positionText } from '../axis.ts'
import { textOf } from '../columns.ts'
import { format } from '../format.ts'
import { theory } from '../palette.ts'
import { crossoversIn, crossoverText, isWide } from '../sentences/crossovers.ts'
import { changeText } from '../sentences/sweep.ts'
import { say, sentences, type Text } from '../words/say.ts'
import type { ChartPoint, ChartSpec, Series } from './spec.ts'
import { point, series } from './techniques.ts'

/** Charts over the axis of a sweep: lines where its positions are numbers, groups of bars where they are choices. */
export function sweepCharts(measured: MeasuredScenario): ChartSpec[] {
  const { axis } = measured.scenario.sweep ?? {}
  if (!axis) return []
  const requests = measured.cells.some((cell) => figureOf(cell, 'requestsPerSecond').value > 0)
  // Where the positions are choices, a chart of what none of them changes says nothing that its sentence does not.
  const shows = (figure: FigureName) =>
    (!isTimedKind(kindOf(figure)) || isTimed(measured.scenario)) &&
    (!isChoice(axis) || changes(measured, figure))
  return [
    ...(axis === 'client' && shows('agentCpuUsPer1000Events') ? [overSweep(measured, AGENT_CPU)] : []),
    ...(axis === 'client' && shows('clientCostP50Us') ? [overSweep(measured, CLIENT_COST)] : []),
    ...(shows('meanUs') ? [delayOverSweep(measured)] : []),
    ...(requests && shows('requestsPerSecond') ? [overSweep(measured, REQUESTS)] : []),
    bytesOverSweep(measured),
    ...(isChoice(axis) && shows('serverCpuUsPer1000Events') ? [overSweep(measured, SERVER_CPU)] : []),
    ...(changesSetup(measured) ? [overSweep(measured, SETUP)] : []),
  ]
}

/** Whether a figure of any technique differs between any two positions by more than its trials scatter. */
function changes({ cells }: MeasuredScenario, figure: FigureName): boolean {
  return byTechnique(cells).some((ofTechnique) => {
    const estimates = ofTechnique.map((cell) => figureOf(cell, figure))
    return Math.max(...estimates.map(({ low }) => low)) > Math.min(...estimates.map(({ high }) => high))
  })
}

/** Whether anywhere on the axis some technique takes another hundredth of bytes to begin. */
function changesSetup({ cells }: MeasuredScenario): boolean {
  return byTechnique(cells).some((ofTechnique) => {
    const bytes = ofTechnique.map((cell) => figureOf(cell, 'setupBytes').value)
    return Math.max(...bytes) > 1.01 * Math.min(...bytes)
  })
}

/** What a model says at a value of the axis, in the figure's own unit. */
interface Model {
  name: string
  at(axisValue: number): number
}

interface SweepFigure {
  /** What the chart's id ends with. */
  id: string
  question: string
  figure: FigureName
  title: string
  /** From the figure's unit to the axis's, where they differ. */
  scale?: number
  /** Where a polling interval is varied. */
  model?: Model
}

/** Mean delay over the axis; for a polling interval beside T/2, the mean of a wait for a timer of period T. */
export function delayOverSweep(measured: MeasuredScenario): ChartSpec {
  return overSweep(measured, {
    id: 'delay',
    question: 'How does the delay change?',
    figure: 'meanUs',
    title: 'Mean delay from the scheduled time to receipt, ms',
    scale: 1e-3,
    model: { name: 'model: T/2', at: (intervalMs) => (intervalMs * 1e3) / 2 },
  })
}

const REQUESTS: SweepFigure = {
  id: 'requests',
  question: 'How many requests does it take?',
  figure: 'requestsPerSecond',
  title: 'Requests per second of one subscriber',
  model: { name: 'model: 1/T', at: (intervalMs) => 1e3 / intervalMs },
}

const SERVER_CPU: SweepFigure = {
  id: 'cpu',
  question: 'What does it cost the server?',
  figure: 'serverCpuUsPer1000Events',
  title: 'Server CPU time per 1,000 delivered events, ms',
  scale: 1e-3,
}

const AGENT_CPU: SweepFigure = {
  id: 'agent-cpu',
  question: 'What does it cost the client?',
  figure: 'agentCpuUsPer1000Events',
  title: 'CPU time of all clients per 1,000 delivered events, ms',
  scale: 1e-3,
}

const CLIENT_COST: SweepFigure = {
  id: 'client-cost',
  question: 'How long until the client has parsed an event?',
  figure: 'clientCostP50Us',
  title: 'Median time from an event’s arrival until it was parsed, ms',
  scale: 1e-3,
}

const SETUP: SweepFigure = {
  id: 'setup',
  question: 'What does it take to begin?',
  figure: 'setupBytes',
  title: 'Bytes of the TCP stream until a subscriber is accepted',
}

export function bytesOverSweep(measured: MeasuredScenario): ChartSpec {
  const figure = bytesFigure(measured)
  return overSweep(measured, {
    id: figure === 'wireBytesPerEvent' ? 'wire' : 'bytes',
    question: 'What does one event cost on the wire?',
    figure,
    title: layers[figure],
  })
}

function overSweep(measured: MeasuredScenario, what: SweepFigure): ChartSpec {
  const { scenario, cells } = measured
  const sweep = scenario.sweep as NonNullable<Scenario['sweep']>
  const { figure, scale = 1 } = what
  const model = sweep.axis === 'pollIntervalMs' ? what.model : undefined
  const place = (value: AxisValue) => (isNumeric(sweep.axis) ? Number(value) : sweep.values.indexOf(value))
  const ofTechniques: Series[] = byTechnique(cells).map((ofTechnique) => ({
    ...series(ofTechnique[0] as Cell),
    points: ofTechnique.map((cell) => {
      const measuredPoint = point(cell, figure, place(positionOf(cell)), scale)
      return isValid(cell, figure)
        ? measuredPoint
        : { ...measuredPoint, text: say`${measuredPoint.text} (not valid)` }
    }),
  }))
  const predicted: Series[] = model
    ? [{ name: model.name, ...theory, points: modelPoints(model, cells, what) }]
    : []
  const logX = isNumeric(sweep.axis) && isWide(sweep.values)
  const crossovers = crossoversIn(measured, figure, logX)
  // A line that runs over a position that is not valid crosses elsewhere.
  const isMarked = crossovers.length > 0 && cells.every((cell) => hasValidFigure(cell, figure))
  return {
    id: `${scenario.name}-${what.id}`,
    kind: isNumeric(sweep.axis) ? 'line' : 'bar',
    question: what.question,
    conclusion: sentences([
      changeText(measured, figure, (valid) => residualText(valid, figure, model)),
      ...crossovers.map((crossover, i) => crossoverText(sweep.axis, crossover, isMarked ? i + 1 : undefined)),
    ]),
    x: {
      title: axisTitles[sweep.axis],
      ...(isNumeric(sweep.axis)
        ? { log: logX }
        : { categories: sweep.values.map((value) => positionText(sweep.axis, value)) }),
    },
    y: { title: what.title },
    series: [...ofTechniques, ...predicted],
    ...(isMarked && { marks: crossovers.map(({ x, y }, i) => ({ x, y: y * scale, text: i + 1 })) }),
  }
}

function modelPoints(model: Model, cells: readonly Cell[], { scale = 1, figure }: SweepFigure): ChartPoint[] {
  return [...new Set(cells.map((cell) => Number(positionOf(cell))))].map((x) => ({
    x,
    y: model.at(x) * scale,
    text: textOf(figure)(model.at(x)),
  }))
}

function residualText(valid: readonly Cell[], figure: FigureName, model: Model | undefined): Text {
  if (!model) return ''
  const modelOf = (cell: Cell) => model.at(Number(positionOf(cell)))
  const off = valid.map((cell) => Math.abs(figureOf(cell, figure).value / modelOf(cell) - 1))
  return off.length === 0 ? '' : say`That is within ${format.percent(Math.max(...off))} of the model.`
}

function positionOf({ point }: Cell): AxisValue {
  return point.at?.value ?? 0
}
