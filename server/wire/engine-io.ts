import { ascii, type Dissector, find, SpanWriter, shift } from './span.ts'

/** An Engine.IO message (4) that is a Socket.IO packet of type EVENT (2): `42["event",P]`, up to its payload. */
const EVENT = /^42\["(?:event|publish)",(?=[{"])/

/** One Engine.IO packet, https://socket.io/docs/v4/engine-io-protocol/: what a WebSocket message holds. */
export const dissectPacket: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  const [head] = EVENT.exec(ascii(bytes, 0, 24)) ?? []
  if (!head || bytes.length < head.length + 2) return writer.finish('control', 'packet that is no event')
  writer.to(head.length, 'framing', 'packet types and name of the event')
  writer.to(bytes.length - 1, 'payload', 'event')
  return writer.finish('framing', 'end of the packet')
}

const SEPARATOR = '\x1e'

/** The body of a poll or of its POST: packets with a record separator between them. */
export const dissectPayload: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  while (writer.at < bytes.length) {
    const start = writer.at
    const found = find(bytes, SEPARATOR, start)
    const end = found < 0 ? bytes.length : found
    writer.add(shift(dissectPacket(bytes.subarray(start, end)), start))
    writer.to(Math.min(end + 1, bytes.length), 'framing', 'record separator')
  }
  return writer.spans
}
