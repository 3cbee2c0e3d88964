import { type RowOf, rowContract } from './row.ts'

export const eventSourceFailuresRows = rowContract({
  experiment: 'event-source-failures',
  columns: {
    /**
     * A refused connection is refused for three reconnection times first; a status and a content type are those of the
     * answer to a reconnection.
     */
    failure: [
      'end of the stream',
      'connection reset',
      'connection refused',
      'status 500',
      'wrong content type',
    ],
    /** Whether an open EventSource met it. */
    met: 'boolean',
    watchedMs: 'number',
    /** Requests after the failure, within `watchedMs`. */
    requestsAfter: 'number',
    /** Whether EventSource has given up. */
    closed: 'boolean',
  },
})
export type EventSourceFailuresRow = RowOf<typeof eventSourceFailuresRows>
