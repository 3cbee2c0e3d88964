import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { FastifyRequest } from 'fastify'
import { nowUs } from './clock.ts'
import { PushlabError } from './error.ts'
import type { Feed, FeedEvent } from './event.ts'
import { decodePayload, type Payload } from './payload.ts'
import type { ServerSettings } from './settings.ts'
import type { StreamRequest } from './technique.ts'

/** A sender's clock may be off, but not by more than this. */
const MAX_DISTANCE_US = 3_600e6

/**
 * The way up, the same for every technique: what a subscriber publishes is an encoded event with the number 0, which
 * the feed publishes to everyone, the sender included, under the next number. Its `due` is when the sender meant to
 * send it, so that delays count from there.
 */
export function publisher(
  feed: Feed,
  { subscribersPublish, maxMessageBytes }: ServerSettings,
): (message: string | Uint8Array) => FeedEvent {
  return (message) => {
    if (!subscribersPublish) {
      throw new PushlabError(
        'FORBIDDEN',
        'Subscribers may not publish here. Start the server with --publish to let them.',
      )
    }
    if (message.length > maxMessageBytes) {
      throw new PushlabError(
        'BAD_INPUT',
        `A message may have ${maxMessageBytes} bytes at most, and this one has ${message.length}.`,
      )
    }
    if (feed.ended) throw new PushlabError('FORBIDDEN', 'The feed is over.')
    const { seq, due } = readMessage(message)
    if (seq !== 0 || (due !== undefined && !Number.isSafeInteger(due))) {
      throw new PushlabError(
        'BAD_INPUT',
        'A message is an event with "seq":0, and a whole number as "due" if it has one.',
      )
    }
    if (due !== undefined && Math.abs(feed.epochUs + due - nowUs()) > MAX_DISTANCE_US) {
      throw new PushlabError(
        'BAD_INPUT',
        '"due" is microseconds after the feed\'s epoch, within an hour of now.',
      )
    }
    return feed.publish(due === undefined ? undefined : feed.epochUs + due)
  }
}

function readMessage(message: string | Uint8Array): Payload {
  if (typeof message !== 'string') return decodePayload(message)
  let value: unknown
  try {
    value = JSON.parse(message)
  } catch (cause) {
    throw new PushlabError('BAD_INPUT', 'A message has to be JSON, or binary.', { cause })
  }
  return decodePayload(value)
}

/** What of a request, Fastify's or Node's, tells where it comes from. */
type OriginRequest = Pick<FastifyRequest | IncomingMessage | StreamRequest, 'headers' | 'socket'>

/**
 * Neither WebSocket nor a simple POST is bound by the same-origin policy: the server has to check. A request without
 * an Origin does not come from a web page of another site and is let in.
 * @throws {PushlabError} FORBIDDEN
 */
export function checkOrigin({ headers, socket }: OriginRequest, allowed: readonly string[]): void {
  const { origin, host, ':authority': authority } = headers
  if (origin === undefined || allowed.includes(origin)) return
  const scheme = (socket as Partial<TLSSocket>).encrypted ? 'https' : 'http'
  if (isOriginOf(`${scheme}://${host ?? authority}`, origin)) return
  throw new PushlabError(
    'FORBIDDEN',
    `Pages of ${origin} may not do this here. Start the server with --allow-origin to let them.`,
  )
}

/** Whether an Origin is that of a URL: either may name the default port, which browsers leave out. */
export function isOriginOf(url: string, origin = ''): boolean {
  const own = URL.parse(url)?.origin
  return own !== undefined && URL.parse(origin)?.origin === own
}
