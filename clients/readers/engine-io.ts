import type { ReceivedEvent } from '../technique.ts'
import { badInput, startsWith, textOf } from './bytes.ts'
import { DelimitedReader } from './delimited.ts'
import { EventBytes } from './event-bytes.ts'
import type { Reader } from './reader.ts'

export interface EngineIoHandler {
  /** The handshake: session ID, possible upgrades, times of heartbeats. */
  onOpen(handshake: { sid: string; upgrades: string[]; pingInterval: number; pingTimeout: number }): void
  /** To be answered by a pong (3) with the same content. */
  onPing(content: string): void
  /** `probe` where another transport has been tried out. */
  onPong(content: string): void
  /** Socket.IO: the main namespace is connected. */
  onConnect(): void
  onConnectError(error: unknown): void
  /** Socket.IO has disconnected, or Engine.IO closed. */
  onDisconnect(): void
  onEvent(event: ReceivedEvent): void
  /** A Socket.IO event of any other name. */
  onMessage(name: string, args: unknown[]): void
}

const RECORD_SEPARATOR = 0x1e
const EVENT = Buffer.from('42["event",')
const CLOSING_BRACKET = 0x5d

/**
 * Packets of Engine.IO 4 and, within, Socket.IO 5 (https://socket.io/docs/v4/engine-io-protocol/, .../socket-io-protocol/): main
 * namespace, no acknowledgements, no binary attachments. As a reader it takes the bodies of polls, `end` at the end of each; a
 * WebSocket message is one packet.
 */
export class EngineIoReader implements Reader {
  readonly #handler: EngineIoHandler
  readonly #event = new EventBytes()
  readonly #packets = new DelimitedReader(
    (bytes, start, end) => this.packet(bytes, start, end),
    RECORD_SEPARATOR,
  )

  constructor(handler: EngineIoHandler) {
    this.#handler = handler
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    this.#packets.read(bytes, start, end)
  }

  /** The body is complete. */
  end(): void {
    this.#packets.end()
  }

  packet(bytes: Uint8Array, start: number, end: number): void {
    const isEvent = startsWith(bytes, start, end, EVENT) && bytes[end - 1] === CLOSING_BRACKET
    if (isEvent && this.#event.take(bytes, start + EVENT.length, end - 1)) this.#handler.onEvent(this.#event)
    else this.#text(textOf(bytes, start, end))
  }

  #text(packet: string): void {
    const handler = this.#handler
    // A message (4) holds a Socket.IO packet, which has a type of its own.
    const type = packet.slice(0, packet[0] === '4' ? 2 : 1)
    const content = packet.slice(type.length)
    if (type === '0') handler.onOpen(JSON.parse(content))
    else if (type === '2') handler.onPing(content)
    else if (type === '3') handler.onPong(content)
    else if (type === '40') handler.onConnect()
    else if (type === '41' || type === '1') handler.onDisconnect()
    else if (type === '42') this.#named(JSON.parse(content))
    else if (type === '44') handler.onConnectError(JSON.parse(content))
    else if (type !== NOOP) throw badInput('This is not a packet of Engine.IO and Socket.IO')
  }

  #named([name, ...args]: [string, ...unknown[]]): void {
    if (name === 'event') {
      this.#event.takeValue(args[0])
      this.#handler.onEvent(this.#event)
    } else this.#handler.onMessage(name, args)
  }
}

/** Ends a poll when another transport takes over. */
const NOOP = '6'
