import type { EndReason } from './audience.ts'
import { PushlabError } from './error.ts'
import type { Gap } from './event.ts'

/**
 * The messages of streams that carry JSON and have no way of their own to say something else: an event is the value
 * itself, everything else is an object with one of these names. An empty object shows that the connection lives.
 */
export const openingMessage = (cursor: number, feedId: string): string => JSON.stringify({ cursor, feedId })
export const gapMessage = (gap: Gap): string => JSON.stringify({ gap })
export const endingMessage = (reason: EndReason): string => JSON.stringify({ ended: reason })
export const HEARTBEAT_MESSAGE = '{}'

/** What a peer is told before it is cut off: the code for programs, the rest for people. */
export function errorMessage(error: unknown): string {
  const { code, message } =
    error instanceof PushlabError ? error : { code: 'BAD_INPUT', message: 'This could not be understood.' }
  return JSON.stringify({ error: { code, message } })
}
