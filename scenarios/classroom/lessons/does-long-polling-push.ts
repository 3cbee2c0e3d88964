import { list, type Said, say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import {
  doneBy,
  from,
  type HeldPoll,
  heldPolls,
  laneOf,
  ms,
  notYet,
  paragraphs,
  receivedBy,
} from './reading.ts'

const CYCLES = 3
const EVENTS = 5

function cyclesOf(state: StageState): HeldPoll[] {
  const lane = laneOf(state, 'long-poll')
  return lane ? heldPolls(state, lane) : []
}

const waitedMs = ({ askedUs, publishedUs }: HeldPoll) => (publishedUs - askedUs) / 1e3

/** How often the next request followed an answer on the same connection. */
function askedAgain(state: StageState): number {
  return cyclesOf(state).filter(({ isAskedAgain }) => isAskedAgain).length
}

function tellAgain(times: number, state: StageState): Said {
  return say`${times} answers were followed by a request on the same connection; connections so far: ${laneOf(state, 'long-poll')?.connections.length ?? 0}`
}

/** How long the first three had waited, in ms, once there are three. */
function firstWaitsMs(state: StageState): number[] | undefined {
  const waits = cyclesOf(state).slice(0, CYCLES).map(waitedMs)
  return waits.length === CYCLES ? waits : undefined
}

/** What the lane had needed when its fifth event was on its way. */
function untilFifth(state: StageState): { requests: number; connections: number } | undefined {
  const lane = laneOf(state, 'long-poll')
  let events = 0
  const carriage = lane?.firstCarriages?.find((one) => {
    events += one.events.length
    return events >= EVENTS
  })
  return (
    carriage && {
      requests: carriage.requestsSoFar,
      connections: lane?.connections.filter(({ openedUs }) => openedUs <= carriage.atUs).length ?? 0,
    }
  )
}

export const doesLongPollingPush: Lesson = {
  number: 3,
  id: 'does-long-polling-push',
  title: say`Does long polling push?`,
  goal: say`You can put request, event and answer of a long poll into their order, and say who begins.`,
  predict: {
    text: say`With long polling an event reaches the page within milliseconds. What happens on the wire, in which order?`,
    options: [
      {
        text: say`Event, then the server opens a connection to the page, then it sends`,
        why: say`A server cannot open a connection to a browser: nothing listens there. The browser always begins.`,
      },
      {
        text: say`Event, then the page's request, then the answer`,
        why: say`That is short polling. A long poll is at the server before the event happens; that is why it is so fast.`,
      },
      {
        text: say`Request, then a wait at the server, then the event, then the answer`,
        isRight: true,
        why: say`The server keeps the request and answers late, when there is something to say. It looks like a push, and is an answer.`,
      },
      {
        text: say`One request in the beginning, then one answer piece after the other`,
        why: say`That is streaming, as Server-Sent Events do it. A long poll ends with its answer, and the next needs a request.`,
      },
    ],
  },
  discuss: say`Draw each of the four orders as arrows between page and server. Which of these arrows are possible at all, and which are fast enough?`,
  setup: setupOf(lanesOf('long-poll', 'sse'), { ratePerSecond: 0.5 }),
  controls: ['ratePerSecond'],
  acts: ['send'],
  figure: 'requestsPerEvent',
  steps: [
    {
      id: 'waiting',
      text: say`Before an event comes, find the request that already waits at the server.`,
      ...doneBy(
        (state) => cyclesOf(state)[0],
        (first) =>
          say`Event ${first.seq}: its request had waited for ${ms(waitedMs(first))} before it happened.`,
      ),
      progress: (state) =>
        laneOf(state, 'long-poll')?.isOpen.some(Boolean) ? say`A request is waiting now.` : notYet,
      why: say`The hollow tube is a request without an answer. The connection is open and silent.`,
      notSeen: say`Slow the time lens down, or pause the feed and send one event yourself.`,
      act: 'send',
    },
    {
      id: 'order',
      text: say`See three times in which order they come: request, event, answer.`,
      ...doneBy(
        firstWaitsMs,
        (waits) => say`Before their events the first three requests had waited for ${list(waits.map(ms))}.`,
      ),
      progress: (state) => {
        const latest = cyclesOf(state).at(-1)
        return latest
          ? say`Event ${latest.seq}: its request had waited for ${ms(waitedMs(latest))}; the answer left ${ms((latest.answeredUs - latest.publishedUs) / 1e3)} after the event`
          : notYet
      },
      why: say`Each answer belongs to a request that was there before it. No event travels without one.`,
      notSeen: say`An event that happens while no request waits is answered at once with the next one; such a case does not count here.`,
    },
    {
      id: 'again',
      text: say`Watch what the page does right after each answer.`,
      ...doneBy(askedAgain, tellAgain, (times) => times >= CYCLES),
      progress: (state) => tellAgain(askedAgain(state), state),
      why: say`It asks again at once, so that a request waits for the next event. The TCP connection stays: HTTP keeps it alive.`,
      notSeen: say`Look at the arrow from right to left right after an answer. X-ray shows its bytes.`,
    },
    {
      id: 'beside',
      text: say`Compare requests with Server-Sent Events after five events.`,
      ...doneBy(
        untilFifth,
        (seen, state) =>
          say`Long polling had sent ${seen.requests} requests over ${seen.connections} TCP connections when its fifth event was on its way; requests by Server-Sent Events so far: ${laneOf(state, 'sse')?.requests ?? 0}`,
        (_, state) =>
          receivedBy(state, 'long-poll') >= EVENTS &&
          receivedBy(state, 'sse') >= EVENTS &&
          (laneOf(state, 'long-poll')?.requests ?? 0) > (laneOf(state, 'sse')?.requests ?? Infinity),
      ),
      progress: (state) =>
        say`Long polling: ${laneOf(state, 'long-poll')?.requests ?? 0} requests for ${receivedBy(state, 'long-poll')} events; Server-Sent Events: ${laneOf(state, 'sse')?.requests ?? 0} for ${receivedBy(state, 'sse')}`,
      why: say`A stream is one answer that does not end. A long poll's answer ends with each event, so each event needs a request of its own.`,
      notSeen: say`Wait for five events in both lanes; at one every 2 s that is 10 s.`,
    },
  ],
  explain: (state) => {
    const cycles = state ? cyclesOf(state) : []
    const lane = state && laneOf(state, 'long-poll')
    const waits = cycles.map(waitedMs)
    return paragraphs(
      say`Long polling is a request that is answered late. HTTP has not changed: the browser asks, the server answers. Only the moment of the answer is the server's choice, and that makes it look like a push.`,
      cycles.length > 0 &&
        say`In this run ${cycles.length} requests are on record that were waiting when their event happened, the shortest for ${ms(Math.min(...waits))}, the longest for ${ms(Math.max(...waits))}.`,
      lane &&
        say`They went over ${lane.connections.length} of the lane's TCP connections and were ${lane.requests} requests in all: a long poll does not need a new connection each time.`,
      say`Between an answer and the next request nothing waits at the server. An event in that gap comes late, by up to three half round trips after it happened: answer down, request up, answer down. On one machine the gap is too short to notice; over a slow network it is not.`,
    )
  },
  transfer: {
    text: say`Long polling, round trip 200 ms, two messages 10 ms apart: when does the page have the second, at worst?`,
    options: [
      {
        text: say`About 100 ms after it happened, like the first`,
        why: say`The first answer has used up the waiting request. The second message has none to travel with.`,
      },
      {
        text: say`About 300 ms after it happened`,
        isRight: true,
        why: say`The first answer travels down for 100 ms, the next request up for 100 ms, its answer down for 100 ms, less the 10 ms between both.`,
      },
      {
        text: say`Never: it happened while no request was waiting`,
        why: say`The server keeps it, and the next request says what the page had last. It comes late, and it comes.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'wait',
      text: say`Longest time for which one of the first three requests had waited when its event happened`,
      unit: 'ms',
      answer: from(firstWaitsMs, (waits) => Math.max(...waits)),
      theory: say`nearly the time between two events: 2,000 ms at 0.5 events/s`,
      tolerance: { relative: 0.05, absolute: 5 },
    },
    {
      id: 'requests-per-event',
      text: say`Requests of long polling until its fifth event was on its way`,
      unit: '',
      answer: (state) => untilFifth(state)?.requests,
      theory: say`6: one that fetched a cursor, then one for each event`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'connections',
      text: say`TCP connections of long polling until then`,
      unit: '',
      answer: (state) => untilFifth(state)?.connections,
      theory: say`1: HTTP/1.1 keeps it alive, as long as nothing breaks`,
      tolerance: { absolute: 0 },
    },
  ],
}
