import {
  type SocketIoTransportRow,
  socketIoTransportRows,
} from '../../../results/rows/socket-io-transport.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { type Said, said, say, sentences } from '../../words/say.ts'
import type { Claim, EvidenceNumber } from '../claim.ts'
import { byRows, cellAt, fromCell, judgement } from '../evidence.ts'
import { column, counted, everyRow, rowsWhere, timed, without } from '../rows.ts'

const POLLING_FIRST = { client: 'stock', path: 'direct' } as const

export const socketIoPicksBest: Claim = {
  id: 'socketio-picks-best',
  from: 'notes',
  claim: 'Socket.IO picks the best transport.',
  source:
    'Lecture notes on push techniques; Socket.IO documentation, How it works: polling first, then an upgrade',
  prediction:
    'It begins with polling everywhere, also where WebSocket would do, and ends with WebSocket where ' +
    'the path lets it through.',
  scenarios: ['socket-io-transports'],
  techniques: ['socket-io'],
  experiments: ['socket-io-transport'],
  metric: 'The transport of the stock client’s first request, of the first message and at the end, by path',
  rule:
    'The best transport is WebSocket on a direct path, and polling behind a proxy that drops Upgrade. ' +
    'Held where the first request and the end are the best on both; did not hold where the end is not ' +
    'the best on both; depends on when one asks where it ends with the best on both and on the direct ' +
    'path begins with another. Inconclusive where trials do not agree, or WebSocket from the start ' +
    'does not work directly.',
  judge: byRows(socketIoTransportRows, (rows, evidence) => {
    const direct = rowsWhere(rows, POLLING_FIRST)
    const hindered = rowsWhere(rows, { client: 'stock', path: 'a proxy that drops Upgrade' })
    const forced = rowsWhere(rows, { client: 'transports: websocket', path: 'direct' })
    const numbers = [
      ...timed(said('Time until the first message, stock client'), column(direct, 'firstMessageAfterUs')),
      ...timed(
        said('Time until the first message, WebSocket from the start'),
        column(forced, 'firstMessageAfterUs'),
      ),
      ...timed(said('Time until the upgrade, stock client'), column(direct, 'upgradedAfterUs')),
      ...bytesBefore(direct, said('Bytes until the first message had come, stock client')),
      ...bytesBefore(forced, said('Bytes until the first message had come, WebSocket from the start')),
      ...setUpOf(evidence.scenario('socket-io-transports')),
    ]
    const ends = (rows: readonly SocketIoTransportRow[], best: string) =>
      everyRow(rows, ({ endedWith }) => endedWith === best)
    const best = [ends(direct, 'websocket'), ends(hindered, 'polling')]
    const begins = everyRow(direct, ({ firstRequest }) => firstRequest === 'websocket')
    if (ends(forced, 'websocket') !== 'yes')
      return without(said('WebSocket from the start did not work directly'), numbers)
    if (best.includes('unclear') || begins === 'unclear')
      return without(said('trials did not agree, or there were none'), numbers)
    if (best.includes('no'))
      return judgement('did not hold', said('It did not end with the best transport on every path.'), numbers)
    if (begins === 'yes')
      return judgement('held', said('It began and ended with the best transport on both paths.'), numbers)
    const [overPolling, atOnce] = [direct, forced].map((rows) =>
      format.bytes(median(column(rows, 'bytesBeforeFirstMessage'))),
    ) as [string, string]
    const upgraded = format.us(median(column(direct, 'upgradedAfterUs')))
    return {
      verdict: 'depends',
      because: sentences([
        say`It depends on when one asks: it began with polling, also where WebSocket would do, and upgraded after ${upgraded}; its first message took ${overPolling} where WebSocket from the start took ${atOnce}.`,
        said('Behind a proxy that drops Upgrade it stayed with polling.'),
      ]),
      numbers,
    }
  }),
}

function bytesBefore(rows: readonly SocketIoTransportRow[], what: Said): EvidenceNumber[] {
  const bytes = column(rows, 'bytesBeforeFirstMessage')
  if (bytes.length === 0) return []
  const range = { value: median(bytes), low: Math.min(...bytes), high: Math.max(...bytes), n: bytes.length }
  return [{ ...counted(what, 0), ...range, unit: 'bytes' }]
}

/** What the load scenario counted until a subscriber was accepted. */
function setUpOf(measured: Parameters<typeof cellAt>[0]): EvidenceNumber[] {
  return ['upgrade', 'websocket'].flatMap((transports) => {
    const cell = cellAt(measured, 'socket-io', transports)
    if (!cell) return []
    const what = say`Bytes until a subscriber was accepted, transports: ${transports}`
    return [fromCell(cell, 'setupBytes', { what, unit: 'bytes' })]
  })
}
