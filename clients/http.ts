import { PushlabError } from '../server/error.ts'
import type { Cursor } from '../server/event.ts'
import { DISCARD, type HttpRequest } from './carriers/exchange.ts'
import type { OnBytes } from './readers/reader.ts'
import type { Publish, Subscription } from './technique.ts'

/** How a GET is asked. */
export type Asked = Pick<HttpRequest, 'headers' | 'initiator'>

/**
 * Sends a GET through the subscriber's door, and hands its body on as it comes; resolves at its end.
 * @throws {PushlabError} HTTP_404 and the like unless the status is 200.
 */
export function get(
  { url, door, signal }: Subscription,
  path: string,
  asked: Asked,
  onBody: OnBytes,
): Promise<void> {
  return door.ask(
    { method: 'GET', url: new URL(path, url), ...asked },
    (status) => {
      expectStatus(status, 200)
      return onBody
    },
    signal,
  )
}

/** The way up of techniques that HTTP carries: a POST beside the stream or the poll, on a connection that is free. */
export function postTo({ url, door, signal }: Subscription, path: string): Publish {
  return (message) =>
    door.ask(
      postOf(url, path, message),
      (status) => {
        expectStatus(status, 204)
        return DISCARD
      },
      signal,
    )
}

/** The request that publishes a message. */
export function postOf(url: string, path: string, message: string | Uint8Array): HttpRequest {
  return {
    method: 'POST',
    initiator: 'post',
    url: new URL(path, url),
    headers: {
      // Neither needs the preflight request that application/json would (Fetch, section 4.8).
      'content-type': typeof message === 'string' ? 'text/plain' : 'application/octet-stream',
      'content-length': String(message.length),
    },
    body: message,
  }
}

/** @throws {PushlabError} HTTP_404 and the like. */
export function expectStatus(status: number, expected: number): void {
  if (status !== expected) throw new PushlabError(`HTTP_${status}`, `The server answered ${status}.`)
}

/** The headers that resume after a cursor; none without one. */
export function lastEventId(cursor: Cursor | undefined): Record<string, string> {
  return cursor ? { 'last-event-id': String(cursor.seq), 'feed-id': cursor.feedId ?? '' } : {}
}

/** The query arguments that do the same where headers cannot be set. */
export function lastEventIdQuery(cursor: Cursor | undefined, before = '?'): string {
  return cursor ? `${before}lastEventId=${cursor.seq}&feedId=${cursor.feedId ?? ''}` : ''
}
