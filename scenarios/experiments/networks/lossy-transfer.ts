import { tcpOrderRows } from '../../../results/rows/tcp-order.ts'
import { losePackets, since, tcpCounts } from './loss.ts'
import { newWrites, transfer } from './transfer.ts'

/** The program of tcp-order that runs in a network namespace of its own: prints a row each. */
const LOSS_PERCENT = 5

const signal = AbortSignal.timeout(30_000)
for (const carrier of tcpOrderRows.columns.carrier) {
  losePackets(LOSS_PERCENT)
  const before = tcpCounts()
  const row = await transfer(carrier, newWrites(1), signal)
  console.log(JSON.stringify({ ...row, lossPercent: LOSS_PERCENT, trial: 1, ...since(before) }))
}
