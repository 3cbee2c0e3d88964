import { frameHeaderBytes, PACKET_HEADER_BYTES, pollBytes } from '../../results/model/prediction.ts'
import { completeVariant } from '../../server/variant.ts'
import type { Cell, Evidence, EvidenceNumber } from '../claims/claim.ts'
import { fromCell, fromRecords } from '../claims/evidence.ts'
import {
  framingBytesPerEvent,
  headerBytesPerPoll,
  headersOverFraming,
  replay,
  wireRatio,
} from '../claims/websocket/header-871.ts'
import { said, say } from '../words/say.ts'
import type { Here, PublishedFigure } from './figure.ts'

const SOURCE = 'Lubbers and Greco, HTML5 WebSocket: A Quantum Leap in Scalability for the Web (Kaazing, 2010)'
const NOT_REPLAYED = said('The run has no records of the scenario header-871.')
const NOT_COUNTED = said(
  'The kernel did not count the packets of this run alone: that takes a network namespace of its own.',
)

const PAYLOAD_BYTES = 20
/** What is around the events in the JSON of an answer, with a cursor of two digits. */
const ENVELOPE_BYTES = '{"cursor":10,"feedId":"123456","events":[]}'.length
const CLIENTS = 1_000

/** One poll of the scenario header-871, and one event by WebSocket, in bytes of the TCP stream. */
const POLL_BYTES =
  pollBytes('short-poll', {
    cursor: 10,
    events: 1,
    payloadBytes: PAYLOAD_BYTES,
    variant: completeVariant({ headers: 'browser', cookieBytes: 115 }),
  }) ?? Number.NaN
const EVENT_BYTES = PAYLOAD_BYTES + frameHeaderBytes(PAYLOAD_BYTES)
/** With TCP/IP headers: a request, its answer and an acknowledgement; an event and an acknowledgement. */
const WIRE_POLL_BYTES = POLL_BYTES + 3 * PACKET_HEADER_BYTES
const WIRE_EVENT_BYTES = EVENT_BYTES + 2 * PACKET_HEADER_BYTES

/** A figure of the replay, where the run has it and it could be counted. */
function ofReplay(
  evidence: Evidence,
  measure: (cells: { poll: Cell; websocket: Cell }) => EvidenceNumber,
): Here {
  const cells = replay(evidence)
  if (!cells) return { notMeasured: NOT_REPLAYED }
  const measured = measure(cells)
  return Number.isFinite(measured.value) ? { measured } : { notMeasured: NOT_COUNTED }
}

/** What so many clients move a second of whom each has one event a second. */
function forAllClients(cell: Cell): EvidenceNumber {
  const one = fromCell(cell, 'wireBytesPerEvent', {
    what: say`Bytes a second of ${CLIENTS} clients with ${cell.title}, TCP/IP headers included`,
    unit: 'bytes',
  })
  return { ...one, value: one.value * CLIENTS, low: one.low * CLIENTS, high: one.high * CLIENTS }
}

/** "Quantum Leap": the arithmetic that every comparison of WebSocket with polling goes back to. */
export const kaazing: PublishedFigure[] = [
  {
    id: 'kaazing-headers',
    source: SOURCE,
    what: 'Bytes of HTTP headers for one poll, request and answer',
    published: { text: '871 bytes', value: 871 },
    unit: 'bytes',
    model: {
      value: POLL_BYTES - ENVELOPE_BYTES - PAYLOAD_BYTES,
      by: "Chromium's request headers with a cookie of 115 bytes, and those of the answer",
    },
    here: (evidence) =>
      ofReplay(evidence, ({ poll }) =>
        fromRecords(poll, headerBytesPerPoll, {
          what: said('Header bytes of one poll'),
          unit: 'bytes',
          kind: 'counted',
          expected: 871,
        }),
      ),
    comment:
      'Theirs were the headers of Firefox with the cookies of a session; here a cookie makes up the rest.',
  },
  {
    id: 'kaazing-framing',
    source: SOURCE,
    what: 'Bytes of framing for one event by WebSocket',
    published: { text: '2 bytes', value: 2 },
    unit: 'bytes',
    model: { value: frameHeaderBytes(PAYLOAD_BYTES), by: 'RFC 6455, section 5.2' },
    here: (evidence) =>
      ofReplay(evidence, ({ websocket }) =>
        fromRecords(websocket, framingBytesPerEvent, {
          what: said('Framing of one event by WebSocket'),
          unit: 'bytes',
          kind: 'counted',
          expected: 2,
        }),
      ),
    comment: 'Theirs is the draft of the time, with a byte before and a byte behind; the length is the same.',
  },
  {
    id: 'kaazing-header-ratio',
    source: SOURCE,
    what: 'Polling over WebSocket, headers against framing',
    published: { text: '435 times', value: 435 },
    unit: 'ratio',
    model: {
      value: (POLL_BYTES - ENVELOPE_BYTES - PAYLOAD_BYTES) / frameHeaderBytes(PAYLOAD_BYTES),
      by: 'the two figures above, one over the other',
    },
    here: (evidence) => ofReplay(evidence, headersOverFraming),
    comment: 'Arithmetic and never measured, and true of headers alone: no byte of an event is among them.',
  },
  {
    id: 'kaazing-wire-ratio',
    source: SOURCE,
    what: 'Polling over WebSocket, of all that goes over the wire',
    published: { text: '435 times, as it is quoted', value: 435 },
    unit: 'ratio',
    model: {
      value: WIRE_POLL_BYTES / WIRE_EVENT_BYTES,
      by: 'the bytes of both with their events, three packets against two of 52 bytes of TCP/IP headers each',
    },
    here: (evidence) => ofReplay(evidence, wireRatio),
    comment: 'An event of 20 bytes, its packet and an acknowledgement cost WebSocket more than its framing.',
  },
  {
    id: 'kaazing-polling-1000',
    source: SOURCE,
    what: 'Bytes a second of 1,000 clients that poll every second',
    published: { text: '6.6 Mb/s (871,000 bytes a second, in 2^20 bits)', value: 871 * CLIENTS },
    unit: 'bytes',
    model: { value: WIRE_POLL_BYTES * CLIENTS, by: 'the byte model of a poll, with TCP/IP headers' },
    here: (evidence) => ofReplay(evidence, ({ poll }) => forAllClients(poll)),
    comment:
      'Theirs counts headers alone. Here 20 subscribers were counted, and 1,000 have 50 times as much.',
  },
  {
    id: 'kaazing-websocket-1000',
    source: SOURCE,
    what: 'Bytes a second of 1,000 clients with an event a second by WebSocket',
    published: { text: '0.015 Mb/s (2,000 bytes a second, in 2^20 bits)', value: 2 * CLIENTS },
    unit: 'bytes',
    model: { value: WIRE_EVENT_BYTES * CLIENTS, by: 'the byte model of WebSocket, with TCP/IP headers' },
    here: (evidence) => ofReplay(evidence, ({ websocket }) => forAllClients(websocket)),
    comment:
      'Theirs counts framing alone: neither the events nor a single packet that carries them, ' +
      'which is all but 2 in 126.',
  },
]
