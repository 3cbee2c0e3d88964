import { type RowOf, rowContract } from './row.ts'

export const eventSourceSixRows = rowContract({
  experiment: 'event-source-six',
  columns: {
    /** Its version. */
    http: ['1.1', '2'],
    /** EventSources to one origin, */
    asked: 'number',
    waitedMs: 'number',
    /** and how many of them were open within `waitedMs`. */
    open: 'number',
    /** Whether a fetch to that origin then was answered within the same time, and once one of them was closed. */
    answered: 'boolean',
    answeredAfterClosing: 'boolean',
  },
})
export type EventSourceSixRow = RowOf<typeof eventSourceSixRows>
