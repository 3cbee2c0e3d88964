import { type RowOf, rowContract } from './row.ts'

export const iframeMemoryRows = rowContract({
  experiment: 'iframe-memory',
  columns: {
    technique: ['iframe-stream', 'sse'],
    trial: 'number',
    /** Received so far. */
    events: 'number',
    /** That the server has written. */
    bytes: 'number',
    /** Of the DOM. */
    nodes: 'number',
    /** What the page holds after garbage has been collected. */
    scriptHeapBytes: 'number',
    domHeapBytes: 'number',
  },
})
export type IframeMemoryRow = RowOf<typeof iframeMemoryRows>
