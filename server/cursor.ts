import type { FastifyRequest } from 'fastify'
import { PushlabError } from './error.ts'
import type { Cursor, Feed, Gap } from './event.ts'

/**
 * The cursor of a request: the last event that the subscriber has, and the feed that it is of. One idea for all
 * techniques: the headers `Last-Event-ID` and `Feed-Id`, or the query arguments `lastEventId` and `feedId` where a
 * browser cannot set headers (WebSocket, iframe). EventSource sends the first header by itself when it reconnects, so
 * headers win; and as its URL may name an earlier feed by then, a number goes with the ID that came by the same way.
 *
 * @returns the cursor, or undefined where none was sent: from now on.
 * @throws {PushlabError} BAD_INPUT for anything but a whole number and an ID, which the server answers with 400.
 */
export function cursorOf(request: Pick<FastifyRequest, 'headers' | 'query'>): Cursor | undefined {
  const { 'last-event-id': sent, 'feed-id': feedId } = request.headers
  if (sent) return parseCursor(sent, feedId)
  const query = request.query as Record<string, unknown>
  return parseCursor(query.lastEventId, query.feedId)
}

/** The same for a cursor that comes as text by another way, or not at all. */
export function parseCursor(sent: unknown, feedId: unknown): Cursor | undefined {
  if (sent === undefined || sent === '') return undefined
  if (typeof sent === 'string' && /^\d{1,15}$/.test(sent)) {
    if (feedId === undefined || feedId === '') return { seq: Number(sent) }
    if (typeof feedId === 'string' && /^[\w-]{1,32}$/.test(feedId)) return { seq: Number(sent), feedId }
  }
  throw new PushlabError(
    'BAD_INPUT',
    'The last event ID must be a whole number: the seq of the last event received, or 0 for all in the history; ' +
      "the feed's ID, where there is one, must be as the server named it.",
  )
}

/** As many characters for every new feed, so that a poll costs the same in every run. */
export const FEED_ID_LENGTH = 6

/** Whether a feed has nothing to tell who has this cursor, not even a gap. */
export function isUpToDate({ feedId, latestSeq }: Feed, cursor: Cursor): boolean {
  if (cursor.feedId === undefined) return cursor.seq === latestSeq
  return cursor.feedId === feedId && cursor.seq >= latestSeq
}

/** How many events a gap is known to have lost. */
export function lostBy({ after, next, feedId }: Gap): number {
  return feedId === undefined ? Math.max(0, next - after - 1) : 0
}
