import { type WebsocketIdleRow, websocketIdleRows } from '../../../results/rows/websocket-idle.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement } from '../evidence.ts'
import { column, counted, everyRow, timed, without } from '../rows.ts'

export const wsNeverBreaks: Claim = {
  id: 'ws-never-breaks',
  from: 'notes',
  claim: 'Once upgraded, a WebSocket’s TCP connection does not break.',
  source:
    'Lecture notes on push techniques; against it RFC 6455 (2011), section 5.5.2, on pings as keep-alive',
  prediction:
    'A proxy that closes what is idle for 2 s cuts a silent WebSocket after 2 s, and none that pings ' +
    'each second.',
  experiments: ['websocket-idle'],
  metric: 'Whether a WebSocket on which nothing is sent is still open after two and a half idle timeouts',
  rule:
    'By the server’s interval of pings, shorter than the idle timeout or longer. Held where no ' +
    'connection breaks and each receives an event afterwards; did not hold where all break; depends on ' +
    'pings where all break without them, and with them none does and each receives its event. Else ' +
    'inconclusive: so where a connection never opened, or is open and receives nothing.',
  judge: byRows(websocketIdleRows, (rows) => {
    const [idleTimeoutMs = Number.NaN] = column(rows, 'idleTimeoutMs')
    const pinged = rows.filter(({ heartbeatMs }) => heartbeatMs < idleTimeoutMs)
    const silent = rows.filter(({ heartbeatMs }) => heartbeatMs > idleTimeoutMs)
    const openForUs = column(silent, 'openForUs')
    const broken = (of: readonly WebsocketIdleRow[]) => of.filter(({ broke }) => broke).length
    const numbers = [
      counted(say`WebSockets without pings that broke, of ${silent.length}`, broken(silent)),
      counted(say`WebSockets with pings that broke, of ${pinged.length}`, broken(pinged)),
      ...timed(said('How long a WebSocket without pings stayed open'), openForUs, idleTimeoutMs * 1e3),
    ]
    if (rows.some(({ opened }) => !opened))
      return without(said('a WebSocket never opened, or was not seen to'), numbers)
    const [withPings, withoutPings] = [fateOf(pinged), fateOf(silent)]
    const unclear = said(
      'connections of the same kind did not agree, were open and received nothing, or there were none',
    )
    if (withPings === 'unclear' || withoutPings === 'unclear') return without(unclear, numbers)
    if (withPings === 'broke' && withoutPings === 'lived')
      return without(said('connections with pings broke, and those without lived'), numbers)
    if (withPings === 'broke')
      return judgement('did not hold', said('All connections broke, with pings or without.'), numbers)
    if (withoutPings === 'lived')
      return { verdict: 'held', because: said('No connection broke, with pings or without.'), numbers }
    const [heartbeatMs = Number.NaN] = column(pinged, 'heartbeatMs')
    return {
      verdict: 'depends',
      because: say`It depends on pings: behind an idle timeout of ${idleTimeoutMs / 1e3} s ${silent.length} of ${silent.length} silent WebSockets broke, after ${format.us(median(openForUs))}; with a ping each ${heartbeatMs / 1e3} s none of ${pinged.length} did.`,
      numbers,
    }
  }),
}

/** What became of all connections of a kind; one that is open and receives nothing did neither. */
function fateOf(rows: readonly WebsocketIdleRow[]): 'lived' | 'broke' | 'unclear' {
  if (everyRow(rows, ({ broke }) => broke) === 'yes') return 'broke'
  const lives = ({ broke, eventsAfterwards }: WebsocketIdleRow) => !broke && eventsAfterwards > 0
  return everyRow(rows, lives) === 'yes' ? 'lived' : 'unclear'
}
