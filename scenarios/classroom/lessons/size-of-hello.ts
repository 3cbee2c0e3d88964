import { parts, said, say } from '../../../report/words/say.ts'
import { entryOf } from '../../../server/registry.ts'
import { setupOf } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { bytes, type Cost, costOf, doneBy, from, laneOf, paragraphs } from './reading.ts'

/** `"hello"`, quotation marks included. */
const PAYLOAD_BYTES = 7
const LANES = ['short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket'] as const

type Costs = Record<(typeof LANES)[number], Cost>

/** What the latest event that came alone in every lane cost each of them. */
function latestHello(state: StageState): Costs | undefined {
  for (const { seq, payloadBytes } of state.events.toReversed()) {
    if (payloadBytes !== PAYLOAD_BYTES) continue
    const all = LANES.map((id) => {
      const lane = laneOf(state, id)
      return [id, lane && costOf(lane, seq)] as const
    })
    if (all.every(([, cost]) => cost)) return Object.fromEntries(all) as Costs
  }
  return undefined
}

/** The latest larger event, in the lanes of both streams that are compared. */
function latestLarge(state: StageState): Pick<Costs, 'sse' | 'long-poll'> | undefined {
  for (const { seq, payloadBytes } of state.events.toReversed()) {
    if (payloadBytes < 1_000) continue
    const [sse, polled] = (['sse', 'long-poll'] as const).map((id) => {
      const lane = laneOf(state, id)
      return lane && costOf(lane, seq)
    })
    if (sse && polled) return { sse, 'long-poll': polled }
  }
  return undefined
}

const titled = (id: string) => said(entryOf(id)?.title ?? id)
const share = ({ bytes, payloadBytes }: Cost) => Math.round((payloadBytes / bytes) * 100)

export const sizeOfHello: Lesson = {
  number: 6,
  id: 'size-of-hello',
  title: say`How big is “hello” on the wire?`,
  goal: say`You can say what travels beside a small message by each technique, and when it matters.`,
  predict: {
    text: say`A poll brings "hello", 7 bytes with its quotation marks. How many bytes pass the socket, request included?`,
    options: [
      {
        text: say`About 10: the message and a little around it`,
        why: say`That is what a WebSocket frame takes. A poll is an HTTP request and an HTTP response, each with a header section.`,
      },
      {
        text: say`About 50`,
        why: say`That is the order of an event in an open stream. A browser's request alone names itself, what it accepts, where it comes from and more.`,
      },
      {
        text: say`About 200`,
        why: say`The head of the answer alone is nearly that long, and the request is longer.`,
      },
      {
        text: say`More than 500`,
        isRight: true,
        why: say`A browser's request has several hundred bytes of header, the answer some 200 more. The seven bytes hardly show. With cookies it would be more still.`,
      },
    ],
  },
  discuss: say`Write down what browser and server say to each other in one poll, as far as you know it. How long does it get?`,
  setup: setupOf(lanesOf(...LANES), { ratePerSecond: 0, payloadBytes: PAYLOAD_BYTES, pollIntervalMs: 2_000 }),
  controls: ['payloadBytes'],
  acts: ['send'],
  figure: 'eventBytes',
  steps: [
    {
      id: 'send',
      text: say`Send one event and wait until all five lanes have it.`,
      ...doneBy(latestHello, (hello) => {
        const sizes = LANES.map((id) => hello[id].bytes)
        return say`All five lanes have it, for ${bytes(Math.min(...sizes))} to ${bytes(Math.max(...sizes))} each.`
      }),
      progress: (state) =>
        say`${LANES.filter((id) => (laneOf(state, id)?.received.length ?? 0) > 0).length} of 5 lanes have an event`,
      act: 'send',
      why: say`The same seven bytes go out by five techniques. Whatever else passes the socket is there because of the technique.`,
      notSeen: say`Short polling fetches it up to 2 s later. Send one at a time: two in one answer cannot be told apart here.`,
    },
    {
      id: 'poll',
      text: say`Find in the X-ray the request and the answer that brought it by short polling.`,
      needsXRay: true,
      ...doneBy(
        latestHello,
        (hello) =>
          say`Short polling: ${bytes(hello['short-poll'].bytes)}, long polling: ${bytes(hello['long-poll'].bytes)}`,
        (hello) => hello['short-poll'].bytes >= 10 * PAYLOAD_BYTES,
      ),
      why: say`A poll is a whole HTTP exchange. Its header sections are there for every message anew.`,
      notSeen: say`Choose the lane of short polling in the X-ray, then its last response with an event in it.`,
    },
    {
      id: 'streams',
      text: say`Compare the three that keep a connection: iframe, Server-Sent Events, WebSocket.`,
      ...doneBy(
        latestHello,
        (hello) =>
          say`iframe: ${bytes(hello['iframe-stream'].bytes)}, Server-Sent Events: ${bytes(hello.sse.bytes)}, WebSocket: ${bytes(hello.websocket.bytes)}`,
        (hello) =>
          (['iframe-stream', 'sse', 'websocket'] as const).every(
            (id) => hello[id].bytes < hello['long-poll'].bytes,
          ),
      ),
      why: say`Their header sections were sent once, in the beginning. An event then needs only what marks where it begins and ends.`,
      notSeen: say`One lane may have been away when you sent. Send another event.`,
    },
    {
      id: 'large',
      text: say`Set the payload to 1,000 bytes or more and send another: how much of it is payload now?`,
      ...doneBy(
        latestLarge,
        (large) =>
          say`Payload: ${share(large['long-poll'])} % of long polling, ${share(large.sse)} % of Server-Sent Events`,
      ),
      progress: ({ settings }) => say`The payload is ${settings.payloadBytes} B.`,
      act: { change: { payloadBytes: 1_000 }, act: 'send' },
      why: say`What is added hardly grows with the payload. For large messages its share is small, whichever technique carries them.`,
      notSeen: say`After the change an event has to be sent, too.`,
    },
  ],
  explain: (state) => {
    const hello = state && latestHello(state)
    const large = state && latestLarge(state)
    return paragraphs(
      say`A poll carries the header sections of a request and of an answer for each message. A stream has sent them once: then an event costs an iframe its script element, Server-Sent Events its field names and number, both a chunk's size around it, and WebSocket 2 bytes of frame header up to 125 bytes of payload.`,
      hello &&
        say`In this run the latest “hello” took: ${parts(LANES.map((id) => say`${titled(id)} ${bytes(hello[id].bytes)}, of which ${hello[id].payloadBytes} B are payload`))}.`,
      large &&
        say`With a larger payload ${share(large['long-poll'])} % of the bytes of long polling were payload, and ${share(large.sse)} % of those of Server-Sent Events.`,
      say`These are bytes of the TCP stream. Below it each segment adds 52 bytes of IPv4 and TCP with its time stamps, and so does each bare acknowledgement: on the wire a frame of 9 bytes becomes more than 100, and the difference between techniques shrinks from some seventy times to fewer than ten. This browser sends no cookies here; a site's own would make every poll longer.`,
    )
  },
  transfer: {
    text: say`A camera sends a 200 kB picture every 10 s. How many bytes does WebSocket save against long polling?`,
    options: [
      {
        text: say`Nearly everything: WebSocket has no headers`,
        why: say`The picture is nearly everything, and it has to travel by any technique.`,
      },
      {
        text: say`Less than 1 %`,
        isRight: true,
        why: say`Some 700 bytes of 200,000 are about a third of a percent. Here other reasons decide.`,
      },
      {
        text: say`About half`,
        why: say`Half would need 200 kB of headers. They have less than a thousand bytes.`,
      },
    ],
  },
  worksheet: [
    {
      id: 'short-poll',
      text: say`Bytes for one “hello” by short polling, request and answer`,
      unit: 'B',
      answer: (state) => latestHello(state)?.['short-poll'].bytes,
      theory: say`about 530 B of request and 250 B of answer; it depends on the browser`,
      tolerance: { relative: 0.02 },
    },
    {
      id: 'iframe',
      text: say`Bytes for one “hello” by iframe streaming`,
      unit: 'B',
      answer: (state) => latestHello(state)?.['iframe-stream'].bytes,
      theory: say`script element 38 B and 6 B of chunk around it = 44 B`,
      tolerance: { absolute: 1 },
    },
    {
      id: 'sse',
      text: say`Bytes for one “hello” by Server-Sent Events`,
      unit: 'B',
      answer: (state) => latestHello(state)?.sse.bytes,
      theory: say`id 6 B, data 14 B, an empty line 1 B, and 6 B of chunk around them = 27 B; 1 more for each further digit of the number`,
      tolerance: { absolute: 1 },
    },
    {
      id: 'websocket',
      text: say`Bytes for one “hello” by WebSocket`,
      unit: 'B',
      answer: (state) => latestHello(state)?.websocket.bytes,
      theory: say`2 B of frame header and 7 B of payload = 9 B`,
      tolerance: { absolute: 0 },
    },
    {
      id: 'share',
      text: say`Share of payload in a “hello” by Server-Sent Events`,
      unit: '%',
      answer: from(latestHello, ({ sse }) => (sse.payloadBytes / sse.bytes) * 100),
      theory: say`7/27 = 26 %`,
      tolerance: { absolute: 1 },
    },
  ],
}
