import { format } from '../format.ts'
import { Html, html } from '../html.ts'
import { say } from '../words/say.ts'
import { classMarks } from './classes.ts'
import type { WireSpan } from './spans.ts'

/** Of a span at most so much is shown. */
const MOST_BYTES = 512

const CR = 0x0d
const LF = 0x0a

/**
 * Bytes as a reader can read them: printable ASCII as it is, CR and LF as their symbols, with a line break after LF,
 * and all others as two hexadecimal digits in an element `b` of their own.
 */
export function octets(spans: readonly WireSpan[], numbered = false): Html {
  return html`<pre class="${numbered ? 'octets n' : 'octets'}" lang="zxx" translate="no">${spans.map(spanMarkup)}</pre>`
}

function spanMarkup({ class: byteClass, shown, bytes, binary }: WireSpan): Html {
  const some = shown.subarray(0, MOST_BYTES)
  const left = bytes - some.length
  const more = left > 0 && html`<small>${say`and ${format.count(left)} bytes more`}</small>`
  return html`<i class=${classMarks[byteClass].code}>${binary ? hex(some) : asText(some)}</i>${more}`
}

function asText(bytes: Uint8Array): Html[] {
  return runsOf(bytes).map((run) => (run.isText ? new Html(escaped(visibleText(run.bytes))) : hex(run.bytes)))
}

/** Bytes of which all are shown as text, or none. */
export interface Run {
  isText: boolean
  bytes: Uint8Array
}

/** Runs of printable bytes, and runs of others, in their order. Without bytes there are none. */
export function runsOf(bytes: Uint8Array): Run[] {
  const found: Run[] = []
  let start = 0
  for (let end = 1; end <= bytes.length; end++) {
    if (end < bytes.length && isText(bytes[end]) === isText(bytes[start])) continue
    found.push({ isText: isText(bytes[start]), bytes: bytes.subarray(start, end) })
    start = end
  }
  return found
}

function isText(byte = 0): boolean {
  return byte === CR || byte === LF || (byte >= 0x20 && byte < 0x7f)
}

/** A run of text with CR and LF as their symbols, and a line break after LF. */
export function visibleText(bytes: Uint8Array): string {
  return [...bytes].map(visible).join('')
}

function visible(byte: number): string {
  if (byte === CR) return '\u240d'
  return byte === LF ? '\u240a\n' : String.fromCharCode(byte)
}

/** Quotation marks stay as they are, for this is never an attribute: JSON is full of them. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function hex(bytes: Uint8Array): Html {
  return html`<b>${hexText(bytes)}</b>`
}

/** `81 64` */
export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
