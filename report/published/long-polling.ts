import { heldPollDelaysUs } from '../../results/model/latency.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import type { FigureName } from '../analysis/figures.ts'
import type { Cell, Evidence } from '../claims/claim.ts'
import { cellAt, fromCell } from '../claims/evidence.ts'
import { kneeOf } from '../claims/long-polling/equals-websocket.ts'
import { type Said, said, say } from '../words/say.ts'
import type { Here, PublishedFigure } from './figure.ts'

const RFC = 'RFC 6202, section 2.2 (2011)'

/** Delays of long polling in transits, over a round trip of 100 ms, of the feed of a scenario. */
function modelledTransits(schedule: Parameters<typeof dueTimesBefore>[0]): number[] {
  const roundTripUs = 100_000
  const delays = heldPollDelaysUs(dueTimesBefore(schedule, 60e6), roundTripUs)
  return delays.map(({ delayUs }) => delayUs / (roundTripUs / 2))
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** A delay of long polling as a number of transits, each half a round trip. */
function inTransits(cell: Cell | undefined, figure: FigureName, what: Said): Here {
  const transitUs = ((cell?.point.network?.roundTripMs ?? 0) * 1e3) / 2
  if (!cell || transitUs === 0)
    return { notMeasured: said('The run has no records of long polling over a round trip.') }
  const { value, low, high, ...rest } = fromCell(cell, figure, { what, unit: 'ratio' })
  return {
    measured: { ...rest, value: value / transitUs, low: low / transitUs, high: high / transitUs },
  }
}

function kneeHere(evidence: Evidence): Here {
  const knee = kneeOf(evidence.scenario('long-poll-knee'))
  if (!knee)
    return { notMeasured: said('The run has no records of long polling and WebSocket over network delays.') }
  const { slowerFromMs, equalUntilMs, compared } = knee
  if (slowerFromMs === undefined)
    return { notMeasured: say`Up to ${equalUntilMs} ms one way long polling is not told to be slower.` }
  return {
    measured: {
      what: said('Delay one way from which on long polling is slower than WebSocket'),
      // It lies between two delays of the sweep.
      value: ((equalUntilMs + slowerFromMs) / 2) * 1e3,
      low: equalUntilMs * 1e3,
      high: slowerFromMs * 1e3,
      interval: 'min-max',
      n: Math.min(...compared.map(({ number }) => number.n)),
      unit: 'us',
      badge: compared.some(({ number }) => number.badge === 'not valid') ? 'not valid' : 'use with care',
    },
  }
}

/** What has been published of the delay of long polling. */
export const longPolling: PublishedFigure[] = [
  {
    id: 'rfc6202-average',
    source: RFC,
    what: 'Average delay of long polling, in network transits',
    published: { text: 'close to one network transit', value: 1 },
    unit: 'ratio',
    model: {
      value: mean(modelledTransits({ kind: 'constant', ratePerSecond: 4 })),
      by: 'events 250 ms apart over a round trip of 100 ms: each finds a request waiting',
    },
    here: (evidence) =>
      inTransits(
        cellAt(evidence.scenario('long-poll-knee'), 'long-poll', 100),
        'meanUs',
        said('Mean delay of long polling in transits, with events further apart than a round trip'),
      ),
    comment: 'True of events that are further apart than a round trip, and only of those.',
  },
  {
    id: 'rfc6202-longest',
    source: RFC,
    what: 'Longest delay of long polling, in network transits',
    published: { text: 'over three network transits', value: 3 },
    unit: 'ratio',
    model: {
      value: Math.max(...modelledTransits({ kind: 'poisson', ratePerSecond: 32, seed: 7 })),
      by:
        'the answer before, the next request and its answer: three, reached by an event that ' +
        'follows at once',
    },
    here: (evidence) =>
      inTransits(
        cellAt(evidence.scenario('long-poll-rates'), 'long-poll', 32),
        'maxUs',
        said('Longest delay of long polling in transits, with events back to back'),
      ),
    comment:
      '"Over" is for lost packets that TCP sends again; the link here loses none, and the ' +
      'machine adds its own.',
  },
  {
    id: 'pimentel-knee',
    source: 'Pimentel and Nickerson, Communicating and Displaying Real-Time Data with WebSocket (2012)',
    what: 'Network delay one way from which on long polling is slower than WebSocket, at 4 events a second',
    published: { text: 'half the time between two events, 125 ms', value: 125_000 },
    unit: 'us',
    model: { value: 1e6 / 4 / 2, by: 'a round trip as long as the time between two events' },
    here: kneeHere,
    comment:
      'Theirs are real distances over the Internet, each with the delay that it has; here it ' +
      'is one link, whose delay is swept.',
  },
  {
    id: 'cometd-median',
    source: 'CometD 2.4.0 benchmarks (2011)',
    what: 'Median delay of long polling at up to 10,000 messages a second',
    published: { text: '2 to 4 ms', value: 4_000 },
    unit: 'us',
    here: (evidence) => {
      const cell = cellAt(evidence.scenario('long-poll-throughput'), 'long-poll')
      if (!cell) return { notMeasured: said('The run has no records of the scenario long-poll-throughput.') }
      const what = said('Median delay of long polling at 4,000 messages a second')
      return { measured: fromCell(cell, 'p50Us', { what, unit: 'us' }) }
    },
    comment:
      'Theirs had up to 10,000 messages a second, in Java on several hosts of Amazon EC2. Here server ' +
      'and load agent share one machine, and the agent parses every answer in one thread: where it is ' +
      'saturated, the figure is its own.',
  },
]
