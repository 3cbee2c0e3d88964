/**
 * THE list of techniques. A technique is one line here, one file `server/techniques/<name>.ts` and one file
 * `clients/techniques/<name>.ts`; everything else (routes, conformance suite, bench, report) follows from the line.
 */
export const registry: readonly TechniqueEntry[] = [
  entry('short-poll', 'Short polling', 'poll', 'https://www.rfc-editor.org/rfc/rfc9110'),
  entry('long-poll', 'Long polling', 'poll', 'https://www.rfc-editor.org/rfc/rfc6202'),
  entry('iframe-stream', 'iframe streaming', 'stream', 'https://www.rfc-editor.org/rfc/rfc6202#section-3'),
  entry(
    'sse',
    'Server-Sent Events',
    'stream',
    'https://html.spec.whatwg.org/multipage/server-sent-events.html',
  ),
  entry('websocket', 'WebSocket', 'stream', 'https://www.rfc-editor.org/rfc/rfc6455'),
  entry('bare-tcp', 'Bare TCP', 'floor', 'https://www.rfc-editor.org/rfc/rfc9293'),
]

export interface TechniqueEntry {
  /** Route, file name on both sides and value of `--technique`: lower case with hyphens. */
  name: string
  /** What people call it. */
  title: string
  /**
   * poll: a request asks for every batch of events. stream: one request or connection carries many events. floor: no
   * technique to choose but what the harness itself costs; measured beside the others and never ranked.
   */
  family: 'poll' | 'stream' | 'floor'
  /** The document that defines it. */
  specification: string
}

function entry(
  name: string,
  title: string,
  family: TechniqueEntry['family'],
  specification: string,
): TechniqueEntry {
  return { name, title, family, specification }
}
