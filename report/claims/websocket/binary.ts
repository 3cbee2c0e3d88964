import { textBytes } from '../../../server/payload.ts'
import { badgeFor, worst } from '../../analysis/gate.ts'
import { format } from '../../format.ts'
import { said, say } from '../../words/say.ts'
import type { Cell, Claim, EvidenceNumber } from '../claim.ts'
import { byScenario, cellAt, fromCell, notTested, notValid } from '../evidence.ts'

/** Two points. */
const TOLERANCE = 0.02
const HARDLY_ANY = 0.01

export const websocketBinary: Claim = {
  id: 'ws-binary',
  from: 'notes',
  claim: 'WebSocket suits binary data better.',
  source: 'Lecture notes on push techniques; RFC 4648, section 4 (2006)',
  prediction:
    'An event stream is UTF-8 text, so that binary data go as base64, four characters for three bytes; ' +
    'WebSocket has binary messages.',
  scenarios: ['binary-payload'],
  techniques: ['sse', 'websocket'],
  metric:
    'Bytes per event with a binary payload beyond those with a text payload of the same length, as a ' +
    'share of the payload.',
  rule:
    'Held where Server-Sent Events add at least 1/3 less 2 points of the payload, and WebSocket at most ' +
    '1 point, in every trial of either; did not hold where in every trial one of the two is not so; ' +
    'inconclusive otherwise, where the gate voids a count, or where a kind of payload is missing.',
  judge: byScenario('binary-payload', ['sse', 'websocket'], (measured) => {
    const extraOf = (technique: string) => {
      const [text, binary] = ['text', 'binary'].map((value) => cellAt(measured, technique, value))
      return text && binary ? extra(text, binary) : undefined
    }
    const [sse, websocket] = [extraOf('sse'), extraOf('websocket')]
    if (!sse || !websocket) return notTested(said('It takes text and binary payloads over both techniques.'))
    const numbers = [sse, websocket]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const because = say`A binary payload took ${format.percent(sse.value)} more bytes over Server-Sent Events, and ${format.percent(websocket.value)} more over WebSocket.`
    const least = 1 / 3 - TOLERANCE
    if (sse.low >= least && websocket.high <= HARDLY_ANY) return { verdict: 'held', because, numbers }
    if (sse.high < least || websocket.low > HARDLY_ANY) return { verdict: 'did not hold', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  }),
}

/** What a binary payload takes more, as a share of it; the range is the widest that the trials allow. */
function extra(text: Cell, binary: Cell): EvidenceNumber {
  const { payloadBytes } = binary.point.feed
  const [ofText, ofBinary] = [text, binary].map((cell) =>
    fromCell(cell, 'bytesPerEvent', { what: '', unit: 'bytes' }),
  ) as [EvidenceNumber, EvidenceNumber]
  return {
    ...ofBinary,
    what: say`What a binary payload takes more over ${binary.title}, as a share of it`,
    value: (ofBinary.value - ofText.value) / payloadBytes,
    low: (ofBinary.low - ofText.high) / payloadBytes,
    high: (ofBinary.high - ofText.low) / payloadBytes,
    unit: 'share',
    expected: binary.technique === 'websocket' ? 0 : textBytes(payloadBytes, true) / payloadBytes - 1,
    badge: worst([text, binary].map((cell) => badgeFor(cell, 'counted'))),
  }
}
