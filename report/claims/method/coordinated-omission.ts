import { format } from '../../format.ts'
import type { Cell, Claim } from '../claim.ts'
import { cellsOf, fromCell, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial } from '../trials.ts'

const TECHNIQUES = ['sse', 'websocket']
/** Of the time that the server stood still. */
const SEEN = 0.9
const HIDDEN = 0.2

const stallUs = ({ records }: Cell) => (records[0]?.scenario.stall?.forMs ?? Number.NaN) * 1e3

export const coordinatedOmission: Claim = {
  id: 'coordinated-omission',
  from: 'literature',
  claim: {
    en: 'Measuring in a closed loop hides the times at which a server stands still.',
    zh: '闭环测量会掩盖服务器停顿期间的延迟（协同遗漏）。',
  },
  source: 'Tene, How NOT to Measure Latency (2013)',
  prediction:
    'Events that were due during a stall are as late as it was long, and are more than one in a hundred. ' +
    'A meter that starts its clock when the server publishes, as one does that waits for it, starts it ' +
    'after the stall.',
  scenarios: ['stall'],
  techniques: TECHNIQUES,
  experiments: [],
  metric:
    'p99 of the delay from when events were due (open loop), and from when the stalled server published ' +
    'them, which is what a meter sees that waits for the server.',
  rule:
    'Held where with both techniques, in every trial, the open-loop p99 is at least 0.9 of the stall and ' +
    'the other at most 0.2 of it. Did not hold where the other is at least 0.9 of it in every trial with ' +
    'a technique: it saw the stall, too. Inconclusive where the open-loop p99 does not show the stall, ' +
    'in between, or where the gate voids a p99.',
  judge(evidence) {
    const measured = evidence.scenario('stall')
    const cells = TECHNIQUES.flatMap((technique) => cellsOf(measured, technique))
    if (!measured?.scenario.stall || cells.length < TECHNIQUES.length)
      return notTested('No server was made to stand still with both techniques.')
    const numbers = cells.flatMap((cell) => [
      fromCell(cell, 'p99Us', {
        what: `p99 from when events were due, ${cell.title}`,
        unit: 'us',
        expected: stallUs(cell),
      }),
      fromCell(cell, 'publishedP99Us', {
        what: `p99 from when events were published, ${cell.title}`,
        unit: 'us',
      }),
    ])
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const seen = allOf(
      cells.map((cell) => everyTrial(cell, ({ latency }) => latency.p99Us >= SEEN * stallUs(cell))),
    )
    const hidden = allOf(
      cells.map((cell) =>
        everyTrial(cell, (record) => record.latencyFromPublished.p99Us <= HIDDEN * stallUs(cell)),
      ),
    )
    const isSeenByAll = cells.some(
      (cell) =>
        everyTrial(cell, (record) => record.latencyFromPublished.p99Us >= SEEN * stallUs(cell)) === 'yes',
    )
    const told = cells.map(
      ({ title }, i) =>
        `${title} ${format.us(numbers[2 * i]?.value ?? Number.NaN)} against ` +
        `${format.us(numbers[2 * i + 1]?.value ?? Number.NaN)}`,
    )
    const stall = format.us(measured.scenario.stall.forMs * 1e3)
    const because =
      `The server stood still for ${stall}: p99 from when events were due against from when they were ` +
      `published, ${told.join(', ')}.`
    if (seen === 'yes' && hidden === 'yes') return { verdict: 'held', because, numbers }
    if (seen === 'yes' && isSeenByAll) return { verdict: 'did not hold', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  },
}
