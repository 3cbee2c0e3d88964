import { type Said, say } from '../../../report/words/say.ts'
import { defaultStageSettings } from '../log/entries.ts'
import type { FirstAnswer, LaneState, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { bytes, doneBy, from, laneOf, late, paragraphs, receivedBy, requestsAfter, told } from './reading.ts'

const POLLS = 60
const SILENT = 20
const LANES = ['short-poll', 'long-poll', 'sse', 'websocket'] as const

/** Requests of the lanes that do not ask again and again, together, until an instant. */
function quietRequests(state: StageState, untilUs = Infinity): number {
  return LANES.slice(1).reduce((sum, id) => {
    const lane = laneOf(state, id)
    return sum + (lane ? lane.requests - requestsAfter(lane, untilUs) : 0)
  }, 0)
}

/** The 20th answer that held nothing, of the first 100. */
function silence(state: StageState): FirstAnswer | undefined {
  const empty = laneOf(state, 'short-poll')?.firstAnswers?.filter(({ events }) => events === 0) ?? []
  return empty[SILENT - 1]
}

/** The first event that all lanes have, and how late the last of them had it. */
function firstByAll(state: StageState): { seq: number; latestMs: number } | undefined {
  const receipts = LANES.map((id) => laneOf(state, id)?.received ?? [])
  for (const { seq } of state.events) {
    const its = receipts.map((all) => all.find((receipt) => receipt.seq === seq)?.delayUs ?? Infinity)
    if (Math.max(...its) < Infinity) return { seq, latestMs: Math.max(...its) / 1e3 }
  }
  return undefined
}

/** How many of the first 60 answers were empty, and how things stood when the 60th had come. */
interface Sixty {
  empty: number
  requests: number
  bytes: number
  sseRequests: number
}

function sixty(state: StageState): Sixty | undefined {
  const answers = polled(state)?.firstAnswers?.slice(0, POLLS)
  const last = answers?.[POLLS - 1]
  const sse = laneOf(state, 'sse')
  if (!answers || !last || !sse) return undefined
  return {
    empty: answers.filter(({ events }) => events === 0).length,
    ...{ requests: last.requestsSoFar, bytes: last.bytesSoFar },
    sseRequests: sse.requests - requestsAfter(sse, last.atUs),
  }
}

/** Short polling, once so many polls were answered and the event of the plan is among their answers. */
function polled(state: StageState): LaneState | undefined {
  const lane = laneOf(state, 'short-poll')
  return lane && lane.answers >= POLLS && lane.received.length > 0 ? lane : undefined
}

function compareRequests({ requests }: LaneState, state: StageState): Said {
  return say`Short polling: ${requests} requests; the three others together: ${quietRequests(state)}`
}

export const costOfSilence: Lesson = {
  number: 2,
  id: 'cost-of-silence',
  title: say`What does silence cost?`,
  goal: say`You can say which share of polls brings nothing, and what that costs, when events are rare.`,
  predict: {
    text: say`A page polls 60 times. In all that time a single event happens. How many of the 60 answers hold nothing?`,
    options: [
      {
        text: say`None: the server answers only when it has something`,
        why: say`HTTP has no such answer. Each request is answered, and by short polling at once, with or without an event. To wait with the answer is long polling.`,
      },
      {
        text: say`About 30`,
        why: say`Half of the time between two polls is how late an event is on average. It has nothing to do with how many answers are empty.`,
      },
      {
        text: say`59`,
        isRight: true,
        why: say`One event fits into one answer; all other polls were asked and answered for nothing.`,
      },
      {
        text: say`60: the event falls between two polls and is missed`,
        why: say`The server keeps it, and the page says with each poll what it had last. The next poll brings it.`,
      },
    ],
  },
  discuss: say`What can a server do when it is asked and nothing has happened? What becomes of an event that happens between two polls?`,
  setup: {
    lanes: lanesOf(...LANES),
    settings: { ...defaultStageSettings, ratePerSecond: 0, pollIntervalMs: 250 },
    plan: [{ atMs: 7_000, act: 'send' }],
  },
  controls: ['pollIntervalMs'],
  acts: ['send'],
  figure: 'emptyAnswers',
  steps: [
    {
      id: 'silence',
      text: say`Watch 20 polls in silence: which lanes say something?`,
      ...doneBy(
        silence,
        ({ atUs, requestsSoFar, bytesSoFar }, state) =>
          say`When ${SILENT} answers had been empty, short polling had sent ${requestsSoFar} requests and moved ${bytes(bytesSoFar)}; the three others had sent ${quietRequests(state, atUs)} requests together.`,
      ),
      progress: (state) => say`${laneOf(state, 'short-poll')?.emptyAnswers ?? 0} of ${SILENT} empty answers`,
      why: say`Short polling talks all the time because it cannot know that there is nothing to talk about.`,
      notSeen: say`Is the lane of short polling open? Keep this tab in front: browsers slow the timers of hidden pages.`,
    },
    {
      id: 'event',
      text: say`After about 7 s one event happens by itself. See it arrive in all four lanes.`,
      ...doneBy(
        firstByAll,
        ({ seq, latestMs }, state) =>
          say`All four lanes have event ${seq}, the last of them ${late(state, latestMs)} after it happened.`,
      ),
      progress: (state) => say`${LANES.filter((id) => receivedBy(state, id) > 0).length} of 4 lanes have it`,
      why: say`All of them deliver it. They differ in what they did before.`,
      notSeen: say`If nothing has happened after 15 s, send one event yourself. A lane that had failed fetches it when it is back.`,
      act: 'send',
    },
    {
      id: 'sixty',
      text: say`Count 60 polls: how many of their answers held nothing?`,
      ...doneBy(
        sixty,
        (seen) =>
          say`Of the first ${POLLS} answers ${seen.empty} were empty. Until then short polling had sent ${seen.requests} requests, the first to learn where to begin, and moved ${bytes(seen.bytes)}; Server-Sent Events had sent ${seen.sseRequests}.`,
        (seen, state) => seen.empty >= POLLS - state.events.length,
      ),
      progress: (state) => {
        const lane = laneOf(state, 'short-poll')
        return say`${lane?.emptyAnswers ?? 0} of ${lane?.answers ?? 0} answers were empty`
      },
      why: say`An answer without an event has a header section all the same, and so had the request for it.`,
      notSeen: say`60 polls take 15 s at 250 ms. If you have made the interval longer, it takes longer.`,
    },
    {
      id: 'quiet',
      text: say`Compare requests: short polling beside the three lanes that keep a connection open.`,
      ...doneBy(
        polled,
        (lane, state) =>
          say`By then short polling had sent ${lane.requests} requests, the three others ${quietRequests(state)} together.`,
        (lane, state) => quietRequests(state) * 4 <= lane.requests,
      ),
      progress: told((state) => laneOf(state, 'short-poll'), compareRequests),
      why: say`They asked once, or a few times, and then waited. In silence nothing needs to be said, but for a heartbeat now and then.`,
      notSeen: say`Wait until 60 polls are over. A lane that was broken off has asked again, and so counts more requests.`,
    },
  ],
  explain: (state) => {
    const lane = state && polled(state)
    const others = state && ['sse', 'websocket'].map((id) => laneOf(state, id)?.bytes ?? 0)
    return paragraphs(
      say`A poll is empty when nothing happened since the one before. With events at random moments, r a second, that is the share e^(-rT) of all polls: the rarer the events, the nearer to all of them. For one event in 60 polls it is 59 of 60, or 98 %.`,
      lane &&
        say`In this run ${lane.emptyAnswers} of ${lane.answers} answers were empty. Short polling moved ${bytes(lane.bytes)} to deliver ${lane.received.length} of the feed's events.`,
      lane &&
        others &&
        say`Over the same time Server-Sent Events moved ${bytes(others[0] ?? 0)} and WebSocket ${bytes(others[1] ?? 0)}, opening included.`,
      say`A longer interval makes fewer empty polls and later events. Silence is not free for the others either: the server holds a connection for each page, and some send a heartbeat every 15 s so that nobody on the way takes the connection for dead.`,
    )
  },
  transfer: {
    text: say`10,000 phones poll every 5 s; a change comes every 10 minutes. How many requests a second, how many useful?`,
    options: [
      {
        text: say`2,000 a second; about 1 in 120 brings something`,
        isRight: true,
        why: say`10,000 / 5 s = 2,000 a second. 10 minutes hold 120 polls of a phone, and one of them finds the change.`,
      },
      {
        text: say`2,000 a second; about half of them bring something`,
        why: say`The rate is right. But 10 minutes hold 120 polls of a phone, and the change is found by one of them.`,
      },
      {
        text: say`About 17 a second, for only changes count`,
        why: say`17 a second would be what is needed, one for each phone and change. The phones cannot know when, and ask all the time.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'answers',
      text: say`Empty answers among the first 60 by short polling`,
      unit: '',
      answer: (state) => sixty(state)?.empty,
      theory: say`59, for one event among 60 polls`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'empty-share',
      text: say`Share of these 60 answers that were empty`,
      unit: '%',
      answer: from(sixty, ({ empty }) => (empty / POLLS) * 100),
      theory: say`59/60 = 98.3 % for one event in 60 polls`,
      tolerance: { absolute: 0.5 },
    },
    {
      id: 'sse-requests',
      text: say`Requests by Server-Sent Events until the 60th of these answers`,
      unit: '',
      answer: (state) => sixty(state)?.sseRequests,
      theory: say`1, as long as nothing breaks`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'bytes-per-poll',
      text: say`Bytes of short polling for each of its requests until then, the answer included`,
      unit: 'B',
      answer: from(sixty, (seen) => seen.bytes / seen.requests),
      theory: say`the header sections of a request and of its answer, and a body of about 43 B: several hundred bytes in a browser`,
      tolerance: { relative: 0.02 },
    },
  ],
}
