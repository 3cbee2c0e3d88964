import { startIdleTimeout } from '../../clients/network/idle-timeout.ts'
import { websocketIdleRows } from '../../results/rows/websocket-idle.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const IDLE_MS = 2_000
const HEARTBEATS_MS = [1_000, 60_000]
const TRIALS = 6
/** Two and a half times the silence that is cut. */
const WATCHED_MS = 5_000

/** Leaves WebSockets silent behind a proxy that closes what is idle, with the server's pings and without. */
export const experiment: Experiment<typeof websocketIdleRows> = {
  rows: websocketIdleRows,
  question: 'Does an upgraded connection stay open while nothing is sent?',
  expectation:
    'Behind an idle timeout of 2 s it breaks after 2 s, unless somebody pings more often than that.',
  expectedMs: 6_000,
  async run({ signal }) {
    await using site = new Site()
    const tried = await Promise.all(
      HEARTBEATS_MS.map(async (heartbeatMs) => {
        const { feed, url } = await site.server({}, { heartbeatMs })
        const proxy = await site.network(startIdleTimeout(url, { idleMs: IDLE_MS }))
        const sockets = await Promise.all(
          Array.from({ length: TRIALS }, () => site.attempt('websocket', proxy.url, signal)),
        )
        await holdsWithin(1_000, signal, () => sockets.every(({ openedAfterUs }) => openedAfterUs))
        return { heartbeatMs, feed, sockets }
      }),
    )
    await pause(WATCHED_MS, signal)
    for (const { feed } of tried) feed.publish()
    await pause(200, signal)
    const rows = tried.flatMap(({ heartbeatMs, sockets }) =>
      sockets.map(({ openedAfterUs, failedAfterUs, failure = 'none', receivedAtUs }, i) => ({
        ...{ heartbeatMs, idleTimeoutMs: IDLE_MS, watchedMs: WATCHED_MS, trial: i + 1 },
        opened: openedAfterUs !== undefined,
        // What never opened cannot break.
        broke: openedAfterUs !== undefined && failedAfterUs !== undefined,
        failure,
        eventsAfterwards: receivedAtUs.size,
        ...(openedAfterUs !== undefined &&
          failedAfterUs !== undefined && { openForUs: failedAfterUs - openedAfterUs }),
      })),
    )
    return { rows }
  },
}
