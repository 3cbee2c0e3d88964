import {
  type MemoryPerSubscriberRow,
  memoryPerSubscriberRows,
} from '../../../results/rows/memory-per-subscriber.ts'
import { entryOf } from '../../../server/registry.ts'
import { titleOf } from '../../analysis/cells.ts'
import { format } from '../../format.ts'
import type { Slope } from '../../statistics/slope.ts'
import { clauses, parts, type Said, said, say, sentences, type Text } from '../../words/say.ts'
import type { Claim, EvidenceNumber, Judgement } from '../claim.ts'
import { byRows, inconclusive } from '../evidence.ts'
import { fromSlope, growth, kernelEnd, resident, sideOf, whole } from './growth.ts'

/** What the servers that are known for a million connections pay for each at most; 100,000 fit into 4 GB. */
const CHEAP_BYTES = 40_000

export const heldConnectionsCheap: Claim = {
  id: 'held-connections-cheap',
  from: 'notes',
  claim: 'Holding a connection open costs the server little memory (other notes: it wastes resources).',
  source:
    'Lecture notes on push techniques, which disagree; what is little: 10 to 40 kB a connection with ' +
    'WhatsApp (2012), Phoenix (2015) and Centrifugo (2020)',
  prediction:
    'Below 40 kB for all: 5 to 30 kB in the process by technique, and about 4 kB of the kernel for a ' +
    'socket and its file.',
  experiments: ['memory-per-subscriber'],
  metric:
    "Slope over the number of held connections, after a burst, of the server's resident memory and half of " +
    "the kernel's growth (both ends are on one machine), in bytes a connection",
  rule:
    'The whole 95 % interval at most 40,000 bytes for every technique held; above for every one did not ' +
    'hold; on one side for some and on the other for others depends; inconclusive where an interval lies ' +
    'on both, or there are fewer than 3 numbers of connections. The floor, bare TCP, stands beside them ' +
    'and does not decide.',
  judge: byRows(memoryPerSubscriberRows, judge),
}

interface Held {
  title: Text
  isFloor: boolean
  whole: Slope | undefined
  numbers: EvidenceNumber[]
}

function heldBy(technique: string, rows: readonly MemoryPerSubscriberRow[]): Held {
  const entry = entryOf(technique)
  const title = titleOf(technique)
  const idle = { technique, stage: 'idle' } as const
  const used = growth(rows, { technique, stage: 'after a burst' }, whole)
  const slopes: [Text, Slope | undefined][] = [
    [said("the server's and the kernel's memory, after a burst"), used],
    [said("the server's resident memory, idle"), growth(rows, idle, resident)],
    [said("the kernel's memory for the server's end, idle"), growth(rows, idle, kernelEnd)],
  ]
  const numbers = slopes.flatMap(([what, slope]) =>
    slope ? [fromSlope(slope, { what: say`One more held connection, ${title}: ${what}` })] : [],
  )
  return { title, isFloor: entry?.family === 'floor', whole: used, numbers }
}

function judge(rows: readonly MemoryPerSubscriberRow[]): Judgement {
  const techniques = [...new Set(rows.map(({ technique }) => technique))].sort()
  const all = techniques.map((technique) => heldBy(technique, rows))
  const numbers = all.flatMap((held) => held.numbers)
  const judged = all.filter(({ isFloor }) => !isFloor)
  const without = judged.filter(({ whole }) => !whole)
  if (judged.length === 0 || without.length > 0) {
    const because =
      without.length > 0
        ? say`A slope needs 3 numbers of connections: there are fewer of ${listed(without)}.`
        : said('A slope needs 3 numbers of connections: there are fewer.')
    return inconclusive(because, numbers)
  }
  const on = (side: string) => judged.filter(({ whole }) => whole && sideOf(whole, CHEAP_BYTES) === side)
  const [below, above, across] = [on('below'), on('above'), on('across')]
  const bound = format.bytes(CHEAP_BYTES)
  if (across.length > 0)
    return inconclusive(say`The interval lies on both sides of ${bound}: ${listed(across)}.`, numbers)
  const isRead = rows.some((row) => kernelEnd(row) !== undefined)
  const verdict = above.length === 0 ? 'held' : below.length === 0 ? 'did not hold' : 'depends'
  const takes = parts([
    below.length > 0 ? say`at most ${bound} with ${listed(below)}` : '',
    above.length > 0 ? say`more than ${bound} with ${listed(above)}` : '',
  ])
  const because = sentences([
    say`A held connection takes ${takes}.`,
    isRead ? '' : said("The kernel's part could not be read here."),
  ])
  return { verdict, because, numbers }
}

/** `Server-Sent Events (19 kB), WebSocket (12 kB)` */
function listed(held: readonly Held[]): Said {
  return clauses(
    held.map(({ title, whole }) =>
      whole ? say`${title} (${format.bytes(Math.round(whole.value))})` : title,
    ),
  )
}
