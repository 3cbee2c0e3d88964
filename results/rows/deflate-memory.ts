import { type RowOf, rowContract } from './row.ts'

export const deflateMemoryRows = rowContract({
  experiment: 'deflate-memory',
  section: 'server',
  columns: {
    /** Whether there is permessage-deflate. */
    compression: 'boolean',
    /** Connections; of which the server has `held`. */
    subscribers: 'number',
    stage: ['before the first message', 'after the first message', 'after a burst'],
    trial: 'number',
    held: 'number',
    // What the server process has in memory after a forced collection: server/process-memory.ts.
    rssBytes: 'number',
    heapUsedBytes: 'number',
    externalBytes: 'number',
  },
})
export type DeflateMemoryRow = RowOf<typeof deflateMemoryRows>
