import { type RowOf, rowContract } from './row.ts'

export const packetLossRows = rowContract({
  experiment: 'packet-loss',
  section: 'network',
  columns: {
    technique: 'string',
    /** Packets that are dropped on purpose, of 100. */
    lossPercent: 'number',
    trial: 'number',
    /** Received by all subscribers, and what they lack. */
    events: 'number',
    eventsMissing: 'number',
    delayP50Us: 'number',
    delayP99Us: 'number',
    delayMaxUs: 'number',
    // What the kernel did meanwhile: scenarios/experiments/networks/loss.ts.
    droppedPackets: 'number',
    retransmittedSegments: 'number',
    outOfOrderSegments: 'number',
    sentSegments: 'number',
  },
})
export type PacketLossRow = RowOf<typeof packetLossRows>
