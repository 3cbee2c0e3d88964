import type { FastifyRequest } from 'fastify'
import { PushlabError } from './error.ts'
import { decodePayload, type Payload } from './payload.ts'
import type { Feed, FeedEvent, ServerSettings } from './technique.ts'

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

/**
 * Neither WebSocket nor a simple POST is bound by the same-origin policy: the server has to check. A request without
 * an Origin does not come from a web page of another site and is let in.
 * @throws {PushlabError} FORBIDDEN
 */
export function checkOrigin({ headers }: Pick<FastifyRequest, 'headers'>, allowed: readonly string[]): void {
  const { origin, host, ':authority': authority } = headers
  if (origin === undefined || allowed.includes(origin)) return
  if (URL.canParse(origin) && new URL(origin).host === (host ?? authority)) return
  throw new PushlabError(
    'FORBIDDEN',
    `Pages of ${origin} may not do this here. Start the server with --allow-origin to let them.`,
  )
}
