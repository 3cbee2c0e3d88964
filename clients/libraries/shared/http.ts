import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { request as requestTls } from 'node:https'
import { finished, pipeline, type Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { HttpRequest } from '../../carriers/exchange.ts'
import { type Asked, expectStatus, postOf } from '../../http.ts'
import type { Subscription } from '../../technique.ts'
import { agentOf } from './metered-agent.ts'

/** The head of an answer, and its body, decoded, still to be read. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Readable
}

/** Sends a request by node:http; resolves with the answer's head, its body still to be read. */
async function send({ door, signal }: Subscription, asked: HttpRequest): Promise<Answer> {
  const { method, url, body } = asked
  const by = door.variant.tls ? requestTls : request
  const headers: OutgoingHttpHeaders = door.headersOf(asked)
  return new Promise((resolve, reject) => {
    const sent = by(url, { agent: agentOf(door), method, headers, signal }, (response) =>
      resolve(decoded({ status: response.statusCode ?? 0, headers: response.headers, body: response })),
    )
    sent.on('error', reject).end(body)
  })
}

/** Sends a GET to a path below the subscription's address. */
export function get(
  subscription: Subscription,
  path: string,
  { headers = {}, initiator = 'fetch' }: Asked = {},
): Promise<Answer> {
  return send(subscription, { method: 'GET', initiator, url: new URL(path, subscription.url), headers })
}

/** The way up, as postTo in clients/http.ts. */
export function postTo(
  subscription: Subscription,
  path: string,
): (message: string | Uint8Array) => Promise<void> {
  return async (message) => {
    const answer = await send(subscription, postOf(subscription.url, path, message))
    await readBytes(answer, () => {})
    expectStatus(answer.status, 204)
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
  if (answer.status !== 200) discard(answer.body)
  expectStatus(answer.status, 200)
}

/** Reads a body to its end, for nothing but the connection's sake. */
export function discard(body: Readable): void {
  body.on('error', () => {}).resume()
}

function decoded(answer: Answer): Answer {
  const coding = answer.headers['content-encoding']
  if (coding !== 'gzip' && coding !== 'br') return answer
  const decoder = coding === 'gzip' ? createGunzip() : createBrotliDecompress()
  // Errors of either reach whoever reads the decoder.
  return { ...answer, body: pipeline(answer.body, decoder, () => {}) }
}
