import { type RowOf, rowContract } from './row.ts'

export const firstSecondsRows = rowContract({
  experiment: 'first-seconds',
  section: 'time',
  columns: {
    technique: 'string',
    /** 0 is the feed, from 1 on connections in the order of connecting. */
    lane: 'number',
    /** Intervals of a connection (clients/measure/intervals.ts), and the instants of an event. */
    kind: ['connect', 'request', 'wait', 'receive', 'published', 'event'],
    /** Microseconds since the technique's first connection began; of an instant both are the same. */
    fromUs: 'number',
    toUs: 'number',
  },
  optional: {
    /** Of a request and of what is received. */
    bytes: 'number',
    /** Of a wait that was not over at the end: true. */
    open: 'boolean',
    /** Of `published` and `event`: the event's number. */
    seq: 'number',
  },
})
export type FirstSecondsRow = RowOf<typeof firstSecondsRows>
