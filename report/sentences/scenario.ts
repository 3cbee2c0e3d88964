import type { Run } from '../../results/record.ts'
import { bytesFigure, layers } from '../analysis/bytes-figure.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import {
  type Cell,
  failedDeliveries,
  figureOf,
  isCandidate,
  isTold,
  type MeasuredScenario,
} from '../analysis/cells.ts'
import { isValid } from '../analysis/gate.ts'
import { isTimed } from '../analysis/rules.ts'
import { atPosition, isChoice } from '../axis.ts'
import { format, withRange } from '../format.ts'
import { homeOf } from '../sections/home.ts'
import { list, said, say, type Text } from '../words/say.ts'
import { capacitySentence } from './capacity.ts'
import { crossoversText } from './crossovers.ts'
import { divergenceText } from './divergence.ts'
import { bytesRanking, rankingSentence, waitingRanking } from './ranking.ts'
import { changeText, eachText } from './sweep.ts'

/** What a scenario found, as sentences made from its numbers. */
export function scenarioSentences(measured: MeasuredScenario, run: Run): Text[] {
  const { search } = measured.scenario
  if (search) return [capacitySentence(capacitiesOf(measured, run.failures), search)]
  if (measured.scenario.stall) return stallSentences(measured)
  if (measured.scenario.breaks) return brokenSentences(measured)
  if (measured.scenario.sweep) return sweepSentences(measured)
  const { schedule, source } = measured.scenario.feed
  if (schedule.kind === 'silent') return [waitingRanking(measured)]
  const publishes = source === 'subscribers'
  const wasteful = measured.cells.filter(
    (cell) =>
      cell.copy === 1 && isValid(cell, 'emptyAnswerShare') && figureOf(cell, 'emptyAnswerShare').value > 0.05,
  )
  return [
    ...(!isTimed(measured.scenario)
      ? []
      : [
          rankingSentence(said('Median delay'), measured, 'p50Us'),
          ...(publishes ? [rankingSentence(said('Median round trip'), measured, 'roundTripP50Us')] : []),
        ]),
    bytesRanking(measured),
    ...wasteful.map(
      (cell) =>
        say`Of the requests of ${cell.title}, ${format.percent(figureOf(cell, 'emptyAnswerShare').value)} brought nothing.`,
    ),
  ]
}

/** A server that stands still is seen by one that counts from the schedule, and missed by one from publication. */
function stallSentences({ scenario: { stall }, cells }: MeasuredScenario): Text[] {
  if (!stall) return []
  const p99 = (cell: Cell, figure: 'p99Us' | 'publishedP99Us') =>
    isTold(cell, figure)
      ? withRange(figureOf(cell, figure), format.us)
      : said('too few events or moments to tell')
  return [
    say`The server stood still for ${format.us(stall.forMs * 1e3)}.`,
    ...cells
      .filter(isCandidate)
      .map((cell) =>
        isValid(cell, 'p99Us')
          ? say`${cell.title}: p99 from the schedule ${p99(cell, 'p99Us')}, from publication ${p99(cell, 'publishedP99Us')}.`
          : say`${cell.title}: no delay is valid.`,
      ),
  ]
}

/** What deliveries came to where a scenario means to break them. */
function brokenSentences({ cells }: MeasuredScenario): Text[] {
  return cells.filter(isCandidate).map((cell) => {
    const { lost, duplicated, reordered } = failedDeliveries(cell)
    const at = cell.point.at ? say`${cell.title} ${atPosition(cell.point.at)}` : cell.title
    const delivered = cell.records.reduce((sum, { account }) => sum + account.delivered, 0)
    return say`${at}: of ${format.count(delivered)} events ${format.count(lost)} lost, ${format.count(duplicated)} duplicated, ${format.count(reordered)} reordered.`
  })
}

/**
 * Bytes where a scenario varies what they hang on, or is there to count them; delays where it has trials enough for
 * them, which those that count have not. What two techniques are compared for over numbers is where they part.
 */
function sweepSentences(measured: MeasuredScenario): Text[] {
  const { scenario, unranked } = measured
  const { sweep } = scenario
  if (!sweep) return []
  if (unranked !== undefined) return [unranked]
  const timed = isTimed(scenario)
  const bytes = isChoice(sweep.axis) || homeOf(measured) === 'wire' || !timed ? bytesSentences(measured) : []
  const parted = timed && divergenceText(measured, 'meanUs', said('mean delay'))
  const delays = isChoice(sweep.axis)
    ? changeText(measured, 'meanUs')
    : eachText(measured, 'meanUs', requestsText)
  return [
    ...bytes,
    ...(parted ? [parted] : []),
    ...(timed && sweep.axis === 'client' ? clientSentences(measured) : []),
    ...(timed && sweep.axis === 'fanOut'
      ? [say`Server CPU per 1,000 events. ${changeText(measured, 'serverCpuUsPer1000Events')}`]
      : []),
    ...(timed ? [say`Mean delay. ${delays}`] : []),
    ...(!timed && homeOf(measured) !== 'wire' ? [say`Delays take three trials or more.`] : []),
  ]
}

/** What a client costs: what it takes of the CPU, and where it is known how long until an event is parsed. */
function clientSentences(measured: MeasuredScenario): Text[] {
  const isCostKnown = measured.cells.every((cell) => Number.isFinite(figureOf(cell, 'clientCostP50Us').value))
  return [
    say`Load agent CPU per 1,000 events. ${changeText(measured, 'agentCpuUsPer1000Events')}`,
    ...(isCostKnown ? [say`Client’s cost, median. ${changeText(measured, 'clientCostP50Us')}`] : []),
  ]
}

function bytesSentences(measured: MeasuredScenario): Text[] {
  const { axis } = measured.scenario.sweep ?? {}
  const figure = bytesFigure(measured)
  const isWire = figure === 'wireBytesPerEvent'
  return [
    say`${said(layers[figure])}. ${changeText(measured, figure)}`,
    ...crossoversText(measured, figure),
    ...(isWire && axis && isChoice(axis)
      ? [say`Packets per delivered event. ${changeText(measured, 'packetsPerEvent')}`]
      : []),
    ...(axis === 'payloadBytes'
      ? [say`Payload’s share of the TCP stream. ${eachText(measured, 'payloadShare')}`]
      : []),
    ...(axis === 'keepAlive' && !isWire
      ? [say`What a new connection takes in headers of TCP/IP is not in them: the kernel’s count is missing.`]
      : []),
  ]
}

/** How many requests a delay is had for; nothing where there are none. */
function requestsText(_: readonly Cell[], told: readonly Cell[]): Text {
  const requests = told.map((cell) =>
    format.count(Number(figureOf(cell, 'requestsPerSecond').value.toPrecision(3))),
  )
  const [first] = requests
  if (requests.every((text) => text === '0')) return ''
  if (new Set(requests).size > 1) return say`That takes ${list(requests)} requests per second and subscriber.`
  return first === '1'
    ? say`That takes 1 request per second and subscriber.`
    : say`That takes ${first ?? ''} requests per second and subscriber.`
}
