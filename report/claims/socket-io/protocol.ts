import { socketIoProtocolRows } from '../../../results/rows/socket-io-protocol.ts'
import { parts, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows } from '../evidence.ts'
import { column, counted, rowsWhere, total, without } from '../rows.ts'

export const socketIoIsWebSocket: Claim = {
  id: 'socketio-is-ws',
  from: 'notes',
  claim: 'Socket.IO is a WebSocket library.',
  source: 'Lecture notes on push techniques; against it the Socket.IO documentation, What Socket.IO is not',
  prediction:
    'A plain WebSocket client is refused or, with Engine.IO’s query, let in, told no event and closed ' +
    'by the server.',
  experiments: ['socket-io-protocol'],
  metric:
    'Events that plain ws clients receive from a Socket.IO server while a stock Socket.IO client ' +
    'receives some',
  rule:
    'Did not hold where no plain ws client receives an event; held where one receives as many as the ' +
    'stock client. Inconclusive where some arrive, or the stock client receives none.',
  judge: byRows(socketIoProtocolRows, (rows) => {
    const toSocketIo = rowsWhere(rows, { server: 'Socket.IO' })
    const stock = rowsWhere(toSocketIo, { client: 'stock Socket.IO' })
    const plain = toSocketIo.filter(({ client }) => client.startsWith('ws,'))
    const byHand = toSocketIo.filter(({ client }) => client.startsWith('ws that'))
    const most = Math.max(0, ...column(plain, 'events'))
    const numbers = [
      counted(said('Events that the stock client received'), total(stock, 'events')),
      ...[...plain, ...byHand].map(({ client, events }) =>
        counted(say`Events that a client received, ${said(client)}`, events),
      ),
      ...plain.flatMap(({ client, endedAfterUs }) =>
        endedAfterUs === undefined
          ? []
          : { ...counted(say`When it was over, ${said(client)}`, endedAfterUs), unit: 'us' as const },
      ),
    ]
    if (total(stock, 'events') === 0 || plain.length === 0)
      return without(said('the stock client received nothing'), numbers)
    if (most > 0) {
      const because = say`A plain ws client received ${most} events, the stock client ${total(stock, 'events')}.`
      return { verdict: most >= total(stock, 'events') ? 'held' : 'inconclusive', because, numbers }
    }
    const ends = plain.map(({ client, opened, end }) => {
      const [who, how] = [said(client), said(end)]
      return opened ? say`${who}: opened, ${how}` : say`${who}: ${how}`
    })
    return {
      verdict: 'did not hold',
      because: say`Plain ws clients received no event, the stock client ${total(stock, 'events')} (${parts(ends)}).`,
      numbers,
    }
  }),
}
