import { frameHeaderBytes } from '../../../results/model/prediction.ts'
import type { ResultRecord } from '../../../results/record.ts'
import { format } from '../../format.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { cellAt, cellsOf, fromRecords, incomplete, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial, positionOf, verdictOf } from '../trials.ts'

/** RFC 6455, section 5.3: what a client sends is masked, with a key of 4 bytes in every frame. */
const MASKING_KEY_BYTES = 4

const framingDown = ({ ledger: { window, windowEvents } }: ResultRecord) => window.down.framing / windowEvents
const framingUp = ({ ledger: { total, totalMessages } }: ResultRecord) => total.up.framing / totalMessages
/** The opening handshake has a label of its own. */
const headerBytes = ({ ledger: { total } }: ResultRecord) => total.up.header + total.down.header

export const websocketNoHeaders: Claim = {
  id: 'ws-no-headers',
  from: 'notes',
  claim: 'After the handshake WebSocket carries no headers with its messages.',
  source: 'Lecture notes on push techniques; RFC 6455, section 5.2 (2011)',
  prediction:
    'Of HTTP’s headers nothing; a frame header of 2 bytes up to 125 bytes of payload, 4 up to 65,535, 10 ' +
    'beyond, and 4 more for the masking key on the way up.',
  scenarios: ['payload-size', 'chat-room'],
  techniques: ['websocket'],
  metric:
    'Labelled bytes of the tapped subscriber: header bytes after the handshake, framing per event down ' +
    'and per message up.',
  rule:
    'Held where two things are so in every trial. No byte after the opening handshake is a header of ' +
    'HTTP; framing is exactly 2, 4 or 10 bytes per event by its size at every size, and 4 more per ' +
    'message up. Did not hold where a byte is a header or framing differs at some size in every trial; ' +
    'inconclusive where trials differ, where the gate voids a count, or where a size or the messages up ' +
    'are missing.',
  judge(evidence) {
    const missing = incomplete(evidence, [
      { scenario: 'payload-size', techniques: ['websocket'] },
      { scenario: 'chat-room', techniques: ['websocket'] },
    ])
    const sizes = cellsOf(evidence.scenario('payload-size'), 'websocket')
    const chat = cellAt(evidence.scenario('chat-room'), 'websocket')
    if (missing || !chat)
      return missing ?? notTested(said('It takes a sweep of payloads, and messages on the way up.'))
    const downExpected = ({ point }: Cell) => frameHeaderBytes(point.feed.payloadBytes)
    const upExpected = downExpected(chat) + MASKING_KEY_BYTES
    const counted = { unit: 'bytes', kind: 'counted' } as const
    const numbers = [
      ...sizes.map((cell) =>
        fromRecords(cell, framingDown, {
          what: say`Framing of one event of WebSocket${positionOf(cell)}`,
          ...counted,
          expected: downExpected(cell),
        }),
      ),
      fromRecords(chat, framingUp, {
        what: say`Framing of one message of WebSocket on the way up, of ${chat.point.feed.payloadBytes} bytes`,
        ...counted,
        expected: upExpected,
      }),
      ...[...sizes, chat].map((cell) =>
        fromRecords(cell, headerBytes, {
          what:
            cell === chat
              ? said('Header bytes of WebSocket after the handshake in a chat')
              : say`Header bytes of WebSocket after the handshake${positionOf(cell)}`,
          ...counted,
          expected: 0,
        }),
      ),
    ]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const answers = [
      ...sizes.map((cell) =>
        everyTrial(cell, (record) => headerBytes(record) === 0 && framingDown(record) === downExpected(cell)),
      ),
      everyTrial(chat, (record) => headerBytes(record) === 0 && framingUp(record) === upExpected),
    ]
    const headers = Math.max(...[...sizes, chat].flatMap(({ records }) => records.map(headerBytes)))
    const framing = numbers.slice(0, sizes.length).map(({ value }) => format.count(value))
    const up = numbers[sizes.length]?.value ?? Number.NaN
    const because = say`${format.bytes(headers)} of headers after the handshake; framing of ${[...new Set(framing)].join(', ')} bytes an event by size, and ${format.count(up)} a message on the way up.`
    return { verdict: verdictOf[allOf(answers)], because, numbers }
  },
}
