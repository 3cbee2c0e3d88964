import { nowUs } from '../../server/clock.ts'
import { type ErrorCode, PushlabError } from '../../server/error.ts'
import { asText } from '../../server/payload.ts'
import { DISCARD, type OnHead } from '../carriers/exchange.ts'
import { expectStatus } from '../http.ts'
import { EngineIoReader } from '../readers/engine-io.ts'
import type { ClientTechnique, Subscription } from '../technique.ts'
import { type OpenWebSocket, openWebSocket } from '../web-socket.ts'

/**
 * Socket.IO, as its client in a page does it with its defaults: Engine.IO (4) polls first, asks meanwhile for an upgrade to
 * WebSocket, and stays with polling where there is none. https://socket.io/docs/v4/engine-io-protocol/
 */
const socketIo: ClientTechnique = (subscription) => new SocketIoClient(subscription).run()

class SocketIoClient {
  readonly #subscription: Subscription
  readonly #over = Promise.withResolvers<void>()
  readonly #ending = new AbortController()
  readonly #signal: AbortSignal
  readonly #reader: EngineIoReader
  #sid = ''
  #socket: OpenWebSocket | undefined
  /** What carries packets up; while the upgrade is under way they wait. */
  #transport: 'polling' | 'upgrading' | 'websocket' = 'polling'
  readonly #waiting: string[] = []
  #ended: unknown
  #refusal: PushlabError | undefined

  constructor(subscription: Subscription) {
    this.#subscription = subscription
    this.#signal = AbortSignal.any([subscription.signal, this.#ending.signal])
    this.#reader = new EngineIoReader({
      onOpen: ({ sid }) => this.#opened(sid),
      onPing: (content) => this.#send(`3${content}`),
      onPong: (content) => {
        if (content === 'probe' && this.#transport === 'polling') this.#transport = 'upgrading'
      },
      onConnect: () => {},
      onConnectError: (error) => this.#end(refusalOf(error)),
      onDisconnect: () => this.#end(this.#failure('io server disconnect')),
      onEvent: (event) => subscription.onEvent(event),
      onMessage: (name, args) => this.#told(name, args),
    })
  }

  run(): Promise<void> {
    const { signal, door } = this.#subscription
    signal.throwIfAborted()
    const abort = () => this.#end(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    if (door.variant.socketIo === 'websocket') {
      this.#transport = 'websocket'
      this.#openSocket('')
    } else void this.#poll()
    return this.#over.promise.finally(() => signal.removeEventListener('abort', abort))
  }

  #opened(sid: string): void {
    this.#sid = sid
    const { cursor } = this.#subscription
    const auth = cursor ? JSON.stringify({ lastEventId: String(cursor.seq), feedId: cursor.feedId }) : ''
    this.#send(`40${auth}`)
    if (this.#transport === 'polling') this.#openSocket(`&sid=${sid}`)
  }

  /** Polls until the WebSocket has taken over. The server answers the last poll when it has heard the probe. */
  async #poll(): Promise<void> {
    try {
      while (this.#transport === 'polling' && !this.#signal.aborted) {
        await this.#ask('GET', undefined, (status) => {
          expectStatus(status, 200)
          return (bytes, start, end) => this.#reader.read(bytes, start, end)
        })
        this.#reader.end()
      }
      if (this.#transport !== 'upgrading') return
      this.#socket?.send('5')
      this.#transport = 'websocket'
      for (const packet of this.#waiting.splice(0)) this.#send(packet)
    } catch (error) {
      this.#end(error as Error)
    }
  }

  /** @param session of the polls that it is to take over from; empty where it is the first. */
  #openSocket(session: string): void {
    const { url, door } = this.#subscription
    const socket = openWebSocket(door, {
      url: new URL(`/socket-io/?EIO=4&transport=websocket${session}`, url),
      // As every page does, whatever the server makes of it.
      deflate: true,
      signal: this.#signal,
      onOpen: () => {
        if (session) socket.send('2probe')
      },
      onText: (bytes, start, end) => this.#reader.packet(bytes, start, end),
      onBinary: DISCARD,
    })
    this.#socket = socket
    socket.closed.then(
      () => this.#lost(new PushlabError('STREAM_ENDED', 'The WebSocket was closed.')),
      (error) => this.#lost(error),
    )
  }

  /** Without the WebSocket polls go on, unless it has taken over already. */
  #lost(error: Error): void {
    if (this.#transport === 'polling') return
    this.#end(this.#ended === undefined && !this.#refusal ? error : this.#failure('transport close'))
  }

  #send(packet: string): void {
    if (this.#transport === 'websocket') this.#socket?.send(packet)
    else if (this.#transport === 'upgrading') this.#waiting.push(packet)
    else {
      this.#ask('POST', packet, (status) => {
        expectStatus(status, 200)
        return DISCARD
      }).catch((error) => this.#end(error))
    }
  }

  #ask(method: 'GET' | 'POST', body: string | undefined, onHead: OnHead): Promise<void> {
    const { url, door } = this.#subscription
    // Of the engine's own client: an answer from a cache would be an old one.
    const stamp = Math.floor(nowUs()).toString(36).padStart(8, '0').slice(-8)
    const session = this.#sid && `&sid=${this.#sid}`
    const path = `/socket-io/?EIO=4&transport=polling&t=${stamp}${session}`
    const headers =
      body === undefined
        ? {}
        : { 'content-type': 'text/plain;charset=UTF-8', 'content-length': String(body.length) }
    return door.ask(
      {
        method,
        url: new URL(path, url),
        headers: { accept: '*/*', ...headers },
        ...(body !== undefined && { body }),
      },
      onHead,
      this.#signal,
    )
  }

  #told(name: string, args: readonly unknown[]): void {
    const { onOpen, onGap } = this.#subscription
    const [first, second] = args
    if (name === 'opening') {
      onOpen({ seq: Number(first), feedId: String(second) }, async (message) =>
        this.#send(`42["publish",${asText(message)}]`),
      )
    } else if (name === 'gap') onGap(first as Parameters<typeof onGap>[0])
    else if (name === 'ended') this.#ended = first
    else if (name === 'refused') {
      const { code, message } = first as { code: ErrorCode; message: string }
      this.#refusal = new PushlabError(code, message)
    }
  }

  #failure(why: string): PushlabError | undefined {
    if (this.#ended === 'feed-ended') return undefined
    return this.#refusal ?? new PushlabError('STREAM_ENDED', `The socket was disconnected: ${why}.`)
  }

  #end(error: Error | undefined): void {
    if (error) this.#over.reject(error)
    else this.#over.resolve()
    this.#ending.abort(error)
  }
}

/** Of a refused connection, as the server's middleware says it. */
function refusalOf(error: unknown): PushlabError {
  const { message = 'The server refused the connection.', data } = error as {
    message?: string
    data?: { code?: ErrorCode }
  }
  return new PushlabError(data?.code ?? 'NOT_ACCEPTED', message)
}

export default socketIo
