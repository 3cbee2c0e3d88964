import { median } from '../../../report/statistics/median.ts'
import { type Said, say, sentences } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import { periodsOf } from '../log/milestones.ts'
import { compared, isAfter, type Pair, type Paired, reversed } from '../log/pairs.ts'
import type { LaneState, Receipt, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import {
  delaysMs,
  doneBy,
  eventsOf,
  isLive,
  isWithin,
  laneOf,
  late,
  ms,
  paragraphs,
  quantileOf,
  stretchesOf,
  told,
} from './reading.ts'

const EVENTS = 30
const LATER_EVENTS = 10
const ADDED_MS = 50
/** Where one technique's own delays differ by more, something else is measured than techniques. */
const CALM_MS = 50

interface Range {
  median: number
  low: number
  high: number
}

/** The middle 80 % of some delays, in ms. */
function rangeOf(delays: readonly number[]): Range {
  return {
    median: median(delays),
    low: quantileOf(delays, 0.1) ?? Number.NaN,
    high: quantileOf(delays, 0.9) ?? Number.NaN,
  }
}

export interface Comparison {
  sse: Range
  websocket: Range
  /** Server-Sent Events after WebSocket. */
  paired: Paired
  /** Whichever was written second after whichever was written first. */
  firstWritten: Paired
  /** How wide the middle 80 % of the more scattered one is. */
  spreadMs: number
}

/**
 * The first so many events that both lanes received while so much delay was added, by connections that were opened in
 * that time and were there when the event happened: another network means another connection, and what is fetched
 * after a break is late for another reason.
 */
function bothOf(state: StageState, addedMs: number, most = Infinity): Pair[] {
  const [sse, websocket] = [laneOf(state, 'sse'), laneOf(state, 'websocket')]
  if (!sse || !websocket) return []
  const stretches = stretchesOf(state, ({ addedDelayMs }) => addedDelayMs === addedMs)
  const isOfIt = (lane: LaneState, receipt: Receipt) =>
    stretches.some(
      (stretch) => isWithin(state, receipt, stretch) && isLive(state, lane, receipt, stretch.fromUs),
    )
  const pairs: Pair[] = []
  // Both lanes receive in the order of numbers.
  let next = 0
  for (const receipt of sse.received) {
    if (pairs.length >= most) break
    while ((websocket.received[next]?.seq ?? Infinity) < receipt.seq) next++
    const other = websocket.received[next]
    if (other?.seq === receipt.seq && isOfIt(sse, receipt) && isOfIt(websocket, other))
      pairs.push([other, receipt])
  }
  return pairs
}

function inOrderOfWriting([one, other]: Pair): Pair[] {
  if (one.sentUs === undefined || other.sentUs === undefined) return []
  return one.sentUs <= other.sentUs ? [[one, other]] : [[other, one]]
}

function compare(pairs: readonly Pair[]): Comparison {
  const ranges = {
    sse: rangeOf(delaysMs(pairs.map(([, sse]) => sse))),
    websocket: rangeOf(delaysMs(pairs.map(([websocket]) => websocket))),
  }
  return {
    ...ranges,
    paired: compared(pairs),
    firstWritten: compared(pairs.flatMap(inOrderOfWriting)),
    spreadMs: Math.max(ranges.sse.high - ranges.sse.low, ranges.websocket.high - ranges.websocket.low),
  }
}

/** A computer that loads pages is busy at first: then it is tried again so many events later, and so often. */
const LATER = 10
const MOST_TRIES = 50

/**
 * The first 30 events in a row without added delay. Where they scatter so much that they compare nothing, 30 that begin
 * a little later; it goes by the scatter alone, and not by who was ahead.
 */
function undelayed(state: StageState): Comparison | undefined {
  let seen: Comparison | undefined
  const pairs = bothOf(state, 0, EVENTS + MOST_TRIES * LATER)
  for (let from = 0; from + EVENTS <= pairs.length; from += LATER) {
    seen = compare(pairs.slice(from, from + EVENTS))
    if (seen.spreadMs <= CALM_MS) break
  }
  return seen
}

/** The first 30 of them. Who came later in each does not depend on how busy the computer was. */
function firstThirty(state: StageState): Comparison | undefined {
  const pairs = bothOf(state, 0, EVENTS)
  return pairs.length === EVENTS ? compare(pairs) : undefined
}

/** What undelayed gives, where their scatter is that of techniques and not of a computer that is busy otherwise. */
function calm(state: StageState): Comparison | undefined {
  const seen = undelayed(state)
  return seen && seen.spreadMs <= CALM_MS ? seen : undefined
}

function isTie({ paired }: Pick<Comparison, 'paired'>): boolean {
  return !isAfter(paired) && !isAfter(reversed(paired))
}

/** The first ten of both lanes with so much added delay. */
function delayedBy(state: StageState, addedMs: number): Comparison | undefined {
  const pairs = bothOf(state, addedMs, LATER_EVENTS)
  if (pairs.length < LATER_EVENTS) return undefined
  const seen = compare(pairs)
  return Math.min(seen.sse.low, seen.websocket.low) >= addedMs * 0.9 ? seen : undefined
}

/** The same for the first delay that was enough, with how much it was. */
function delayed(state: StageState): (Comparison & { addedMs: number }) | undefined {
  const added = periodsOf(state).map(({ settings }) => settings.addedDelayMs)
  for (const addedMs of new Set(added.filter((ms) => ms >= ADDED_MS))) {
    const seen = delayedBy(state, addedMs)
    if (seen) return { ...seen, addedMs }
  }
  return undefined
}

/** Event by event. */
function whoCameLater({ paired, firstWritten }: Comparison): Said {
  const { pairs, after, laterUs } = paired
  return sentences(
    [
      say`Server-Sent Events came after WebSocket in ${after} of ${pairs} events.`,
      isAfter(paired) && say`So WebSocket was ahead here, by ${ms(laterUs / 1e3)}.`,
      isAfter(reversed(paired)) && say`So Server-Sent Events were ahead here, by ${ms(-laterUs / 1e3)}.`,
      isTie({ paired }) && say`So neither is ahead.`,
      firstWritten.pairs > 0 &&
        say`Whichever the server had written first came first in ${firstWritten.after} of ${firstWritten.pairs}.`,
    ].filter((text) => text !== false),
  )
}

export const websocketOrSse: Lesson = {
  number: 7,
  id: 'websocket-or-sse',
  title: say`Is WebSocket always faster than SSE?`,
  goal: say`You can compare two delays honestly: event by event and beside their scatter, and say when a difference means nothing.`,
  predict: {
    text: say`One server sends the same small events by WebSocket and by Server-Sent Events. Which arrive earlier?`,
    options: [
      {
        text: say`WebSocket, clearly: it is a protocol of its own for real time`,
        why: say`Its frame is some twenty bytes shorter. But both are bytes written into an open TCP connection, and twenty bytes cost microseconds at most.`,
      },
      {
        text: say`Server-Sent Events, clearly: one direction needs less work`,
        why: say`The other direction costs nothing while nobody uses it. Both write into an open connection.`,
      },
      {
        text: say`Neither: the difference is smaller than what varies from event to event`,
        isRight: true,
        why: say`Both connections are open before the event happens. What is left is the same journey, and its chance variations are larger than the difference.`,
      },
      {
        text: say`Server-Sent Events are later by a round trip each, as HTTP must ask first`,
        why: say`That holds for polls. An event stream was asked for once; its events follow without further requests.`,
      },
    ],
  },
  discuss: say`Which steps does an event take from server to page by each of the two? Where could one lose time against the other?`,
  setup: setupOf(lanesOf('sse', 'websocket'), { ratePerSecond: 5 }),
  controls: ['addedDelayMs', 'payloadBytes'],
  acts: [],
  figure: 'medianDelay',
  steps: [
    {
      id: 'thirty',
      text: say`Let 30 events arrive by both.`,
      ...doneBy(firstThirty, () => say`Both have ${EVENTS} events.`),
      progress: (state) => eventsOf(bothOf(state, 0, EVENTS).length, EVENTS),
      why: say`A single event may be early or late by chance. Thirty show how much chance there is.`,
      notSeen: say`30 events take 6 s at 5 events/s, and only those without added delay count: set it to 0 ms if you have changed it. If a lane stays without events, press Reset.`,
    },
    {
      id: 'tie',
      text: say`Compare event by event: in how many of the 30 do Server-Sent Events come later?`,
      ...doneBy(firstThirty, whoCameLater, isTie),
      progress: told(firstThirty, whoCameLater),
      why: say`The same event by both: whatever makes it late for both cancels out. If neither is ahead in nearly all of them, a difference of the medians is no reason to prefer one. One process writes both, so this stage reverses the order at every second event.`,
      notSeen: say`Then your run says something else, and that is a result, too: note the numbers, press Reset, and see whether it repeats.`,
    },
    {
      id: 'delay',
      text: say`Add 50 ms of delay to the network: what becomes of both?`,
      ...doneBy(
        delayed,
        ({ sse, websocket, paired: { after, pairs } }, state) =>
          say`Ten events: median ${late(state, sse.median)} by Server-Sent Events, ${late(state, websocket.median)} by WebSocket; Server-Sent Events came after WebSocket in ${after} of ${pairs}.`,
      ),
      progress: ({ settings }) => say`Added to each direction: ${settings.addedDelayMs} ms`,
      act: { change: { addedDelayMs: ADDED_MS } },
      why: say`Both wait for the same journey, once. The network decides, and not the name of the technique.`,
      notSeen: say`Both connections are opened anew through the slower network. Wait for ten further events.`,
    },
  ],
  explain: (state) => {
    const first = state && firstThirty(state)
    const seen = state && undelayed(state)
    const slowed = state && delayed(state)
    return paragraphs(
      say`Once their connections are open, both do the same: the server writes some bytes, the network carries them, the browser reads them and calls a function. In theory both take half a round trip, R/2, and the computer's own time. WebSocket's frame is shorter by some twenty bytes, which take microseconds.`,
      first && whoCameLater(first),
      seen &&
        seen.spreadMs <= CALM_MS &&
        say`Medians of 30 events: ${late(state, seen.sse.median)} by Server-Sent Events and ${late(state, seen.websocket.median)} by WebSocket; the middle 80 % of one of them alone is ${ms(seen.spreadMs)} wide.`,
      seen &&
        seen.spreadMs > CALM_MS &&
        say`The middle 80 % of the ${EVENTS} delays of this run differ from each other by ${ms(seen.spreadMs)}: the computer is busy with something else. Their medians compare nothing; event by event they can be compared all the same.`,
      slowed &&
        say`With ${slowed.addedMs} ms added in each direction, the medians of ten events were ${late(state, slowed.sse.median)} by Server-Sent Events and ${late(state, slowed.websocket.median)} by WebSocket. Next to such a journey, what the server's order of writing makes is nothing.`,
      say`One process writes both lanes, one after the other, and who is second is later by that: a fraction of a millisecond. Always in the same order, the first would win nearly every event, and the comparison would have measured the order. So it is reversed at every second event.`,
      say`One run on one machine shows that there is no large difference here. It cannot show that there is none at all: for that, trials are repeated in random order and compared in pairs, as the bench of pushlab does.`,
      say`What does tell them apart: WebSocket carries messages both ways and bytes as they are; Server-Sent Events reconnect by themselves, say what came last, and pass wherever HTTP passes.`,
    )
  },
  transfer: {
    text: say`A blog says: WebSocket took 2.1 ms, SSE 2.4 ms, so WebSocket is 12.5 % faster. What is missing most?`,
    options: [
      {
        text: say`How much the delays of each vary, and over how many trials`,
        isRight: true,
        why: say`If each varies by a millisecond from trial to trial, 0.3 ms may well be chance. Without the scatter, the sentence says nothing.`,
      },
      {
        text: say`The brand of the server's processor`,
        why: say`It belongs into every report. But it is the same for both, and does not tell whether 0.3 ms are chance.`,
      },
      {
        text: say`Nothing: 2.1 is less than 2.4`,
        why: say`The numbers are of this one run. Whether the next one gives the same order is the question.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'later',
      text: say`Of the first ${EVENTS} events without added delay, those that Server-Sent Events brought after WebSocket`,
      unit: '',
      answer: (state) => firstThirty(state)?.paired.after,
      theory: say`about half of them: whichever is written first comes first`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'sse-median',
      text: say`Median delay by Server-Sent Events of the 30 events that are compared, without added delay`,
      unit: 'ms',
      answer: (state) => calm(state)?.sse.median,
      theory: say`R/2, and the computer's own time: a few milliseconds on one machine`,
      tolerance: { relative: 0.05, absolute: 1 },
    },
    {
      id: 'websocket-median',
      text: say`Median delay of the same events by WebSocket`,
      unit: 'ms',
      answer: (state) => calm(state)?.websocket.median,
      theory: say`R/2, as for Server-Sent Events`,
      tolerance: { relative: 0.05, absolute: 1 },
    },
    {
      id: 'spread',
      text: say`Width of the middle 80 % of the technique that scatters more`,
      unit: 'ms',
      answer: (state) => calm(state)?.spreadMs,
      theory: say`no formula: it is what the computer does besides`,
      tolerance: { relative: 0.05, absolute: 0.1 },
    },
    {
      id: 'delayed',
      text: say`Median delay of the first ten events by WebSocket with 50 ms added`,
      unit: 'ms',
      answer: (state) => delayedBy(state, ADDED_MS)?.websocket.median,
      theory: say`50 ms and what it was before: one way only`,
      tolerance: { relative: 0.05, absolute: 1 },
    },
  ],
}
