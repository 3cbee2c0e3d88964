import { type Dissector, SpanWriter } from './span.ts'

const LF = 0x0a
const CR = 0x0d

/**
 * An event stream (HTML Living Standard, section 9.2.6): fields by lines, events by empty lines. The data of an event
 * without a type is payload, line breaks between its `data` fields included; the rest of such an event is framing.
 * Comments, typed events and blocks without data are control.
 */
export const dissectEventStream: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  let block: Line[] = []
  let at = 0
  while (at < bytes.length) {
    const line = readLine(bytes, at)
    if (!line) break
    at = line.next
    block.push(line)
    if (line.end > line.start) continue
    writeBlock(block, writer)
    block = []
  }
  return writer.finish('unparsed', 'event cut short')
}

interface Line {
  start: number
  /** Offset of the line's end, and of what follows it. */
  end: number
  next: number
  /** Empty for a comment. */
  field: string
  /** Offset of the value. */
  value: number
}

/** A line with its end: CR LF, LF or CR; undefined where it is cut short. */
function readLine(bytes: Uint8Array, start: number): Line | undefined {
  let end = start
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++
  if (end === bytes.length) return undefined
  const next = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1')
  const colon = text.indexOf(':')
  const field = colon < 0 ? text : text.slice(0, colon)
  const value = colon < 0 ? end : start + colon + (text[colon + 1] === ' ' ? 2 : 1)
  return { start, end, next, field, value }
}

function writeBlock(block: readonly Line[], writer: SpanWriter): void {
  const data = block.filter(({ field, end, start }) => field === 'data' && end > start)
  const isEvent = data.length > 0 && !block.some(({ field }) => field === 'event')
  for (const line of block) {
    const { end, next, field, value } = line
    if (field === '' && end > line.start) writer.to(next, 'control', 'comment')
    else if (!isEvent) writer.to(next, 'control', field ? `field ${field}` : 'end of block')
    else if (field === 'data' && end > line.start) {
      writer.to(value, 'framing', 'field data')
      writer.to(end, 'payload', 'data')
      const last = line === data.at(-1)
      writer.to(next, last ? 'framing' : 'payload', last ? 'end of line' : 'line break of the data')
    } else writer.to(next, 'framing', field ? `field ${field}` : 'end of event')
  }
}
