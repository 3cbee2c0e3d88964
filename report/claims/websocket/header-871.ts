import type { ResultRecord } from '../../../results/record.ts'
import { estimate } from '../../analysis/estimate.ts'
import { figures } from '../../analysis/figures.ts'
import { badgeOf, checkCell } from '../../analysis/gate.ts'
import type { Cell, Claim, Evidence, EvidenceNumber } from '../claim.ts'
import { cellAt, fromRecords, notTested, notValid } from '../evidence.ts'

/** 871 bytes of headers against 2 of framing. */
const CLAIMED_RATIO = 435
const TOLERANCE = 0.1

/** Header bytes, both directions, of one poll of the tapped subscriber, which brings one event. */
export const headerBytesPerPoll = ({ ledger: { window, windowEvents } }: ResultRecord) =>
  (window.up.header + window.down.header) / windowEvents
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
  { what, expected }: { what: string; expected: number },
): EvidenceNumber {
  const ratios = poll.records.flatMap((record) => {
    const other = websocket.records.find(({ trial }) => trial === record.trial)
    return other ? [ofPoll(record) / ofWebSocket(other)] : []
  })
  const badges = [poll, websocket].map((cell) => badgeOf(checkCell(cell), 'counted'))
  return {
    what,
    ...estimate(ratios),
    unit: 'ratio',
    expected,
    badge: (['not valid', 'use with care'] as const).find((badge) => badges.includes(badge)) ?? 'valid',
  }
}

export const wireRatio = (cells: { poll: Cell; websocket: Cell }) =>
  overWebSocket(cells, figures.wireBytesPerEvent, figures.wireBytesPerEvent, {
    what: 'Polling over WebSocket, all bytes with TCP/IP headers',
    expected: CLAIMED_RATIO,
  })

export const headersOverFraming = (cells: { poll: Cell; websocket: Cell }) =>
  overWebSocket(cells, headerBytesPerPoll, framingBytesPerEvent, {
    what: 'Polling over WebSocket, headers against framing alone',
    expected: CLAIMED_RATIO,
  })

export const httpHeader871: Claim = {
  id: 'http-header-871',
  from: 'literature',
  claim: {
    en: 'Polling costs 435 times the bandwidth of WebSocket.',
    zh: '轮询消耗的带宽是 WebSocket 的 435 倍。',
  },
  source: 'Lubbers and Greco, HTML5 WebSocket: A Quantum Leap in Scalability for the Web (Kaazing, 2010)',
  prediction:
    'Headers of 871 bytes against framing of 2 are 435 times. With the event of 20 bytes and the JSON ' +
    'around it the answer is some 915 bytes against 22, 42 times; with the headers of TCP/IP, three ' +
    'packets against two, 8.5 times.',
  scenarios: ['header-871'],
  techniques: ['short-poll', 'websocket'],
  experiments: [],
  metric:
    'Bytes of a poll with 871 bytes of headers that brings one event of 20 bytes, over those of the same ' +
    'event by WebSocket, by layer: headers against framing, all of the TCP stream, with TCP/IP headers ' +
    'as the kernel counts them.',
  rule:
    'What bandwidth means is what goes over the wire, TCP/IP headers included. The replay must be one: ' +
    'headers within 1 % of 871 bytes, and one poll an event within 5 %, else inconclusive. Held where ' +
    'the ratio with TCP/IP headers is within 10 % of 435 in every trial, did not hold where it is in ' +
    'none. Inconclusive where trials differ, where the kernel could not count the packets of the run ' +
    'alone, or where the gate voids a count.',
  judge(evidence) {
    const cells = replay(evidence)
    if (!cells) return notTested('The replay was not measured with short polling and WebSocket.')
    const { poll } = cells
    const heads = fromRecords(poll, headerBytesPerPoll, {
      what: 'Headers of one poll, request and answer',
      unit: 'bytes',
      kind: 'counted',
      expected: 871,
    })
    const stream = overWebSocket(cells, figures.bytesPerEvent, figures.bytesPerEvent, {
      what: 'Polling over WebSocket, all bytes of the TCP stream',
      expected: CLAIMED_RATIO,
    })
    const wire = wireRatio(cells)
    const isCounted = Number.isFinite(wire.value)
    const numbers = [heads, headersOverFraming(cells), stream, ...(isCounted ? [wire] : [])]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const layers =
      `headers against framing ${numbers[1]?.value.toFixed(0)} times, all of the TCP stream ` +
      `${stream.value.toFixed(0)} times`
    if (!isCounted) {
      const because = `The kernel did not count the packets of this run alone; ${layers}.`
      return { verdict: 'inconclusive', because, numbers }
    }
    const because = `With TCP/IP headers ${wire.value.toFixed(1)} times the bytes of WebSocket; ${layers}.`
    const isReplay =
      Math.abs(heads.value / 871 - 1) <= 0.01 &&
      poll.records.every((record) => Math.abs(figures.requestsPerEvent(record) - 1) <= 0.05)
    if (!isReplay) return { verdict: 'inconclusive', because, numbers }
    const isNear = (ratio: number) => Math.abs(ratio / CLAIMED_RATIO - 1) <= TOLERANCE
    if (isNear(wire.low) && isNear(wire.high)) return { verdict: 'held', because, numbers }
    const isApart = wire.high < CLAIMED_RATIO * (1 - TOLERANCE) || wire.low > CLAIMED_RATIO * (1 + TOLERANCE)
    return { verdict: isApart ? 'did not hold' : 'inconclusive', because, numbers }
  },
}
