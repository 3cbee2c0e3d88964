import { say } from '../../../report/words/say.ts'
import { setupOf } from '../log/entries.ts'
import type { Carriage, LaneState, StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { bytes, doneBy, laneOf, notYet, paragraphs, told } from './reading.ts'

const LANES = ['socket-io', 'socket-io-websocket', 'websocket'] as const

/** What a lane needed before its first event was on its way. */
function opening(state: StageState, id: string): { requests: number; bytes: number } | undefined {
  const [first] = laneOf(state, id)?.firstCarriages ?? []
  return first && { requests: first.requestsSoFar, bytes: first.bytesSoFar - first.bytes }
}

function openings(state: StageState) {
  const [upgrade, direct, plain] = LANES.map((id) => opening(state, id))
  return upgrade && direct && plain && { upgrade, direct, plain }
}

function hasUpgraded(state: StageState): boolean {
  return (laneOf(state, 'socket-io')?.handshakes ?? 0) > 0
}

/** What the first event took that came alone in a frame. */
function frameBytes(state: StageState, id: string): number | undefined {
  const isAlone = ({ what, events }: Carriage) => what === 'frame' && events.length === 1
  return laneOf(state, id)?.firstCarriages?.find(isAlone)?.bytes
}

const tellDirect = ({ requests }: LaneState) => say`Socket.IO by WebSocket only: ${requests} requests so far`

export const socketIoStart: Lesson = {
  number: 10,
  id: 'socket-io-start',
  title: say`Does Socket.IO start with WebSocket?`,
  goal: say`You can say how Socket.IO begins, why it does so, and what that costs before the first event.`,
  predict: {
    text: say`A page opens a Socket.IO connection with the library's own defaults. What is the first thing that it sends?`,
    options: [
      {
        text: say`The opening handshake of a WebSocket: Socket.IO is a WebSocket library`,
        why: say`It can use WebSocket, and has a protocol of its own above it. A plain WebSocket client cannot talk to it. By default it begins with something else.`,
      },
      {
        text: say`An ordinary HTTP request: it begins with long polling`,
        isRight: true,
        why: say`Polls pass nearly everywhere. Once they work it tries a WebSocket beside them, and moves over if that works, too.`,
      },
      {
        text: say`Several attempts at once, and the fastest is kept`,
        why: say`It does not race. It begins with one that nearly always works, and upgrades in its own time.`,
      },
      {
        text: say`An EventSource, and polls for the way up`,
        why: say`Socket.IO has no transport by Server-Sent Events. Its transports are polling, WebSocket and, lately, WebTransport.`,
      },
    ],
  },
  discuss: say`What speaks for beginning with the technique that surely works, and what for beginning with the best one?`,
  setup: setupOf([
    ...lanesOf('socket-io'),
    { id: 'socket-io-websocket', technique: 'socket-io', socketIo: 'websocket' },
    ...lanesOf('websocket'),
  ]),
  controls: ['payloadBytes'],
  acts: ['send'],
  figure: 'requestsToStart',
  beginsSlowed: 100,
  steps: [
    {
      id: 'polls',
      text: say`Find the first request of Socket.IO with its defaults: is it a handshake of WebSocket?`,
      ...doneBy(
        (state) => laneOf(state, 'socket-io'),
        () => say`An ordinary request came first.`,
        ({ beganBy }) => beganBy === 'request',
      ),
      progress: (state) =>
        laneOf(state, 'socket-io')?.beganBy ? say`An opening handshake came first.` : notYet,
      why: say`Its address says transport=polling. The answer gives the session a name and says which upgrades there are.`,
      notSeen: say`It has happened already when you look. Choose the lane in the X-ray and go back to its first unit.`,
    },
    {
      id: 'upgrade',
      text: say`Find the upgrade that follows in the same lane.`,
      ...doneBy(
        (state) => frameBytes(state, 'socket-io'),
        (frame) => say`The first event in a frame took ${bytes(frame)}.`,
        (_, state) => laneOf(state, 'socket-io')?.beganBy === 'request' && hasUpgraded(state),
      ),
      progress: (state) =>
        hasUpgraded(state)
          ? say`The handshake has been sent; the event that comes in a frame is awaited.`
          : notYet,
      why: say`A WebSocket is opened beside the polls and tested by a ping and a pong; only then does the session move.`,
      notSeen: say`Behind a proxy that drops upgrades it never comes, and the polls go on. Here it takes well under a second.`,
    },
    {
      id: 'direct',
      text: say`Compare the lane that was told to use WebSocket only.`,
      ...doneBy(
        (state) => laneOf(state, 'socket-io-websocket'),
        tellDirect,
        ({ beganBy }, state) =>
          beganBy === 'handshake-request' && frameBytes(state, 'socket-io-websocket') !== undefined,
      ),
      progress: told((state) => laneOf(state, 'socket-io-websocket'), tellDirect),
      why: say`It saves the polls, and has nothing to fall back on where WebSocket does not pass.`,
      notSeen: say`Wait until this lane has its first event.`,
    },
    {
      id: 'compare',
      text: say`Compare what all three sent and received before their first event.`,
      ...doneBy(
        openings,
        (seen) =>
          say`Before the first event: Socket.IO ${seen.upgrade.requests} requests and ${bytes(seen.upgrade.bytes)}; by WebSocket only ${seen.direct.requests} and ${bytes(seen.direct.bytes)}; plain WebSocket ${seen.plain.requests} and ${bytes(seen.plain.bytes)}`,
        ({ upgrade, plain }) => upgrade.requests > plain.requests,
      ),
      why: say`Each poll of the beginning has its header sections, and so has the handshake that follows.`,
      notSeen: say`Wait until all three have an event.`,
    },
  ],
  explain: (state) => {
    const seen = state && openings(state)
    const frames = state && [frameBytes(state, 'socket-io'), frameBytes(state, 'websocket')]
    return paragraphs(
      say`Socket.IO is a protocol above long polling and WebSocket. By default it opens its session by polls, which nearly always pass, then tries a WebSocket and moves the session over. Until then it is long polling, and where WebSocket does not pass it stays so.`,
      seen &&
        say`In this run it took ${seen.upgrade.requests} requests and ${bytes(seen.upgrade.bytes)} before the first event was on its way; by WebSocket only ${seen.direct.requests} and ${bytes(seen.direct.bytes)}; a plain WebSocket ${seen.plain.requests} and ${bytes(seen.plain.bytes)}.`,
      frames?.[0] !== undefined &&
        frames[1] !== undefined &&
        say`The first event in a frame took ${bytes(frames[0])} by Socket.IO and ${bytes(frames[1])} by WebSocket: the library writes the type of its packet and the event's name around the data.`,
      say`On one machine these round trips take no time that one would notice. Over a network with a round trip R each costs R, where one waits for the other. What they buy: it works behind proxies, reconnects, has rooms and acknowledgements. Where all of that is not needed, a WebSocket or an event stream is less.`,
    )
  },
  transfer: {
    text: say`A balancer picks any server for each request. Socket.IO fails at times, but not by WebSocket only. Why?`,
    options: [
      {
        text: say`The polls of one session reach different processes, which do not know it`,
        isRight: true,
        why: say`A session is opened at one process. Unless the balancer keeps a client at the same one, the next poll meets another. A WebSocket is a single connection, and stays where it is.`,
      },
      {
        text: say`The balancer cannot pass WebSockets on`,
        why: say`Then WebSocket only would be what fails.`,
      },
      {
        text: say`Long polling is too slow for several processes`,
        why: say`Slow would be late, and not an error. The session is unknown to the process that is asked.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'requests',
      text: say`Requests of Socket.IO with its defaults before its first event`,
      unit: '',
      answer: (state) => openings(state)?.upgrade.requests,
      theory: say`about 5: polls that open the session, join and wait, and the handshake of WebSocket`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'bytes',
      text: say`Bytes of Socket.IO with its defaults before its first event`,
      unit: 'B',
      answer: (state) => openings(state)?.upgrade.bytes,
      theory: say`for each request two header sections, in a browser some 700 B together`,
      tolerance: { relative: 0.02 },
    },
    {
      id: 'plain-bytes',
      text: say`Bytes of the plain WebSocket before its first event`,
      unit: 'B',
      answer: (state) => openings(state)?.plain.bytes,
      theory: say`one opening handshake, a browser's request and an answer of about 130 to 170 B, and a short first message`,
      tolerance: { relative: 0.02 },
    },
    {
      id: 'frame',
      text: say`Bytes of the first event in a frame by Socket.IO`,
      unit: 'B',
      answer: (state) => frameBytes(state, 'socket-io'),
      theory: say`payload, 12 B of packet around it, and 2 or 4 B of frame header: 100 + 12 + 2 = 114 B`,
      tolerance: { absolute: 0 },
    },
  ],
}
