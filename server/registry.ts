import { chosenOf, type Variant, type VariantAxis } from './variant.ts'

/** What one technique is: the facts that lists, reports and lessons show, and what its measurements go by. */
export interface TechniqueEntry {
  /** Route, file name on both sides and value of `--technique`: lower case with hyphens. */
  name: string
  /** What people call it. */
  title: string
  /**
   * poll: a request asks for every batch of events. stream: one request or connection carries many events. floor: no
   * technique to choose but what the harness itself costs; measured beside the others and never ranked.
   */
  family: 'poll' | 'stream' | 'floor'
  /** Whether a timer of the client's sends each poll. Left out, the server holds it, and the next follows the answer. */
  timer?: true
  /**
   * http: requests and answers alone; may run over HTTP/2, and sends its own messages by POST. websocket: begins as
   * an HTTP/1.1 request and is upgraded. tcp: owns its TCP connection.
   */
  carrier: 'http' | 'websocket' | 'tcp'
  /**
   * http: works over plain HTTP by polling where the upgrade is not passed; its figures are those of its carrier. Left out
   * where nothing works without the carrier.
   */
  fallback?: 'http'
  /** down: what a client has to say needs requests beside it. both: the same connection carries it. */
  direction: 'down' | 'both'
  /** Who begins, and how often. */
  initiator: string
  /** What tells the server where to go on after a break. */
  resumedBy: string
  endsWhen: string
  /** The document that defines it. */
  specification: string
  /** Whether something newer does the same without its detours: nobody chooses it for something new. */
  isHistory?: true
  /** Where it stands today, according to whom, as of when (a year, a month or a day of ISO 8601). */
  status: { text: string; source: string; date: string }
  /**
   * What a page has to load before it can use it, a file of an installed package; left out where browsers have it
   * built in.
   */
  clientScript?: string
  /** The choices of variant.ts that mean something to it. */
  variants: readonly VariantAxis[]
  /** Rules of the conformance suite that it cannot follow, by the rule's name, each with the reason. */
  deviations?: Readonly<Record<string, string>>
}

const HTTP: VariantAxis[] = ['tls', 'http', 'noDelay', 'contentCoding', 'headers', 'cookieBytes', 'payload']
const WEBSOCKET: VariantAxis[] = [
  'tls',
  'http',
  'noDelay',
  'perMessageDeflate',
  'headers',
  'cookieBytes',
  'payload',
]
const POLL_CANNOT_STALL = {
  stall:
    'The answer to a poll is at most as long as the buffer: the kernel takes it, and nothing is left that could stall.',
}
const HTML = 'https://html.spec.whatwg.org/multipage'

/**
 * THE list of techniques. A technique is one entry here, one file `server/techniques/<name>.ts` and one file
 * `clients/techniques/<name>.ts`; everything else (routes, conformance suite, bench, list, report) follows from them.
 */
export const registry: readonly TechniqueEntry[] = [
  {
    name: 'short-poll',
    title: 'Short polling',
    family: 'poll',
    timer: true,
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, with a request at every tick of a timer',
    resumedBy: "the feed's ID and the cursor in every request",
    endsWhen: 'the client stops asking',
    specification: 'https://www.rfc-editor.org/rfc/rfc9110',
    status: {
      text: 'in use, wherever seconds do not matter',
      source: 'https://www.rfc-editor.org/rfc/rfc9110',
      date: '2022-06',
    },
    variants: [...HTTP, 'keepAlive', 'pollTimer', 'conditional', 'client'],
    deviations: POLL_CANNOT_STALL,
  },
  {
    name: 'long-poll',
    title: 'Long polling',
    family: 'poll',
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, with a request for every batch, which the server holds',
    resumedBy: "the feed's ID and the cursor in every request",
    endsWhen: 'the client stops asking',
    specification: 'https://www.rfc-editor.org/rfc/rfc6202',
    status: {
      text: 'in use, mostly as a fallback',
      source: 'https://www.rfc-editor.org/rfc/rfc6202',
      date: '2011-04',
    },
    variants: [...HTTP, 'keepAlive', 'client'],
    deviations: POLL_CANNOT_STALL,
  },
  {
    name: 'jsonp-poll',
    title: 'JSONP polling',
    family: 'poll',
    isHistory: true,
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, with a script element for every batch, whose request the server holds',
    resumedBy: "the feed's ID and the cursor in the script's URL",
    endsWhen: 'the client adds no further script element',
    specification: `${HTML}/scripting.html#the-script-element`,
    status: {
      text: 'history: pages of other origins are read with CORS today',
      source: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
      date: '2014-01-16',
    },
    variants: [...HTTP, 'keepAlive'],
    deviations: POLL_CANNOT_STALL,
  },
  {
    name: 'iframe-stream',
    title: 'iframe streaming',
    family: 'stream',
    isHistory: true,
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, once, with a hidden iframe',
    resumedBy: "the feed's ID and the cursor in the iframe's URL",
    endsWhen: 'the page says that the feed is over',
    specification: 'https://www.rfc-editor.org/rfc/rfc6202#section-3',
    status: {
      text: 'history: EventSource does the same without a page',
      source: `${HTML}/server-sent-events.html`,
      date: '2020-01',
    },
    variants: [...HTTP, 'fanOut'],
  },
  {
    name: 'multipart-stream',
    title: 'Multipart streaming',
    family: 'stream',
    isHistory: true,
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, once',
    resumedBy: "the feed's ID and the cursor in the URL",
    endsWhen: 'the closing boundary',
    specification: `${HTML}/document-lifecycle.html#read-multipart-x-mixed-replace`,
    status: {
      text: 'history for data (Firefox 22 removed XMLHttpRequest.multipart); in use for camera images',
      source: 'https://developer.mozilla.org/en-US/docs/Mozilla/Firefox/Releases/22',
      date: '2013-06-25',
    },
    variants: [...HTTP, 'fanOut'],
  },
  {
    name: 'fetch-stream',
    title: 'Fetch streaming (NDJSON)',
    family: 'stream',
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, once',
    resumedBy: "the page's own code, with the feed's ID and the cursor in headers",
    endsWhen: 'the last line says so',
    specification: 'https://fetch.spec.whatwg.org/#concept-body-stream',
    status: {
      text: 'in use; readable response bodies are in every browser engine since Firefox 65',
      source: 'https://developer.mozilla.org/en-US/docs/Web/API/Response/body',
      date: '2019-01-29',
    },
    variants: [...HTTP, 'client', 'fanOut'],
  },
  {
    name: 'sse',
    title: 'Server-Sent Events',
    family: 'stream',
    carrier: 'http',
    direction: 'down',
    initiator: 'the client, once',
    resumedBy:
      'Last-Event-ID, sent by the browser itself; which feed it is of, the page says where that has changed',
    endsWhen: 'the server answers a reconnection with 204, or the page closes it',
    specification: `${HTML}/server-sent-events.html`,
    status: {
      text: 'in use; in every browser engine since Edge 79',
      source: 'https://developer.mozilla.org/en-US/docs/Web/API/EventSource',
      date: '2020-01-15',
    },
    variants: [...HTTP, 'client', 'fanOut'],
  },
  {
    name: 'websocket',
    title: 'WebSocket',
    family: 'stream',
    carrier: 'websocket',
    direction: 'both',
    initiator: 'the client, once, with an opening handshake',
    resumedBy: "the feed's ID and the cursor in the URL, for a browser can set no header here",
    endsWhen: 'either side closes, with a code that says why',
    specification: 'https://www.rfc-editor.org/rfc/rfc6455',
    status: { text: 'in use', source: 'https://www.rfc-editor.org/rfc/rfc6455', date: '2011-12' },
    variants: [...WEBSOCKET, 'client', 'fanOut'],
  },
  {
    name: 'xml-socket',
    title: 'XMLSocket (Flash)',
    family: 'stream',
    isHistory: true,
    carrier: 'tcp',
    direction: 'both',
    initiator: 'the client, once, after it has read the policy file',
    resumedBy: "the feed's ID and the cursor in the client's first message",
    endsWhen: 'either side closes',
    specification:
      'https://help.adobe.com/en_US/FlashPlatform/reference/actionscript/3/flash/net/XMLSocket.html',
    status: {
      text: 'history: Flash itself ended in 2020',
      source: 'https://www.adobe.com/products/flashplayer/end-of-life.html',
      date: '2020-12-31',
    },
    variants: ['noDelay', 'payload'],
  },
  {
    name: 'socket-io',
    title: 'Socket.IO',
    family: 'stream',
    carrier: 'websocket',
    fallback: 'http',
    direction: 'both',
    initiator: 'the client, with long polls that are upgraded to WebSocket',
    resumedBy: "the feed's ID and the cursor in the client's CONNECT packet",
    endsWhen: 'either side disconnects',
    specification: 'https://socket.io/docs/v4/socket-io-protocol/',
    status: { text: 'in use', source: 'https://www.npmjs.com/package/socket.io', date: '2026' },
    clientScript: 'socket.io-client/dist/socket.io.min.js',
    variants: [...WEBSOCKET, 'socketIo', 'client'],
  },
  {
    name: 'bare-tcp',
    title: 'Bare TCP',
    family: 'floor',
    carrier: 'tcp',
    direction: 'down',
    initiator: 'the client, once',
    resumedBy: "the feed's ID and the cursor in the URL",
    endsWhen: 'the last line says so',
    specification: 'https://www.rfc-editor.org/rfc/rfc9293',
    status: {
      text: 'what all of the others are made of',
      source: 'https://www.rfc-editor.org/rfc/rfc9293',
      date: '2022-08',
    },
    variants: ['tls', 'http', 'noDelay', 'payload'],
    deviations: { publish: 'The floor has no way up.' },
  },
]

const byName = new Map<string, TechniqueEntry>(registry.map((entry) => [entry.name, entry]))

/** The entry of a technique; undefined for a name that is not in the registry. */
export function entryOf(name: string): TechniqueEntry | undefined {
  return byName.get(name)
}

/** How a technique polls, by a timer or with a request that the server holds; undefined for one that does not poll. */
export function pollOf(name: string): 'timer' | 'held' | undefined {
  const entry = entryOf(name)
  return entry?.family === 'poll' ? (entry.timer ? 'timer' : 'held') : undefined
}

const WHY_NOT: Partial<Record<VariantAxis, string>> = {
  tls: 'it owns its TCP connection and its protocol knows no TLS',
  http: 'it owns its TCP connection and speaks no HTTP',
  contentCoding: 'content codings are for the bodies of HTTP answers',
  perMessageDeflate: 'permessage-deflate is an extension of WebSocket',
  pollTimer: 'it does not poll on a timer',
  conditional: 'only an answer that is given at once can say that nothing is new',
  keepAlive: 'it has one connection anyway',
  socketIo: 'it is not Socket.IO',
  client: 'applications read it by code of their own',
  fanOut:
    'polls have no fan-out, bare sockets are written prepared bytes anyway, and Socket.IO frames for itself',
}

/** Why a technique cannot be had by a variant; undefined where it can. */
export function whyNot(name: string, variant: Variant): string | undefined {
  const { fanOut, tls, contentCoding, perMessageDeflate } = variant
  if (fanOut === 'prepared' && (tls || contentCoding !== 'identity' || perMessageDeflate))
    return 'what TLS, HTTP/2 and codings make of an event is another for each connection: it cannot be prepared'
  return chosenOf(variant)
    .map((axis) => doesNotApply(name, axis))
    .find((reason) => reason !== undefined)
}

/** Why a choice means nothing to a technique; undefined where it does. */
export function doesNotApply(name: string, axis: VariantAxis): string | undefined {
  const entry = entryOf(name)
  if (!entry || entry.variants.includes(axis)) return undefined
  return WHY_NOT[axis] ?? 'it sends no HTTP request, or writes its only one by hand'
}
