import { pollOf } from '../../server/registry.ts'
import { type Cell, figureOf, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { compressedSides } from '../analysis/compressed.ts'
import type { FigureName } from '../analysis/figures.ts'
import { badgeOf, isValid } from '../analysis/gate.ts'
import { mergedPercentile } from '../analysis/merged.ts'
import { percentileCurve } from '../analysis/percentiles.ts'
import { textOf } from '../columns.ts'
import { format, spanText, withRange } from '../format.ts'
import { identityOf, partColors, theory } from '../palette.ts'
import { bytesRanking, rankingSentence, waitingRanking } from '../sentences/ranking.ts'
import { list, said, say, sentences, type Text } from '../words/say.ts'
import type { ChartPoint, ChartSpec, Series } from './spec.ts'

/** Charts that compare techniques at one point of a scenario. */

/** Quantiles that people ask for. */
const TOLD = [0.5, 0.9, 0.99, 0.999]

/** Latency over percentile, the tails stretched: x is 1/(1 - quantile) on a logarithmic axis. */
export function percentileChart(id: string, measured: MeasuredScenario): ChartSpec {
  const cells = shown(measured)
  const curves = cells.map((cell) => ({ cell, curve: percentileCurve(cell) }))
  const all = curves.flatMap(({ curve }) => curve.map(({ quantile }) => quantile))
  const quantiles = [...new Set(all)].sort((a, b) => a - b)
  const place = (quantile: number) => 1 / (1 - quantile)
  return {
    id,
    kind: 'line',
    question: said('How late do events arrive?'),
    conclusion: rankingSentence(said('Median delay'), measured, 'p50Us'),
    x: {
      title: 'Percentile of the events of all trials',
      log: true,
      ticks: quantiles.map((quantile) => ({
        value: place(quantile),
        text: quantile === 0 ? 'min' : `p${+(quantile * 100).toFixed(1)}`,
        // The places between would write over each other in a narrow window.
        minor: !TOLD.includes(quantile),
      })),
    },
    y: { title: 'Delay from schedule to receipt, ms (log scale)', log: true, budget: true },
    series: [
      ...curves.map(({ cell, curve }) => ({
        ...series(cell),
        name: marked(cell, 'p50Us'),
        points: curve.map(({ quantile, ...us }) => ({
          x: place(quantile),
          y: us.value / 1e3,
          // Whiskers at every place would hide the lines.
          ...(TOLD.includes(quantile) && { low: us.low / 1e3, high: us.high / 1e3 }),
          text: withRange(us, format.us),
        })),
      })),
      ...theoryOf(cells, quantiles, place),
    ],
  }
}

/**
 * What theory says of short polling's percentiles: an event waits for the next tick of a timer of period T, any part of
 * it being as likely as any other, so q of the waits are at most q x T. No theory where a network adds to it.
 */
function theoryOf(
  cells: readonly Cell[],
  quantiles: readonly number[],
  place: (quantile: number) => number,
): Series[] {
  const polling = cells.find(({ technique, point }) => pollOf(technique) === 'timer' && !point.network)
  if (!polling) return []
  const intervalUs = polling.point.load.pollIntervalMs * 1e3
  return [
    {
      name: said('model: short polling, q × T'),
      ...theory,
      points: quantiles
        .filter((quantile) => quantile > 0)
        .map((quantile) => ({ quantile, us: quantile * intervalUs }))
        .map(({ quantile, us }) => ({ x: place(quantile), y: us / 1e3, text: format.us(us) })),
    },
  ]
}

/** The share of events that had arrived within a delay (the empirical distribution), as far as the samples allow. */
export function distributionChart(id: string, measured: MeasuredScenario): ChartSpec {
  const cells = shown(measured)
  return {
    id,
    kind: 'line',
    question: said('How many events had arrived within a delay?'),
    conclusion: withinSentence(measured, cells),
    x: { title: said('Delay from schedule to receipt, ms (log scale)'), log: true, budget: true },
    y: { title: said('Events that had arrived, %') },
    isShare: true,
    series: cells.map((cell) => ({
      ...series(cell),
      name: marked(cell, 'p50Us'),
      points: percentileCurve(cell, DISTRIBUTION_QUANTILES).map(({ quantile, value }) => ({
        x: value / 1e3,
        y: quantile * 100,
        text: format.percent(quantile),
      })),
    })),
  }
}

const DISTRIBUTION_QUANTILES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]

/** Of the valid ones, how late nine events of ten were. */
function withinSentence(measured: MeasuredScenario, cells: readonly Cell[]): Text {
  if (measured.unranked !== undefined) return measured.unranked
  const valid = cells.filter((cell) => isCandidate(cell) && isValid(cell, 'p50Us'))
  const us = valid.map((cell) => mergedPercentile(cell.records, 0.9).value)
  return us.length === 0
    ? said('No delay here is valid.')
    : say`Nine of ten events had arrived within ${spanText(Math.min(...us), Math.max(...us), format.us)}, by technique.`
}

/** Payload and what comes on top of it, per event and direction. */
export function bytesChart(id: string, measured: MeasuredScenario): ChartSpec {
  const cells = shown(measured)
  const part = (name: string, color: string, figure: FigureName, compressed = false): Series => ({
    name,
    color,
    points: cells.flatMap((cell, x) => {
      if (isCompressed(cell) !== compressed) return []
      const { value } = figureOf(cell, figure)
      return { x, y: value, text: Number.isFinite(value) ? format.bytes(value) : '-' }
    }),
  })
  const bothWays = measured.scenario.feed.source === 'subscribers'
  return {
    id,
    kind: 'bar',
    question: said('What does one event cost on the wire?'),
    conclusion: bytesRanking(measured),
    x: axisOf(cells, 'bytesPerEvent'),
    y: { title: 'Bytes of the TCP stream per delivered event' },
    stacked: true,
    series: [
      part(bothWays ? 'payload, server to client' : 'payload', partColors.payload, 'payloadBytesPerEvent'),
      part('overhead, server to client', partColors.down, 'overheadDownPerEvent'),
      ...(bothWays ? [part('payload, client to server', partColors.payloadUp, 'payloadUpPerEvent')] : []),
      part('overhead, client to server', partColors.up, 'overheadUpPerEvent'),
      // Behind a compression payload and overhead cannot be told apart.
      part('compressed, in both directions', partColors.compressed, 'bytesPerEvent', true),
    ].filter(({ points }) => points.length > 0),
  }
}

export function requestsChart(id: string, measured: MeasuredScenario): ChartSpec {
  const valid = measured.cells.filter((cell) => isCandidate(cell) && isValid(cell, 'requestsPerEvent'))
  const none = valid.filter((cell) => figureOf(cell, 'requestsPerEvent').value === 0)
  const highest = [...valid].sort(
    (a, b) => figureOf(b, 'requestsPerEvent').value - figureOf(a, 'requestsPerEvent').value,
  )[0]
  const names = list(none.map(({ title }) => title))
  const open =
    none.length === 1
      ? say`Once open, ${names} needs no further request.`
      : say`Once open, ${names} need no further request.`
  const most = (cell: Cell) =>
    say`${cell.title} needs ${format.count(figureOf(cell, 'requestsPerEvent').value)} per delivered event.`
  const asks = highest && figureOf(highest, 'requestsPerEvent').value > 0
  const found = [...(none.length > 0 ? [open] : []), ...(asks ? [most(highest)] : [])]
  return barChart(id, measured, {
    figure: 'requestsPerEvent',
    title: 'HTTP requests per delivered event',
    question: said('How many requests does an event take?'),
    conclusion: found.length > 0 ? sentences(found) : said('No figure here is valid.'),
  })
}

/** Where no event is due there is no cost per event, but one of waiting. */
export function idleBytesChart(id: string, measured: MeasuredScenario): ChartSpec {
  return barChart(id, measured, {
    figure: 'bytesPerSecond',
    title: 'Bytes in both directions per second and subscriber',
    question: said('What does it cost to wait?'),
    conclusion: waitingRanking(measured),
  })
}

export function serverCpuChart(id: string, measured: MeasuredScenario): ChartSpec {
  const figure = 'serverCpuUsPer1000Events'
  const what = said('Server CPU time per 1,000 delivered events')
  return barChart(id, measured, {
    figure,
    title: 'Server CPU time per 1,000 delivered events, ms',
    scale: 1e-3,
    question: said('What does it cost the server?'),
    conclusion: rankingSentence(what, measured, figure),
  })
}

function isCompressed({ technique, point }: Cell): boolean {
  return compressedSides({ technique, point }).down
}

/** The second cell of an A/A pair says nothing about techniques: it is left out of their charts. */
function shown({ cells }: MeasuredScenario): Cell[] {
  return cells.filter(({ copy }) => copy === 1)
}

/** Techniques side by side. */
export function axisOf(cells: readonly Cell[], figure: FigureName): ChartSpec['x'] {
  return {
    title: 'Technique',
    categories: cells.map((cell) => marked(cell, figure)),
    keys: cells.map(({ technique }) => technique),
  }
}

/** The name of a cell, and a mark after it where the gate does not let a figure of it pass. */
export function marked(cell: Cell, figure: FigureName): Text {
  return badgeOf(cell, figure) === 'not valid' ? say`${cell.title} (not valid)` : cell.title
}

interface Bars extends Pick<ChartSpec, 'question' | 'conclusion'> {
  figure: FigureName
  title: string
  /** From the figure's unit to the axis's, where they differ. */
  scale?: number
}

/** One bar a technique, with the range of its trials. */
function barChart(id: string, measured: MeasuredScenario, bars: Bars): ChartSpec {
  const { figure, title, scale = 1, ...told } = bars
  const cells = shown(measured)
  const points = cells.map((cell, x) => ({
    ...point(cell, figure, x, scale),
    color: identityOf(cell.technique).color,
  }))
  const series = [{ name: title, color: partColors.payload, points }]
  return { id, kind: 'bar', ...told, x: axisOf(cells, figure), y: { title }, series }
}

/** A figure of a cell as a point with the range of its trials. */
export function point(cell: Cell, figure: FigureName, x: number, scale: number): ChartPoint {
  const figured = figureOf(cell, figure)
  const { value, low, high } = figured
  return {
    x,
    y: value * scale,
    low: low * scale,
    high: high * scale,
    text: withRange(figured, textOf(figure)),
  }
}

/** Name and looks of a technique's series. */
export function series({ technique, title }: Cell): Omit<Series, 'points'> {
  return { name: title, technique, ...identityOf(technique) }
}
