import { type Dissector, find, SpanWriter } from './span.ts'

/** A message that holds an event is all payload, one that says something else all control. */
export const dissectMessage: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  return isEvent(bytes)
    ? writer.finish('payload', 'event')
    : writer.finish('control', 'message that is no event')
}

const SEQ = Buffer.from('{"seq":')
const QUOTATION_MARK = 0x22

/**
 * Whether a message is an event: its JSON object, the string of a binary one's base64, or a binary one, whose number
 * begins with a zero. What else techniques say are objects that begin otherwise.
 */
export function isEvent(bytes: Uint8Array): boolean {
  const [first] = bytes
  return first === QUOTATION_MARK || first === 0 || SEQ.every((byte, i) => bytes[i] === byte)
}

/** A dissector of messages that each end with `delimiter`, a single character: that of an event is framing. */
export function delimitedMessages(delimiter: string, label: string): Dissector {
  return (bytes) => {
    const writer = new SpanWriter(bytes.length)
    while (writer.at < bytes.length) {
      const start = writer.at
      const end = find(bytes, delimiter, start)
      if (end < 0) break
      if (isEvent(bytes.subarray(start, end))) {
        writer.to(end, 'payload', 'event')
        writer.to(end + 1, 'framing', label)
      } else writer.to(end + 1, 'control', 'message that is no event')
    }
    return writer.finish('unparsed', 'message cut short')
  }
}
