import { type RowOf, rowContract } from './row.ts'

export const eventSource204Rows = rowContract({
  experiment: 'event-source-204',
  columns: {
    /** Of the answer to the first reconnection; 200 is the control, which EventSource comes back from. */
    status: 'number',
    /** Whether there was that reconnection. */
    reconnected: 'boolean',
    /** The reconnection time that the stream asked for. */
    reconnectionMs: 'number',
    watchedMs: 'number',
    /** Requests after that answer, within `watchedMs`. */
    requestsAfter: 'number',
    /** Whether EventSource has given up. */
    closed: 'boolean',
  },
})
export type EventSource204Row = RowOf<typeof eventSource204Rows>
