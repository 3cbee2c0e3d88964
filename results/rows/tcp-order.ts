import { type RowOf, rowContract } from './row.ts'

export const tcpOrderRows = rowContract({
  experiment: 'tcp-order',
  section: 'network',
  columns: {
    carrier: ['TCP', 'WebSocket'],
    sentBytes: 'number',
    receivedBytes: 'number',
    outOfOrderBytes: 'number',
    writes: 'number',
    reads: 'number',
    /** Reads that began and ended where a write did. */
    readsThatAreWrites: 'number',
    /** Packets that are dropped on purpose, of 100. */
    lossPercent: 'number',
    trial: 'number',
  },
  // What the kernel did meanwhile, where packets were dropped: scenarios/experiments/networks/loss.ts.
  optional: {
    droppedPackets: 'number',
    retransmittedSegments: 'number',
    outOfOrderSegments: 'number',
    sentSegments: 'number',
  },
})
export type TcpOrderRow = RowOf<typeof tcpOrderRows>
