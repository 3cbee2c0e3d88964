import type { ResultRecord } from '../../../results/record.ts'
import { format } from '../../format.ts'
import { clauses, said, say } from '../../words/say.ts'
import type { Cell, Claim } from '../claim.ts'
import { byScenario, cellsOf, fromCell, notTested, notValid } from '../evidence.ts'
import { allOf, everyTrial } from '../trials.ts'

const TECHNIQUES = ['sse', 'websocket']
/** Of the time that the server stood still. */
const SEEN = 0.9
const HIDDEN = 0.2

const publishedUs = ({ latencyFromPublished }: ResultRecord) => latencyFromPublished.p99Us
const stallUs = ({ records }: Cell) => (records[0]?.scenario.stall?.forMs ?? Number.NaN) * 1e3

export const coordinatedOmission: Claim = {
  id: 'coordinated-omission',
  from: 'literature',
  claim: 'Measuring in a closed loop, which waits for the server, hides the times at which it stands still.',
  source: 'Tene, How NOT to Measure Latency (2013)',
  prediction:
    'Events that were due during a stall are up to as late as it was long, and are more than one in a ' +
    'hundred. A meter whose clock starts when an event is published starts it after the stall, for the ' +
    'server published nothing meanwhile: to it they are not late. A closed loop, which sends nothing ' +
    'until it is answered, has no samples of them at all.',
  scenarios: ['stall'],
  techniques: TECHNIQUES,
  metric:
    'p99 of the delay of the same events from when they were due (open loop), and from when they were ' +
    'published. No closed-loop client was run. The second is what a meter reports that starts when the ' +
    "event is published. So does a closed loop's clock, which waits for the stalled server.",
  rule:
    'The p99 from publication stands in for that of a closed loop. That would also have a late sample of ' +
    'the one request that the stall caught. Held where two things are so with both techniques, in every ' +
    'trial: the open-loop p99 is at least 0.9 of the stall, the p99 from publication at most 0.2 of it. ' +
    'Did not hold where the p99 from publication is at least 0.9 of it in every trial with a technique: ' +
    'it saw the stall, too. Inconclusive in between and where the open-loop p99 does not show the stall. ' +
    'So it is where one of the techniques is missing, or where the gate voids a p99.',
  judge: byScenario('stall', TECHNIQUES, (measured) => {
    const cells = TECHNIQUES.flatMap((technique) => cellsOf(measured, technique))
    if (!measured.scenario.stall) return notTested(said('No server was made to stand still.'))
    const numbers = cells.flatMap((cell) => [
      fromCell(cell, 'p99Us', {
        what: say`p99 from when events were due, ${cell.title}`,
        unit: 'us',
        expected: stallUs(cell),
      }),
      fromCell(cell, 'publishedP99Us', {
        what: say`p99 from when events were published, in place of a closed loop's, ${cell.title}`,
        unit: 'us',
      }),
    ])
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const seen = allOf(
      cells.map((cell) => everyTrial(cell, ({ latency }) => latency.p99Us >= SEEN * stallUs(cell))),
    )
    const hidden = allOf(
      cells.map((cell) => everyTrial(cell, (record) => publishedUs(record) <= HIDDEN * stallUs(cell))),
    )
    const isSeenByAll = cells.some(
      (cell) => everyTrial(cell, (record) => publishedUs(record) >= SEEN * stallUs(cell)) === 'yes',
    )
    const told = cells.map(
      ({ title }, i) =>
        say`${title} ${format.us(numbers[2 * i]?.value ?? Number.NaN)} against ${format.us(numbers[2 * i + 1]?.value ?? Number.NaN)}`,
    )
    const stall = format.us(measured.scenario.stall.forMs * 1e3)
    const because = say`The server stood still for ${stall}: p99 from when events were due against from when they were published, ${clauses(told)}. The second stands in for a closed loop, which was not run.`
    if (seen === 'yes' && hidden === 'yes') return { verdict: 'held', because, numbers }
    if (seen === 'yes' && isSeenByAll) return { verdict: 'did not hold', because, numbers }
    return { verdict: 'inconclusive', because, numbers }
  }),
}
