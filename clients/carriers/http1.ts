import { nowUs } from '../../server/clock.ts'
import type { Arrivals } from '../measure/arrivals.ts'
import type { OnBytes } from '../readers/reader.ts'
import { ResponseReader } from '../readers/response.ts'
import type { Connection, Ends } from './connection.ts'
import { DISCARD, type Exchange, type HttpCarrier } from './exchange.ts'

/** Connections of one subscriber at a time, as browsers have it for HTTP/1.1. */
export const MAX_CONNECTIONS = 6

type Open = (url: URL, ends: Ends) => Connection

/** HTTP/1.1 of one subscriber: a connection that is free is used again, as in a browser's page. */
export class Http1 implements HttpCarrier {
  readonly #open: Open
  readonly #arrivals: Arrivals
  readonly #keepAlive: boolean
  readonly #countRequest: () => void
  readonly #connections = new Set<Http1Connection>()
  readonly #waiting: Exchange[] = []

  constructor(open: Open, arrivals: Arrivals, keepAlive: boolean, countRequest: () => void) {
    this.#open = open
    this.#arrivals = arrivals
    this.#keepAlive = keepAlive
    this.#countRequest = countRequest
  }

  send(exchange: Exchange): () => void {
    const free = this.#free()
    if (free) this.#sendOn(free, exchange)
    else if (this.#keepAlive && this.#connections.size >= MAX_CONNECTIONS) this.#waiting.push(exchange)
    else this.#sendOn(this.#connect(exchange.request.url), exchange)
    return () => {
      const at = this.#waiting.indexOf(exchange)
      if (at >= 0) this.#waiting.splice(at, 1)
      for (const connection of this.#connections) if (connection.exchange === exchange) connection.breakOff()
    }
  }

  #free(): Http1Connection | undefined {
    for (const connection of this.#connections) if (connection.isFree()) return connection
    return undefined
  }

  #connect(url: URL): Http1Connection {
    const connection = new Http1Connection(
      (ends) => this.#open(url, ends),
      () => {
        if (connection.isClosed) this.#connections.delete(connection)
        const next = this.#waiting.shift()
        if (next) this.send(next)
      },
    )
    this.#connections.add(connection)
    return connection
  }

  #sendOn(connection: Http1Connection, exchange: Exchange): void {
    this.#countRequest()
    connection.exchange = exchange
    // An answer that has been read asks for the next one; those that wait to be read come first.
    this.#arrivals.afterReads(() => {
      if (connection.exchange === exchange) connection.send(exchange, this.#keepAlive)
    })
  }
}

/** One connection, and the exchange that it carries. */
class Http1Connection {
  exchange: Exchange | undefined
  isClosed = false
  readonly #connection: Connection
  readonly #onFree: () => void
  #onBody: OnBytes = DISCARD
  #staysOpen = false
  /** By when the server closes it if nothing is asked. */
  #freeUntilUs = Number.POSITIVE_INFINITY

  /** @param onFree told when it can carry another exchange, and when it is closed. */
  constructor(open: (ends: Ends) => Connection, onFree: () => void) {
    this.#onFree = onFree
    const reader = new ResponseReader({
      onHead: (status, headers) => this.#head(status, headers),
      onBody: (bytes, start, end) => this.#onBody(bytes, start, end),
      onEnd: () => this.#end(),
    })
    this.#connection = open({
      onBytes: (bytes, start, end) => reader.read(bytes, start, end),
      onClose: (error) => {
        this.isClosed = true
        // A body may go on to the connection's end, which is its own then.
        if (!error) quietly(() => reader.end())
        const { exchange } = this
        this.exchange = undefined
        exchange?.onFail(error ?? reset())
        this.#onFree()
      },
    })
  }

  isFree(): boolean {
    if (this.exchange || this.isClosed) return false
    if (nowUs() < this.#freeUntilUs) return true
    this.#close()
    return false
  }

  send(exchange: Exchange, keepAlive: boolean): void {
    this.#staysOpen = keepAlive
    const { request, headers } = exchange
    const { method, url, body = '' } = request
    let fields = ''
    for (const name in headers) fields += `${name}: ${headers[name]}\r\n`
    fields += `Host: ${url.host}\r\nConnection: ${keepAlive ? 'keep-alive' : 'close'}\r\n`
    const head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${fields}\r\n`
    this.#connection.write(typeof body === 'string' ? head + body : Buffer.concat([Buffer.from(head), body]))
  }

  /** The answer is not wanted any more, and what follows it on the connection cannot be told from it. */
  breakOff(): void {
    this.exchange = undefined
    this.#close()
  }

  #close(): void {
    this.isClosed = true
    this.#connection.destroy()
  }

  #head(status: number, headers: ReadonlyMap<string, string>): void {
    this.#onBody = DISCARD
    if (headers.get('connection')?.toLowerCase() === 'close') this.#staysOpen = false
    // A second before the server would, whose FIN could cross the next request.
    const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? []
    this.#freeUntilUs = seconds ? nowUs() + (Number(seconds) - 1) * 1e6 : Number.POSITIVE_INFINITY
    const { exchange } = this
    try {
      if (exchange) this.#onBody = exchange.onHead(status, headers)
    } catch (error) {
      this.exchange = undefined
      exchange?.onFail(error as Error)
    }
  }

  #end(): void {
    const { exchange } = this
    this.exchange = undefined
    if (!this.#staysOpen) this.#close()
    exchange?.onEnd()
    if (!this.exchange) this.#onFree()
  }
}

/** What a connection's end has cut short is told as that. */
function quietly(task: () => void): void {
  try {
    task()
  } catch {}
}

/** The error of a connection that the other end has cut. */
export function reset(): Error {
  return Object.assign(new Error('The connection was cut.'), { code: 'ECONNRESET' })
}
