import { byteClasses } from '../../server/wire/span.ts'
import { type RowOf, rowContract } from './row.ts'

/** A row for each span, of a connection in the order in which they passed. */
export const wireBytesRows = rowContract({
  experiment: 'wire-bytes',
  section: 'wire',
  columns: {
    technique: 'string',
    /** From 1 on, in the order of connecting. */
    connection: 'number',
    direction: ['up', 'down'],
    /**
     * setup: before the event was published. event: what it took from then on until the subscriber had it, of a poll
     * the request and the answer that brought it, whenever that was sent. after: later.
     */
    phase: ['setup', 'event', 'after'],
    class: byteClasses,
    /** What exactly it is: server/wire/span.ts. */
    label: 'string',
    bytes: 'number',
    /** The bytes themselves; of a long span those at its beginning. */
    hex: 'string',
  },
  optional: {
    /** How many of them `hex` has, where that is not all. */
    shownBytes: 'number',
  },
})
export type WireBytesRow = RowOf<typeof wireBytesRows>
