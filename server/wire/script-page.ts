import { ascii, type Dissector, find, SpanWriter } from './span.ts'

const SCRIPT = /^(<script>parent\.(\w+)\()(.*)(\)<\/script>\n)$/s

/**
 * The page of iframe streaming, one line an element: the argument of `parent.push(...)` is payload and its script
 * element framing; other calls, comments and the page's head are control.
 */
export const dissectScriptPage: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  while (writer.at < bytes.length) {
    const lineEnd = find(bytes, '\n', writer.at)
    if (lineEnd < 0) break
    const start = writer.at
    const [, open, call, argument] = SCRIPT.exec(ascii(bytes, start, lineEnd + 1)) ?? []
    if (open !== undefined && argument !== undefined && call === 'push') {
      writer.to(start + open.length, 'framing', 'script element')
      writer.to(start + open.length + argument.length, 'payload', 'argument')
      writer.to(lineEnd + 1, 'framing', 'end of script element')
    } else writer.to(lineEnd + 1, 'control', call ? `call of ${call}` : 'markup')
  }
  return writer.finish('unparsed', 'element cut short')
}
