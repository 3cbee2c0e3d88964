import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { Arrivals } from '../measure/arrivals.ts'
import type { OnBytes } from '../readers/reader.ts'

/** A body on its way through a content coding. */
export interface Decoding {
  onBytes: OnBytes
  /** The coded body is whole: `onEnd` follows once all of it is decoded. */
  end(onEnd: () => void): void
}

/**
 * Takes a content coding off a body. It decodes in a thread of its own: what comes out counts as arrived when the bytes did that it
 * came from.
 * @param onError of the coding, or of what takes the decoded bytes; nothing follows.
 */
export function decoding(
  coding: 'gzip' | 'br',
  onBytes: OnBytes,
  arrivals: Arrivals,
  onError: (error: Error) => void,
): Decoding {
  const decoder = coding === 'gzip' ? createGunzip() : createBrotliDecompress()
  decoder.on('error', onError)
  let marks: ReturnType<Arrivals['mark']>[] = []
  decoder.on('data', (chunk: Buffer) => {
    if (marks[0]) arrivals.use(marks[0])
    try {
      onBytes(chunk, 0, chunk.length)
    } catch (error) {
      decoder.destroy(error as Error)
    }
  })
  return {
    onBytes: (bytes, start, end) => {
      marks.push(arrivals.mark())
      decoder.write(Uint8Array.prototype.slice.call(bytes, start, end), () => {
        marks = marks.slice(1)
      })
    },
    end: (onEnd) => {
      decoder.on('end', onEnd).end()
    },
  }
}
