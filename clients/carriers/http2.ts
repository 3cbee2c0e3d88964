import { type ClientHttp2Session, connect } from 'node:http2'
import type { Socket } from 'node:net'
import type { Arrivals } from '../measure/arrivals.ts'
import { DISCARD, type Exchange, type HttpCarrier } from './exchange.ts'
import { reset } from './http1.ts'

type Connect = (url: URL) => Socket

/** HTTP/2 of one subscriber: one session, opened anew when the last one broke. */
export class Http2 implements HttpCarrier {
  readonly #connect: Connect
  readonly #arrivals: Arrivals
  readonly #countRequest: () => void
  #session: ClientHttp2Session | undefined

  constructor(connect: Connect, arrivals: Arrivals, countRequest: () => void) {
    this.#connect = connect
    this.#arrivals = arrivals
    this.#countRequest = countRequest
  }

  send({ request: { method, url, body }, headers, onHead, onEnd, onFail }: Exchange): () => void {
    this.#countRequest()
    const path = url.pathname + url.search
    const stream = this.sessionTo(url).request(
      { ':method': method, ':path': path, ...headers },
      { endStream: body === undefined },
    )
    let onBody = DISCARD
    let [hasEnded, isOver] = [false, false]
    const end = (tell: () => void) => {
      if (!isOver) tell()
      isOver = true
    }
    stream.on('response', (head) => {
      const fields = Object.entries(head).filter(([name]) => !name.startsWith(':'))
      try {
        onBody = onHead(head[':status'] ?? 0, new Map(fields.map(([name, value]) => [name, String(value)])))
      } catch (error) {
        end(() => onFail(error as Error))
      }
      // Not before: what comes in one read with the head would be handed on before it.
      stream.on('data', (chunk: Buffer) => {
        this.#arrivals.read()
        try {
          onBody(chunk, 0, chunk.length)
        } catch (error) {
          stream.destroy(error as Error)
        }
      })
    })
    stream.on('end', () => {
      hasEnded = true
    })
    stream.on('error', (error) => end(() => onFail(error)))
    stream.on('aborted', () => stream.destroy(reset()))
    // A session that breaks closes its streams without an error.
    stream.on('close', () => end(hasEnded ? onEnd : () => onFail(reset())))
    if (body !== undefined) stream.end(body)
    return () => {
      isOver = true
      stream.destroy()
    }
  }

  /** The session of the moment. */
  sessionTo(url: URL): ClientHttp2Session {
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session
    const session = connect(url.origin, { createConnection: () => this.#connect(url) })
    // Its streams are told, too.
    session.on('error', () => {})
    this.#session = session
    return session
  }
}
