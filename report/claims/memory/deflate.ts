import { type DeflateMemoryRow, deflateMemoryRows } from '../../../results/rows/deflate-memory.ts'
import { format } from '../../format.ts'
import { type Slope, slopeDifference } from '../../statistics/slope.ts'
import { said, say } from '../../words/say.ts'
import type { Claim, Judgement } from '../claim.ts'
import { byRows, inconclusive } from '../evidence.ts'
import { fromSlope, growth, resident, sideOf } from './growth.ts'

/** From here on one speaks of hundreds of kB. */
const HUNDREDS_BYTES = 100_000
/** zconf.h of zlib: (1 << (windowBits + 2)) + (1 << (memLevel + 9)) bytes, at its defaults 15 and 8. */
export const ZLIB_BYTES = (1 << (15 + 2)) + (1 << (8 + 9))

const BEFORE = 'before the first message'
const AFTER = 'after the first message'

/** What compression adds to one connection after its first message; undefined without a slope of either. */
export function addedByCompression(rows: readonly DeflateMemoryRow[]): Slope | undefined {
  const [on, off] = [true, false].map((compression) => growth(rows, { compression, stage: AFTER }, resident))
  return on && off ? slopeDifference(on, off) : undefined
}

export const wsDeflateMemory: Claim = {
  id: 'ws-deflate-memory',
  from: 'literature',
  claim: 'WebSocket compression (permessage-deflate) costs the server hundreds of kB for each connection.',
  source:
    'README of ws 8 ("a significant overhead in terms of performance and memory consumption"); zconf.h of ' +
    'zlib, which has the formula',
  prediction:
    "Nothing before the first compressed message; after it zlib's window and tables, 262 kB, are added.",
  experiments: ['deflate-memory'],
  metric:
    "Slope over the number of connections, after the first message, of the server's resident memory, with " +
    'compression minus without, in bytes a connection',
  rule:
    'The whole interval of the difference above 100,000 bytes held; at most that did not hold; on both ' +
    'sides inconclusive, as are fewer than 3 numbers of connections.',
  judge: byRows(deflateMemoryRows, judge),
}

function judge(rows: readonly DeflateMemoryRow[]): Judgement {
  const slope = (compression: boolean, stage: DeflateMemoryRow['stage']) =>
    growth(rows, { compression, stage }, resident)
  const [offBefore, off] = [slope(false, BEFORE), slope(false, AFTER)]
  const [onBefore, on] = [slope(true, BEFORE), slope(true, AFTER)]
  const extra = addedByCompression(rows)
  if (!offBefore || !off || !onBefore || !on || !extra)
    return inconclusive(said('A slope needs 3 numbers of connections.'))
  const verdicts = { above: 'held', below: 'did not hold', across: 'inconclusive' } as const
  const text = (bytes: number) => format.bytes(Math.round(bytes))
  return {
    verdict: verdicts[sideOf(extra, HUNDREDS_BYTES)],
    because: say`A connection takes ${text(onBefore.value)} before its first compressed message and ${text(on.value)} after it, ${text(extra.value)} more than one without compression.`,
    numbers: [
      fromSlope(extra, {
        what: said('What compression adds to one connection after the first message'),
        expected: ZLIB_BYTES,
      }),
      fromSlope(offBefore, {
        what: said('One more connection without compression, before the first message'),
      }),
      fromSlope(off, { what: said('One more connection without compression, after the first message') }),
      fromSlope(onBefore, { what: said('One more connection with compression, before the first message') }),
      fromSlope(on, { what: said('One more connection with compression, after the first message') }),
    ],
  }
}
