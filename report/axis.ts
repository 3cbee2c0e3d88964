import type { Axis, AxisValue, NetworkPlan } from '../results/scenario.ts'
import { chosenOf, defaultVariant, type Variant } from '../server/variant.ts'
import { type Said, said, say, type Text } from './words/say.ts'

/** What people call the axis of a sweep, with its unit. */
export const axisTitles: Record<Axis, string> = {
  pollIntervalMs: 'Polling interval T, ms',
  subscribers: 'Subscribers',
  payloadBytes: 'Payload, bytes',
  ratePerSecond: 'Events per second',
  roundTripMs: 'Round trip of the network, ms',
  proxy: 'Proxy before the server',
  tls: 'TLS',
  http: 'Version of HTTP (WebSocket and bare TCP stay with HTTP/1.1)',
  keepAlive: 'Connections of polls',
  noDelay: 'Nagle’s algorithm',
  contentCoding: 'Content coding',
  perMessageDeflate: 'permessage-deflate',
  headers: 'Request headers',
  cookieBytes: 'Cookie, bytes',
  payload: 'Kind of payload',
  pollTimer: 'When a poll leaves',
  conditional: 'If-None-Match',
  socketIo: 'Transports of Socket.IO',
  client: 'Client of the subscriber',
  fanOut: 'Fan-out of the server',
}

/** Each choice by its value as text; the axes that are left out are numbers. */
const CHOICES: Partial<Record<Axis, Record<string, string>>> = {
  proxy: {
    none: 'no proxy',
    buffering: 'a buffering proxy',
    'stubborn-buffering': 'a buffering proxy that ignores X-Accel-Buffering',
    'idle-timeout': 'a proxy with an idle timeout',
    'no-upgrade': 'a proxy that knows no Upgrade',
    'http-only': 'a proxy for HTTP alone',
  },
  tls: { true: 'TLS on', false: 'TLS off' },
  http: { '1.1': 'HTTP/1.1', '2': 'HTTP/2' },
  keepAlive: { true: 'connections kept alive', false: 'a new connection for every poll' },
  noDelay: { true: 'Nagle’s algorithm off', false: 'Nagle’s algorithm on' },
  contentCoding: { identity: 'no content coding', gzip: 'gzip', br: 'Brotli' },
  perMessageDeflate: { true: 'permessage-deflate on', false: 'permessage-deflate off' },
  headers: { bare: 'only the headers needed', browser: 'a browser’s headers' },
  payload: { text: 'a text payload', binary: 'a binary payload' },
  pollTimer: {
    fixed: 'a fixed timer that waits for answers',
    interval: 'setInterval',
    timeout: 'setTimeout after the answer',
  },
  conditional: { true: 'If-None-Match', false: 'no If-None-Match' },
  socketIo: { upgrade: 'polling, then an upgrade', websocket: 'WebSocket from the start' },
  fanOut: { library: 'the fan-out of libraries', prepared: 'a prepared fan-out (tuned)' },
  client: { reader: 'the load’s own reader', library: 'an application’s client library' },
}

const NUMBERS: Partial<Record<Axis, (value: number, text: string) => Said>> = {
  pollIntervalMs: (_, text) => say`a polling interval of ${text} ms`,
  subscribers: (value, text) => (value === 1 ? say`${text} subscriber` : say`${text} subscribers`),
  payloadBytes: (_, text) => say`${text} bytes of payload`,
  ratePerSecond: (value, text) =>
    value === 1 ? say`${text} event per second` : say`${text} events per second`,
  roundTripMs: (value, text) => (value === 0 ? said('no delay') : say`a round trip of ${text} ms`),
  cookieBytes: (value, text) => (value === 0 ? said('no Cookie') : say`a Cookie of ${text} bytes`),
}

/** Whether the positions of an axis are numbers, which have distances; those of others are choices, which have none. */
export function isNumeric(axis: Axis): boolean {
  return NUMBERS[axis] !== undefined
}

/** One position on the axis in words: `a polling interval of 1,000 ms`, `TLS on`. */
export function positionText(axis: Axis, value: AxisValue): Said {
  const text = value.toLocaleString('en-US')
  const choice = CHOICES[axis]?.[String(value)]
  if (choice) return said(choice)
  return (
    (typeof value === 'number' ? NUMBERS[axis]?.(value, text) : undefined) ??
    say`${said(axisTitles[axis])} ${text}`
  )
}

/** The same as the end of a clause: `at 10 subscribers`, `with TLS on`, `with no delay`. */
export function atPosition({ axis, value }: { axis: Axis; value: AxisValue }): Said {
  const position = positionText(axis, value)
  const isNone = axis === 'roundTripMs' && value === 0
  return isChoice(axis) || isNone ? say`with ${position}` : say`at ${position}`
}

/** Whether an axis varies how techniques are used or what they have to get through, and not feed or load. */
export function isChoice(axis: Axis): boolean {
  return axis === 'proxy' || Object.hasOwn(defaultVariant, axis)
}

/** What lies between subscribers and server, in words; `except` is said elsewhere. */
export function networkTexts(network: NetworkPlan | undefined, except?: Axis): Text[] {
  const { roundTripMs = 0, jitterMs = 0, bytesPerSecond, proxy = 'none', bufferBytes, idleMs } = network ?? {}
  return [
    ...(roundTripMs > 0 && except !== 'roundTripMs' ? [positionText('roundTripMs', roundTripMs)] : []),
    ...(jitterMs > 0 ? [say`up to ${jitterMs.toLocaleString('en-US')} ms of jitter each way`] : []),
    ...(bytesPerSecond
      ? [say`${bytesPerSecond.toLocaleString('en-US')} bytes per second and connection`]
      : []),
    ...(proxy !== 'none' && except !== 'proxy' ? [positionText('proxy', proxy)] : []),
    ...(bufferBytes ? [say`buffers of ${bufferBytes.toLocaleString('en-US')} bytes`] : []),
    ...(idleMs ? [say`idle for ${idleMs.toLocaleString('en-US')} ms at most`] : []),
  ]
}

/** The choices of a variant that differ from the default, in words; `except` is said elsewhere. */
export function variantTexts(variant: Variant, except?: Axis): Text[] {
  return chosenOf(variant)
    .filter((axis) => axis !== except)
    .map((axis) => positionText(axis, variant[axis]))
}
