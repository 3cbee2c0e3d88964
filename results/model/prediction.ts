import { FEED_ID_LENGTH } from '../../server/cursor.ts'
import { type Initiator, profileHeaders } from '../../server/header-profile.ts'
import { textBytes } from '../../server/payload.ts'
import { entryOf, pollOf } from '../../server/registry.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import { defaultSettings } from '../../server/settings.ts'
import { defaultVariant, type Variant } from '../../server/variant.ts'
import type { Prediction } from '../record.ts'
import type { Point } from '../scenario.ts'
import { heldPollDelaysUs, modelLatency } from './latency.ts'
import { isChunked, joinsChunks } from './shared-chunks.ts'

/**
 * Models of what a technique costs, to stand beside what was measured. On loopback the round trip is taken as 0.
 * P is the payload in bytes, T the polling interval.
 */

/** One chunk of n bytes in chunked transfer coding, RFC 9112 section 7.1: its size in hex digits, two CR LF. */
export function chunkBytes(n: number): number {
  return n + n.toString(16).length + 4
}

/** Bytes of the frame header of an unmasked message, RFC 6455 section 5.2. */
export function frameHeaderBytes(payloadBytes: number): number {
  return payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10
}

/** Bytes of the header of an HTTP/2 frame, RFC 9113 section 4.1, and the most that one frame holds by default. */
const FRAME_HEADER_BYTES = 9
const FRAME_CONTENT_BYTES = 16_384

/**
 * What TLS 1.3 adds to each record, RFC 8446 section 5.2: a header of 5 bytes, the content's type, and a tag of 16;
 * and the most that one record holds.
 */
const RECORD_BYTES = 22
const RECORD_CONTENT_BYTES = 16_384

/**
 * Bytes of an event as a stream's technique frames it, before HTTP or WebSocket, from those of its text and its
 * number.
 */
const framedBytes: Record<string, (textBytes: number, seq: number) => number> = {
  // Its text and a line feed, or a NUL.
  'bare-tcp': (textBytes) => textBytes + 1,
  'fetch-stream': (textBytes) => textBytes + 1,
  'xml-socket': (textBytes) => textBytes + 1,
  // id: SEQ LF data: P LF LF
  sse: (textBytes, seq) => textBytes + 13 + String(seq).length,
  // <script>parent.push(P)</script> LF
  'iframe-stream': (textBytes) => textBytes + 31,
  // Content-Type: application/json CR LF CR LF P CR LF --pushlab CR LF
  'multipart-stream': (textBytes) => textBytes + 40 + 'pushlab'.length,
  websocket: (textBytes) => textBytes,
  // 42["event",P]
  'socket-io': (textBytes) => textBytes + 12,
}

/** Bytes of the TCP stream for event `seq`, for streams; undefined where there is no model. */
export function streamEventBytes(technique: string, point: Point, seq: number): number | undefined {
  return turnBytes(technique, point, [seq], false)
}

/** The same of all events of one turn of the event loop, joined to one chunk or each in one of its own. */
export function turnBytes(
  technique: string,
  { feed, variant }: Pick<Point, 'feed' | 'variant'>,
  seqs: readonly number[],
  joined: boolean,
): number | undefined {
  const framedOf = framedBytes[technique]
  const isCompressed = variant.contentCoding !== 'identity' || variant.perMessageDeflate
  if (!framedOf || isCompressed) return undefined
  const isBinary = variant.payload === 'binary' && technique !== 'websocket'
  const framed = seqs.map((seq) => framedOf(textBytes(feed.payloadBytes, isBinary), seq))
  const written = joined && isChunked(technique, variant) ? joinedWrites(framed) : framed
  const carrier = entryOf(technique)?.carrier
  return sum(written.map((bytes) => inRecords(variant, carried(carrier, variant, bytes))))
}

/**
 * The lengths of chunks that hold all that is written in one turn. The event with which a subscriber's buffer is full ends one:
 * the next is written once the kernel has taken it (server/audience.ts).
 */
function joinedWrites(framed: readonly number[]): number[] {
  const chunks: number[] = []
  let length = 0
  for (const bytes of framed) {
    const unsent = length === 0 ? 0 : chunkBytes(length)
    length += bytes
    if (unsent + bytes <= defaultSettings.bufferBytes) continue
    chunks.push(length)
    length = 0
  }
  return length === 0 ? chunks : [...chunks, length]
}

function carried(carrier: string | undefined, { http }: Variant, bytes: number): number {
  if (carrier === 'websocket') return bytes + frameHeaderBytes(bytes)
  if (carrier === 'tcp') return bytes
  return http === '2'
    ? bytes + FRAME_HEADER_BYTES * Math.ceil(bytes / FRAME_CONTENT_BYTES)
    : chunkBytes(bytes)
}

function inRecords({ tls }: Variant, bytes: number): number {
  return tls ? bytes + RECORD_BYTES * Math.ceil(bytes / RECORD_CONTENT_BYTES) : bytes
}

/**
 * What polls look like besides their cursors and events: the path before a cursor, and what is around the answer's
 * JSON.
 */
interface PollForm {
  initiator: Initiator
  path(cursor: number): string
  /** Request headers besides those that all polls have. */
  request(cursor: number): Record<string, string>
  contentType: string
  answer: Record<string, string>
  around: number
}

/** Any feed's: all are of the same length. */
const FEED_ID = 'x'.repeat(FEED_ID_LENGTH)

const jsonForm = (path: string): PollForm => ({
  initiator: 'fetch',
  path: () => path,
  request: (cursor) => ({ 'last-event-id': String(cursor), 'feed-id': FEED_ID }),
  contentType: 'application/json; charset=utf-8',
  answer: {},
  around: 0,
})

const pollForms: Record<string, PollForm> = {
  'short-poll': jsonForm('short-poll'),
  'long-poll': jsonForm('long-poll'),
  // push(ANSWER);
  'jsonp-poll': {
    initiator: 'script',
    path: (cursor) => `jsonp-poll?callback=push&lastEventId=${cursor}&feedId=${FEED_ID}`,
    request: () => ({}),
    contentType: 'text/javascript; charset=utf-8',
    answer: { 'x-content-type-options': 'nosniff' },
    around: 'push'.length + 3,
  },
}

/** A poll: the cursor that it asks with, the events that its answer holds, the first of them `cursor` + 1. */
export interface PollShape {
  cursor: number
  events: number
  payloadBytes: number
  /** Default: the default. */
  variant?: Variant
}

/**
 * Bytes in both directions of one poll over HTTP/1.1, as this project's client sends it to a server at 127.0.0.1 on a
 * port of five digits; undefined where there is no model.
 */
export function pollBytes(
  technique: string,
  { cursor, events, payloadBytes, variant = defaultVariant }: PollShape,
): number | undefined {
  const form = pollForms[technique]
  // A new connection for every poll has a handshake of TLS for every poll, whose length is the certificate's business.
  const isHandshakeFree = variant.keepAlive || !variant.tls
  const isModelled =
    variant.http === '1.1' && variant.contentCoding === 'identity' && !variant.conditional && isHandshakeFree
  if (!form || !isModelled) return undefined
  const { keepAlive } = variant
  const host = '127.0.0.1:12345'
  const scheme = variant.tls ? 'https' : 'http'
  const request = headBytes(`GET /${form.path(cursor)} HTTP/1.1`, {
    ...profileHeaders(variant, form.initiator, new URL(`${scheme}://${host}`)),
    ...form.request(cursor),
    Host: host,
    Connection: keepAlive ? 'keep-alive' : 'close',
  })
  const eventBytes = events * textBytes(payloadBytes, variant.payload === 'binary') + Math.max(0, events - 1)
  const content =
    `{"cursor":${cursor + events},"feedId":"${FEED_ID}","events":[]}`.length + eventBytes + form.around
  const answer = headBytes('HTTP/1.1 200 OK', {
    'cache-control': 'no-store',
    'content-type': form.contentType,
    'content-length': String(content),
    // Of a fixed length.
    Date: 'Sat, 01 Jan 2000 00:00:00 GMT',
    Connection: keepAlive ? 'keep-alive' : 'close',
    ...(keepAlive && { 'Keep-Alive': 'timeout=72' }),
    ...form.answer,
  })
  return inRecords(variant, request) + inRecords(variant, answer + content)
}

/** Bytes of a start line and a header section. */
function headBytes(startLine: string, headers: Record<string, string>): number {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${startLine}\r\n${fields.join('')}\r\n`.length
}

/** TCP/IP headers of a packet: IPv4 20, TCP 20, its timestamps 12. */
export const PACKET_HEADER_BYTES = 52
/** Payload of a full segment at an MTU of 1,500. */
const SEGMENT_BYTES = 1448
/**
 * An event of a stream is its segments and one packet that acknowledges; a poll is its request, its answer, and one.
 */
const packets = { stream: (bytes: number) => Math.ceil(bytes / SEGMENT_BYTES) + 1, poll: 3 }

/**
 * The prediction for one cell. Every number is a mean over the events due in the window.
 * @param node the version of Node.js that the server runs on.
 */
export function predict(technique: string, point: Point, node: string): Prediction {
  const { feed, variant } = point
  const latency = modelLatency(technique, point)
  const predicted = feed.source === 'subscribers' ? undefined : perEvent(technique, point, joinsChunks(node))
  // With Nagle's algorithm the kernel decides, and a new connection has packets of its own.
  const isWireModelled =
    !point.network && variant.noDelay && variant.keepAlive && (predicted?.packets ?? 0) > 0
  return {
    bytesPerEvent: predicted?.bytes ?? null,
    wireBytesPerEvent:
      predicted && isWireModelled ? predicted.bytes + predicted.packets * PACKET_HEADER_BYTES : null,
    meanLatencyUs: latency.meanUs,
    maxLatencyUs: latency.maxUs,
  }
}

/** Means per event; `packets` is 0 where their number is not modelled. */
interface PerEvent {
  bytes: number
  packets: number
}

function perEvent(technique: string, point: Point, joined: boolean): PerEvent | undefined {
  if (eventsInWindow(point).length === 0) return undefined
  switch (entryOf(technique)?.family) {
    case 'stream':
    case 'floor':
      return ofStream(technique, point, joined)
    case 'poll': {
      const held = pollOf(technique) === 'held'
      if (!held && point.variant.pollTimer === 'timeout') return undefined
      const answers = held ? heldAnswers(point) : timedAnswers(point)
      return answers && ofPolls(technique, point, answers)
    }
    default:
      return undefined
  }
}

function ofStream(technique: string, point: Point, joined: boolean): PerEvent | undefined {
  const events = eventsInWindow(point)
  const turns = [...Map.groupBy(events, ({ dueUs }) => dueUs).values()]
  const sizes = turns.map((turn) => turnBytes(technique, point, turn.map(seqOf), joined))
  if (!sizes.every((size) => size !== undefined)) return undefined
  // How many events of one instant share a packet, or a record of TLS, is up to Node.js and the kernel.
  const isBursts = point.feed.schedule.kind === 'bursts'
  if (isBursts && point.variant.tls) return undefined
  return { bytes: sum(sizes) / events.length, packets: isBursts ? 0 : mean(sizes.map(packets.stream)) }
}

/** The answer to a poll: the cursor that was asked with, and its events. */
interface PolledBatch {
  cursor: number
  events: number
}

function ofPolls(
  technique: string,
  { feed, variant }: Point,
  answers: readonly PolledBatch[],
): PerEvent | undefined {
  const { payloadBytes } = feed
  const sizes = answers.map((answer) => pollBytes(technique, { ...answer, payloadBytes, variant }))
  const events = sum(answers.map((answer) => answer.events))
  if (events === 0 || !sizes.every((size) => size !== undefined)) return undefined
  const fits = payloadBytes < SEGMENT_BYTES / 2
  return {
    bytes: sum(sizes) / events,
    packets: fits ? (packets.poll * answers.length) / events : 0,
  }
}

/** Without a network delay events that are nearer to each other share an answer or not as the machine has it. */
const NEAREST_UNDELAYED_US = 20_000

/**
 * The answers that held polls bring the window's events in: one holds all events of an instant, those of a burst for
 * example. Undefined where events are so near to each other that milliseconds decide which of them share an answer.
 */
function heldAnswers(point: Point): PolledBatch[] | undefined {
  const { roundTripMs = 0, jitterMs = 0 } = point.network ?? {}
  const events = eventsInWindow(point)
  const roundTripUs = roundTripMs * 1e3
  if (roundTripUs === 0) {
    const gaps = events.slice(1).map(({ dueUs }, i) => dueUs - (events[i]?.dueUs ?? 0))
    if (gaps.some((gapUs) => gapUs > 0 && gapUs < NEAREST_UNDELAYED_US)) return undefined
  }
  if (jitterMs > 0) return undefined
  const delays = heldPollDelaysUs(
    events.map(({ dueUs }) => dueUs),
    roundTripUs,
  )
  const batches = Map.groupBy(events, (_, i) => Math.round(answeredUs(delays[i], roundTripUs)))
  const instants = new Set(events.map(({ dueUs }) => dueUs))
  if (roundTripUs > 0 && batches.size < instants.size) return undefined
  return [...batches.values()].map((batch) => ({ cursor: (batch[0]?.seq ?? 1) - 1, events: batch.length }))
}

function answeredUs(
  { dueUs, delayUs }: { dueUs: number; delayUs: number } = { dueUs: 0, delayUs: 0 },
  roundTripUs: number,
): number {
  return dueUs + delayUs - roundTripUs / 2
}

/**
 * Every poll of every subscriber in the window, at the ticks of its own phase, with the events due since the last.
 */
function timedAnswers({ feed, load }: Point): PolledBatch[] {
  const { subscribers, pollIntervalMs, warmUpMs, measureMs } = load
  const [startUs, endUs] = [warmUpMs * 1e3, (warmUpMs + measureMs) * 1e3]
  const intervalUs = pollIntervalMs * 1e3
  const dueTimes = dueTimesBefore(feed.schedule, endUs)
  const answers: PolledBatch[] = []
  for (let subscriber = 0; subscriber < subscribers; subscriber++) {
    const phaseUs = ((subscriber + 0.5) / subscribers) * intervalUs
    const first = startUs + ((((phaseUs - startUs) % intervalUs) + intervalUs) % intervalUs)
    for (let atUs = first; atUs < endUs; atUs += intervalUs) {
      const cursor = countBefore(dueTimes, atUs - intervalUs)
      answers.push({ cursor, events: countBefore(dueTimes, atUs) - cursor })
    }
  }
  return answers
}

function eventsInWindow({ feed, load }: Point): { seq: number; dueUs: number }[] {
  const { warmUpMs, measureMs } = load
  return dueTimesBefore(feed.schedule, (warmUpMs + measureMs) * 1e3)
    .map((dueUs, i) => ({ seq: i + 1, dueUs }))
    .filter(({ dueUs }) => dueUs >= warmUpMs * 1e3)
}

/**
 * Bytes per event of a chunked stream where all events of the window share one chunk: fewer than any trial has; undefined
 * where there is no model.
 */
export function fewestBytesPerEvent(technique: string, point: Point): number | undefined {
  const events = eventsInWindow(point)
  const bytes = turnBytes(technique, point, events.map(seqOf), true)
  return bytes === undefined ? undefined : bytes / events.length
}

/** How many of ascending times lie before `atUs`, by bisection. */
function countBefore(times: readonly number[], atUs: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < atUs) low = middle + 1
    else high = middle
  }
  return low
}

function seqOf({ seq }: { seq: number }): number {
  return seq
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
