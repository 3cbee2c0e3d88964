import { type RowOf, rowContract } from './row.ts'

export const largeMessageRows = rowContract({
  experiment: 'large-message',
  section: 'network',
  columns: {
    carrier: [
      'one WebSocket',
      'two WebSockets',
      'two streams of HTTP/2',
      'two streams of HTTP/2, incremental',
    ],
    trial: 'number',
    /** Of the two messages. */
    largeBytes: 'number',
    smallBytes: 'number',
    /** Of the link, one way. */
    delayMs: 'number',
    bytesPerSecond: 'number',
    /** From when each message was sent, the small one right behind the large one, until it was there. */
    smallDelayUs: 'number',
    largeDelayUs: 'number',
  },
})
export type LargeMessageRow = RowOf<typeof largeMessageRows>
