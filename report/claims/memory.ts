import { entryOf } from '../../server/registry.ts'
import { type Slope, slopeDifference, slopeOf } from '../analysis/slope.ts'
import { format } from '../format.ts'
import type { Claim, EvidenceNumber, Judgement, Row, Verdict } from './claim.ts'
import { notValid, rowsOf } from './evidence.ts'

/**
 * What published servers of a million connections and more pay for one at most: WhatsApp, Phoenix and Centrifugo tell
 * of 10 to 40 kB. At that, 100,000 connections fit into 4 GB.
 */
const CHEAP_BYTES = 40_000
/** From here on one speaks of hundreds of kB. */
const HUNDREDS_BYTES = 100_000
/** zlib's own formula: 2^(windowBits + 2) + 2^(memLevel + 9) bytes at its defaults, 15 and 8. */
const ZLIB_BYTES = 2 ** 17 + 2 ** 17

/** Bytes for each connection, by least squares over the numbers of connections. */
function growth(rows: readonly Row[], where: Row, bytes: (row: Row) => unknown): Slope | undefined {
  const points = rows
    .filter((row) => Object.entries(where).every(([key, value]) => row[key] === value))
    .flatMap((row) => {
      const [x, y] = [row.subscribers, bytes(row)]
      return typeof x === 'number' && typeof y === 'number' ? [[x, y] as const] : []
    })
  return slopeOf(points)
}

/** Fewer than 6 points leave the interval to 3 degrees of freedom or less. */
function fromSlope({ value, low, high, n }: Slope, what: string, expected?: number): EvidenceNumber {
  const badge = n < 6 ? 'use with care' : 'valid'
  return {
    ...{ what, value, low, high, interval: '95 %', n, unit: 'bytes', badge },
    ...(expected !== undefined && { expected }),
  }
}

const resident = ({ rssBytes }: Row) => rssBytes
/** Both ends of a connection are on one machine: the server's is half of what the kernel holds. */
const kernelEnd = ({ kernelBytes }: Row) => (typeof kernelBytes === 'number' ? kernelBytes / 2 : undefined)
const together = (row: Row) => Number(resident(row)) + (kernelEnd(row) ?? 0)

const TOO_FEW: Judgement = {
  verdict: 'inconclusive',
  because: 'A slope needs three numbers of connections or more, and the run has fewer.',
  numbers: [],
}

/** Where an interval lies of a bound: on one side of it, or on both. */
function sideOf({ low, high }: Slope, bound: number): 'below' | 'above' | 'across' {
  return high <= bound ? 'below' : low > bound ? 'above' : 'across'
}

function judgeHeld(rows: readonly Row[]): Judgement {
  const names = [...new Set(rows.map(({ technique }) => String(technique)))]
  const measured = names.flatMap((technique) => {
    const used = { technique, stage: 'after a burst' }
    const idle = { technique, stage: 'idle' }
    const slopes = [
      growth(rows, used, together),
      growth(rows, idle, resident),
      growth(rows, idle, kernelEnd),
    ] as const
    const [whole] = slopes
    if (!whole) return []
    const title = entryOf(technique)?.titles.en ?? technique
    const whats = [
      `One more held connection, ${title}: the server's memory and the kernel's, after a burst`,
      `One more idle connection, ${title}: the server's resident memory`,
      `One more idle connection, ${title}: the kernel's memory for the server's end`,
    ] as const
    const numbers = slopes.flatMap((slope, i) => (slope ? [fromSlope(slope, whats[i] as string)] : []))
    return [{ technique, title, whole, numbers, side: sideOf(whole, CHEAP_BYTES) }]
  })
  const numbers = measured.flatMap((each) => each.numbers)
  // The floor is no technique to choose: it is shown, and decides nothing.
  const judged = measured.filter(({ technique }) => entryOf(technique)?.family !== 'floor')
  const asked = names.filter((technique) => entryOf(technique)?.family !== 'floor')
  if (judged.length === 0 || judged.length < asked.length) return { ...TOO_FEW, numbers }
  const list = (side: string) =>
    judged
      .filter((each) => each.side === side)
      .map(({ title, whole }) => `${title} ${format.bytes(whole.value)}`)
      .join(', ')
  const [below, above, across] = [list('below'), list('above'), list('across')]
  const bound = format.bytes(CHEAP_BYTES)
  if (across)
    return { verdict: 'inconclusive', because: `The interval holds ${bound} itself: ${across}.`, numbers }
  const kernel = rows.some((row) => kernelEnd(row) !== undefined)
  const without = kernel ? '' : " The kernel's part could not be read here."
  const verdict: Verdict = above ? (below ? 'depends' : 'did not hold') : 'held'
  const because = {
    held: `A held connection costs less than ${bound}: ${below}.`,
    'did not hold': `A held connection costs more than ${bound}: ${above}.`,
    depends: `On the technique: less than ${bound} for ${below}; more for ${above}.`,
  }[verdict as 'held']
  return { verdict, because: `${because}${without}`, numbers }
}

function judgeDeflate(rows: readonly Row[]): Judgement {
  const slope = (compression: boolean, stage: string) => growth(rows, { compression, stage }, resident)
  const [before, after] = ['before the first message', 'after the first message'] as const
  const [off, on] = [slope(false, after), slope(true, after)]
  const [offBefore, onBefore] = [slope(false, before), slope(true, before)]
  if (!off || !on || !offBefore || !onBefore) return TOO_FEW
  const extra = slopeDifference(on, off)
  const number = fromSlope(
    extra,
    'What compression adds to one connection after its first message',
    ZLIB_BYTES,
  )
  const numbers = [
    number,
    fromSlope(offBefore, 'One more connection without compression, before its first message'),
    fromSlope(off, 'One more connection without compression, after its first message'),
    fromSlope(onBefore, 'One more connection with compression, before its first message'),
    fromSlope(on, 'One more connection with compression, after its first message'),
  ]
  const verdict = ({ above: 'held', below: 'did not hold', across: 'inconclusive' } as const)[
    sideOf(extra, HUNDREDS_BYTES)
  ]
  const [from, to] = [format.bytes(onBefore.value), format.bytes(on.value)]
  const because =
    `A connection takes ${from} before its first compressed message and ${to} after it, ` +
    `${format.bytes(extra.value)} more than one without compression.`
  return notValid([number]) ?? { verdict, because, numbers }
}

export const memoryClaims: Claim[] = [
  {
    id: 'held-connections-cheap',
    from: 'notes',
    claim: {
      en: 'Holding a connection open costs the server little memory (other notes: it wastes resources).',
      zh: '保持连接不断开，对服务器的内存开销很小（也有笔记认为：挂起的连接会白白占用服务器资源）。',
    },
    source:
      'Study notes on push techniques, which disagree; figures of WhatsApp 2012, Phoenix 2015, Centrifugo 2020',
    prediction:
      'Below 40 kB for all: 5 to 25 kB in the process by technique, and about 4 kB of the kernel for socket and file.',
    scenarios: [],
    experiments: ['memory-per-subscriber'],
    metric:
      "Slope over the number of held connections, after a burst, of the server's resident memory and half of the " +
      "kernel's growth (both ends are on one machine), in bytes for each connection.",
    rule:
      'Held where the whole 95 % interval is at most 40,000 bytes for every technique, did not hold where it is above ' +
      'that for every one, depends where each is on one side and both sides occur; inconclusive where an interval ' +
      'lies on both, or there are fewer than three numbers of connections. The floor, bare TCP, does not count.',
    judge(evidence) {
      const found = rowsOf(evidence, 'memory-per-subscriber')
      return 'none' in found ? found.none : judgeHeld(found.rows)
    },
  },
  {
    id: 'ws-deflate-memory',
    from: 'literature',
    claim: {
      en: 'WebSocket compression (permessage-deflate) costs the server hundreds of kB for each connection.',
      zh: 'WebSocket 开启压缩（permessage-deflate）后，服务器的每个连接要多占几百 KB 内存。',
    },
    source:
      'README of ws ("a significant overhead in terms of performance and memory consumption"); 229 kB where seen',
    prediction:
      "Nothing before the first compressed message; after it about 262 kB more, zlib's window and hash tables.",
    scenarios: [],
    experiments: ['deflate-memory'],
    metric:
      "Slope of the server's resident memory over the number of connections after the first message, with " +
      'compression minus without, in bytes for each connection.',
    rule:
      'Held where the whole interval of the difference is above 100,000 bytes, did not hold where it is at most that, ' +
      'else inconclusive; so too with fewer than three numbers of connections.',
    judge(evidence) {
      const found = rowsOf(evidence, 'deflate-memory')
      return 'none' in found ? found.none : judgeDeflate(found.rows)
    },
  },
]
