import { type WebsocketKeyRow, websocketKeyRows } from '../../../results/rows/websocket-key.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows } from '../evidence.ts'
import { counted, everyRow, rowsWhere, total, without } from '../rows.ts'
import { verdictOf } from '../trials.ts'

const admitted = ({ status, eventsReceived }: WebsocketKeyRow) => status === 101 && eventsReceived > 0

export const wsKeySecurity: Claim = {
  id: 'ws-key-security',
  from: 'notes',
  claim: 'Sec-WebSocket-Key protects a server against malicious connections.',
  source: 'Lecture notes on push techniques; RFC 6455 (2011), sections 1.3 and 10.1',
  prediction:
    'Whoever can write 16 bytes in base64 is let in; the key is no secret and proves nothing about who asks.',
  experiments: ['websocket-key'],
  metric: 'Whether a client that is no browser is answered 101 and receives events, by the key that it sends',
  rule:
    'Did not hold where a bare TCP socket with any well-formed key is answered 101 and receives ' +
    'events; held where all of them are kept out. Inconclusive where some are, or a handshake without ' +
    'a key is let in as well: then the server asks for none.',
  judge: byRows(websocketKeyRows, (rows) => {
    const valid = rowsWhere(rows, { valid: true })
    const malformed = rowsWhere(rows, { valid: false })
    const letIn = valid.filter(admitted).length
    const letInWithout = malformed.filter(admitted).length
    const numbers = [
      counted(say`Bare TCP sockets with a well-formed key that were let in, of ${valid.length}`, letIn),
      counted(said('Handshakes with a malformed key or none that were let in'), letInWithout, 0),
    ]
    if (letInWithout > 0) return without(said('a handshake without a good key was let in'), numbers)
    const keptOut = everyRow(valid, (row) => !admitted(row))
    return {
      verdict: verdictOf[keptOut],
      because: say`${letIn} of ${valid.length} bare TCP sockets with a key of their own making were let in and received ${total(valid, 'eventsReceived')} of ${total(valid, 'eventsPublished')} events.`,
      numbers,
    }
  }),
}
