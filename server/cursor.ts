import type { FastifyRequest } from 'fastify'
import { PushlabError } from './error.ts'

/**
 * The cursor of a request: the last event that the subscriber has. One idea for all techniques: the
 * `Last-Event-ID` header, which EventSource sends by itself when it reconnects and which therefore wins, or the
 * query argument `lastEventId` where a browser cannot set headers (WebSocket, iframe).
 *
 * @returns the cursor, or undefined where none was sent: from now on.
 * @throws {PushlabError} BAD_INPUT for anything but a whole number, which the server answers with 400.
 */
export function cursorOf(request: FastifyRequest): number | undefined {
  const query = (request.query as Record<string, unknown>).lastEventId
  return parseCursor(request.headers['last-event-id'] || query)
}

/** The same for a cursor that comes as text by another way, or not at all. */
export function parseCursor(sent: unknown): number | undefined {
  if (sent === undefined || sent === '') return undefined
  if (typeof sent === 'string' && /^\d{1,15}$/.test(sent)) return Number(sent)
  throw new PushlabError(
    'BAD_INPUT',
    'The last event ID must be a whole number: the seq of the last event received, or 0 for all in the history.',
  )
}
