import { type PacketLossRow, packetLossRows } from '../../../results/rows/packet-loss.ts'
import { type TcpOrderRow, tcpOrderRows } from '../../../results/rows/tcp-order.ts'
import { format } from '../../format.ts'
import { said, say, sentences, type Text } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, fromValues, rowsOf } from '../evidence.ts'
import { column, counted, type NumberColumn, rowsWhere, timed, total, without } from '../rows.ts'

export const tcpReorders: Claim = {
  id: 'tcp-reorders',
  from: 'notes',
  claim: 'TCP packets may arrive out of order, and WebSocket repairs that.',
  source:
    'Lecture notes on push techniques; against it RFC 9293 (2022), section 2.2: TCP is reliable and in order',
  prediction:
    'Not one byte is out of order, lost packets or not. WebSocket adds the boundaries of messages, ' +
    'which TCP does not keep.',
  experiments: ['tcp-order', 'packet-loss'],
  metric:
    'Bytes out of order of 8 MB over a bare TCP connection, on loopback and where 5 of 100 packets are lost',
  rule:
    'Did not hold where no byte of any transfer over bare TCP is out of order or missing; held where one ' +
    'is out of order over TCP and none over WebSocket. Inconclusive where bytes are out of order over ' +
    'both or missing, or where one of the two was not tried. So it is where a network that was to lose ' +
    'packets lost none.',
  judge: byRows(tcpOrderRows, (rows, evidence) => {
    const tcp = rowsWhere(rows, { carrier: 'TCP' })
    const webSocket = rowsWhere(rows, { carrier: 'WebSocket' })
    const lossy = rows.filter(({ lossPercent }) => lossPercent > 0)
    const lost = rowsOf(evidence, packetLossRows)
    const numbers = [
      counted(said('Bytes out of order over bare TCP'), total(tcp, 'outOfOrderBytes'), 0),
      counted(said('Bytes sent over bare TCP'), total(tcp, 'sentBytes')),
      counted(said('Packets lost on the way, over both'), total(lossy, 'droppedPackets')),
      counted(said('Segments that arrived out of order, over both'), total(lossy, 'outOfOrderSegments')),
      counted(said('Segments sent again, over both'), total(lossy, 'retransmittedSegments')),
      ...boundaries(tcp, said('bare TCP')),
      ...boundaries(webSocket, 'WebSocket'),
      ...('none' in lost ? [] : priceOfLoss(lost.rows)),
    ]
    const whole = (rows: readonly TcpOrderRow[]) => total(rows, 'sentBytes') === total(rows, 'receivedBytes')
    if (tcp.length === 0 || webSocket.length === 0)
      return without(said('one of bare TCP and WebSocket was not tried'), numbers)
    if (!whole(tcp) || !whole(webSocket)) return without(said('bytes are missing'), numbers)
    if (lossy.some(({ droppedPackets }) => !droppedPackets))
      return without(said('the network that was to lose packets lost none'), numbers)
    const outOfOrder = total(tcp, 'outOfOrderBytes')
    if (outOfOrder > 0) {
      if (total(webSocket, 'outOfOrderBytes') > 0)
        return without(said('bytes were out of order over WebSocket, too'), numbers)
      const because = say`${format.count(outOfOrder)} bytes were out of order over TCP and none over WebSocket.`
      return { verdict: 'held', because, numbers }
    }
    const sent = format.megabytes(total(tcp, 'sentBytes'))
    const count = (rows: readonly TcpOrderRow[], name: NumberColumn<TcpOrderRow>) =>
      format.count(total(rows, name))
    const because = sentences([
      lossy.length === 0
        ? say`None of ${sent} over bare TCP was out of order, on loopback; with packet loss it was not tested.`
        : say`None of ${sent} over bare TCP was out of order, though ${count(lossy, 'droppedPackets')} packets were lost and ${count(lossy, 'outOfOrderSegments')} segments came out of order: TCP itself put them right.`,
      say`What WebSocket adds: ${count(webSocket, 'readsThatAreWrites')} of its ${count(webSocket, 'writes')} messages arrived as they were written, and ${count(tcp, 'readsThatAreWrites')} of TCP’s ${count(tcp, 'writes')} writes.`,
    ])
    return { verdict: 'did not hold', because, numbers }
  }),
}

function boundaries(rows: readonly TcpOrderRow[], carrier: Text) {
  const share = total(rows, 'readsThatAreWrites') / total(rows, 'writes')
  if (rows.length === 0) return []
  const what = say`Share of writes that were read as they were written, ${carrier}`
  return [fromValues([share], { what, unit: 'share', kind: 'counted' })]
}

/** What putting right costs: those behind a lost packet wait. */
function priceOfLoss(rows: readonly PacketLossRow[]) {
  const nameOf = ({ technique, lossPercent }: PacketLossRow) =>
    say`p99 of the delay of events, ${technique}, ${lossPercent} % of packets lost`
  return [...Map.groupBy(rows, (row) => String(nameOf(row))).values()].flatMap((group) =>
    timed(group[0] ? nameOf(group[0]) : '', column(group, 'delayP99Us')),
  )
}
