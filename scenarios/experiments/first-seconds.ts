import { type CapturedConnection, passedAtUs, readTap } from '../../clients/measure/capture.ts'
import { intervalsOf } from '../../clients/measure/intervals.ts'
import { startDelay } from '../../clients/network/delay.ts'
import { Tap } from '../../clients/tap.ts'
import { clientTechnique } from '../../clients/technique.ts'
import { type FirstSecondsRow, firstSecondsRows } from '../../results/rows/first-seconds.ts'
import { nowUs } from '../../server/clock.ts'
import type { FeedEvent } from '../../server/event.ts'
import { sleepUntil } from '../../server/process-cost.ts'
import { registry, type TechniqueEntry } from '../../server/registry.ts'
import { serverTechnique } from '../../server/technique.ts'
import { defaultVariant } from '../../server/variant.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { holdsWithin } from './networks/wait.ts'

const ROUND_TRIP_MS = 100
const POLL_INTERVAL_MS = 500
const EVENT_INTERVAL_MS = 250
/** Off the multiples of half a round trip, at which requests and answers arrive: nothing hangs on milliseconds. */
const FIRST_EVENT_MS = 125
const OBSERVED_MS = 1_750

/**
 * Lets one subscriber of every technique connect over a link with a round trip of 100 ms, and notes what its
 * connections do from then on: what they wait for, and when events come. Techniques run beside each other in this
 * process, so that a time may be some milliseconds late.
 */
export const experiment: Experiment<typeof firstSecondsRows> = {
  rows: firstSecondsRows,
  question: 'Where does the time go in the first seconds of a subscription?',
  expectation:
    'Two round trips until the server has answered, more where a technique needs a second connection or request. ' +
    'Then a stream has each event half a round trip after it was published, a poll only when it asks.',
  suite: 'quick',
  expectedMs: 2_500,
  async run({ signal }) {
    await using site = new Site()
    const techniques = registry.filter(({ family }) => family !== 'floor')
    // What is loaded at first use would else be part of the first second.
    await warmUp(techniques, signal)
    const server = await site.server({}, { policyPorts: ['*'] })
    const links = await Promise.all(
      techniques.map(({ name }) =>
        site.network(startDelay(server.urlOf(name), { delayMs: ROUND_TRIP_MS / 2 })),
      ),
    )

    const startUs = nowUs()
    const subscribed = await Promise.all(
      techniques.map(async (entry, i) => {
        const tap = new Tap()
        const attempt = await site.attempt(entry.name, links[i]?.url ?? '', signal, {
          pollIntervalMs: POLL_INTERVAL_MS,
          pollPhaseMs: (startUs / 1e3) % POLL_INTERVAL_MS,
          tap,
        })
        return { entry, tap, attempt, wire: (await serverTechnique(entry.name)).wire }
      }),
    )
    const published: FeedEvent[] = []
    for (let dueMs = FIRST_EVENT_MS; dueMs < OBSERVED_MS; dueMs += EVENT_INTERVAL_MS) {
      const dueUs = startUs + dueMs * 1e3
      await sleepUntil(dueUs, signal)
      published.push(server.feed.publish(dueUs))
    }
    await sleepUntil(startUs + OBSERVED_MS * 1e3, signal)

    const endUs = nowUs()
    const rows = subscribed.flatMap(({ entry, tap, attempt, wire }) => {
      if (attempt.failure) throw new Error(`${entry.name} failed: ${attempt.failure}`)
      const connections = readTap(tap, wire, defaultVariant)
      return rowsOf({ entry, connections, received: attempt.receivedAtUs, published, endUs })
    })
    return { rows }
  },
}

interface Observed {
  entry: TechniqueEntry
  connections: CapturedConnection[]
  /** When an event had been parsed, by its number, monotonic microseconds. */
  received: ReadonlyMap<number, number>
  published: readonly FeedEvent[]
  endUs: number
}

/** Rows of one technique, lane by lane; lane 0 is the feed. Times count from the first connection's beginning. */
function rowsOf({ entry, connections, received, published, endUs }: Observed): FirstSecondsRow[] {
  const { name: technique, carrier } = entry
  const beganAtUs = Math.min(...connections.map((connection) => connection.beganAtUs))
  const fromBegin = (atUs: number) => Math.round(atUs - beganAtUs)
  const instant = (atUs: number) => ({ fromUs: fromBegin(atUs), toUs: fromBegin(atUs) })
  const events = [...received].map(([seq, atUs]) => ({ seq, atUs, lane: laneAt(connections, atUs) }))
  return [
    ...published.map(({ seq, publishedAtUs }) => ({
      ...{ technique, lane: 0, kind: 'published' as const, ...instant(publishedAtUs), seq },
    })),
    ...connections.flatMap((connection, i) => {
      const lane = i + 1
      const options = { carrier, connectUs: ROUND_TRIP_MS * 1e3, endUs }
      return [
        ...intervalsOf(connection, options).map(({ fromUs, toUs, kind, ...rest }) => ({
          ...{ technique, lane, kind, fromUs: fromBegin(fromUs), toUs: fromBegin(toUs), ...rest },
        })),
        ...events
          .filter((event) => event.lane === lane)
          .map(({ seq, atUs }) => ({ technique, lane, kind: 'event' as const, ...instant(atUs), seq })),
      ]
    }),
  ]
}

/** The connection, from 1 on, that the event parsed at a time came by: the last before to bring a payload. */
function laneAt(connections: readonly CapturedConnection[], atUs: number): number {
  const latest = connections.map(({ down }) =>
    Math.max(
      ...down.spans
        .filter(({ class: byteClass }) => byteClass === 'payload')
        .map(({ end }) => passedAtUs(down, end - 1))
        .filter((passedUs) => passedUs <= atUs),
    ),
  )
  return latest.indexOf(Math.max(...latest)) + 1
}

/** Lets every technique carry an event once, over a link that is short. */
async function warmUp(techniques: readonly TechniqueEntry[], signal: AbortSignal): Promise<void> {
  await using site = new Site()
  await Promise.all(techniques.map(({ name }) => clientTechnique(name)))
  const { feed, urlOf } = await site.server({}, { policyPorts: ['*'] })
  const attempts = await Promise.all(
    techniques.map(async ({ name }) => {
      const { url } = await site.network(startDelay(urlOf(name), { delayMs: 1 }))
      return site.attempt(name, url, signal)
    }),
  )
  await holdsWithin(1_000, signal, () => attempts.every(({ openedAfterUs }) => openedAfterUs !== undefined))
  feed.publish()
  await holdsWithin(1_000, signal, () => attempts.every(({ receivedAtUs }) => receivedAtUs.size > 0))
}
