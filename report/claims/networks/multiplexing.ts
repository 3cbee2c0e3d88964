import { type LargeMessageRow, largeMessageRows } from '../../../results/rows/large-message.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { type Said, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, notValid } from '../evidence.ts'
import { column, everyRow, rowsWhere, timed, without } from '../rows.ts'
import { verdictOf } from '../trials.ts'

/** Each delay counts from when its own message was sent. */
const overtakes = ({ smallDelayUs, largeDelayUs }: LargeMessageRow) => smallDelayUs < largeDelayUs / 2

type Carrier = LargeMessageRow['carrier']
const CARRIERS: Record<Carrier, Said> = {
  'one WebSocket': said('one WebSocket'),
  'two WebSockets': said('two WebSockets'),
  'two streams of HTTP/2': said('two streams of HTTP/2'),
  'two streams of HTTP/2, incremental': said('two streams of HTTP/2, incremental'),
}

export const wsMultiplexes: Claim = {
  id: 'ws-multiplexes',
  from: 'notes',
  claim:
    'WebSocket multiplexes: several flows of messages share one connection without getting in each ' +
    'other’s way.',
  source:
    'Lecture notes on push techniques; RFC 6455 (2011), section 1.5, leaves it to an extension; RFC ' +
    '9113 (2022) and RFC 9218 (2022) for HTTP/2',
  prediction:
    'On one WebSocket the small message waits for the rest of the large one; on HTTP/2 streams that ' +
    'take turns it does not.',
  experiments: ['large-message'],
  metric:
    'Delay of a message of 100 bytes sent 100 ms after one of 10 MB, over a link of 20 MB/s and 5 ms ' +
    'each way',
  rule:
    'A small message overtakes where its delay is less than half of the large one’s. Held where it ' +
    'overtakes on one WebSocket in every trial; did not hold where it does in none, and on two ' +
    'streams of HTTP/2 that ask for turns (priority: u=1, i, as fetch() does) in every one. Else ' +
    'inconclusive, and so with fewer than 3 trials.',
  judge: byRows(largeMessageRows, (rows) => {
    const smallUs = (carrier: Carrier) => column(rows, 'smallDelayUs', { carrier })
    const numbers = largeMessageRows.columns.carrier.flatMap((carrier) =>
      timed(say`Delay of a small message behind a large one, ${CARRIERS[carrier]}`, smallUs(carrier)),
    )
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const of = (carrier: Carrier) => everyRow(rowsWhere(rows, { carrier }), overtakes)
    const onWebSocket = of('one WebSocket')
    if (onWebSocket !== 'yes' && of('two streams of HTTP/2, incremental') !== 'yes')
      return without(said('the small message did not overtake on streams of HTTP/2 either'), numbers)
    const text = (carrier: Carrier) => format.us(median(smallUs(carrier)))
    return {
      verdict: verdictOf[onWebSocket],
      because: say`Behind a large message a small one took ${text('one WebSocket')} on the same WebSocket. Beside it on a stream of HTTP/2 it took ${text('two streams of HTTP/2, incremental')} where that asks for turns, ${text('two streams of HTTP/2')} where it does not, and ${text('two WebSockets')} on a WebSocket of its own.`,
      numbers,
    }
  }),
}
