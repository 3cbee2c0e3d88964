import { ascii, type Dissector, find, SpanWriter } from './span.ts'

const EVENTS = '"events":['

/** The JSON answer to a poll: each element of its `events` is payload, all else framing. */
export const dissectPollAnswer: Dissector = (bytes) => {
  const writer = new SpanWriter(bytes.length)
  if (!isJson(bytes)) return writer.finish('unparsed', 'not JSON, or cut short')
  const events = find(bytes, EVENTS, 0)
  if (events < 0) return writer.finish('framing', 'answer without events')
  writer.to(events + EVENTS.length, 'framing', 'answer up to its events')
  let depth = 0
  let inString = false
  for (let at = writer.at; at < bytes.length; at++) {
    const character = String.fromCharCode(bytes[at] as number)
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') {
        inString = false
        if (depth === 0) writer.to(at + 1, 'payload', 'event')
      }
    } else if (character === '"') {
      inString = true
      if (depth === 0) writer.to(at, 'framing', 'separator')
    } else if (character === '{' || character === '[') {
      if (depth === 0) writer.to(at, 'framing', 'separator')
      depth++
    } else if (character === '}' || character === ']') {
      depth--
      if (depth < 0) break
      if (depth === 0) writer.to(at + 1, 'payload', 'event')
    }
  }
  return writer.finish('framing', 'end of answer')
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(ascii(bytes))
    return true
  } catch {
    return false
  }
}
