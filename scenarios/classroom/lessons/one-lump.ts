import { format } from '../../../report/format.ts'
import { type Said, say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import type { Receipt, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import {
  delaysMs,
  doneBy,
  eventsOf,
  firstOf,
  from,
  isLive,
  isWithin,
  laneOf,
  late,
  ms,
  paragraphs,
  quantileOf,
  type Stretch,
  stretchesOf,
} from './reading.ts'

const { count } = format
const RATE = 10
const PAYLOAD_BYTES = 100
const BUFFER_BYTES = 4_096
/** Of an event in an event stream without its chunk, numbers of two digits: `id: 12`, `data: ` and an empty line. */
const SSE_BYTES = PAYLOAD_BYTES + 15
/** So many together are no chance: at 10 events/s they happened within a second. */
const LUMP = 10
const STEADY = 20
/** The first lump is among these: with the smallest events it has some 200. */
const FIRST_RECEIPTS = 500

/** The lumps in which events arrived: runs that came at least twice as fast as they had happened. */
function lumpsOf(state: StageState, receipts: readonly Receipt[]): Receipt[][] {
  const lumps: Receipt[][] = []
  const dueUs = (seq: number) => state.events[seq - 1]?.dueUs ?? 0
  receipts.forEach((receipt, i) => {
    const before = receipts[i - 1]
    const isTogether = before && receipt.atUs - before.atUs <= (dueUs(receipt.seq) - dueUs(before.seq)) / 2
    if (isTogether) lumps.at(-1)?.push(receipt)
    else lumps.push([receipt])
  })
  return lumps
}

const stubborn = (state: StageState) => stretchesOf(state, ({ proxy }) => proxy === 'stubborn-buffering')

/**
 * What a lane received behind the stubborn proxy, by connections through it that were there when the event happened: what
 * a lane fetches after a change or a break comes together, too, and shows nothing of the proxy.
 */
function behindProxy(state: StageState, id: string, stretch: Stretch, most = Infinity): Receipt[] {
  const lane = laneOf(state, id)
  return firstOf(
    lane?.received ?? [],
    most,
    (receipt) =>
      lane !== undefined && isWithin(state, receipt, stretch) && isLive(state, lane, receipt, stretch.fromUs),
  )
}

const isBig = ({ length }: readonly Receipt[]) => length >= LUMP

/** Lumps that are no chance. */
function bigLumps(state: StageState, id: string): Receipt[][] {
  return stubborn(state).flatMap((stretch) => lumpsOf(state, behindProxy(state, id, stretch)).filter(isBig))
}

/** The first of them, perhaps not whole yet; nearly always it is among the first events. */
function lumpOf(state: StageState, id: string): Receipt[] | undefined {
  for (const stretch of stubborn(state)) {
    const early = lumpsOf(state, behindProxy(state, id, stretch, FIRST_RECEIPTS)).find(isBig)
    if (early) return early
  }
  return bigLumps(state, id)[0]
}

function tellLump(lump: readonly Receipt[], state: StageState): Said {
  return say`At least ${lump.length} events came together, the oldest ${late(state, longestOf(lump))} late.`
}

/** The first by Server-Sent Events that is whole: another event has come after it, or the proxy is another one now. */
function firstLump(state: StageState): Receipt[] | undefined {
  for (const stretch of stubborn(state)) {
    const lumps = lumpsOf(state, behindProxy(state, 'sse', stretch, FIRST_RECEIPTS))
    const whole = stretch.toUs === Infinity ? lumps.slice(0, -1) : lumps
    const first = whole.find(isBig)
    if (first) return first
  }
  return undefined
}

/** Delays of the latest 20, where they came one by one as they happened, all of them since the proxy was set as it is now. */
function steady(state: StageState, id: string): number[] | undefined {
  const now = stretchesOf(state, ({ proxy }) => proxy === state.settings.proxy).at(-1)
  const receipts = (laneOf(state, id)?.received ?? []).slice(-STEADY)
  if (!now || receipts.length < STEADY) return undefined
  const isSteady =
    receipts.every((receipt) => isWithin(state, receipt, now)) &&
    lumpsOf(state, receipts).every(({ length }) => length < LUMP / 2)
  return isSteady ? delaysMs(receipts) : undefined
}

const longestOf = (receipts: readonly Receipt[]) => Math.max(0, ...delaysMs(receipts))

/** The first 20 by WebSocket behind the stubborn proxy. */
function firstByWebSocket(state: StageState): number[] | undefined {
  const firsts = stubborn(state).map((stretch) => behindProxy(state, 'websocket', stretch, STEADY))
  const first = firsts.find(({ length }) => length === STEADY)
  return first && delaysMs(first)
}

export const oneLump: Lesson = {
  number: 9,
  id: 'one-lump',
  title: say`Why does the stream arrive in one lump?`,
  goal: say`You can recognise a proxy that buffers by what arrives, work out how long it holds events, and name what helps.`,
  predict: {
    text: say`A proxy collects 4,096 B before it passes them on. A stream has 10 events/s of 115 B. What does the page see?`,
    options: [
      {
        text: say`Each event at once, as the server has written it`,
        why: say`It goes out as far as the proxy. To the proxy an event is not the end of anything, and so no reason to pass it on.`,
      },
      {
        text: say`Each event, steadily, but about 3.5 s late`,
        why: say`A buffer is no delay line. The event that fills it goes on at once, and those before it have waited for different times.`,
      },
      {
        text: say`About 35 events together, every few seconds`,
        isRight: true,
        why: say`4,096 / 115 is about 35 events. Ten a second fill it in about 3.5 s; then all go on together.`,
      },
      {
        text: say`An error, as the answer never ends`,
        why: say`An answer that takes long is nothing wrong. The proxy passes it on, only not when the server would like it to.`,
      },
    ],
  },
  discuss: say`Why might a proxy collect an answer before it passes it on? How could it know that this answer should not be collected?`,
  setup: setupOf(lanesOf('sse', 'iframe-stream', 'long-poll', 'websocket'), {
    ratePerSecond: RATE,
    payloadBytes: PAYLOAD_BYTES,
    proxy: 'stubborn-buffering',
  }),
  controls: ['proxy', 'payloadBytes'],
  acts: [],
  figure: 'longestDelay',
  steps: [
    {
      id: 'lump',
      text: say`Watch Server-Sent Events for some seconds: when do events arrive?`,
      ...doneBy((state) => lumpOf(state, 'sse'), tellLump),
      progress: () => say`No ${LUMP} events came together so far.`,
      why: say`The dots leave the server one by one and wait at the proxy until 4,096 bytes are together.`,
      notSeen: say`Is the proxy set to “buffers whatever is asked”? If not, set it back, or press Reset. With a small payload it takes longer until the buffer is full.`,
    },
    {
      id: 'iframe',
      text: say`Compare the iframe, which is a stream over HTTP, too.`,
      ...doneBy((state) => lumpOf(state, 'iframe-stream'), tellLump),
      progress: () => say`No ${LUMP} events came together so far.`,
      why: say`To the proxy both are an answer that has not ended. What stands in it does not matter.`,
      notSeen: say`Its first lump comes a little earlier or later than the other's: its events have more bytes.`,
    },
    {
      id: 'pass',
      text: say`Look at long polling and WebSocket: do they wait, too?`,
      ...doneBy(
        (state) => ({ polled: steady(state, 'long-poll'), pushed: steady(state, 'websocket') }),
        ({ polled = [], pushed = [] }, state) =>
          say`The latest ${STEADY} came one by one; half of them within ${late(state, quantileOf(polled, 0.5) ?? 0)} by long polling and ${late(state, quantileOf(pushed, 0.5) ?? 0)} by WebSocket.`,
        ({ polled, pushed }, state) =>
          state.settings.proxy === 'stubborn-buffering' &&
          lumpOf(state, 'sse') !== undefined &&
          polled !== undefined &&
          pushed !== undefined,
      ),
      progress: (state) => {
        const counts = ['long-poll', 'websocket'].map((id) => laneOf(state, id)?.received.length ?? 0)
        return eventsOf(Math.min(...counts), STEADY)
      },
      why: say`A poll's answer ends, and at the end a proxy passes on what it has. An upgraded connection is no HTTP answer any more, and is passed on as it comes.`,
      notSeen: say`It counts while the proxy is set to “buffers whatever is asked”. If you have changed it too early, set it back, or press Reset: the 20 events after that count. They have to come one by one in both lanes; a busy computer may bring some together, so wait for more.`,
    },
    {
      id: 'honours',
      text: say`Set the proxy to “buffers unless asked not to”. Is the stream steady now?`,
      ...doneBy(
        (state) => steady(state, 'sse'),
        (delays, state) =>
          say`The latest ${STEADY} came one by one, the longest delay ${late(state, Math.max(...delays))}.`,
        (_, { settings }) => settings.proxy === 'buffering',
      ),
      progress: (state) =>
        state.settings.proxy === 'buffering'
          ? say`The latest delay of Server-Sent Events: ${late(state, delaysMs(laneOf(state, 'sse')?.received ?? []).at(-1) ?? 0)}`
          : say`The proxy is not set to “buffers unless asked not to”.`,
      act: { change: { proxy: 'buffering' } },
      why: say`The server has asked for it in the head of its answer: X-Accel-Buffering: no. The first proxy did not care, this one does, as nginx does by default.`,
      notSeen: say`After the change the lanes open their connections anew, and fetch together what they had missed. Then 20 events have to come one by one.`,
    },
  ],
  explain: (state) => {
    const lumps = state ? bigLumps(state, 'sse') : []
    const websocket = state && firstByWebSocket(state)
    return paragraphs(
      say`A buffer of ${count(BUFFER_BYTES)} B holds an event until enough others have followed: up to buffer / (rate x bytes) = ${count(BUFFER_BYTES)} / (${RATE} x ${SSE_BYTES}) = ${ms((BUFFER_BYTES / (RATE * SSE_BYTES)) * 1e3)}, and half of that on average. The rarer and smaller the events, the worse; at one a minute it is more than half an hour.`,
      state &&
        lumps.length > 0 &&
        say`In this run Server-Sent Events came in lumps of up to ${Math.max(...lumps.map(({ length }) => length))} events, the oldest ${late(state, longestOf(lumps.flat()))} late.`,
      websocket &&
        say`By WebSocket half of the first ${STEADY} events came within ${late(state, quantileOf(websocket, 0.5) ?? 0)}.`,
      say`What helps: to tell the proxy (X-Accel-Buffering: no, or its configuration), to fill its buffer with comments, which costs bytes, to use TLS where the proxy only passes bytes on, or a technique that it does not buffer. A stream that works on one's own machine has not met the proxy yet.`,
    )
  },
  transfer: {
    text: say`A stream is steady on a developer's machine; in production it comes late, in lumps. What to look at first?`,
    options: [
      {
        text: say`What stands between: the proxy, its buffering and its compression`,
        isRight: true,
        why: say`Lumps are the sign of a buffer. It is what production has and the developer's machine has not.`,
      },
      {
        text: say`The rate of the feed`,
        why: say`More events would fill the buffer sooner and hide the cause. They would still come in lumps.`,
      },
      {
        text: say`The browser: EventSource is too slow for production`,
        why: say`The same browser was steady on the developer's machine. It hands on each event when its last byte has arrived.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'lump',
      text: say`Events in the first lump of Server-Sent Events`,
      unit: '',
      answer: (state) => firstLump(state)?.length,
      theory: say`4,096 / 115 = 35.6, so 35 or 36`,
      tolerance: { absolute: 1 },
    },
    {
      id: 'longest',
      text: say`Longest delay in this lump`,
      unit: 'ms',
      answer: from(firstLump, longestOf),
      theory: say`4,096 B / (10 events/s x 115 B) = 3,560 ms`,
      tolerance: { relative: 0.05, absolute: 20 },
    },
    {
      id: 'websocket-median',
      text: say`Delay that half of the first 20 events by WebSocket did not exceed, behind the same proxy`,
      unit: 'ms',
      answer: from(firstByWebSocket, (delays) => quantileOf(delays, 0.5)),
      theory: say`half a round trip, and the computer's own time: a few milliseconds, for nothing is buffered`,
      tolerance: { relative: 0.2, absolute: 1 },
    },
  ],
}
