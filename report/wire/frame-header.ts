import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { clauses, type Said, say } from '../words/say.ts'
import { hexText } from './octets.ts'
import type { WireSpan } from './spans.ts'

/** The bits of a WebSocket frame header, RFC 6455 section 5.2, with what they mean. */
export interface FrameHeader {
  bytes: Uint8Array
  fields: { name: string; bits: string; meaning: Said }[]
  /** What a masked frame says, where all of it was captured. */
  unmasked?: Uint8Array
}

const KINDS: Readonly<Record<number, Said>> = {
  0: say`goes on with the message before`,
  1: say`a text message`,
  2: say`a binary message`,
  8: say`closes the connection`,
  9: say`a ping`,
  10: say`a pong`,
}

/** The frame headers among the spans of one direction. */
export function frameHeadersOf(spans: readonly WireSpan[]): FrameHeader[] {
  return spans.flatMap(({ label, shown }, i) => {
    if (!label.startsWith('frame header') || shown.length < 2) return []
    const header = { bytes: shown, fields: fieldsOf(shown) }
    const key = spans[i + 1]
    const content = key?.label === 'masking key' && contentOf(spans.slice(i + 1))
    if (!content) return [header]
    return [{ ...header, unmasked: content.map((byte, at) => byte ^ (key.shown[at % 4] ?? 0)) }]
  })
}

/** What stands behind a masking key up to the next frame; undefined where there is nothing, or not all was captured. */
function contentOf([key, ...spans]: readonly WireSpan[]): Uint8Array | undefined {
  const end = spans.findIndex(
    ({ label, direction, connection }) =>
      label.startsWith('frame header') || direction !== key?.direction || connection !== key.connection,
  )
  const content = end < 0 ? spans : spans.slice(0, end)
  if (content.length === 0 || content.some(({ shown, bytes }) => shown.length < bytes)) return undefined
  return Uint8Array.from(content.flatMap(({ shown }) => [...shown]))
}

function fieldsOf(header: Uint8Array): FrameHeader['fields'] {
  const [first = '', second = '', ...extended] = [...header].map((byte) => byte.toString(2).padStart(8, '0'))
  const rsv = first.slice(1, 4)
  const opcode = first.slice(4)
  const short = second.slice(1)
  const [fin, mask] = [first.slice(0, 1), second.slice(0, 1)]
  const last = fin === '1' ? say`the last frame of its message` : say`more frames of its message follow`
  const masked =
    mask === '1' ? say`masked, as everything that a client sends` : say`not masked: it comes from the server`
  const fields = [
    { name: 'FIN', bits: fin, meaning: last },
    { name: 'RSV1–3', bits: rsv, meaning: extensionText(rsv) },
    { name: 'opcode', bits: opcode, meaning: KINDS[Number.parseInt(opcode, 2)] ?? say`reserved` },
    { name: 'MASK', bits: mask, meaning: masked },
    { name: 'payload length', bits: short, meaning: lengthText(Number.parseInt(short, 2)) },
  ]
  if (extended.length === 0) return fields
  const bytes = format.count(Number(`0b${extended.join('')}`))
  const length = { name: 'extended payload length', bits: extended.join(' '), meaning: say`${bytes} bytes` }
  return [...fields, length]
}

function extensionText(rsv: string): Said {
  if (rsv === '000') return say`no extension is at work`
  return rsv === '100' ? say`compressed by permessage-deflate` : say`an extension is at work`
}

function lengthText(short: number): Said {
  if (short === 126) return say`the next 16 bits say it`
  return short === 127 ? say`the next 64 bits say it` : say`${short} bytes`
}

/** One frame header as a table, a field a row. */
export function frameHeaderTable({ bytes, fields }: FrameHeader): Html {
  return html`<table class="bits"><caption>${say`The bits of the frame header ${hexText(bytes)}`}</caption>
<thead><tr><th scope="col">bits</th><th scope="col">field</th><th scope="col">here</th></tr></thead>
<tbody>${fields.map(({ name, bits, meaning }) => html`<tr><td><code>${bits}</code></td><th scope="row">${name}</th><td>${meaning}</td></tr>`)}</tbody></table>
`
}

/** Frame headers in short, a line each: `81 86 = 1 000 0001 | 1 0000110`. */
export function frameHeaderList(headers: readonly FrameHeader[]): Html | undefined {
  if (headers.length === 0) return undefined
  return html`<ul class="frames">${headers.map(frameHeaderItem)}</ul>
`
}

function frameHeaderItem({ bytes, fields, unmasked }: FrameHeader): Html {
  const [fin = '', rsv = '', opcode = '', mask = '', ...length] = fields.map(({ bits }) => bits)
  const bits = `${hexText(bytes)} = ${fin} ${rsv} ${opcode} | ${[mask, ...length].join(' ')}`
  const meanings = [fields[2], fields.at(-1)].map((field) => field?.meaning ?? '')
  const content = unmasked && html`; <span>unmasked</span> <code translate="no">${printable(unmasked)}</code>`
  return html`<li><code>${bits}</code> ${clauses(meanings)}${content}</li>`
}

/** Bytes as ASCII, a character each; what cannot be printed as a middle dot. */
export function printable(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\u00b7'))
    .join('')
}
