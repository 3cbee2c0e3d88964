export interface Delimited {
  /** The byte that ends a message; default LF. */
  delimiter?: number
  /**
   * A message that is longer is given up: `onTooLong` is called once, and nothing more is read; default: no bound.
   */
  maxBytes?: number
  onTooLong?(): void
}

/**
 * Cuts a stream of bytes at a delimiter and hands each message on as text, without it. A chunk that is one whole
 * message, as almost every chunk is, is decoded in one go. An ASCII delimiter is never part of a longer UTF-8
 * sequence, so cutting before decoding is safe.
 */
export function delimitedReader(
  onMessage: (text: string) => void,
  { delimiter = 0x0a, maxBytes = Number.POSITIVE_INFINITY, onTooLong }: Delimited = {},
): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  let givenUp = false
  return (chunk) => {
    if (givenUp) return
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (let end = bytes.indexOf(delimiter); end >= 0; end = bytes.indexOf(delimiter, start)) {
      if (end - start > maxBytes) break
      onMessage(bytes.toString('utf8', start, end))
      start = end + 1
    }
    rest = start < bytes.length ? bytes.subarray(start) : undefined
    if (rest && rest.length > maxBytes) {
      givenUp = true
      rest = undefined
      onTooLong?.()
    }
  }
}
