import { type Initiator, profileHeaders } from '../server/header-profile.ts'
import type { Variant } from '../server/variant.ts'
import { type Connection, type Ends, openConnection } from './carriers/connection.ts'
import { decoding } from './carriers/decoder.ts'
import type { Exchange, HttpCarrier, HttpRequest, OnHead } from './carriers/exchange.ts'
import { Http1 } from './carriers/http1.ts'
import { Http2 } from './carriers/http2.ts'
import type { Arrivals } from './measure/arrivals.ts'
import { connectMetered, type SocketPlan, secured } from './metered-socket.ts'

/**
 * How one subscriber gets to its server: through metered sockets, by the variant's version of HTTP, with its headers
 * and codings. Twins ask and need not know how.
 */
export class Door {
  readonly plan: SocketPlan
  readonly arrivals: Arrivals
  readonly #http: HttpCarrier
  /** What each signal breaks off. One listener for all: a signal takes the longer the more listeners it has. */
  readonly #breakOffs = new Map<AbortSignal, Set<() => void>>()

  constructor(plan: SocketPlan, arrivals: Arrivals) {
    this.plan = plan
    this.arrivals = arrivals
    const countRequest = () => plan.counter.countRequest()
    this.#http =
      plan.variant.http === '2'
        ? new Http2((url) => secured(connectMetered(plan, url), 'h2'), arrivals, countRequest)
        : new Http1((url, ends) => this.open(url, ends), arrivals, plan.variant.keepAlive, countRequest)
  }

  get variant(): Variant {
    return this.plan.variant
  }

  /** Request headers of the variant's profile. */
  headers(initiator: Initiator, url: URL): Record<string, string> {
    return profileHeaders(this.variant, initiator, url)
  }

  /** All headers of a request but those of its connection. */
  headersOf({ initiator = 'fetch', url, headers }: HttpRequest): Record<string, string> {
    const { contentCoding } = this.variant
    return {
      ...this.headers(initiator, url),
      ...(contentCoding !== 'identity' && { 'accept-encoding': contentCoding }),
      ...headers,
    }
  }

  /** A connection of its own, with TLS where the variant has it. */
  open(url: URL, ends: Ends): Connection {
    return openConnection(this.plan, this.arrivals, url, ends)
  }

  /**
   * Sends a request. Resolves once its answer is whole; rejects when the transport fails, when `onHead` or what it gives
   * throws, and when `signal` aborts.
   */
  ask(request: HttpRequest, onHead: OnHead, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const all = this.#brokenOffBy(signal)
      const onEnd = () => {
        all.delete(abort)
        resolve()
      }
      const onFail = (error: Error) => {
        all.delete(abort)
        reject(error)
      }
      const exchange = { request, headers: this.headersOf(request), onHead, onEnd, onFail }
      const isPlain = this.variant.contentCoding === 'identity'
      const breakOff = this.#http.send(isPlain ? exchange : this.#decoded(exchange))
      const abort = () => {
        breakOff()
        onFail(signal.reason)
      }
      all.add(abort)
    })
  }

  #brokenOffBy(signal: AbortSignal): Set<() => void> {
    const known = this.#breakOffs.get(signal)
    if (known) return known
    const all = new Set<() => void>()
    this.#breakOffs.set(signal, all)
    signal.addEventListener('abort', () => [...all].map((breakOff) => breakOff()), { once: true })
    return all
  }

  /** The same exchange, and the content coding of its answer taken off. */
  #decoded(exchange: Exchange): Exchange {
    let end = (onEnd: () => void) => onEnd()
    return {
      ...exchange,
      onHead: (status, headers) => {
        const onBody = exchange.onHead(status, headers)
        const coding = headers.get('content-encoding')
        if (coding !== 'gzip' && coding !== 'br') return onBody
        const { onBytes, end: endDecoding } = decoding(coding, onBody, this.arrivals, exchange.onFail)
        end = endDecoding
        return onBytes
      },
      onEnd: () => end(exchange.onEnd),
    }
  }
}
