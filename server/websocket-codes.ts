import type { EndReason } from './audience.ts'
import { PushlabError } from './error.ts'

/** What WebSocket says here beyond its protocol, whoever writes its frames. */
export const SUBPROTOCOL = 'pushlab.v1'

/** RFC 6455 section 7.4.1: 1000 means done, 1001 that the server is going away and the client may come back. */
export const CLOSE_CODES: Record<EndReason, number> = { 'feed-ended': 1000, 'server-closing': 1001 }

/** Section 7.4.1: 1007 for data that make no sense within a message, 1008 for a message that breaks a policy. */
const REFUSAL_CODES: Record<string, number> = { BAD_INPUT: 1007, FORBIDDEN: 1008 }

/** The close code for a message that was refused with this error. */
export function refusalCode(error: unknown): number {
  return (error instanceof PushlabError ? REFUSAL_CODES[error.code] : undefined) ?? 1011
}
