import type { ResultRecord } from '../../../results/record.ts'
import { figures } from '../../analysis/figures.ts'
import { badgeFor, worst } from '../../analysis/gate.ts'
import { pairedRatio } from '../../statistics/ratio.ts'
import { list, said, say, sentences, type Text } from '../../words/say.ts'
import type { Cell, Claim, Evidence, EvidenceNumber } from '../claim.ts'
import { cellAt, fromRecords, incomplete, inconclusive, notTested, notValid } from '../evidence.ts'
import { ratioEvidence } from '../paired.ts'

/** 871 bytes of headers against 2 of framing. */
const CLAIMED_RATIO = 435
const TOLERANCE = 0.1

/** Header bytes, both directions, of one poll of the tapped subscriber, which brings one event. */
export const headerBytesPerPoll = ({ ledger: { window, windowEvents } }: ResultRecord) =>
  (window.up.header + window.down.header) / windowEvents
/** Framing bytes, both directions, of one event of the tapped subscriber. */
export const framingBytesPerEvent = ({ ledger: { window, windowEvents } }: ResultRecord) =>
  (window.up.framing + window.down.framing) / windowEvents

/** Polls with heavy headers, and WebSocket beside them; undefined where the run has not both. */
export function replay(evidence: Evidence): { poll: Cell; websocket: Cell } | undefined {
  const measured = evidence.scenario('header-871')
  const [poll, websocket] = ['short-poll', 'websocket'].map((name) => cellAt(measured, name))
  return poll && websocket ? { poll, websocket } : undefined
}

/** Polling over WebSocket on one layer, trial by trial of the same round. */
export function overWebSocket(
  { poll, websocket }: { poll: Cell; websocket: Cell },
  ofPoll: (record: ResultRecord) => number,
  ofWebSocket: (record: ResultRecord) => number,
  { what, expected }: { what: Text; expected: number },
): EvidenceNumber {
  const pairs = poll.records.flatMap((record): [number, number][] => {
    const other = websocket.records.find(({ trial }) => trial === record.trial)
    return other ? [[ofPoll(record), ofWebSocket(other)]] : []
  })
  const badge =
    pairs.length === 0 ? 'not valid' : worst([poll, websocket].map((cell) => badgeFor(cell, 'wire')))
  return ratioEvidence(pairedRatio(pairs), badge, { what, expected })
}

/** Polling over WebSocket with the headers of TCP/IP; not a number where the kernel counted no packets. */
export const wireRatio = (cells: { poll: Cell; websocket: Cell }) =>
  overWebSocket(cells, figures.wireBytesPerEvent, figures.wireBytesPerEvent, {
    what: said('Polling over WebSocket, all bytes with TCP/IP headers'),
    expected: CLAIMED_RATIO,
  })

/** Headers of polling over the framing of WebSocket: what the claim's arithmetic takes for bandwidth. */
export const headersOverFraming = (cells: { poll: Cell; websocket: Cell }) =>
  overWebSocket(cells, headerBytesPerPoll, framingBytesPerEvent, {
    what: said('Polling over WebSocket, headers against framing alone'),
    expected: CLAIMED_RATIO,
  })

export const httpHeader871: Claim = {
  id: 'http-header-871',
  from: 'literature',
  claim: 'Polling costs 435 times the bandwidth of WebSocket.',
  source: 'Lubbers and Greco, HTML5 WebSocket: A Quantum Leap in Scalability for the Web (Kaazing, 2010)',
  prediction:
    'Headers of 871 bytes against framing of 2 are 435 times. With the event of 20 bytes and the JSON ' +
    'around it a poll, request and answer, is some 915 bytes against 22, 42 times; with the headers of ' +
    'TCP/IP, three packets against two, 8.5 times.',
  scenarios: ['header-871'],
  techniques: ['short-poll', 'websocket'],
  metric:
    'Bytes of a poll with 871 bytes of headers that brings one event of 20 bytes, over those of the same ' +
    'event by WebSocket, by layer: headers against framing, all of the TCP stream, with TCP/IP headers ' +
    'as the kernel counts them.',
  rule:
    'What bandwidth means is what goes over the wire, TCP/IP headers included. The replay must be one: ' +
    'headers within 1 % of 871 bytes, and one poll an event within 5 %, else inconclusive. Held where ' +
    'the ratio with TCP/IP headers is within 10 % of 435 in every trial, did not hold where it is in ' +
    'none. Inconclusive where trials differ, or where the kernel could not count the packets of the run ' +
    'alone. So it is where the gate voids a count, or where one of the two is missing.',
  judge(evidence) {
    const missing = incomplete(evidence, [
      { scenario: 'header-871', techniques: ['short-poll', 'websocket'] },
    ])
    const cells = replay(evidence)
    if (missing || !cells) return missing ?? notTested(said('Nothing was replayed.'))
    const { poll } = cells
    const heads = fromRecords(poll, headerBytesPerPoll, {
      what: said('Headers of one poll, request and answer'),
      unit: 'bytes',
      kind: 'counted',
      expected: 871,
    })
    const stream = overWebSocket(cells, figures.bytesPerEvent, figures.bytesPerEvent, {
      what: said('Polling over WebSocket, all bytes of the TCP stream'),
      expected: CLAIMED_RATIO,
    })
    const wire = wireRatio(cells)
    const isCounted = Number.isFinite(wire.value)
    const framing = headersOverFraming(cells)
    const numbers = [heads, framing, stream, ...(isCounted ? [wire] : [])]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const layers = say`headers against framing ${framing.value.toFixed(0)} times, all of the TCP stream ${stream.value.toFixed(0)} times`
    if (!isCounted)
      return inconclusive(say`The kernel did not count the packets of this run alone; ${layers}.`, numbers)
    const found = say`With TCP/IP headers ${wire.value.toFixed(1)} times the bytes of WebSocket; ${layers}.`
    const isHeavy = Math.abs(heads.value / 871 - 1) <= 0.01
    const off = poll.records.map(figures.requestsPerEvent).find((polls) => Math.abs(polls - 1) > 0.05)
    if (!isHeavy || off !== undefined) {
      const faults = [
        ...(isHeavy ? [] : [say`a poll had ${heads.value.toFixed(0)} bytes of headers, not 871`]),
        ...(off === undefined ? [] : [say`an event took ${off.toFixed(2)} polls, not one`]),
      ]
      const because = sentences([say`The replay is none: ${list(faults)}.`, found])
      return { verdict: 'inconclusive', because, numbers }
    }
    const isNear = (ratio: number) => Math.abs(ratio / CLAIMED_RATIO - 1) <= TOLERANCE
    if (isNear(wire.low) && isNear(wire.high)) return { verdict: 'held', because: found, numbers }
    const isApart = wire.high < CLAIMED_RATIO * (1 - TOLERANCE) || wire.low > CLAIMED_RATIO * (1 + TOLERANCE)
    if (isApart) return { verdict: 'did not hold', because: found, numbers }
    const because = sentences([found, say`Trials differ on whether that is within 10 % of ${CLAIMED_RATIO}.`])
    return { verdict: 'inconclusive', because, numbers }
  },
}
