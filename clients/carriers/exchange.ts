import type { Initiator } from '../../server/header-profile.ts'
import type { OnBytes } from '../readers/reader.ts'

/** What a subscriber asks of an HTTP server. */
export interface HttpRequest {
  method: 'GET' | 'POST'
  url: URL
  /** What in a page would make it; default fetch(). */
  initiator?: Initiator
  /** Besides those of the header profile; names in lower case. */
  headers?: Headers
  body?: string | Uint8Array
}
export type Headers = Readonly<Record<string, string>>

/**
 * Is told the head of an answer, names of headers in lower case, and gives what takes its body. Where it throws the exchange
 * fails with that error, and the body is read to its end for nothing but the connection's sake.
 */
export type OnHead = (status: number, headers: ReadonlyMap<string, string>) => OnBytes

/** One request and its answer on a carrier, whichever version of HTTP it speaks. */
export interface Exchange {
  request: HttpRequest
  /** All that go with the request, in their order. */
  headers: Headers
  onHead: OnHead
  /** The answer is whole. */
  onEnd(): void
  onFail(error: Error): void
}

export interface HttpCarrier {
  /** Sends a request; returns what breaks it off, after which nothing is told any more. */
  send(exchange: Exchange): () => void
}

/** A body that nobody wants. */
export const DISCARD: OnBytes = () => {}
