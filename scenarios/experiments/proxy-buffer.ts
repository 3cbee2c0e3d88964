import { startBufferingProxy } from '../../clients/network/buffering.ts'
import { type ProxyBufferRow, proxyBufferRows } from '../../results/rows/proxy-buffer.ts'
import { nowUs } from '../../server/clock.ts'
import type { LocalServer } from '../../server/local-server.ts'
import { sleepUntil } from '../../server/process-cost.ts'
import sse from '../../server/techniques/sse.ts'
import type { Experiment } from '../bench/experiment.ts'
import type { Attempt } from './networks/attempt.ts'
import { Site } from './networks/site.ts'
import { pause } from './networks/wait.ts'

const INTERVAL_MS = 20
const PAYLOAD_BYTES = 200
const OFTEN_MS = 10
const SELDOM_MS = 60_000
const HEARTBEAT_BYTES = ': heartbeat\n\n'.length
/** Six buffers of 8 kB and a rest. */
const PUBLISHED_MS = 5_500
/** Events that arrive closer together than this came out of one buffer. */
const TOGETHER_US = 5_000

const PATHS = [
  { bufferBytes: 4_096, honoursNoBuffering: false, heartbeatMs: SELDOM_MS },
  { bufferBytes: 8_192, honoursNoBuffering: false, heartbeatMs: SELDOM_MS },
  { bufferBytes: 8_192, honoursNoBuffering: false, heartbeatMs: OFTEN_MS },
  { bufferBytes: 8_192, honoursNoBuffering: true, heartbeatMs: SELDOM_MS },
]

/** Streams server-sent events through proxies that collect whole buffers. */
export const experiment: Experiment<typeof proxyBufferRows> = {
  rows: proxyBufferRows,
  question: 'How long does a proxy that buffers hold an event back?',
  expectation:
    'At most the time in which its buffer fills, buffer / (rate x bytes per event), unless ' +
    'X-Accel-Buffering: no stops it.',
  expectedMs: 6_500,
  async run({ signal }) {
    await using site = new Site()
    const streams = await Promise.all(
      PATHS.map(async (path) => {
        const server = await site.server({ payloadBytes: PAYLOAD_BYTES }, { heartbeatMs: path.heartbeatMs })
        const proxy = await site.network(startBufferingProxy(server.url, path))
        return { path, server, tried: await site.attempt('sse', proxy.url, signal) }
      }),
    )
    await pause(200, signal)
    const publishedAtUs = new Map<number, number>()
    const startUs = nowUs()
    for (let seq = 1; nowUs() - startUs < PUBLISHED_MS * 1e3; seq++) {
      const dueUs = startUs + seq * INTERVAL_MS * 1e3
      await sleepUntil(dueUs, signal)
      publishedAtUs.set(seq, nowUs())
      for (const { server } of streams) server.feed.publish()
    }
    const ratePerSecond = (publishedAtUs.size / (nowUs() - startUs)) * 1e6
    await pause(100, signal)
    return { rows: streams.flatMap((stream) => rowsOf(stream, publishedAtUs, ratePerSecond)) }
  },
}

/** One row a full buffer; where nothing is held back, a row for as many events. */
function rowsOf(
  { path, server, tried }: { path: (typeof PATHS)[number]; server: LocalServer; tried: Attempt },
  publishedAtUs: ReadonlyMap<number, number>,
  ratePerSecond: number,
): ProxyBufferRow[] {
  const [event] = server.feed.since({ seq: server.feed.latestSeq - 1 }).events
  const bytesPerEvent = event ? sse.frame(event).length : 0
  const heartbeatBytesPerSecond = (HEARTBEAT_BYTES * 1e3) / path.heartbeatMs
  const bytesPerSecond = ratePerSecond * bytesPerEvent + heartbeatBytesPerSecond
  const eventsPerBuffer = Math.floor((path.bufferBytes * ratePerSecond) / bytesPerSecond)
  const groups: { atUs: number; delaysUs: number[] }[] = []
  for (const [seq, atUs] of tried.receivedAtUs) {
    const delayUs = atUs - (publishedAtUs.get(seq) as number)
    const last = groups.at(-1)
    const together = path.honoursNoBuffering
      ? (last?.delaysUs.length ?? eventsPerBuffer) < eventsPerBuffer
      : atUs - (last?.atUs ?? 0) < TOGETHER_US
    if (last && together) {
      last.atUs = atUs
      last.delaysUs.push(delayUs)
    } else groups.push({ atUs, delaysUs: [delayUs] })
  }
  // The first one began with the stream's opening, and not with an event.
  return groups.slice(1).map(({ delaysUs }, i) => ({
    ...path,
    trial: i + 1,
    ratePerSecond,
    bytesPerEvent,
    events: delaysUs.length,
    maxDelayUs: Math.max(...delaysUs),
    meanDelayUs: delaysUs.reduce((sum, us) => sum + us, 0) / delaysUs.length,
    modelMaxDelayUs: (path.bufferBytes / bytesPerSecond) * 1e6,
  }))
}
