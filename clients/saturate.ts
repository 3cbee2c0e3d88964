import autocannon from 'autocannon'
import { type Failed, obeyParent } from '../server/parent.ts'

/**
 * A process in which autocannon asks as fast as the server answers: each connection sends its next request
 * once it has its answer. Driven over the child process's IPC channel. Its latencies stay here: in a closed
 * loop nothing is asked while the server stalls.
 */
export type ToSaturator = { type: 'saturate'; url: string; connections: number; durationMs: number }

export type FromSaturator = ({ type: 'saturated' } & Saturation) | Failed

export interface Saturation {
  /** Answers that came within the time, and the time itself. */
  answers: number
  elapsedMs: number
  /** Heads and bodies of the answers; autocannon does not count what it sends. */
  bytesDown: number
  /** Connections that failed, time-outs among them. */
  errors: number
  /** Answers with a status other than 2xx. */
  non2xx: number
}

/** autocannon stops at the end of such an interval. */
const SAMPLE_MS = 50

obeyParent<ToSaturator, FromSaturator>(async (message) => ({
  type: 'saturated',
  ...(await saturate(message)),
}))

async function saturate({ url, connections, durationMs }: ToSaturator): Promise<Saturation> {
  const result = await autocannon({ url, connections, duration: durationMs / 1e3, sampleInt: SAMPLE_MS })
  return {
    answers: result.requests.total,
    elapsedMs: result.finish.getTime() - result.start.getTime(),
    bytesDown: result.throughput.total,
    errors: result.errors,
    non2xx: result.non2xx,
  }
}
