import { isEvent } from './message.ts'
import { type Dissector, find, SpanWriter } from './span.ts'

/** Between two parts; it cannot occur within one, which holds JSON on one line. */
export const BOUNDARY = 'pushlab'
const DELIMITER = `\r\n--${BOUNDARY}`

/**
 * A multipart body (RFC 2046 section 5.1): the content of a part that holds an event is payload, its header and the
 * delimiter after it framing; other parts are control.
 */
export const dissectMultipart: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  const opening = `--${BOUNDARY}\r\n`
  if (find(bytes, opening, 0) !== 0) return writer.finish('unparsed', 'not multipart, or cut short')
  writer.to(opening.length, 'control', 'first delimiter')
  while (writer.at < bytes.length) {
    const headEnd = find(bytes, '\r\n\r\n', writer.at)
    const end = headEnd < 0 ? -1 : find(bytes, DELIMITER, headEnd + 4)
    const next = end < 0 ? -1 : find(bytes, '\r\n', end + DELIMITER.length)
    if (next < 0) break
    const content = headEnd + 4
    const event = isEvent(bytes.subarray(content, end))
    const around = event ? 'framing' : 'control'
    writer.to(content, around, 'header section of a part')
    writer.to(end, event ? 'payload' : 'control', event ? 'event' : 'message that is no event')
    writer.to(next + 2, around, 'delimiter')
  }
  return writer.finish('unparsed', 'part cut short')
}
