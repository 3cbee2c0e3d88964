import type { ResultRecord } from '../../../results/record.ts'
import { figures } from '../../analysis/figures.ts'
import { format } from '../../format.ts'
import { list, say } from '../../words/say.ts'
import type { Cell, Claim, Evidence } from '../claim.ts'
import { cellsOf, fromRecords, incomplete, notValid } from '../evidence.ts'
import { type Answer, allOf, everyTrial, positionOf } from '../trials.ts'

/** A message of up to so many bytes of payload is small. */
const SMALL_BYTES = 100
const POLLS = ['short-poll', 'long-poll']
const STREAMS = ['sse', 'websocket']
const BY_HTTP = { 'HTTP/1.1': ['cookies', 'header-weight'], 'HTTP/2': ['header-weight-http2'] } as const
/** What decides: the scenarios with their polls. */
const DECISIVE = [
  { scenario: 'cookies', techniques: POLLS },
  { scenario: 'header-weight', techniques: ['long-poll'] },
  { scenario: 'header-weight-http2', techniques: ['long-poll'] },
]

/** Of all bytes of the TCP stream, both directions. */
const payloadShare = (record: ResultRecord) =>
  figures.payloadBytesPerEvent(record) / figures.bytesPerEvent(record)

function cellsIn(evidence: Evidence, names: readonly string[], techniques: readonly string[]): Cell[] {
  return names.flatMap((name) =>
    techniques.flatMap((technique) => cellsOf(evidence.scenario(name), technique)),
  )
}

const isSmall = ({ point }: Cell) => point.feed.payloadBytes <= SMALL_BYTES
const nameOf = (cell: Cell) => cell.records[0]?.scenario.name ?? ''

export const headerWeight: Claim = {
  id: 'header-weight',
  from: 'notes',
  claim: 'The headers that HTTP repeats dominate small messages.',
  source: 'Lecture notes on push techniques',
  prediction:
    'A browser’s headers are some 700 bytes with each poll, and cookies on top: 100 bytes of payload are ' +
    'an eighth of it at most. HTTP/2 sends again only what is new, but each poll has frames and records ' +
    'of TLS with headers of their own. From some kilobytes of payload on all that is little.',
  scenarios: ['cookies', 'header-weight', 'header-weight-http2'],
  techniques: ['short-poll', 'long-poll', 'sse', 'websocket'],
  metric:
    'Share of the payload in all bytes of the TCP stream, both directions, of polls with a browser’s ' +
    'headers: cookies of 0 to 4 kB, payloads of 16 bytes to 16 kB, HTTP/1.1 and HTTP/2.',
  rule:
    'Small is a payload of at most 100 bytes. Dominated means that the share is below 1/2 in every ' +
    'trial, not dominated that it is in none. Held where short and long polls of small messages are ' +
    'dominated at every point, over HTTP/1.1 and HTTP/2; did not hold where they are at none; depends on ' +
    'what is named where they are at some and not at others. Inconclusive where the trials of a point ' +
    'differ, where the gate voids a count, or where a point is missing. Large messages, and streams, ' +
    'whose headers come once, are shown beside them.',
  judge(evidence) {
    const missing = incomplete(evidence, DECISIVE)
    if (missing) return missing
    const versions = Object.entries(BY_HTTP).map(([http, names]) => ({
      http,
      polls: cellsIn(evidence, names, POLLS),
      streams: cellsIn(evidence, names, STREAMS),
    }))
    const number = (http: string, cell: Cell) =>
      fromRecords(cell, payloadShare, {
        what: say`Share of payload, ${cell.title} over ${cell.technique === 'websocket' ? 'WebSocket' : http} in ${nameOf(cell)}${positionOf(cell)}`,
        unit: 'share',
        kind: 'counted',
      })
    const small = versions.flatMap(({ http, polls }) =>
      polls.filter(isSmall).map((cell) => ({ http, cell, number: number(http, cell) })),
    )
    const beside = versions.flatMap(({ http, polls, streams }) =>
      [...polls.filter((cell) => !isSmall(cell)), ...streams].map((cell) => number(http, cell)),
    )
    const numbers = [...small.map((one) => one.number), ...beside]
    const invalid = notValid(small.map((one) => one.number))
    if (invalid) return invalid
    const dominated = small.map(
      ({ cell }): Answer => everyTrial(cell, (record) => payloadShare(record) < 1 / 2),
    )
    const told = versions.map(({ http }) => {
      const shares = small.filter((one) => one.http === http).map((one) => one.number.value)
      return say`${format.percent(Math.min(...shares))} to ${format.percent(Math.max(...shares))} over ${http}`
    })
    const found = say`Of polls of up to ${SMALL_BYTES} bytes the payload is ${list(told)}`
    if (dominated.includes('unclear'))
      return { verdict: 'inconclusive', because: say`${found}; trials differ.`, numbers }
    if (allOf(dominated) === 'yes') return { verdict: 'held', because: say`${found}.`, numbers }
    if (!dominated.includes('yes')) return { verdict: 'did not hold', because: say`${found}.`, numbers }
    const free = small.filter((_, i) => dominated[i] === 'no')
    const where = free.map(({ http, cell }) => say`${cell.title} over ${http}${positionOf(cell)}`)
    return { verdict: 'depends', because: say`${found}: half or more with ${list(where)}.`, numbers }
  },
}
