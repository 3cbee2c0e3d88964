import { registry } from '../../../server/registry.ts'
import { passes } from '../../analysis/gate.ts'
import { list, parts, type Said, said, say } from '../../words/say.ts'
import type { Cell, Claim, Evidence } from '../claim.ts'
import { cellAt, incomplete } from '../evidence.ts'
import { type Paired, pairedAll } from '../paired.ts'

/** In the order in which a technique's cell is taken: the first has more trials. */
const SCENARIOS = ['steady-feed', 'every-technique'] as const
const FIGURE = 'serverCpuUsPer1000Events'
/** An interval of the ratio that lies within is that of the same cost. */
const SAME = { low: 0.9, high: 1.1 }

/** What a technique costs beside WebSocket. */
type Costs = 'more' | 'the same' | 'less' | 'unclear'
const THAN: Record<Costs, Said> = {
  more: said('more than WebSocket'),
  'the same': said('the same as WebSocket'),
  less: said('less than WebSocket'),
  unclear: said('not told apart from WebSocket'),
}

interface Compared extends Paired {
  cell: Cell
}

/** Every technique that HTTP carries, each in the first of the scenarios that measures it. */
function placesOf(evidence: Evidence): { scenario: string; techniques: string[] }[] {
  const carried = registry.filter(({ carrier }) => carrier === 'http').map(({ name }) => name)
  const steady = evidence.scenario(SCENARIOS[0])?.scenario.techniques ?? []
  const ofSteady = (technique: string) => steady.includes(technique)
  return [
    { scenario: SCENARIOS[0], techniques: carried.filter(ofSteady) },
    { scenario: SCENARIOS[1], techniques: carried.filter((technique) => !ofSteady(technique)) },
  ].filter(({ techniques }) => techniques.length > 0)
}

/** WebSocket beside each technique, in the technique's place. */
function comparedIn(evidence: Evidence): Compared[] {
  const family = placesOf(evidence).flatMap(({ scenario, techniques }) => {
    const measured = evidence.scenario(scenario)
    const websocket = cellAt(measured, 'websocket')
    if (!measured || !websocket) return []
    return techniques.flatMap((technique) => {
      const cell = cellAt(measured, technique)
      if (!cell) return []
      const what = say`CPU time of the server per event, ${cell.title} over WebSocket, in ${scenario}`
      return { cell, numerator: cell, denominator: websocket, what }
    })
  })
  return pairedAll(family, FIGURE, evidence)
}

function costsOf({ ratio, told, number }: Compared): Costs {
  if (!passes(number.badge)) return 'unclear'
  if (told === 'apart') return ratio.value > 1 ? 'more' : 'less'
  return ratio.low >= SAME.low && ratio.high <= SAME.high ? 'the same' : 'unclear'
}

export const websocketLessLoad: Claim = {
  id: 'ws-less-load',
  from: 'notes',
  claim: 'WebSocket lowers the load of the server, compared with HTTP.',
  source: 'Lecture notes on push techniques',
  prediction:
    'Less than any that answers a request for every event; about the same as other streams, which write ' +
    'the same bytes to the same socket; more than a short poll whose answer brings many events at once.',
  scenarios: SCENARIOS,
  metric:
    'CPU time of the server per 1,000 delivered events, paired by round: each technique that HTTP ' +
    'carries over WebSocket, in the steady feed or, where that does not measure it, among all techniques.',
  rule:
    'A technique costs more or less than WebSocket where two things are so. The ratio is significant, by ' +
    "a t-test on the logarithms at 5 % after Holm's correction over all techniques. It differs from 1 by " +
    'more than the noise of the run in this figure: what its A/A pair made up, and 5 % at the least. It ' +
    'costs the same where it is not so told apart and the 95 % interval of the ratio lies within 0.9 to ' +
    '1.1; else it is unclear. Held where every one costs more; did not hold where none costs more and ' +
    'none is unclear; depends on the technique where some cost more and some the same or less, whatever ' +
    'the unclear ones would come to; else inconclusive, and so where the cell of one is missing. What ' +
    'the gate voids is unclear.',
  judge(evidence) {
    const missing = incomplete(
      evidence,
      placesOf(evidence).map(({ scenario, techniques }) => ({
        scenario,
        techniques: ['websocket', ...techniques],
      })),
    )
    if (missing) return missing
    const compared = comparedIn(evidence)
    const numbers = compared.map(({ number }) => number)
    const sorted = compared.map((one) => ({ ...one, costs: costsOf(one) }))
    const having = (costs: Costs) => sorted.filter((one) => one.costs === costs)
    const told = (costs: Costs) => {
      const cells = having(costs)
      const ratios = cells.map(({ ratio }) => ratio.value)
      const [least, most] = [Math.min(...ratios).toFixed(2), Math.max(...ratios).toFixed(2)]
      const names = list(cells.map(({ cell }) => cell.title))
      return cells.length === 0 ? [] : [say`${THAN[costs]}: ${names} (${least} to ${most} times)`]
    }
    const because = say`CPU time per event, ${parts((Object.keys(THAN) as Costs[]).flatMap(told))}.`
    const [more, unclear] = [having('more').length, having('unclear').length]
    const others = sorted.length - more - unclear
    if (more > 0 && others > 0) return { verdict: 'depends', because, numbers }
    if (unclear > 0) return { verdict: 'inconclusive', because, numbers }
    return { verdict: more > 0 ? 'held' : 'did not hold', because, numbers }
  },
}
