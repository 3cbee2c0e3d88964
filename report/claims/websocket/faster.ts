import { list } from '../../analysis/conclusions.ts'
import { holm } from '../../analysis/holm.ts'
import type { Cell, Claim, Evidence } from '../claim.ts'
import { notTested } from '../evidence.ts'
import { madeUp, type Paired, paired } from '../paired.ts'
import { positionOf } from '../trials.ts'

/** As the claim has them, fastest first. */
const ORDER = ['websocket', 'sse', 'long-poll', 'short-poll']
const LEVEL = 0.05
/** Where no scenario of the run has an A/A pair: what the gate lets pass without a warning. */
const DEFAULT_NOISE = 0.05

/**
 * Two techniques at one point of one scenario: the median delay of what should be slower over the
 * other's.
 */
interface Compared extends Paired {
  faster: Cell
  slower: Cell
  where: string
  /** What an A/A pair differed by. */
  noise: number
}

function comparedIn({ scenarios }: Evidence): Compared[] {
  const noises = scenarios.flatMap((measured) => madeUp(measured, 'p50Us') ?? [])
  const largest = noises.length > 0 ? Math.max(...noises) : DEFAULT_NOISE
  // A search goes to where techniques break down.
  const grid = scenarios.filter(({ scenario }) => !scenario.search)
  return grid.flatMap((measured) => {
    const noise = madeUp(measured, 'p50Us') ?? largest
    const cells = measured.cells.filter(({ copy, technique }) => copy === 1 && ORDER.includes(technique))
    const points = Map.groupBy(cells, ({ point }) => point.at?.value)
    return [...points.values()].flatMap((atPoint) =>
      pairs(atPoint.toSorted((a, b) => ORDER.indexOf(a.technique) - ORDER.indexOf(b.technique))).map(
        ([faster, slower]) => {
          const where = `${measured.scenario.name}${positionOf(slower)}`
          const what = `Median delay of ${slower.title} over that of ${faster.title} in ${where}`
          return { faster, slower, where, noise, ...paired(slower, faster, 'p50Us', { what }) }
        },
      ),
    )
  })
}

/** All pairs of a list, each in the list's order. */
function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]))
}

export const websocketFaster: Claim = {
  id: 'ws-faster',
  from: 'notes',
  claim: {
    en: 'Performance: WebSocket > Server-Sent Events > long polling > short polling.',
    zh: '性能：WebSocket > SSE > 长轮询 > 短轮询。',
  },
  source: 'Lecture notes on push techniques',
  prediction:
    'A short poll waits half its interval. A long poll is as soon as a stream while events are further ' +
    'apart than a round trip, a little later where its server has many requests to answer. Server-Sent ' +
    'Events and WebSocket are the same within noise, except where something between them collects ' +
    'answers.',
  scenarios: ['steady-feed', 'event-rate', 'payload-size', 'round-trip', 'subscribers'],
  techniques: ORDER,
  experiments: [],
  metric:
    'Median delay, paired by round, of each two of the four techniques at every point of every scenario ' +
    'of the run that measured both.',
  rule:
    'A pair is told apart where the ratio of its medians is significant, by a t-test on the logarithms ' +
    "at 5 % after Holm's correction over all pairs of the run, and differs from 1 by more than the A/A " +
    'pair of its scenario made up (where it has none, the largest of the run; with none in the run, 5 ' +
    '%); else it is a tie. Did not hold where a pair that is told apart stands the other way round ' +
    'anywhere; where is named. Held where none does and some are told apart; inconclusive where all are ' +
    'ties. What the gate voids is left out, and so are searches, which go to where techniques ' +
    'break down.',
  judge(evidence) {
    const all = comparedIn(evidence)
    if (all.length === 0) return notTested('No scenario measured two of the four techniques.')
    const compared = all.filter(({ number }) => number.badge !== 'not valid')
    if (compared.length === 0) {
      const numbers = all.slice(0, 1).map(({ number }) => number)
      return { verdict: 'inconclusive', because: 'The gate lets none of the pairs pass.', numbers }
    }
    const adjusted = holm(compared.map(({ ratio }) => ratio.p))
    const told = compared.filter(
      ({ ratio, noise }, i) => (adjusted[i] as number) < LEVEL && Math.abs(ratio.value - 1) > noise,
    )
    const inverted = told.filter(({ ratio }) => ratio.value < 1)
    const shown = new Set([...inverted, ...nearest(compared)])
    const numbers = [...shown].map(({ number }) => number)
    const ties = compared.length - told.length
    const counts =
      `Of ${compared.length} pairs ${told.length - inverted.length} stand as the claim says, ${ties} are ` +
      `ties and ${inverted.length} stand the other way round`
    const close = compared.filter(({ faster, slower }) => isStreams(faster, slower))
    const closeTies = close.filter((pair) => !told.includes(pair)).length
    const streams =
      close.length > 0
        ? ` WebSocket and Server-Sent Events tie in ${closeTies} of ${close.length} pairs.`
        : ''
    if (inverted.length > 0) {
      const places = inverted.map(
        ({ faster, slower, where }) => `${slower.title} before ${faster.title} in ${where}`,
      )
      return { verdict: 'did not hold', because: `${counts}: ${list(places)}.${streams}`, numbers }
    }
    const verdict = told.length > 0 ? 'held' : 'inconclusive'
    return { verdict, because: `${counts}.${streams}`, numbers }
  },
}

function isStreams(faster: Cell, slower: Cell): boolean {
  return faster.technique === 'websocket' && slower.technique === 'sse'
}

/** Of each two neighbours in the order the pair that comes nearest to the other way round. */
function nearest(compared: readonly Compared[]): Compared[] {
  return ORDER.slice(1).flatMap((slower, i) => {
    const ofTwo = compared.filter(
      (pair) => pair.slower.technique === slower && pair.faster.technique === ORDER[i],
    )
    return ofTwo.toSorted((a, b) => a.ratio.value - b.ratio.value).slice(0, 1)
  })
}
