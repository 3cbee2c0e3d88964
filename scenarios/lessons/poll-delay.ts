import type { StageState } from '../../clients/browser/stage/state.ts'
import { say } from '../../report/words/say.ts'
import { defaultStageSettings, type Unit } from '../../server/classroom/stage-log.ts'
import type { Lesson } from './lesson.ts'
import { eventsOf } from './progress.ts'
import { delaysMs, laneOf, meanOf, ms, paragraphs, quantileOf, receivedBy, requestOf } from './reading.ts'

const INTERVAL_MS = 1_000
const SHORTER_MS = 500
const EVENTS = 20
const LATEST = 10
/**
 * Not in step with the polls: 37 events in 10 s meet a poll's second in 37 different places. At 1 event/s each would
 * wait equally long, and how long would be chance.
 */
const RATE = 3.7

/** Delays of the first events, before anybody changes the interval. */
function firstDelaysMs(state: StageState): number[] {
  return delaysMs((laneOf(state, 'short-poll')?.received ?? []).slice(0, EVENTS))
}

/**
 * The latest ten that came by the shorter interval: by polls that followed the one before sooner than the longer interval
 * allows.
 */
function shorterDelaysMs(state: StageState): number[] | undefined {
  const lane = laneOf(state, 'short-poll')
  if (!lane || state.settings.pollIntervalMs > SHORTER_MS) return undefined
  const requests = lane.units.filter(({ what }) => what === 'request')
  const isShorter = (request: Unit | undefined) => {
    const before = request && requests[requests.indexOf(request) - 1]
    return before ? request.atUs - before.atUs < 0.75 * INTERVAL_MS * 1e3 : false
  }
  const seqs = new Set(
    lane.units
      .filter((unit) => unit.what === 'response' && isShorter(requestOf(lane, unit)))
      .flatMap(({ events }) => events),
  )
  const latest = lane.received.filter(({ seq }) => seqs.has(seq)).slice(-LATEST)
  return latest.length === LATEST ? delaysMs(latest) : undefined
}

export const pollDelay: Lesson = {
  number: 1,
  id: 'poll-delay',
  title: say`How late is a poll each second?`,
  goal: say`You can say how late events arrive by short polling, on average and at worst, from the interval alone.`,
  predict: {
    text: say`A page asks the server once a second whether there is news. Events happen at any time. How late does the page learn of an event, on average?`,
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
  setup: {
    lanes: [
      { id: 'short-poll', technique: 'short-poll' },
      { id: 'sse', technique: 'sse' },
    ],
    settings: { ...defaultStageSettings, ratePerSecond: RATE, pollIntervalMs: INTERVAL_MS },
  },
  controls: ['pollIntervalMs'],
  acts: [],
  steps: [
    {
      id: 'twenty',
      text: say`Let 20 events arrive by short polling, and read their mean delay.`,
      isDone: (state) => firstDelaysMs(state).length === EVENTS,
      progress: (state) => {
        const delays = firstDelaysMs(state)
        if (delays.length < 2) return eventsOf(delays.length, EVENTS)
        const [mean, least, most] = [meanOf(delays) ?? 0, Math.min(...delays), Math.max(...delays)]
        return say`${delays.length} of ${EVENTS} events: mean ${ms(mean)}, shortest ${ms(least)}, longest ${ms(most)}`
      },
      why: say`One event tells nothing: it may have been lucky. The mean of many tells what the interval does.`,
      notSeen: say`Is the stage paused, or this tab in the background? A browser slows the timers of pages that nobody sees.`,
    },
    {
      id: 'spread',
      text: say`Find an event that waited less than 300 ms and another one that waited more than 700 ms.`,
      isDone: (state) => {
        const delays = firstDelaysMs(state)
        return delays.some((delay) => delay < 300) && delays.some((delay) => delay > 700)
      },
      why: say`The same page, server and network: only the moment differs at which each event happened between two polls.`,
      notSeen: say`Wait for all 20 events. If each waits equally long, the feed marches in step with the polls: set the rate back to 3.7 events/s by starting the lesson again.`,
    },
    {
      id: 'beside',
      text: say`Compare with Server-Sent Events beside it: the same events, without a poll to wait for.`,
      isDone: (state) =>
        receivedBy(state, 'sse') >= EVENTS &&
        (quantileOf(delaysMs(laneOf(state, 'sse')?.received ?? []), 0.5) ?? Infinity) <
          (quantileOf(firstDelaysMs(state), 0.5) ?? 0),
      progress: (state) => {
        const median = quantileOf(delaysMs(laneOf(state, 'sse')?.received ?? []), 0.5)
        return median === undefined
          ? eventsOf(0, EVENTS)
          : say`${receivedBy(state, 'sse')} events, half of them within ${ms(median)}`
      },
      why: say`The stream is open before the event happens, so the server can write at once. What is left is the journey.`,
      notSeen: say`Is the lane of Server-Sent Events open? If it says that it failed, let it try again.`,
    },
    {
      id: 'shorter',
      text: say`Set the poll interval to 500 ms and watch ten more events.`,
      isDone: (state) => shorterDelaysMs(state) !== undefined,
      progress: (state) => {
        const delays = shorterDelaysMs(state)
        return delays
          ? say`The latest ten: mean ${ms(meanOf(delays) ?? 0)}, longest ${ms(Math.max(...delays))}`
          : say`The poll interval is ${ms(state.settings.pollIntervalMs)}.`
      },
      act: { change: { pollIntervalMs: SHORTER_MS } },
      why: say`Half the interval, half the delay, and twice the requests: their product stays the same. Polling cannot have few requests and short delays at once.`,
      notSeen: say`The ten latest events must all have come by the new interval. Wait a few seconds longer.`,
    },
  ],
  explain: (state) => {
    const delays = state ? firstDelaysMs(state) : []
    const shorter = state && shorterDelaysMs(state)
    const streamed = state && quantileOf(delaysMs(laneOf(state, 'sse')?.received ?? []), 0.5)
    return paragraphs(
      say`An event waits for the next poll. If it may happen at any moment of the interval T, it waits T/2 on average and T at most; half a round trip is added. With T = 1 s that is 500 ms on average.`,
      delays.length >= 10 &&
        say`In this run the first ${delays.length} events waited ${ms(meanOf(delays) ?? 0)} on average, the shortest ${ms(Math.min(...delays))}, the longest ${ms(Math.max(...delays))}.`,
      shorter &&
        say`With a shorter interval the latest ten waited ${ms(meanOf(shorter) ?? 0)} on average, for ${ms(state.settings.pollIntervalMs)} between polls.`,
      streamed !== undefined &&
        say`Beside it half of the events by Server-Sent Events came within ${ms(streamed)}.`,
      say`The feed has 3.7 events a second on purpose: at exactly 1 a second each event would meet the polls at the same place, and all would wait equally long, by chance briefly or long. All runs on one machine here, so the journey itself takes next to no time; across a network a round trip is added, and T/2 stays.`,
    )
  },
  transfer: {
    text: say`A dashboard may be 2 s old on average, not more. What is the longest interval at which it may poll?`,
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
      answer: (state) => {
        const delays = firstDelaysMs(state)
        return delays.length === EVENTS ? meanOf(delays) : undefined
      },
      theory: say`T/2 = 500 ms`,
      tolerance: { relative: 0.05, absolute: 5 },
    },
    {
      id: 'longest',
      text: say`Longest delay among them`,
      unit: 'ms',
      answer: (state) => {
        const delays = firstDelaysMs(state)
        return delays.length === EVENTS ? Math.max(...delays) : undefined
      },
      theory: say`at most T = 1,000 ms and a round trip`,
      tolerance: { relative: 0.05, absolute: 5 },
    },
    {
      id: 'sse-median',
      text: say`Delay that half of the events by Server-Sent Events did not exceed`,
      unit: 'ms',
      answer: (state) => {
        const delays = delaysMs(laneOf(state, 'sse')?.received ?? [])
        return delays.length >= EVENTS ? quantileOf(delays, 0.5) : undefined
      },
      theory: say`half a round trip: a few milliseconds on one machine`,
      tolerance: { relative: 0.2, absolute: 1 },
    },
    {
      id: 'shorter-mean',
      text: say`Mean delay of the latest ten events after you set the interval to 500 ms`,
      unit: 'ms',
      answer: (state) => {
        const delays = shorterDelaysMs(state)
        return delays && meanOf(delays)
      },
      theory: say`T/2 = 250 ms, give or take: ten events are few`,
      tolerance: { relative: 0.1, absolute: 5 },
    },
  ],
}
