import { Transform } from 'node:stream'
import { startHttpProxy } from './http-proxy.ts'
import type { Network } from './network.ts'

export interface BufferingOptions {
  /** How much of a body is collected before it is passed on; default 8,192 bytes, one of nginx's buffers. */
  bufferBytes?: number
  /** Whether the answer's header `X-Accel-Buffering: no` makes it stream; default true. */
  honoursNoBuffering?: boolean
}

/**
 * A proxy of HTTP/1.1 as nginx is with `proxy_buffering on`: of an answer's body it passes on whole buffers, as soon as
 * they are full, and what is left once the answer has ended. The head waits for the first of the body, as nginx's does
 * (`postpone_output`). A server can ask for another treatment by `X-Accel-Buffering: no`, which
 * `proxy_ignore_headers` makes nginx ignore. Connections that are upgraded (101) stream. What a body holds that is cut
 * in the middle is lost with it.
 */
export function startBufferingProxy(
  target: string,
  { bufferBytes = 8_192, honoursNoBuffering = true }: BufferingOptions = {},
): Promise<Network> {
  return startHttpProxy(target, {
    through: ({ headers }) => {
      const streams = honoursNoBuffering && String(headers['x-accel-buffering']).toLowerCase() === 'no'
      return streams ? undefined : wholeBuffers(bufferBytes)
    },
  })
}

/** Passes on so many bytes at a time, and the rest at the end. */
function wholeBuffers(bufferBytes: number): Transform {
  let parts: Buffer[] = []
  let heldBytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      parts.push(chunk)
      heldBytes += chunk.length
      if (heldBytes >= bufferBytes) {
        const bytes = Buffer.concat(parts)
        const whole = heldBytes - (heldBytes % bufferBytes)
        this.push(bytes.subarray(0, whole))
        parts = [bytes.subarray(whole)]
        heldBytes -= whole
      }
      done()
    },
    flush(done) {
      done(null, Buffer.concat(parts))
    },
  })
}
