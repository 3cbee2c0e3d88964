import { list, type Said, say } from '../../../report/words/say.ts'
import { defaultStageSettings, RECONNECTION_MS } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { doneBy, from, laneOf, late, ms, notYet, paragraphs, receivedBy, told } from './reading.ts'

const KEEPING = ['sse', 'websocket', 'short-poll'] as const
const FORGETFUL = 'websocket-forgetful'
const LANES = [...KEEPING, FORGETFUL]

/** The latest restart that is over. */
interface Restart {
  downUs: number
  upUs: number
  /** Numbers of the events that the feed published while there was no server. */
  missed: number[]
}

function restartOf({ changes, events }: StageState): Restart | undefined {
  const up = changes.findLastIndex(({ what }) => what === 'up')
  const down = changes.slice(0, Math.max(0, up)).findLast(({ what }) => what === 'down')
  const upUs = changes[up]?.atUs
  if (!down || upUs === undefined) return undefined
  const missed = events.filter(({ publishedUs }) => publishedUs > down.atUs && publishedUs < upUs)
  return { downUs: down.atUs, upUs, missed: missed.map(({ seq }) => seq) }
}

/** Whether a lane has received something that happened after the server was back. */
function isBack(state: StageState, id: string, { upUs }: Restart): boolean {
  return (
    laneOf(state, id)?.received.some(({ seq }) => (state.events[seq - 1]?.publishedUs ?? 0) > upUs) ?? false
  )
}

/**
 * What a lane lost by a restart: between the last event that it had before the server went, and the first that it had
 * after the server came. What was on its way when the server went is among it; what was lost before or later is not.
 */
function lostBy(state: StageState, id: string, { downUs, upUs }: Restart): number[] {
  const lane = laneOf(state, id)
  if (!lane) return []
  const publishedUs = (seq: number) => state.events[seq - 1]?.publishedUs ?? 0
  const last = lane.received.findLast(({ seq }) => publishedUs(seq) < downUs)?.seq ?? 0
  const again = lane.received.find(({ seq }) => publishedUs(seq) > upUs)?.seq ?? Infinity
  return lane.lost.filter((seq) => seq > last && seq < again)
}

/** Whether a lane has everything that was published while there was no server, and lost nothing else by that. */
function keptAll(state: StageState, id: string, restart: Restart): boolean {
  const has = new Set(laneOf(state, id)?.received.map(({ seq }) => seq))
  return lostBy(state, id, restart).length === 0 && restart.missed.every((seq) => has.has(seq))
}

const lostByKeeping = (state: StageState, restart: Restart) =>
  KEEPING.reduce((sum, id) => sum + lostBy(state, id, restart).length, 0)

/** The restart, once all lanes are back from it and there was something to miss. */
function survived(state: StageState): Restart | undefined {
  const restart = restartOf(state)
  return restart && restart.missed.length > 0 && LANES.every((id) => isBack(state, id, restart))
    ? restart
    : undefined
}

function tellKept(restart: Restart, state: StageState): Said {
  return say`Published while the server was away: ${list(restart.missed)}. Lost in these three lanes: ${lostByKeeping(state, restart)}`
}

/** What the forgetful lane lost by the restart. */
function forgotten(state: StageState): number[] | undefined {
  const restart = survived(state)
  const lost = restart && lostBy(state, FORGETFUL, restart)
  return lost && lost.length > 0 ? lost : undefined
}

/** The longest delay of what happened while there was no server. */
function longestMs(state: StageState, id: string): number | undefined {
  const missed = survived(state)?.missed
  const delays = laneOf(state, id)
    ?.received.filter(({ seq }) => missed?.includes(seq))
    .map(({ delayUs }) => delayUs / 1e3)
  return delays?.length ? Math.max(...delays) : undefined
}

export const serverRestart: Lesson = {
  number: 8,
  id: 'server-restart',
  title: say`The server restarts: which events are lost?`,
  goal: say`You can say what has to be kept, and by whom, so that a break loses nothing.`,
  predict: {
    text: say`A server restarts; events go on while it is away. All pages come back. Which never get these events?`,
    options: [
      {
        text: say`None: TCP delivers everything`,
        why: say`TCP delivers within one connection. It ended with the server, and a new connection knows nothing of the old one.`,
      },
      {
        text: say`All: while the server is away nobody can receive`,
        why: say`Not at that time. But if events are kept somewhere and the page says what it had last, the rest can be fetched afterwards.`,
      },
      {
        text: say`Those by WebSocket; Server-Sent Events lose nothing`,
        why: say`EventSource says by itself what it had last, WebSocket says what the page lets it say. With one number more in its address it loses nothing either.`,
      },
      {
        text: say`Those that come back without saying which event they had last`,
        isRight: true,
        why: say`Who asks “from now on” gets what happens from now on. Who says “after number 7” gets the rest, by whichever technique.`,
      },
    ],
  },
  discuss: say`What becomes of an event that happens while the server is away? What does the server know of a page that comes back?`,
  setup: {
    lanes: [
      ...lanesOf('sse', 'websocket'),
      { id: FORGETFUL, technique: 'websocket', forgetful: true },
      ...lanesOf('short-poll'),
    ],
    settings: { ...defaultStageSettings, ratePerSecond: 1 },
  },
  controls: ['ratePerSecond'],
  acts: ['restart'],
  figure: 'lost',
  steps: [
    {
      id: 'steady',
      text: say`Wait until each of the four lanes has three events.`,
      ...doneBy(
        (state) => Math.min(...LANES.map((id) => receivedBy(state, id))),
        (least) => say`Each of the four lanes has ${least} events or more.`,
        (least) => least >= 3,
      ),
      progress: (state) => say`${LANES.filter((id) => receivedBy(state, id) >= 3).length} of 4 lanes`,
      why: say`So that each lane has a last event to remember.`,
      notSeen: say`At 1 event/s it takes about 4 s. A lane that says that it failed tries again by itself.`,
    },
    {
      id: 'restart',
      text: say`Restart the server: it is away for 3 s, and the feed goes on.`,
      ...doneBy(
        restartOf,
        ({ upUs, downUs, missed }) =>
          say`The server was away for ${ms((upUs - downUs) / 1e3)}; published meanwhile: ${list(missed)}`,
        ({ missed }) => missed.length > 0,
      ),
      progress: (state) => (state.server === 'down' ? say`The server is away.` : notYet),
      act: 'restart',
      why: say`The process is ended as by a crash: all its connections are gone. Events happen elsewhere, and are kept there.`,
      notSeen: say`Press the button. If no event happened in these 3 s, the rate is too low: set it to 1 event/s and restart again. It is the latest restart that counts.`,
    },
    {
      id: 'back',
      text: say`Watch all four lanes come back.`,
      ...doneBy(survived, () => say`All four lanes are back.`),
      progress: told(
        restartOf,
        (restart, state) =>
          say`${LANES.filter((id) => isBack(state, id, restart)).length} of 4 lanes are back`,
      ),
      why: say`EventSource reconnects by itself after a while that the server has told it; for WebSocket and polls the page's script does.`,
      notSeen: say`Some wait for a few seconds before they try again. Keep this tab in front. A lane that has no events for 10 s: press Reset, and restart again.`,
    },
    {
      id: 'kept',
      text: say`Check the three lanes that said what they had last: is anything missing?`,
      ...doneBy(survived, tellKept, (restart, state) => KEEPING.every((id) => keptAll(state, id, restart))),
      progress: told(restartOf, tellKept),
      why: say`Last-Event-ID, a number in the address, a cursor in the poll: three ways to say the same thing.`,
      notSeen: say`If something was lost although its lane said what it had, note which and when: a page that is loaded anew has forgotten its number, and the feed keeps a limited number of events. Press Reset, and restart again.`,
    },
    {
      id: 'lost',
      text: say`Find the broken dots in the forgetful lane: which events did it never get?`,
      ...doneBy(forgotten, (lost) => say`Lost by the forgetful lane: ${list(lost)}`),
      progress: () => notYet,
      why: say`It came back and asked for what happens from now on. Nobody told it that something was missing.`,
      notSeen: say`A lane knows of a gap only when a later event arrives. Wait for one more event. If the page was loaded anew during the restart, press Reset, and restart again.`,
    },
  ],
  explain: (state) => {
    const restart = state && survived(state)
    const lost = state && forgotten(state)
    const longest = state && longestMs(state, 'sse')
    return paragraphs(
      say`Nothing is lost if three things hold: events are numbered, somebody keeps them for longer than the break, and who comes back says which number it had last. Without the last, all events of the break are lost: rate x time away.`,
      restart &&
        say`In this run the server was away for ${ms((restart.upUs - restart.downUs) / 1e3)}, and the feed published ${restart.missed.length} events in that time: ${list(restart.missed)}.`,
      restart &&
        say`Lost with a cursor: ${lostByKeeping(state, restart)}. Lost without one: ${lost ? list(lost) : say`none so far`}. It can be more than what happened while the server was away: what was on its way when it went is lost, too, and what happened until the page was back.`,
      state &&
        longest !== undefined &&
        say`Not lost does not mean not late: by Server-Sent Events the oldest of them was ${late(state, longest)} late.`,
      say`The technique does not decide it. EventSource sends Last-Event-ID by itself; for WebSocket and polls a page has to say it: a number, and which feed numbers so, for it means nothing in another. And the server's side has to keep the events where they outlive the server, as this stage does.`,
    )
  },
  transfer: {
    text: say`A page by WebSocket shows the latest price only. It was away for 40 prices: what does it need on its return?`,
    options: [
      {
        text: say`All 40 prices, in order`,
        why: say`For a chart it would. For the latest price 39 of them are out of date already.`,
      },
      {
        text: say`The latest price at once, whether or not another is published`,
        isRight: true,
        why: say`State instead of history: one message on opening makes up for any break. “From now on” alone would show an old price until the next change.`,
      },
      {
        text: say`Nothing: the next price will come`,
        why: say`Until then it shows a price that is out of date, and nobody knows for how long.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'missed',
      text: say`Events that were published while the server was away, at the latest restart`,
      unit: '',
      answer: (state) => survived(state)?.missed.length,
      theory: say`rate x time = about 3 to 4 at 1 event/s`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'lost-forgetful',
      text: say`Events that the forgetful WebSocket lost by it`,
      unit: '',
      answer: (state) => forgotten(state)?.length,
      theory: say`those published while the server was away, what was on its way then, and what happened until this page was back`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'lost-websocket',
      text: say`Events that the WebSocket with a cursor lost by it`,
      unit: '',
      answer: from(survived, (restart, state) => lostBy(state, 'websocket', restart).length),
      theory: say`0: it says what it had last`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'longest',
      text: say`Longest delay by Server-Sent Events among those published while the server was away`,
      unit: 'ms',
      answer: (state) => longestMs(state, 'sse'),
      theory: say`at most the time away, the reconnection time of ${ms(RECONNECTION_MS)}, and two round trips`,
      tolerance: { relative: 0.05, absolute: 20 },
    },
  ],
}
