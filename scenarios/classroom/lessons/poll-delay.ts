import { say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import {
  delaysMs,
  doneBy,
  eventsOf,
  firstDelaysMs,
  firstOf,
  from,
  isWithin,
  laneOf,
  late,
  meanOf,
  ms,
  paragraphs,
  quantileOf,
  stretchesOf,
} from './reading.ts'

const INTERVAL_MS = 1_000
const SHORTER_MS = 500
const EVENTS = 20
const FEWER_EVENTS = 10
const SETTLE_US = 1e6
const RATE = 3.7

/**
 * Delays of the first so many events that happened, and came, while the poll interval was this one; where no such time
 * was long enough, of those of the latest. After a change one second is left out: a poll of the old interval may have
 * been on its way.
 */
function delaysBy(state: StageState, intervalMs: number, events: number): number[] {
  const received = laneOf(state, 'short-poll')?.received ?? []
  const delays = stretchesOf(state, ({ pollIntervalMs }) => pollIntervalMs === intervalMs).map(
    ({ fromUs, ...stretch }, i) => {
      const isFirst = i === 0 && intervalMs === INTERVAL_MS
      const calm = { ...stretch, fromUs: fromUs + (isFirst ? 0 : SETTLE_US) }
      return delaysMs(firstOf(received, events, (receipt) => isWithin(state, receipt, calm)))
    },
  )
  return delays.find(({ length }) => length === events) ?? delays.at(-1) ?? []
}

const firstByPolls = (state: StageState) => delaysBy(state, INTERVAL_MS, EVENTS)
const firstBySse = (state: StageState) => firstDelaysMs(state, 'sse', EVENTS)

/** The same, once there are all of them. */
const all = (delaysOf: (state: StageState) => number[]) => (state: StageState) => {
  const delays = delaysOf(state)
  return delays.length === EVENTS ? delays : undefined
}

/** The first ten by the shorter interval. */
function shorterDelaysMs(state: StageState): number[] | undefined {
  const delays = delaysBy(state, SHORTER_MS, FEWER_EVENTS)
  return delays.length === FEWER_EVENTS ? delays : undefined
}

export const pollDelay: Lesson = {
  number: 1,
  id: 'poll-delay',
  title: say`How late is a poll each second?`,
  goal: say`You can say how late events arrive by short polling, on average and at worst, from the interval alone.`,
  predict: {
    text: say`A page polls once a second. Events happen at any time. How late does it learn of an event, on average?`,
    options: [
      {
        text: say`A few milliseconds: computers and networks are fast`,
        why: say`The journey takes a few milliseconds, but the event first waits at the server until somebody asks. A faster network does not shorten that.`,
      },
      {
        text: say`About half a second`,
        isRight: true,
        why: say`An event can happen right before a poll or right after one, and anywhere between with equal chance. On average it waits half the interval.`,
      },
      {
        text: say`About one second`,
        why: say`That is the worst case: an event right after a poll. As many events happen right before one and hardly wait at all.`,
      },
      {
        text: say`It depends on how many events there are`,
        why: say`Each event waits for the next poll, however many others wait with it. The number of events does not matter, only the moment.`,
      },
    ],
  },
  discuss: say`Draw a line of three seconds with a poll at each. Put five events on it wherever you like. How long does each of them wait?`,
  setup: setupOf(lanesOf('short-poll', 'sse'), { ratePerSecond: RATE, pollIntervalMs: INTERVAL_MS }),
  controls: ['pollIntervalMs'],
  acts: [],
  figure: 'medianDelay',
  steps: [
    {
      id: 'twenty',
      text: say`Let 20 events arrive by short polling, and read their mean delay.`,
      ...doneBy(all(firstByPolls), (delays, state) => {
        const [mean, least, most] = [meanOf(delays) ?? 0, Math.min(...delays), Math.max(...delays)]
        return say`${EVENTS} events: mean ${late(state, mean)}, shortest ${late(state, least)}, longest ${late(state, most)}`
      }),
      progress: (state) => eventsOf(firstByPolls(state).length, EVENTS),
      why: say`One event tells nothing: it may have been lucky. The mean of many tells what the interval does.`,
      notSeen: say`Is the stage paused, the poll interval another than 1,000 ms, or this tab in the background? A browser slows the timers of pages that nobody sees.`,
    },
    {
      id: 'spread',
      text: say`Find an event that waited less than 300 ms and another one that waited more than 700 ms.`,
      ...doneBy(
        (state) => {
          const delays = firstByPolls(state)
          const [short, long] = [delays.find((delay) => delay < 300), delays.find((delay) => delay > 700)]
          return short !== undefined && long !== undefined ? { short, long } : undefined
        },
        ({ short, long }, state) => say`One waited ${late(state, short)}, another ${late(state, long)}.`,
      ),
      why: say`The same page, server and network: only the moment differs at which each event happened between two polls.`,
      notSeen: say`Wait for all 20 events. The poll interval has to be 1,000 ms; if you have changed it, start the lesson again.`,
    },
    {
      id: 'beside',
      text: say`Compare with Server-Sent Events beside it: the same events, without a poll to wait for.`,
      ...doneBy(
        (state) => ({
          sse: quantileOf(all(firstBySse)(state) ?? [], 0.5) ?? Infinity,
          polled: quantileOf(firstByPolls(state), 0.5) ?? 0,
        }),
        ({ sse }, state) => say`The first ${EVENTS}: half of them within ${late(state, sse)}`,
        ({ sse, polled }) => sse < polled,
      ),
      progress: (state) => eventsOf(firstBySse(state).length, EVENTS),
      why: say`The stream is open before the event happens, so the server can write at once. What is left is the journey.`,
      notSeen: say`Is the lane of Server-Sent Events open? If it says that it failed, let it try again.`,
    },
    {
      id: 'shorter',
      text: say`Set the poll interval to 500 ms and watch ten more events.`,
      ...doneBy(
        shorterDelaysMs,
        (delays, state) =>
          say`Ten events: mean ${late(state, meanOf(delays) ?? 0)}, longest ${late(state, Math.max(...delays))}`,
      ),
      progress: ({ settings }) => say`The poll interval is ${ms(settings.pollIntervalMs)}.`,
      act: { change: { pollIntervalMs: SHORTER_MS } },
      why: say`Half the interval, half the delay, and twice the requests: their product stays the same. Polling cannot have few requests and short delays at once.`,
      notSeen: say`The interval has to be exactly 500 ms. The second after the change is left out; then ten events take about 3 s.`,
    },
  ],
  explain: (state) => {
    const delays = state ? firstByPolls(state) : []
    const shorter = state && shorterDelaysMs(state)
    const streamed = state && quantileOf(firstBySse(state), 0.5)
    return paragraphs(
      say`An event waits for the next poll. If it may happen at any moment of the interval T, it waits T/2 on average and T at most; half a round trip R is added for the answer's way. With T = 1 s that is 500 ms on average.`,
      state &&
        delays.length >= 10 &&
        say`In this run the first ${delays.length} events waited ${late(state, meanOf(delays) ?? 0)} on average, the shortest ${late(state, Math.min(...delays))}, the longest ${late(state, Math.max(...delays))}.`,
      shorter &&
        say`With ${ms(SHORTER_MS)} between polls ten events waited ${late(state, meanOf(shorter) ?? 0)} on average.`,
      state &&
        streamed !== undefined &&
        say`Beside it half of the first ${EVENTS} events by Server-Sent Events came within ${late(state, streamed)}.`,
      say`The feed is a little uneven on purpose: exactly 1 event a second would meet the polls at the same place each time, and all would wait equally long, by chance briefly or long. All runs on one machine here, so the journey itself takes next to no time; across a network half a round trip is added, and T/2 stays.`,
    )
  },
  transfer: {
    text: say`Changes may reach a dashboard 2 s late on average. What is the longest interval at which it may poll?`,
    options: [
      {
        text: say`Every 4 s`,
        isRight: true,
        why: say`T/2 = 2 s gives T = 4 s; single events will wait up to 4 s.`,
      },
      {
        text: say`Every 2 s`,
        why: say`Then events wait 1 s on average and 2 s at most: twice as many requests as were asked for.`,
      },
      {
        text: say`Every 1 s`,
        why: say`Then events wait half a second on average: four times as many requests as were asked for.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'mean',
      text: say`Mean delay of the first 20 events by short polling, every 1,000 ms`,
      unit: 'ms',
      answer: from(all(firstByPolls), meanOf),
      theory: say`T/2 = 500 ms`,
      tolerance: { relative: 0.05, absolute: 5 },
    },
    {
      id: 'longest',
      text: say`Longest delay among them`,
      unit: 'ms',
      answer: from(all(firstByPolls), (delays) => Math.max(...delays)),
      theory: say`at most T = 1,000 ms and half a round trip`,
      tolerance: { relative: 0.05, absolute: 5 },
    },
    {
      id: 'sse-median',
      text: say`Delay that half of the first 20 events by Server-Sent Events did not exceed`,
      unit: 'ms',
      answer: from(all(firstBySse), (delays) => quantileOf(delays, 0.5)),
      theory: say`half a round trip, and the computer's own time: a few milliseconds on one machine`,
      tolerance: { relative: 0.2, absolute: 1 },
    },
    {
      id: 'shorter-mean',
      text: say`Mean delay of ten events after you set the interval to 500 ms, the first second left out`,
      unit: 'ms',
      answer: from(shorterDelaysMs, meanOf),
      theory: say`T/2 = 250 ms, give or take: ten events are few`,
      tolerance: { relative: 0.1, absolute: 5 },
    },
  ],
}
