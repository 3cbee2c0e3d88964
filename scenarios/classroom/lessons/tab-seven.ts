import { type Said, say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import { openTabs } from '../log/lane-numbers.ts'
import type { LaneState, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { doneBy, laneOf, notYet, paragraphs } from './reading.ts'

const TABS = 7
/** What browsers allow an origin on HTTP/1.1. */
const LIMIT = 6
const RATE = 1

/** So many receipts are looked at: about 100 events of seven tabs. */
const LATEST = 700
const SETTLED_EVENTS = 3

/** How many are open; 0 for a lane that is not there. */
function openIn(lane: LaneState | undefined): number {
  return lane ? openTabs(lane) : 0
}

/** Of the latest events, how many have come to every tab that is open now, and to no other. */
function sharedByOpen(lane: LaneState | undefined): number {
  if (!lane || openTabs(lane) === 0) return 0
  const tabsOf = new Map<number, Set<number>>()
  for (const { seq, tab } of lane.received.slice(-LATEST))
    tabsOf.set(seq, (tabsOf.get(seq) ?? new Set()).add(tab))
  const isShared = (tabs: Set<number>) => lane.isOpen.every((isOpen, i) => isOpen === tabs.has(i + 1))
  return [...tabsOf.values()].filter(isShared).length
}

/** How many are open, once some events have come to all of these and to no other: so nothing is about to open. */
function settled(lane: LaneState | undefined): number | undefined {
  return lane && sharedByOpen(lane) >= SETTLED_EVENTS ? openTabs(lane) : undefined
}

/** The lane of which one waits, whichever it is, while everything else has had its time: events came to the six. */
function stuck(state: StageState): LaneState | undefined {
  const lane = laneOf(state, 'sse')
  return settled(lane) === LIMIT ? lane : undefined
}

function openConnections({ connections }: LaneState): number {
  return connections.filter(({ closedUs }) => closedUs === undefined).length
}

function tellRate(_: unknown, { settings }: StageState): Said {
  return say`The rate is ${settings.ratePerSecond} events/s.`
}

export const tabSeven: Lesson = {
  number: 5,
  id: 'tab-seven',
  title: say`What happens to tab seven?`,
  goal: say`You can say how many streams a browser opens to one origin over HTTP/1.1, and what waits when they are used up.`,
  predict: {
    text: say`Seven tabs of one page each open an EventSource to one server over HTTP/1.1. What does the seventh see?`,
    options: [
      {
        text: say`The same as the others: seven streams, seven times the events`,
        why: say`A server could serve thousands. It is the browser that opens only six connections to an origin over HTTP/1.1, whatever tab asks for them.`,
      },
      {
        text: say`An error, which its script can show`,
        why: say`An error would be kind. The browser queues the request until one of the six ends, and a stream does not end. No event tells the page.`,
      },
      {
        text: say`Nothing at all: its request waits in the browser, without an error`,
        isRight: true,
        why: say`Six connections are in use for as long as the streams live. The seventh request has not even left the browser.`,
      },
      {
        text: say`The events, but the first tab loses its stream`,
        why: say`A browser does not end a response that is under way for another. First come, first served.`,
      },
    ],
  },
  discuss: say`What do the tabs of one browser share, and what has each for itself? If there is a limit, who could set it: page, browser, server or network?`,
  setup: setupOf(
    lanesOf('sse', 'websocket').map((lane) => ({ ...lane, tabs: TABS })),
    { ratePerSecond: RATE },
  ),
  controls: ['ratePerSecond'],
  acts: ['probe', 'send'],
  figure: 'openTabs',
  steps: [
    {
      id: 'six',
      text: say`Count the EventSources that are open: how many of the seven get events?`,
      ...doneBy(
        stuck,
        (lane) =>
          say`${openTabs(lane)} get events and ${TABS - openTabs(lane)} waits; events that reached exactly these: ${sharedByOpen(lane)}`,
      ),
      progress: (state) => {
        const lane = laneOf(state, 'sse')
        return say`${openIn(lane)} of ${TABS} are open; events that reached exactly these: ${sharedByOpen(lane)}`
      },
      why: say`The limit is the browser's, six connections for each origin on HTTP/1.1, shared by all its tabs.`,
      notSeen: say`If all seven open, this browser has another limit, or its setting was changed. Firefox and Chromium have six. When one of the six breaks, the one that waited takes its place; wait for three more events.`,
    },
    {
      id: 'probe',
      text: say`Ask the same server for something ordinary: press “Ask once more”.`,
      ...doneBy(
        stuck,
        () => say`The ordinary request waits.`,
        ({ probe }) => probe === 'waits',
      ),
      progress: () => notYet,
      act: 'probe',
      why: say`An ordinary request needs a connection, too, and all six are taken. The page's own images, forms and data hang.`,
      notSeen: say`Press “Ask once more” when the six streams are open. If the request is answered, fewer than six are.`,
    },
    {
      id: 'controls',
      text: say`Change the rate to 2 events/s: do the controls of this page still work?`,
      ...doneBy(stuck, tellRate, (_, { settings }) => settings.ratePerSecond !== RATE),
      progress: (state) => tellRate(undefined, state),
      act: { change: { ratePerSecond: 2 } },
      why: say`They speak with another origin: another port has six connections of its own. Besides, they use a WebSocket.`,
      notSeen: say`Any other rate will do. The step counts while one EventSource waits.`,
    },
    {
      id: 'websocket',
      text: say`Look at the other lane: seven WebSockets from one page. Is its ordinary request answered?`,
      ...doneBy(
        (state) => laneOf(state, 'websocket'),
        (lane) => say`All ${openTabs(lane)} WebSockets are open, and the ordinary request was answered.`,
        (lane) => openTabs(lane) === TABS && lane.probe === 'answered',
      ),
      progress: (state) => say`${openIn(laneOf(state, 'websocket'))} of ${TABS} WebSockets are open`,
      act: 'probe',
      why: say`WebSockets are not counted among the six; browsers have another, higher limit for them.`,
      notSeen: say`A browser opens WebSockets to one server one after the other; wait a little, then press “Ask once more”.`,
    },
  ],
  explain: (state) => {
    const [sse, websocket] = ['sse', 'websocket'].map((id) => state && laneOf(state, id))
    return paragraphs(
      say`Over HTTP/1.1 a browser opens at most six connections to an origin. A stream keeps one of them for as long as it lives. After six, every further request to that origin waits in the browser: the seventh stream, but also images, forms and data, in every tab.`,
      sse &&
        openTabs(sse) > 0 &&
        say`In this run ${openTabs(sse)} of ${TABS} EventSources are open, over ${openConnections(sse)} TCP connections.`,
      sse?.probe === 'waits' &&
        say`The ordinary request to the same origin was still waiting when it was last looked at.`,
      websocket && openTabs(websocket) > 0 && say`Of ${TABS} WebSockets ${openTabs(websocket)} are open.`,
      say`HTTP/2 changes it: all requests share one connection as streams, usually 100 or more at once. WebSocket has a limit of its own, which is far higher. One stream shared by all tabs, by a SharedWorker or a BroadcastChannel, helps everywhere. HTTP/2 is not on this stage, since browsers speak it over TLS only.`,
    )
  },
  transfer: {
    text: say`A shop must stay on HTTP/1.1 and wants SSE on each page. Customers open ten tabs. What helps?`,
    options: [
      {
        text: say`Let the streams come from another host name, such as events.shop.example`,
        why: say`Then the shop's pages no longer hang, but the streams of tabs seven to ten still wait at the other origin. It is half of a solution.`,
      },
      {
        text: say`One stream for all tabs, shared through a SharedWorker`,
        isRight: true,
        why: say`However many tabs there are, only one connection is taken for as long as they live.`,
      },
      {
        text: say`A server with more power`,
        why: say`The requests wait in the browser. The server does not even know of them.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'open',
      text: say`EventSources that are open, of seven, once three events have come to them`,
      unit: '',
      answer: (state) => settled(laneOf(state, 'sse')),
      theory: say`6 for each origin over HTTP/1.1`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'connections',
      text: say`TCP connections to the server of this lane that are open then`,
      unit: '',
      answer: (state) => {
        const lane = laneOf(state, 'sse')
        return lane && settled(lane) !== undefined ? openConnections(lane) : undefined
      },
      theory: say`6: the seventh request has not left the browser`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'websockets',
      text: say`WebSockets that are open, of seven, once three events have come to them`,
      unit: '',
      answer: (state) => settled(laneOf(state, 'websocket')),
      theory: say`7: they are not counted among the six`,
      tolerance: { absolute: 0 },
    },
  ],
}
