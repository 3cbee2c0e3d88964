import { packetLossRows } from '../../results/rows/packet-loss.ts'
import type { Experiment } from '../bench/experiment.ts'
import { inLossyNetwork } from './networks/lossy-network.ts'

/** Loses packets for real, which no proxy in user space can: TCP hides them, and takes its time for it. */
export const experiment: Experiment<typeof packetLossRows> = {
  rows: packetLossRows,
  question: 'What do lost packets do to the delay of events?',
  expectation:
    'Nothing is lost and the median stays; the 99th percentile grows to the next event or the ' +
    'retransmission timeout, 200 ms.',
  expectedMs: 20_000,
  needs: 'packet loss',
  async run({ signal }) {
    return { rows: await inLossyNetwork(new URL('networks/lossy-delays.ts', import.meta.url), signal) }
  },
}
