const LF = 0x0a

/**
 * Cuts a stream of bytes into lines and hands each on as text, without its line feed. A chunk that is one whole line,
 * as almost every chunk is, is decoded in one go. A line feed is never part of a longer UTF-8 sequence, so cutting
 * before decoding is safe.
 */
export function lineReader(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  return (chunk) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      onLine(bytes.toString('utf8', start, end))
      start = end + 1
    }
    rest = start < bytes.length ? bytes.subarray(start) : undefined
  }
}
