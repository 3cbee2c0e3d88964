import type { ServerResponse } from 'node:http'
import type { EndReason, Sink } from './audience.ts'

/** What a technique that streams over one HTTP response says besides its events. */
export interface ResponseStream {
  /** Written every `heartbeatMs`. */
  heartbeat: string
  /** Written last. */
  ending?: (reason: EndReason) => string
}

/** One endless HTTP response as a sink: each write is one chunk of the chunked transfer coding. */
export function responseSink(response: ServerResponse, { heartbeat, ending }: ResponseStream): Sink {
  return {
    write: (bytes, flushed) => void response.write(bytes, flushed),
    bufferedBytes: () => response.writableLength,
    heartbeat: () => void response.write(heartbeat),
    end: (reason) => void response.end(ending?.(reason) ?? ''),
    destroy: () => void response.destroy(),
  }
}
