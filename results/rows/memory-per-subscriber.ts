import { type RowOf, rowContract } from './row.ts'

export const memoryPerSubscriberRows = rowContract({
  experiment: 'memory-per-subscriber',
  section: 'server',
  columns: {
    technique: 'string',
    /** Held connections. */
    subscribers: 'number',
    trial: 'number',
    /** Connections that have carried nothing yet, one event, or one event and a burst of 20. */
    stage: ['idle', 'after the first event', 'after a burst'],
    // What the server process has in memory after a forced collection: server/process-memory.ts.
    rssBytes: 'number',
    heapUsedBytes: 'number',
    externalBytes: 'number',
  },
  optional: {
    /**
     * What the kernel's own objects and the buffers of its sockets have grown by since before the first connection, on
     * the whole machine: both ends of each connection, and whatever else it did meanwhile. Left out where it cannot be
     * read.
     */
    kernelBytes: 'number',
  },
})
export type MemoryPerSubscriberRow = RowOf<typeof memoryPerSubscriberRows>
