import type { OutgoingHttpHeaders } from 'node:http'
import { finished, type Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { PushlabError } from '../server/error.ts'
import type { Cursor } from '../server/event.ts'
import type { Initiator } from '../server/header-profile.ts'
import type { Answer } from './door.ts'
import type { Subscription } from './technique.ts'

/** How a GET is asked. */
export interface Asked {
  headers?: OutgoingHttpHeaders
  /** What in a page would make it; default fetch(). */
  initiator?: Initiator
}

/** Sends a GET through the subscriber's door; resolves with the answer's head, its body still to be read. */
export function get(
  { url, door, signal }: Subscription,
  path: string,
  { headers = {}, initiator = 'fetch' }: Asked = {},
): Promise<Answer> {
  return door.request({ method: 'GET', initiator, url: new URL(path, url), headers, signal })
}

/** The way up of techniques that HTTP carries: a POST beside the stream or the poll, on a connection that is free. */
export function postTo(
  subscription: Subscription,
  path: string,
): (message: string | Uint8Array) => Promise<void> {
  const { url, door, signal } = subscription
  return async (message) => {
    const answer = await door.request({
      method: 'POST',
      initiator: 'post',
      url: new URL(path, url),
      headers: {
        // Neither needs the preflight request that application/json would (Fetch, section 4.8).
        'content-type': typeof message === 'string' ? 'text/plain' : 'application/octet-stream',
        'content-length': message.length,
      },
      body: message,
      signal,
    })
    await readBytes(answer, () => {})
    if (answer.status !== 204) throw refused(answer)
  }
}

/** Hands on a body's bytes as they come; resolves at its end, rejects if it is cut short. */
export function readBytes({ body }: Answer, onBytes: (bytes: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // An abort may come after the end, and nobody else would hear of it.
    body.on('data', onBytes).on('error', () => {})
    body.resume()
    finished(body, { writable: false }, (error) => (error ? reject(error) : resolve()))
  })
}

/** Hands on a body's text as it comes, whole characters only; settles as readBytes does. */
export function readText(answer: Answer, onText: (text: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  return readBytes(answer, (bytes) => onText(decoder.write(bytes)))
}

/** Throws unless the status is 200; the body is thrown away so that the connection can be used again. */
export function expectOk(answer: Answer): void {
  if (answer.status === 200) return
  discard(answer.body)
  throw refused(answer)
}

/** Reads a body to its end, for nothing but the connection's sake. */
export function discard(body: Readable): void {
  body.on('error', () => {}).resume()
}

function refused({ status }: Answer): PushlabError {
  return new PushlabError(`HTTP_${status}`, `The server answered ${status}.`)
}

/** The headers that resume after a cursor; none without one. */
export function lastEventId(cursor: Cursor | undefined): OutgoingHttpHeaders {
  return cursor ? { 'last-event-id': String(cursor.seq), 'feed-id': cursor.feedId ?? '' } : {}
}

/** The query arguments that do the same where headers cannot be set. */
export function lastEventIdQuery(cursor: Cursor | undefined, before = '?'): string {
  return cursor ? `${before}lastEventId=${cursor.seq}&feedId=${cursor.feedId ?? ''}` : ''
}
