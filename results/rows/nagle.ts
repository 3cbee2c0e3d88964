import { type RowOf, rowContract } from './row.ts'

export const nagleRows = rowContract({
  experiment: 'nagle',
  section: 'network',
  columns: {
    /** Whether Nagle's algorithm is off. */
    noDelay: 'boolean',
    writesPerEvent: 'number',
    /** Whether the receiver says something back after each event. */
    answers: 'boolean',
    trial: 'number',
    connections: 'number',
    /** Between two events of a connection. */
    intervalMs: 'number',
    /** On all connections. */
    events: 'number',
    /** From when an event is written until its last byte is read. */
    lastByteP50Us: 'number',
    lastByteP99Us: 'number',
    lastByteMaxUs: 'number',
    /** Before the first that was held up by a delayed ACK, on the connection in the middle. */
    promptEventsBeforeFirstDelay: 'number',
  },
})
export type NagleRow = RowOf<typeof nagleRows>
