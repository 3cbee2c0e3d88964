import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { request as requestTls } from 'node:https'
import type { Socket } from 'node:net'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { type Initiator, profileHeaders } from '../server/header-profile.ts'
import type { Variant } from '../server/variant.ts'
import type { MeteredAgent } from './metered-agent.ts'

export interface DoorRequest {
  method: 'GET' | 'POST'
  /** What in a page would make it; default fetch(). */
  initiator?: Initiator
  url: URL
  /** Besides those of the header profile. */
  headers: OutgoingHttpHeaders
  body?: string | Uint8Array
  signal: AbortSignal
}

/** The head of an answer, and its body, decoded, still to be read. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Readable
}

/**
 * How one subscriber gets to its server: through metered sockets, by the variant's version of HTTP, with its headers
 * and codings. Twins ask and need not know how.
 */
export class Door {
  /** For libraries that connect by themselves and take an agent: HTTP/1.1. */
  readonly agent: MeteredAgent
  readonly variant: Variant
  #session: ClientHttp2Session | undefined

  constructor(agent: MeteredAgent, variant: Variant) {
    this.agent = agent
    this.variant = variant
  }

  /** Request headers of the profile for libraries that make their own requests. */
  headers(initiator: Initiator, url: URL): Record<string, string> {
    return profileHeaders(this.variant, initiator, url)
  }

  /** A connection of its own, with TLS where the variant has it. */
  connect(url: URL): Socket {
    return this.agent.createConnection(addressOf(url))
  }

  /** Resolves with the answer's head; rejects when the transport fails or `signal` aborts. */
  async request(what: DoorRequest): Promise<Answer> {
    const { contentCoding, http } = this.variant
    const headers = {
      ...this.headers(what.initiator ?? 'fetch', what.url),
      ...(contentCoding !== 'identity' && { 'accept-encoding': contentCoding }),
      ...what.headers,
    }
    const answer = await (http === '2' ? this.#overHttp2(what, headers) : this.#overHttp1(what, headers))
    return decoded(answer)
  }

  #overHttp1({ url, method, body, signal }: DoorRequest, headers: OutgoingHttpHeaders): Promise<Answer> {
    const { agent } = this
    const send = this.variant.tls ? requestTls : request
    return new Promise((resolve, reject) => {
      const sent = send(url, { agent, method, headers, signal }, (response) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response }),
      )
      sent.on('error', reject).end(body)
    })
  }

  #overHttp2({ url, method, body, signal }: DoorRequest, headers: OutgoingHttpHeaders): Promise<Answer> {
    this.agent.meter.countRequest()
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const stream = this.#http2(url).request(
        { ':method': method, ':path': url.pathname + url.search, ...headers },
        { signal, endStream: body === undefined },
      )
      // Read from the start: an answer that has come whole before somebody reads it would be thrown away.
      const answer = pipeline(stream, new PassThrough(), () => {})
      stream.on('response', (head) => {
        resolve({ status: head[':status'] ?? 0, headers: head, body: answer })
      })
      stream.on('error', reject)
      // A session that breaks closes its streams without an error.
      stream.on('close', () => reject(new Error('The stream closed before an answer came.')))
      stream.on('aborted', () => stream.destroy(reset()))
      if (body !== undefined) stream.end(body)
    })
  }

  /** One session, opened anew when the last one broke. */
  #http2(url: URL): ClientHttp2Session {
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session
    const session = connectHttp2(url.origin, {
      createConnection: () => this.agent.connectTo(addressOf(url), 'h2'),
    })
    // Its streams are told, too.
    session.on('error', () => {})
    this.#session = session
    return session
  }
}

/** A URL writes IPv6 addresses in brackets, and sockets do not know them. */
function addressOf({ hostname, port }: URL): { host: string; port: number } {
  return { host: bareHost(hostname), port: Number(port) }
}

/** A URL's host name without the brackets of an IPv6 address. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function reset(): Error {
  return Object.assign(new Error('The connection was cut.'), { code: 'ECONNRESET' })
}

function decoded(answer: Answer): Answer {
  const coding = answer.headers['content-encoding']
  if (coding !== 'gzip' && coding !== 'br') return answer
  const decoder = coding === 'gzip' ? createGunzip() : createBrotliDecompress()
  // Errors of either reach whoever reads the decoder.
  return { ...answer, body: pipeline(answer.body, decoder, () => {}) }
}
