import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { StringDecoder } from 'node:string_decoder'
import { PushlabError } from '../server/error.ts'
import type { Subscription } from './technique.ts'

/** Sends a GET through the subscriber's agent; resolves with the response's head, its body still to be read. */
export function get(
  { url, agent, signal }: Subscription,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(new URL(path, url), { agent, headers, signal }, resolve).on('error', reject).end()
  })
}

/** Hands on a body's bytes as they come; resolves at its end, rejects if it is cut short. */
export function readBytes(response: IncomingMessage, onBytes: (bytes: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    response.on('data', onBytes).on('end', resolve).on('error', reject)
  })
}

/** Hands on a body's text as it comes, whole characters only; settles as readBytes does. */
export function readText(response: IncomingMessage, onText: (text: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  return readBytes(response, (bytes) => onText(decoder.write(bytes)))
}

/** Throws unless the status is 200; the body is thrown away so that the connection can be used again. */
export function expectOk(response: IncomingMessage): void {
  const { statusCode = 0 } = response
  if (statusCode === 200) return
  response.resume()
  throw new PushlabError(`HTTP_${statusCode}`, `The server answered ${statusCode} ${response.statusMessage}`)
}

/** The header that resumes after a cursor; none without one. */
export function lastEventId(cursor: number | undefined): OutgoingHttpHeaders {
  return cursor === undefined ? {} : { 'last-event-id': String(cursor) }
}

/** The query argument that does the same where headers cannot be set. */
export function lastEventIdQuery(cursor: number | undefined): string {
  return cursor === undefined ? '' : `?lastEventId=${cursor}`
}
