import { existsSync } from 'node:fs'
import type { Cursor, Gap } from '../server/event.ts'
import type { Payload } from '../server/payload.ts'
import { defaultVariant, type Variant } from '../server/variant.ts'
import type { Door } from './door.ts'

/**
 * Publishes an encoded event with the number 0, by POST or on the subscription's own connection. Resolves once it is
 * handed over (with POST: answered); rejects when it was refused or the transport failed.
 */
export type Publish = (message: string | Uint8Array) => Promise<void>

/** An event as it is handed on. Good during the call alone: a reader uses one object for all events of a subscriber. */
export interface ReceivedEvent {
  readonly seq: number
  /** When it was due and published, microseconds after the feed's epoch; undefined where it carries no times. */
  readonly due: number | undefined
  readonly pub: number | undefined
  /** All of it. */
  payload(): Payload
}

/** What a twin, the client's half of a technique, gets to work with. */
export interface Subscription {
  /**
   * Where the technique listens: the server's base URL, `http://127.0.0.1:8080`, its path being its name; or a port
   * of its own.
   */
  url: string
  /** The way to the network: its sockets are metered. */
  door: Door
  /** The last event that this subscriber has, and of which feed; left out: from now on. */
  cursor?: Cursor
  /** Short polling only: the time between two requests, in ms. */
  pollIntervalMs: number
  /** Short polling only: requests leave at times t with t = pollPhaseMs modulo pollIntervalMs, in ms. */
  pollPhaseMs: number
  /** Ends the subscription. */
  signal: AbortSignal
  /**
   * Called as soon as the server has accepted, with the cursor that the subscription starts from and the way up; again
   * where polls are answered by another feed.
   */
  onOpen(cursor: Cursor, publish: Publish): void
  /** Called for every event in the order of arrival, as soon as its last byte is parsed. */
  onEvent(event: ReceivedEvent): void
  /** Called where the server says that events can no longer be had. */
  onGap(gap: Gap): void
  /** Called for every poll answer without an event. */
  onEmptyAnswer(): void
}

/**
 * The client's half of a technique. Resolves once the feed is over; rejects when `signal` aborts, and when the
 * transport fails, with an error whose `code` says how. It does not reconnect: see follow.ts.
 */
export type ClientTechnique = (subscription: Subscription) => Promise<void>

/** Who reads a technique: what was chosen, but a library where somebody has written no reader. */
export function clientOf(name: string, chosen: Variant['client']): Variant['client'] {
  const hasReader = existsSync(new URL(`techniques/${name}.ts`, import.meta.url))
  return chosen === 'reader' && hasReader ? 'reader' : 'library'
}

/**
 * The twin of a registered technique: the default export of the file of that name, in `techniques/` for the load's own reader, in
 * `libraries/` for a client library.
 */
export async function clientTechnique(
  name: string,
  chosen: Variant['client'] = defaultVariant.client,
): Promise<ClientTechnique> {
  const folder = clientOf(name, chosen) === 'reader' ? 'techniques' : 'libraries'
  const module: { default: ClientTechnique } = await import(`./${folder}/${name}.ts`)
  return module.default
}
