import { heldPollRange, modelLatency } from '../../../results/model/latency.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim, Evidence } from '../claim.ts'
import { cellAt, cellsOf, fromCell, incomplete, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial, positionOf } from '../trials.ts'

const SCENARIOS = ['round-trip', 'long-poll-rates', 'long-poll-knee']
const TECHNIQUES = ['long-poll']

/** Shares of the mean that the model says; above it comes what the machine adds. */
const BELOW_MODEL = 0.05
const ABOVE_MODEL = 0.1
/** Below it what the machine adds is no small part of the delay. */
const MODELLED_ROUND_TRIP_MS = 100
/** With fewer in the window one that is late for a reason of its own is much of the mean. */
const FEWEST_EVENTS = 5
/** A mean of up to so many transits is at once. */
const AT_ONCE_TRANSITS = 1.25
/** So near 3R/2 the longest delay has reached it: what follows the answered event never follows at once. */
const REACHED = 0.95

const roundTripUs = ({ point }: Cell) => (point.network?.roundTripMs ?? 0) * 1e3
/** rR: how many events come on average while a poll goes to and fro. */
const eventsPerRoundTrip = (cell: Cell) => {
  const { schedule } = cell.point.feed
  return 'ratePerSecond' in schedule ? schedule.ratePerSecond * (roundTripUs(cell) / 1e6) : 0
}

/** One transit takes half a round trip. */
const transits = (cell: Cell, us: number) => us / (roundTripUs(cell) / 2)
const modelUs = ({ technique, point }: Cell) => modelLatency(technique, point).meanUs ?? Number.NaN

/** Cells by what they are asked. */
interface Asked {
  /** Under a delay: all that the model is compared at. */
  modelled: Cell[]
  /** Mean delay where the network takes no time: what the machine adds, microseconds. */
  undelayedUs: number
  /** Events come faster than a round trip. */
  backToBack: Cell[]
  /** Events come slower than a round trip. */
  apart: Cell[]
}

/** Undefined where one of them is not among the records. */
function askedOf(evidence: Evidence): Asked | undefined {
  const undelayed = cellAt(evidence.scenario('round-trip'), 'long-poll', 0)
  const roundTrips = cellsOf(evidence.scenario('round-trip'), 'long-poll').filter(
    (cell) => roundTripUs(cell) >= MODELLED_ROUND_TRIP_MS * 1e3,
  )
  const rates = cellsOf(evidence.scenario('long-poll-rates'), 'long-poll')
  const backToBack = rates.filter((cell) => eventsPerRoundTrip(cell) >= 1)
  const apart = cellsOf(evidence.scenario('long-poll-knee'), 'long-poll').filter(
    (cell) => cell.point.feed.schedule.kind === 'constant' && eventsPerRoundTrip(cell) < 1,
  )
  if (!undelayed || [roundTrips, backToBack, apart].some(({ length }) => length === 0)) return undefined
  const undelayedUs = fromCell(undelayed, 'meanUs', { what: '', unit: 'us' }).value
  const modelled = [...roundTrips, ...rates].filter(({ records }) =>
    records.every(({ eventsScheduled }) => eventsScheduled >= FEWEST_EVENTS),
  )
  return { modelled, undelayedUs, backToBack, apart }
}

export const longPollInstant: Claim = {
  id: 'longpoll-instant',
  from: 'notes',
  claim: 'Long polling answers as soon as there is data, so it is real time.',
  source: 'Lecture notes on push techniques; RFC 6202, section 2.2 (2011)',
  prediction:
    'One transit, R/2, for an event that finds a request waiting. One that comes while the answer before ' +
    'it goes down and the next request comes up waits for it: up to 3R/2, three transits.',
  scenarios: SCENARIOS,
  techniques: TECHNIQUES,
  metric:
    'Mean and longest delay of long polling under round trips R, with events further apart than R and ' +
    'closer.',
  rule:
    'The model must fit first, in every trial under every round trip of 100 ms and more of round-trip ' +
    'and long-poll-rates; else inconclusive. It says a mean for the due times of that very feed, with a ' +
    'cycle up to 10 ms longer than the round trip (which events find a poll waiting turns on ' +
    'milliseconds). The measured mean may be 5 % less; or 10 % more and the mean of round-trip without a ' +
    'delay on top, for what the machine adds. Points with fewer than 5 events due in the window are left ' +
    'out. Of so few one that is late for a reason of its own is much of the mean: the first that a ' +
    'server ever answers is. Late means that with events back to back, at least one a round trip ' +
    '(long-poll-rates), the longest delay reaches 3R/2 in every trial. An allowance of 5 % is made: 95 % ' +
    'of 3R/2 counts as reached. Only an event that follows the answered one at once waits all of it, and ' +
    'events at random never quite do. At once means that where events are further apart than R ' +
    '(long-poll-knee) the mean is at most 1.25 transits in every trial: one is the way itself, and a ' +
    'quarter is for what the machine adds. Held where it is at once and in no trial late; depends on ' +
    'events being further apart than a round trip where it is at once, and late with events back to ' +
    'back; did not hold where it is late, and in no trial at once; else inconclusive, and so where a ' +
    'point of the three scenarios is missing.',
  judge(evidence) {
    const none = said('It takes events further apart than a round trip, and events back to back.')
    if (SCENARIOS.some((name) => cellsOf(evidence.scenario(name), 'long-poll').length === 0))
      return notTested(none)
    const missing = incomplete(
      evidence,
      SCENARIOS.map((scenario) => ({ scenario, techniques: TECHNIQUES })),
    )
    if (missing) return missing
    const asked = askedOf(evidence)
    if (!asked) return notTested(none)
    const { modelled, undelayedUs, backToBack, apart } = asked
    const longest = backToBack.map((cell) =>
      fromCell(cell, 'maxUs', {
        what: say`Longest delay of long polling with events back to back${positionOf(cell)}`,
        unit: 'us',
        expected: 1.5 * roundTripUs(cell),
      }),
    )
    const numbers = [
      ...modelled.map((cell) =>
        fromCell(cell, 'meanUs', {
          what: say`Mean delay of long polling in ${cell.records[0]?.scenario.name ?? ''}${positionOf(cell)}`,
          unit: 'us',
          expected: modelUs(cell),
        }),
      ),
      ...longest,
      ...apart.map((cell) =>
        fromCell(cell, 'meanUs', {
          what: say`Mean delay of long polling with events further apart${positionOf(cell)}`,
          unit: 'us',
          expected: roundTripUs(cell) / 2,
        }),
      ),
    ]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const fits = allOf(
      modelled.map((cell) =>
        everyTrial(cell, ({ latency: { meanUs } }) => {
          const [low, high] = heldPollRange(cell.technique, cell.point)?.meanUs ?? [Number.NaN, Number.NaN]
          return meanUs >= low * (1 - BELOW_MODEL) && meanUs <= high * (1 + ABOVE_MODEL) + undelayedUs
        }),
      ),
    )
    if (fits !== 'yes') {
      const because = said(
        'Mean delays are not what the model of long polling says: its limits say nothing here.',
      )
      return { verdict: 'inconclusive', because, numbers }
    }
    const late = allOf(
      backToBack.map((cell) =>
        everyTrial(cell, ({ latency }) => latency.maxUs >= REACHED * 1.5 * roundTripUs(cell)),
      ),
    )
    const atOnce = allOf(
      apart.map((cell) =>
        everyTrial(cell, ({ latency }) => transits(cell, latency.meanUs) <= AT_ONCE_TRANSITS),
      ),
    )
    const slowest = Math.max(
      ...apart.flatMap((cell) => cell.records.map(({ latency }) => transits(cell, latency.meanUs))),
    )
    const most = Math.max(...backToBack.map((cell, i) => transits(cell, longest[i]?.value ?? 0)))
    const because = say`With events further apart than a round trip a mean of ${slowest.toFixed(2)} transits at most; back to back the longest delay was ${most.toFixed(1)} transits.`
    if (atOnce === 'yes' && late === 'yes') return { verdict: 'depends', because, numbers }
    if (atOnce === 'yes' && late === 'no') return { verdict: 'held', because, numbers }
    if (atOnce === 'no' && late === 'yes') return { verdict: 'did not hold', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  },
}
