import type { Observation } from '../../results/observation.ts'
import { wireBytesRows } from '../../results/rows/wire-bytes.ts'
import { type ByteClass, byteClasses } from '../../server/wire/span.ts'
import { titleOf } from '../analysis/cells.ts'
import { readRows } from '../claims/read-rows.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { missing } from '../sections/section.ts'
import { type Said, say, type Text, together } from '../words/say.ts'
import { classMarks } from './classes.ts'
import { explain, type Specification } from './explain.ts'
import { frameHeaderList, frameHeadersOf, frameHeaderTable } from './frame-header.ts'
import { labelText } from './labels.ts'
import { octets } from './octets.ts'
import { spansOf, type WireSpan } from './spans.ts'

/** Where the lines of HTTP header sections are explained, once for all set-ups. */
const HEADER_LINES = 'bytes-header-lines'

/** The real bytes of one event for each technique, every one marked with what it is there for: the rows of wire-bytes. */
export function bytesOf(observation: Observation | undefined): Html {
  if (!observation || observation.unavailable !== null || observation.rows.length === 0) {
    return html`${missing('This run has captured no bytes.', '--experiment wire-bytes')}
`
  }
  const read = readRows(observation, wireBytesRows)
  if ('why' in read)
    return html`<div class="wire-bytes"><p class="note">${read.why}</p></div>
`
  const spans = spansOf(read.rows)
  const ofTechniques = Map.groupBy(spans, ({ technique }) => technique)
  return html`<div class="wire-bytes"><p>Open a technique to read every byte that one event took, as captured on a socket of this machine.</p>
${legend()}
${[...ofTechniques].map(([technique, its]) => techniqueDetails(technique, its))}${headerLines(spans)}</div>
`
}

function legend(): Html {
  return html`<ul class="legend">${byteClasses.map((name) => {
    const { mark, text } = classMarks[name]
    return html`<li>${classText(name)} <small>${mark}</small> <span>${text}</span></li>
`
  })}<li><span class="octets" translate="no">␍␊ <b>00</b></span> <small>not printable</small> <span>Carriage return, line feed, and in a box other bytes in hexadecimal.</span></li></ul>`
}

function classText(byteClass: ByteClass): Html {
  const { code, name } = classMarks[byteClass]
  return html`<i class=${code}>${name}</i>`
}

function techniqueDetails(technique: string, spans: readonly WireSpan[]): Html {
  const of = (phase: WireSpan['phase']) => spans.filter((span) => span.phase === phase)
  const [setup, event, after] = [of('setup'), of('event'), of('after')]
  const why = whyOnce()
  return html`<details class="bytes" id="bytes-${technique}"><summary><strong>${titleOf(technique)}</strong> <span>${say`one event: ${sumText(event)}`}</span></summary>
${exchange(event, true)}${frameHeadersOf(event).map(frameHeaderTable)}
${spanTable(event, why)}${later(say`What it took to begin: ${sumText(setup)}`, setup, why)}${later(say`What came after: ${sumText(after)}`, after, why)}<p class="note"><span>To see it again:</span> <code translate="no">npx pushlab wire ${technique}</code></p></details>
`
}

/** A phase besides the event's own, folded. */
function later(title: Said, spans: readonly WireSpan[], why: Why): Html | undefined {
  if (spans.length === 0) return undefined
  return html`<details><summary>${title}</summary>
${exchange(spans, false)}${frameHeaderList(frameHeadersOf(spans))}${sumTable(spans, why)}</details>
`
}

/** `102 B = 100 payload + 2 framing` */
function sumText(spans: readonly WireSpan[]): Said {
  const amounts = byteClasses.flatMap((name) => {
    const bytes = sumOf(spans.filter((span) => span.class === name))
    return bytes > 0 ? [classMarks[name].amount(format.count(bytes))] : []
  })
  const total = format.count(sumOf(spans))
  if (amounts.length === 0) return say`${total} B`
  return say`${total} B = ${together(...amounts.flatMap((amount, i): Text[] => (i > 0 ? [' + ', amount] : [amount])))}`
}

function sumOf(spans: readonly WireSpan[]): number {
  return spans.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** What was said, and answered, in turns. */
function exchange(spans: readonly WireSpan[], numbered: boolean): Html {
  const hasOthers = spans.some(({ connection }) => connection !== spans[0]?.connection)
  return html`<div class="exchange">${turnsOf(spans).map((turn) => {
    const [{ direction, connection }] = turn
    const bytes = format.count(sumOf(turn))
    const about = hasOthers ? say`connection ${connection}, ${bytes} B` : say`${bytes} B`
    return html`<h4>${direction === 'up' ? 'client → server' : 'server → client'} <small>${about}</small></h4>
${octets(turn, numbered)}
`
  })}</div>`
}

type Turn = [WireSpan, ...WireSpan[]]

/** Spans until the direction changes, or the connection. */
function turnsOf(spans: readonly WireSpan[]): Turn[] {
  const turns: Turn[] = []
  for (const span of spans) {
    const turn = turns.at(-1)
    if (turn && turn[0].direction === span.direction && turn[0].connection === span.connection)
      turn.push(span)
    else turns.push([span])
  }
  return turns
}

interface Line {
  /** The number of the span, or how many such there are. */
  number: Text
  bytes: number
  class: ByteClass
  what: Text
  why: Html | string | undefined
  specification?: Specification | undefined
}

/** Every span of an event, with the number that it has among the bytes. */
function spanTable(spans: readonly WireSpan[], why: Why): Html {
  const lines = spans.map((span, i) => ({ number: i + 1, bytes: span.bytes, ...explained(span, why) }))
  return table('#', lines)
}

/** The spans of a longer exchange by their label; the lines of header sections in one. */
function sumTable(spans: readonly WireSpan[], why: Why): Html {
  const groups = Map.groupBy(spans, ({ class: byteClass, label, direction }) =>
    byteClass === 'header' && isHttp1(label) ? `head ${direction}` : `${byteClass} ${label}`,
  )
  return table(
    'times',
    [...groups.values()].map((group): Line => {
      const [first] = group as Turn
      const bytes = sumOf(group)
      if (first.class !== 'header' || !isHttp1(first.label)) {
        return { number: say`${group.length} ×`, bytes, ...explained(first, why) }
      }
      const heads = group.filter(({ label }) => label.endsWith(' line'))
      return {
        number: say`${heads.length} ×`,
        bytes,
        class: 'header',
        what: first.direction === 'up' ? 'head of a request' : 'head of an answer',
        why: html`<a href="#${HEADER_LINES}">Its lines are explained below for all techniques together.</a>`,
      }
    }),
  )
}

/** Whether it is a line of an HTTP/1.1 message; those of HTTP/2 are compressed. */
function isHttp1(label: string): boolean {
  return label.endsWith(' line') || label.startsWith('header field ') || label === 'end of header section'
}

function explained(span: WireSpan, why: Why): Omit<Line, 'number' | 'bytes'> {
  const { text, specification } = why(span) ?? {}
  return { class: span.class, what: labelText(span.label), why: text, specification }
}

type Why = (span: WireSpan) => { text: string; specification?: Specification } | undefined

/** The explanation of each label, the first time that it is asked for. */
function whyOnce(): Why {
  const known = new Set<string>()
  return ({ label, technique }) => {
    if (known.has(label)) return { text: 'as above' }
    known.add(label)
    return explain(label, technique)
  }
}

function table(count: string, lines: readonly Line[]): Html {
  return html`<table class="spans"><thead><tr><th scope="col">${count}</th><th scope="col">bytes</th><th scope="col">class</th><th scope="col">what it is</th><th scope="col">why it is there</th><th scope="col">specification</th></tr></thead>
<tbody>${lines.map(tableRow)}</tbody></table>
`
}

function tableRow({ number, bytes, class: byteClass, what, why, specification }: Line): Html {
  return html`<tr><td>${number}<td>${format.count(bytes)}<td>${classText(byteClass)}<th>${what}<td>${why}<td>${link(specification)}
`
}

function link(specification: Specification | undefined): Html | undefined {
  return specification && html`<a href="${specification.url}">${specification.title}</a>`
}

/** What the lines of header sections are there for, of all set-ups together, for they hardly differ. */
function headerLines(spans: readonly WireSpan[]): Html | undefined {
  const lines = spans.filter(
    (span) => span.phase !== 'event' && span.class === 'header' && isHttp1(span.label),
  )
  const labels = new Set(lines.map(({ label }) => label))
  if (labels.size === 0) return undefined
  return html`<details class="bytes" id="${HEADER_LINES}"><summary><strong>What each line of an HTTP header section is there for</strong></summary>
<table class="lines"><thead><tr><th scope="col">what it is</th><th scope="col">why it is there</th><th scope="col">specification</th></tr></thead>
<tbody>${[...labels].map((label) => {
    const { text, specification } = explain(label, '') ?? {}
    return html`<tr><th>${labelText(label)}<td>${text}<td>${link(specification)}
`
  })}</tbody></table></details>
`
}
