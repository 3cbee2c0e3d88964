import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndReason, Sink } from './audience.ts'
import { codingFor, streamCoder } from './content-coding.ts'
import type { ServerSettings } from './settings.ts'

/** What a technique that streams over one HTTP response says besides its events. */
export interface ResponseStream {
  contentType: string
  /** Written every `heartbeatMs`. */
  heartbeat: string
  /** Written last. */
  ending?: (reason: EndReason) => string
}

/**
 * Answers a request with an endless response and gives it as a sink: each write is one chunk of the chunked transfer
 * coding, or one DATA frame of HTTP/2.
 */
export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: ServerSettings,
  { contentType, heartbeat, ending }: ResponseStream,
): Sink {
  const coding = codingFor(request, settings)
  const response = reply.hijack().raw
  response.writeHead(200, {
    'content-type': contentType,
    'cache-control': 'no-store',
    // Otherwise nginx collects what comes before it passes it on.
    'x-accel-buffering': 'no',
    ...(coding && { 'content-encoding': coding, vary: 'accept-encoding' }),
  })
  const destroy = () => void response.destroy()
  if (!coding) {
    return {
      write: (bytes, _binary, flushed) => void response.write(bytes, flushed),
      bufferedBytes: () => response.writableLength,
      heartbeat: () => void response.write(heartbeat),
      end: (reason) => void response.end(ending?.(reason) ?? ''),
      destroy,
    }
  }
  const encoder = streamCoder(coding)
  encoder.pipe(response)
  response.on('close', () => encoder.destroy())
  const write = (bytes: string | Uint8Array, flushed?: () => void) => {
    encoder.write(bytes, flushed)
    // Without it the coding would keep events back until it has a block's worth of them.
    encoder.flush()
  }
  return {
    write: (bytes, _binary, flushed) => write(bytes, flushed),
    bufferedBytes: () => encoder.writableLength + encoder.readableLength + response.writableLength,
    heartbeat: () => write(heartbeat),
    end: (reason) => void encoder.end(ending?.(reason) ?? ''),
    destroy,
  }
}
