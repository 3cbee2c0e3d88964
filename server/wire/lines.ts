import { ascii, type Dissector, find, SpanWriter } from './span.ts'

/** One JSON object a line: a line that holds an event is payload, its line feed framing; other lines are control. */
export const dissectLines: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  while (writer.at < bytes.length) {
    const start = writer.at
    const lineEnd = find(bytes, '\n', start)
    if (lineEnd < 0) break
    if (ascii(bytes, start, Math.min(lineEnd, start + 7)) === '{"seq":') {
      writer.to(lineEnd, 'payload', 'event')
      writer.to(lineEnd + 1, 'framing', 'line feed')
    } else writer.to(lineEnd + 1, 'control', 'line')
  }
  return writer.finish('unparsed', 'line cut short')
}
