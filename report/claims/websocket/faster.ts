import { titleOf } from '../../analysis/cells.ts'
import { passes } from '../../analysis/gate.ts'
import { list, type Said, said, say, type Text, together } from '../../words/say.ts'
import type { Cell, Claim, Evidence } from '../claim.ts'
import { notTested } from '../evidence.ts'
import { type Paired, pairedAll } from '../paired.ts'
import { positionOf } from '../trials.ts'

/** As the claim has them, fastest first. */
const ORDER = ['websocket', 'sse', 'long-poll', 'short-poll']
/** Each technique with the next in the order. */
const LINKS = ORDER.slice(1).map((slower, i) => ({ faster: ORDER[i] as string, slower }))

/**
 * Two techniques at one point of one scenario: the median delay of what should be slower over the
 * other's.
 */
interface Compared extends Paired {
  faster: Cell
  slower: Cell
  scenario: string
  where: Text
}

const SCENARIOS = ['steady-feed', 'event-rate', 'payload-size', 'round-trip', 'subscribers']
/** One small scenario decides nothing: another day it comes out otherwise. */
const FEWEST_SCENARIOS = 2

type Link = (typeof LINKS)[number]

function comparedIn(evidence: Evidence): Compared[] {
  // A search goes to where techniques break down.
  const grid = evidence.scenarios.filter(({ scenario }) => !scenario.search)
  const family = grid.flatMap((measured) => {
    const cells = measured.cells.filter(({ copy, technique }) => copy === 1 && ORDER.includes(technique))
    const points = Map.groupBy(cells, ({ point }) => point.at?.value)
    return [...points.values()].flatMap((atPoint) =>
      pairs(atPoint.toSorted((a, b) => ORDER.indexOf(a.technique) - ORDER.indexOf(b.technique))).map(
        ([faster, slower]) => {
          const where = together(measured.scenario.name, positionOf(slower))
          const what = say`Median delay of ${slower.title} over that of ${faster.title} in ${where}`
          return {
            faster,
            slower,
            scenario: measured.scenario.name,
            where,
            numerator: slower,
            denominator: faster,
            what,
          }
        },
      ),
    )
  })
  return pairedAll(family, 'p50Us', evidence)
}

/** All pairs of a list, each in the list's order. */
function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]))
}

export const websocketFaster: Claim = {
  id: 'ws-faster',
  from: 'notes',
  claim: 'Performance: WebSocket > Server-Sent Events > long polling > short polling.',
  source: 'Lecture notes on push techniques',
  prediction:
    'A short poll waits half its interval. A long poll is as soon as a stream while events are further ' +
    'apart than a round trip. It is a little later where its server has many requests to answer. ' +
    'Server-Sent Events and WebSocket are the same within noise, except where something between them ' +
    'collects answers.',
  scenarios: SCENARIOS,
  techniques: ORDER,
  metric:
    'Median delay, paired by round, of each two of the four techniques at every point of every scenario ' +
    'of the run that measured both.',
  rule:
    'A pair is told apart where two things are so; else it is a tie. The ratio of its medians is ' +
    "significant, by a t-test on the logarithms at 5 % after Holm's correction over all pairs of the " +
    'run. It differs from 1 by more than the noise of the run: what its A/A pair made up, and 5 % at the ' +
    'least. Did not hold where a pair that is told apart stands the other way round anywhere, as it was ' +
    'laid down: an inversion outside the noise refutes; where is named. Held where no pair does and each ' +
    'link of the order is told apart somewhere: WebSocket before Server-Sent Events, those before long ' +
    'polling, that before short polling. Depends where no pair does, one link is told apart somewhere ' +
    'and another, named, was compared and ties everywhere. Else inconclusive, and so where fewer than ' +
    'two scenarios of the run compared two of them. What the gate voids is left out, and so are ' +
    'searches, which go to where techniques break down.',
  judge(evidence) {
    const all = comparedIn(evidence)
    if (all.length === 0) return notTested(said('No scenario measured two of the four techniques.'))
    const compared = all.filter(({ number }) => passes(number.badge))
    if (compared.length === 0) {
      const numbers = all.slice(0, 1).map(({ number }) => number)
      return { verdict: 'inconclusive', because: said('The gate voids every pair.'), numbers }
    }
    const told = compared.filter((one) => one.told === 'apart')
    const inverted = told.filter(({ ratio }) => ratio.value < 1)
    const shown = new Set([...inverted, ...LINKS.flatMap((link) => nearest(compared, link))])
    const numbers = [...shown].map(({ number }) => number)
    const ties = compared.length - told.length
    const counts = say`Of ${compared.length} pairs ${told.length - inverted.length} stand as the claim says, ${ties} are ties and ${inverted.length} stand the other way round`
    const places = new Set(compared.map(({ scenario }) => scenario))
    if (places.size < FEWEST_SCENARIOS) {
      const because = say`${counts}; but one scenario alone decides nothing: measure ${list(SCENARIOS)}.`
      return { verdict: 'inconclusive', because, numbers }
    }
    if (inverted.length > 0) {
      const inversions = inverted.map(
        ({ faster, slower, where }) => say`${slower.title} before ${faster.title} in ${where}`,
      )
      return { verdict: 'did not hold', because: say`${counts}: ${list(inversions)}.`, numbers }
    }
    const untold = LINKS.filter((link) => ofLink(told, link).length === 0)
    const tied = untold.filter((link) => ofLink(compared, link).length > 0)
    const unseen = untold.filter((link) => !tied.includes(link))
    if (untold.length === 0)
      return { verdict: 'held', because: say`${counts}; each link of the order is told apart.`, numbers }
    const ends = [
      ...tied.map((link) => say`${named(link)} ties in each of ${ofLink(compared, link).length} pairs`),
      ...unseen.map((link) => say`${named(link)} was not compared`),
    ]
    const isTold = untold.length < LINKS.length
    const verdict = isTold && tied.length > 0 ? 'depends' : 'inconclusive'
    return { verdict, because: say`${counts}; ${list(ends)}.`, numbers }
  },
}

function named({ faster, slower }: Link): Said {
  return say`${titleOf(faster)} before ${titleOf(slower)}`
}

function ofLink(compared: readonly Compared[], { faster, slower }: Link): Compared[] {
  return compared.filter((pair) => pair.faster.technique === faster && pair.slower.technique === slower)
}

/** The pair of a link that comes nearest to the other way round. */
function nearest(compared: readonly Compared[], link: Link): Compared[] {
  return ofLink(compared, link)
    .toSorted((a, b) => a.ratio.value - b.ratio.value)
    .slice(0, 1)
}
