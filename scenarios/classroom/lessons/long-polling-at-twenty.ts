import { type Said, say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import type { Carriage, LaneState, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { bytes, doneBy, eventsOf, laneOf, paragraphs, receivedBy, requestsAfter, told } from './reading.ts'

const EVENTS = 100
/** Long enough for several events at one every other second. */
const WINDOW_US = 10e6

interface PerEvent {
  requests: number
  bytes: number
}

/** Whether an event came at most 100 ms after the one before, or the first of all before the next. */
function isFrequent({ events }: StageState, seq: number): boolean {
  const second = Math.max(2, seq)
  const [event, before] = [events[second - 1], events[second - 2]]
  return event !== undefined && before !== undefined && event.dueUs - before.dueUs <= 100_000
}

/** The first answers in a row that brought 100 events, all of them frequent; undefined while there are fewer. */
function firstHundred(state: StageState, carriages: readonly Carriage[]): Carriage[] | undefined {
  let run: Carriage[] = []
  let events = 0
  for (const carriage of carriages) {
    const isOfIt = carriage.what === 'response' && carriage.events.every((seq) => isFrequent(state, seq))
    run = isOfIt ? [...run, carriage] : []
    events = isOfIt ? events + carriage.events.length : 0
    if (events >= EVENTS) return run
  }
  return undefined
}

/** What a lane spent on each of the first 100 frequent events. */
function perEvent(state: StageState, id: string): PerEvent | undefined {
  const run = firstHundred(state, laneOf(state, id)?.firstCarriages ?? [])
  const [first, last] = [run?.[0], run?.at(-1)]
  if (!run || !first?.request || !last) return undefined
  const events = run.reduce((sum, carriage) => sum + carriage.events.length, 0)
  const before = first.bytesSoFar - first.bytes - first.request.bytes
  return {
    requests: (last.requestsSoFar - first.requestsSoFar + 1) / events,
    bytes: (last.bytesSoFar - before) / events,
  }
}

interface Both {
  short: PerEvent
  long: PerEvent
}

function both(state: StageState): Both | undefined {
  const [short, long] = [perEvent(state, 'short-poll'), perEvent(state, 'long-poll')]
  return short && long && { short, long }
}

/** Requests of the last 10 s; undefined where fewer than 10 s are on record. */
function latestRequests(lane: LaneState | undefined, state: StageState): number | undefined {
  const from = state.atUs - WINDOW_US
  const [first = Infinity] = lane?.requestedUs ?? []
  return lane && first <= from ? requestsAfter(lane, from) : undefined
}

function latestOfBoth(state: StageState): { short: number; long: number } | undefined {
  const [short, long] = ['short-poll', 'long-poll'].map((id) => latestRequests(laneOf(state, id), state))
  return short === undefined || long === undefined ? undefined : { short, long }
}

const compareRequests = ({ short, long }: Both) =>
  say`Requests for each of 100 events: short polling ${short.requests.toFixed(2)}, long polling ${long.requests.toFixed(2)}`
const compareBytes = ({ short, long }: Both) =>
  say`Short polling: ${bytes(short.bytes)} an event; long polling: ${bytes(long.bytes)}`
const compareLatest = ({ short, long }: { short: number; long: number }) =>
  say`In the latest 10 s: short polling ${short} requests, long polling ${long}`

function comparison(short: PerEvent, long: PerEvent): Said {
  return long.bytes > short.bytes
    ? say`Here long polling needed more bytes for each event than short polling.`
    : say`Here long polling needed no more bytes for each event than short polling: was the rate lower, or the interval shorter, than the lesson's?`
}

export const longPollingAtTwenty: Lesson = {
  number: 4,
  id: 'long-polling-at-twenty',
  title: say`Is long polling cheaper at 20 events a second?`,
  goal: say`You can say at which rates of events long polling needs fewer requests than short polling, and at which more.`,
  predict: {
    text: say`20 events happen each second. Which sends more requests: long polling, or short polling every 500 ms?`,
    options: [
      {
        text: say`Short polling: long polling needs fewer requests by its nature`,
        why: say`It needs fewer when events are rare, for then it waits. When events are frequent, each answer comes at once and calls for the next request.`,
      },
      {
        text: say`Long polling, many times more`,
        isRight: true,
        why: say`Nearly each event ends a long poll: about 20 requests a second. Short polling sends 2 a second, whatever happens, and fetches ten events with each.`,
      },
      {
        text: say`Both about the same: the same events have to be fetched`,
        why: say`The events are the same, but an answer can hold many. Short polling collects ten for one answer, long polling answers with the first.`,
      },
      {
        text: say`Long polling sends a single one, which stays open`,
        why: say`That is a stream. A long poll is over with its answer.`,
      },
    ],
  },
  discuss: say`What makes each of the two send its next request? Draw one second of both.`,
  setup: setupOf(lanesOf('short-poll', 'long-poll', 'sse'), { ratePerSecond: 20, pollIntervalMs: 500 }),
  controls: ['ratePerSecond', 'pollIntervalMs'],
  acts: [],
  figure: 'requestsPerEvent',
  steps: [
    {
      id: 'hundred',
      text: say`Let 100 events arrive by both kinds of polling.`,
      ...doneBy(both, () => say`Both have received ${EVENTS} events in quick succession.`),
      progress: (state) =>
        eventsOf(Math.min(receivedBy(state, 'short-poll'), receivedBy(state, 'long-poll')), EVENTS),
      why: say`Only with the same number of events can requests and bytes be compared.`,
      notSeen: say`100 events take 5 s at 20 events/s. Is the stage paused?`,
    },
    {
      id: 'requests',
      text: say`Compare the requests: which lane sends more of them?`,
      ...doneBy(both, compareRequests, ({ short, long }) => long.requests >= 3 * short.requests),
      progress: told(
        both,
        compareRequests,
        (state) =>
          say`Short polling: ${laneOf(state, 'short-poll')?.requests ?? 0} requests; long polling: ${laneOf(state, 'long-poll')?.requests ?? 0}`,
      ),
      why: say`A long poll is answered by the first event it meets. At 20 events/s that is after some 50 ms.`,
      notSeen: say`Set the rate to 20 events/s and the poll interval to 500 ms. On a very slow machine a long poll fetches several events at once, and the difference shrinks.`,
    },
    {
      id: 'bytes',
      text: say`Compare the bytes for each event.`,
      ...doneBy(both, compareBytes, ({ short, long }) => long.bytes > short.bytes),
      progress: told(both, compareBytes),
      why: say`Each request and each answer has a header section, some hundred bytes in a browser. Short polling shares one pair among ten events.`,
      notSeen: say`The step needs 100 events at a high rate. Begin the lesson again if you have changed the rate before.`,
    },
    {
      id: 'slow',
      text: say`Now set the rate to 0.5 events/s and wait for about 15 s: who sends more requests?`,
      ...doneBy(latestOfBoth, compareLatest, ({ short, long }, { settings: { ratePerSecond } }) => {
        const isSlow = ratePerSecond > 0 && ratePerSecond <= 1
        return isSlow && long > 0 && short >= 2 * long
      }),
      progress: told(latestOfBoth, compareLatest, () => say`The latest 10 s are not yet on record.`),
      act: { change: { ratePerSecond: 0.5 } },
      why: say`Long polling sends about one request for each event, short polling one for each interval. They cross where events are as frequent as polls.`,
      notSeen: say`It counts the latest 10 s only, so the time at 20 events/s has to pass first.`,
    },
  ],
  explain: (state) => {
    const seen = state && both(state)
    return paragraphs(
      say`Short polling sends 1/T requests a second, here 2, however many events there are. Long polling sends about as many as there are events, here 20. It needs fewer requests below the crossover at r = 1/T, and more above.`,
      seen &&
        say`In this run, over 100 events in quick succession, long polling sent ${seen.long.requests.toFixed(2)} requests an event and ${bytes(seen.long.bytes)}, short polling ${seen.short.requests.toFixed(2)} requests and ${bytes(seen.short.bytes)}.`,
      seen && comparison(seen.short, seen.long),
      say`What is bought with it is time: by long polling an event is there after a journey, by short polling after T/2 on average. And over a slow network a long poll is under way for a whole round trip, collects the events of that time, and so sends at most one request for each round trip.`,
    )
  },
  transfer: {
    text: say`A score changes every 2 minutes. Long polling, held 25 s at most, or polling every second: what is true?`,
    options: [
      {
        text: say`Long polling sends fewer requests and is faster`,
        isRight: true,
        why: say`About one request in 20 s or so against 20, and the event is there after a journey instead of half a second. This is what long polling was made for.`,
      },
      {
        text: say`Long polling sends more requests, but is faster`,
        why: say`That holds for frequent events. Here one request waits up to 25 s, while short polling sends 25.`,
      },
      {
        text: say`Long polling sends fewer requests, but is slower`,
        why: say`Fewer, yes. But its request is at the server when the event happens, and the answer leaves at once.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'long-requests',
      text: say`Requests of long polling for each of the first 100 events at 20 events/s`,
      unit: '',
      answer: (state) => both(state)?.long.requests,
      theory: say`about 1; less where one answer holds several events`,
      tolerance: { relative: 0.05 },
    },
    {
      id: 'short-requests',
      text: say`Requests of short polling for each of the first 100 events at 20 events/s`,
      unit: '',
      answer: (state) => both(state)?.short.requests,
      theory: say`1/(rT) = 1/(20 x 0.5) = 0.1`,
      tolerance: { relative: 0.05 },
    },
    {
      id: 'long-bytes',
      text: say`Bytes of long polling for each of the first 100 events at 20 events/s`,
      unit: 'B',
      answer: (state) => both(state)?.long.bytes,
      theory: say`a request's header section, an answer's header section, and the payload with what encloses it`,
      tolerance: { relative: 0.05 },
    },
    {
      id: 'short-bytes',
      text: say`Bytes of short polling for each of the first 100 events at 20 events/s`,
      unit: 'B',
      answer: (state) => both(state)?.short.bytes,
      theory: say`a tenth of both header sections, and the payload with what encloses it`,
      tolerance: { relative: 0.05 },
    },
  ],
}
