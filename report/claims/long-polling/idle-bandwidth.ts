import { figures } from '../../analysis/figures.ts'
import { format } from '../../format.ts'
import { say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { byScenario, cellAt, fromCell, notValid } from '../evidence.ts'

/** Of the techniques measured, those that the claim compares. */
const JUDGED = ['short-poll', 'long-poll']

export const longPollIdleBandwidth: Claim = {
  id: 'longpoll-idle-bandwidth',
  from: 'notes',
  claim: 'Long polling wastes bandwidth, for it holds connections open.',
  source: 'Lecture notes on push techniques',
  prediction:
    'A connection that is held open sends nothing. One request and one empty answer each time that the ' +
    'hold is over, against one of each every interval of a short poll.',
  scenarios: ['idle'],
  techniques: [...JUDGED, 'sse', 'websocket'],
  metric: 'Bytes of the TCP stream per second and subscriber, both directions, while nothing happens.',
  rule:
    'Held where long polling sends at least as many bytes as short polling in every trial of either; did ' +
    'not hold where it sends fewer in every trial; inconclusive where the ranges of the trials overlap ' +
    'otherwise, where one of the two is missing, or where the gate voids a count. Streams are shown ' +
    'beside them and decide nothing.',
  judge: byScenario('idle', JUDGED, (measured) => {
    const [short, long] = JUDGED.map((technique) => cellAt(measured, technique)) as [Cell, Cell]
    const streams = ['sse', 'websocket'].flatMap((name) => cellAt(measured, name) ?? [])
    const numbers = [short, long, ...streams].map((cell) =>
      fromCell(cell, 'bytesPerSecond', { what: say`Idle bytes per second of ${cell.title}`, unit: 'bytes' }),
    )
    const [ofShort = '', ofLong = ''] = numbers.map(({ value }) => format.bytes(value))
    const [interval, hold] = [short.point.load.pollIntervalMs, long.point.load.holdMs].map((ms) =>
      format.us(ms * 1e3),
    ) as [string, string]
    const invalid = notValid(numbers.slice(0, 2))
    if (invalid) return invalid
    const because = say`While nothing happened a long poll held for ${hold} moved ${ofLong} a second, and a short poll every ${interval} ${ofShort}.`
    const bytes = (cell: Cell) => cell.records.map(figures.bytesPerSecond)
    const [l, s] = [bytes(long), bytes(short)]
    if (Math.min(...l) >= Math.max(...s)) return { verdict: 'held', because, numbers }
    if (Math.max(...l) < Math.min(...s)) return { verdict: 'did not hold', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  }),
}
