import { type TcpOrderRow, tcpOrderRows } from '../../results/rows/tcp-order.ts'
import type { Experiment } from '../bench/experiment.ts'
import { inLossyNetwork, whyNoLoss } from './networks/lossy-network.ts'
import { newWrites, transfer } from './networks/transfer.ts'

const TRIALS = 3

/** Sends 8 MB over a bare TCP connection and over a WebSocket, on loopback and where 5 of 100 packets are lost. */
export const experiment: Experiment<typeof tcpOrderRows> = {
  rows: tcpOrderRows,
  question: 'Do bytes sent over TCP arrive out of order?',
  expectation:
    'Never, lost packets or not (RFC 9293, section 2.2). What TCP does not keep is where one ' +
    'write ended and the next began.',
  expectedMs: 10_000,
  needs: 'packet loss',
  async run({ seed, signal }) {
    const rows: TcpOrderRow[] = []
    for (let trial = 1; trial <= TRIALS; trial++) {
      for (const carrier of tcpOrderRows.columns.carrier) {
        rows.push({ ...(await transfer(carrier, newWrites(seed + trial), signal)), lossPercent: 0, trial })
      }
    }
    const reason = whyNoLoss()
    // Without it half of the answer can still be had.
    if (reason !== undefined) return { rows, participants: { 'packet loss': reason } }
    const program = new URL('networks/lossy-transfer.ts', import.meta.url)
    return {
      rows: [...rows, ...(await inLossyNetwork<TcpOrderRow>(program, signal))],
      participants: { 'packet loss': 'nft' },
    }
  },
}
