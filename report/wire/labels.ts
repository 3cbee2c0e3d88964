import { type Said, said, say } from '../words/say.ts'

/** A label as text: of those with a name in them, that stays as it is in every language. */
export function labelText(label: string): Said {
  const name = (prefix: string) => (label.startsWith(prefix) ? label.slice(prefix.length) : undefined)
  const [headerField, field, call, alert] = ['header field ', 'field ', 'call of ', 'alert '].map(name)
  if (headerField) return say`header field ${headerField}`
  if (field) return say`field ${field}`
  // Of JSONP's callback there is but one, and it has no name of its own.
  if (call && call !== 'the callback') return say`call of ${call}`
  if (alert) return say`alert ${alert}`
  return said(label)
}
