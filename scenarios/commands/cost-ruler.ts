import type { RulerTechnique } from '../../clients/ruler/ruler.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { type Estimate, estimate } from '../../report/statistics/estimate.ts'
import { median } from '../../report/statistics/median.ts'
import { PushlabError } from '../../server/error.ts'
import { type Delay, type RulerTrialResult, runRulerTrial } from '../bench/ruler-trial.ts'

export interface RulerOptions {
  rounds: number
  technique?: string[]
  scale: 'small' | 'large' | 'both'
  measure: number
  json?: boolean
}

const TECHNIQUES: readonly RulerTechnique[] = ['sse', 'websocket', 'long-poll']
/** Subscribers of the agent's and as many of the ruler's; in turn, twice as many of one. */
const SCALES = {
  small: { subscribers: 50, ratePerSecond: 10 },
  large: { subscribers: 500, ratePerSecond: 50 },
} as const

interface Cell {
  technique: RulerTechnique
  scale: keyof typeof SCALES
}

/** One round of a cell: agent and ruler on one server at once, then each on a server of its own. */
interface Round extends Cell {
  round: number
  atOnce: RulerTrialResult
  inTurn: RulerTrialResult
}

const FIGURES = [
  { name: 'p50', key: 'p50Us', boundUs: (kernelUs: number) => Math.max(0.05 * kernelUs, 100) },
  { name: 'p99', key: 'p99Us', boundUs: (kernelUs: number) => 0.15 * kernelUs },
] as const
/** How far SSE minus WebSocket of the two instruments may differ. */
const GAP_BOUND_US = 100

/**
 * `pushlab cost --ruler`: whether the load agent's delays end when the kernel had the event. An independent client in C
 * knows when that was: both subscribe to one server, one after the other, and who is first changes every round, because
 * a broadcast writes in the order of joining. What is judged is the difference of the two within each round.
 */
export async function costRuler(options: RulerOptions): Promise<void> {
  const cells = cellsOf(options)
  const rounds: Round[] = []
  for (let round = 0; round < options.rounds; round++) {
    process.stderr.write(`Round ${round + 1} of ${options.rounds}\n`)
    for (const cell of cells) rounds.push(await runRound(cell, round, options.measure))
  }
  if (options.json) console.log(JSON.stringify({ measureMs: options.measure, rounds }))
  else console.log(report(cells, rounds))
}

function cellsOf({ technique = [...TECHNIQUES], scale }: RulerOptions): Cell[] {
  const unknown = technique.find((name) => !TECHNIQUES.some((known) => known === name))
  if (unknown) {
    throw new PushlabError('BAD_INPUT', `The ruler reads ${TECHNIQUES.join(', ')}, and not ${unknown}.`)
  }
  const scales = scale === 'both' ? (['small', 'large'] as const) : [scale]
  return scales.flatMap((scale) =>
    TECHNIQUES.filter((name) => technique.includes(name))
      // 1,000 polls at 50 events/s are more than a core's work: no delay is the agent's then.
      .filter((name) => name !== 'long-poll' || scale === 'small')
      .map((technique) => ({ technique, scale })),
  )
}

async function runRound(cell: Cell, round: number, measureMs: number): Promise<Round> {
  const { subscribers, ratePerSecond } = SCALES[cell.scale]
  const { technique } = cell
  // Of whole periods, and never the same: equal warm-ups would sample the same collections of garbage every time.
  const warmUpMs = 1_500 + 100 * ((round * 7) % 10)
  const common = { technique, ratePerSecond, warmUpMs, measureMs }
  const alone = { ...common, subscribers: 2 * subscribers }
  const readers = round % 2 === 0 ? (['agent', 'ruler'] as const) : (['ruler', 'agent'] as const)
  return {
    ...cell,
    round,
    atOnce: await runRulerTrial({ ...common, subscribers, readers }),
    inTurn: {
      ...(await runRulerTrial({ ...alone, readers: ['agent'] })),
      ...(await runRulerTrial({ ...alone, readers: ['ruler'] })),
    },
  }
}

function report(cells: readonly Cell[], rounds: readonly Round[]): string {
  const of = ({ technique, scale }: Cell) =>
    rounds.filter((round) => round.technique === technique && round.scale === scale)
  const table = (how: 'atOnce' | 'inTurn') =>
    textTable([
      HEADINGS,
      ...cells.flatMap((cell) => {
        const trials = of(cell).flatMap((round) => (round[how].void ? [] : [round[how]]))
        return FIGURES.map((figure) => row(cell, figure, trials, isProof(cell, how)))
      }),
    ])
  const gaps = (['small', 'large'] as const).flatMap((scale) => {
    const sse = of({ technique: 'sse', scale })
    const webSocket = of({ technique: 'websocket', scale })
    return sse.length > 0 && webSocket.length > 0 ? [gapRow(scale, sse, webSocket)] : []
  })
  const voids = rounds.flatMap((round) =>
    (['atOnce', 'inTurn'] as const).flatMap((how) =>
      round[how].void
        ? [`Void: ${nameOf(round)}, round ${round.round + 1}, ${NAMES[how]}: ${round[how].void}.`]
        : [],
    ),
  )
  return [
    'At once, on one server: medians over rounds in ms; the difference within a round, with its interval.',
    table('atOnce'),
    ...(gaps.length > 0 ? ['SSE minus WebSocket, p50, at once:', textTable([GAP_HEADINGS, ...gaps])] : []),
    'In turn, each on a server of its own with all subscribers:',
    table('inTurn'),
    ...(voids.length > 0 ? [voids.join('\n')] : []),
    'Intervals are 95 % by order statistics from 6 rounds on, with fewer the smallest and the largest. Streams are judged at\n' +
      'once; polls in turn, because at once a server answers first who asked first.',
  ].join('\n\n')
}

const HEADINGS = ['', '', 'rounds', 'agent', 'kernel', 'read', 'agent - kernel', 'may be', 'within']
const GAP_HEADINGS = ['', 'rounds', 'agent', 'kernel', 'agent - kernel', 'may be', 'within']
const NAMES = { atOnce: 'at once', inTurn: 'in turn' } as const

/** A stream's turn in a broadcast is that of its joining; a poll's is anew that of its asking, at which the ruler is quicker. */
function isProof({ technique }: Cell, how: 'atOnce' | 'inTurn'): boolean {
  return (technique === 'long-poll') === (how === 'inTurn')
}

function row(
  cell: Cell,
  { name, key, boundUs }: (typeof FIGURES)[number],
  trials: readonly RulerTrialResult[],
  isProof: boolean,
): string[] {
  const values = (of: 'agent' | 'kernel' | 'read') => trials.map((trial) => trial[of]?.[key] ?? Number.NaN)
  const [agent, kernel, read] = [values('agent'), values('kernel'), values('read')]
  const difference = estimate(agent.map((us, i) => us - (kernel[i] as number)))
  const verdict = isProof ? judged(difference, boundUs(median(kernel))) : [withInterval(difference), '', '']
  const medians = [agent, kernel, read].map((us) => ms(median(us)))
  return [nameOf(cell), name, String(trials.length), ...medians, ...verdict]
}

/** Of rounds that neither is void in. */
function gapRow(scale: Cell['scale'], sse: readonly Round[], webSocket: readonly Round[]): string[] {
  const pairs = sse.flatMap(({ atOnce }, i) => {
    const other = (webSocket[i] as Round).atOnce
    return atOnce.void || other.void ? [] : [[atOnce, other] as const]
  })
  const p50Us = (delay: Delay | undefined) => delay?.p50Us ?? Number.NaN
  const gaps = (of: 'agent' | 'kernel') => pairs.map(([one, other]) => p50Us(one[of]) - p50Us(other[of]))
  const [agent, kernel] = [gaps('agent'), gaps('kernel')]
  const difference = estimate(agent.map((us, i) => us - (kernel[i] as number)))
  const estimates = [estimate(agent), estimate(kernel)].map(withInterval)
  return [scaleName(scale), String(pairs.length), ...estimates, ...judged(difference, GAP_BOUND_US)]
}

/** The difference, how large it may be, and whether all of its interval is no larger. */
function judged(difference: Estimate, boundUs: number): string[] {
  const { low, high, interval } = difference
  const isWithin = low >= -boundUs && high <= boundUs
  const isBeyond = low > boundUs || high < -boundUs
  const verdict = interval !== '95 %' ? 'too few rounds' : isWithin ? 'yes' : isBeyond ? 'no' : 'not told'
  return [withInterval(difference), ms(boundUs), verdict]
}

function withInterval({ value, low, high }: Estimate): string {
  return `${ms(value)} (${ms(low)} to ${ms(high)})`
}

function ms(us: number): string {
  return Number.isFinite(us) ? (us / 1e3).toFixed(3) : '-'
}

function nameOf({ technique, scale }: Cell): string {
  return `${technique}, ${scaleName(scale)}`
}

function scaleName(scale: Cell['scale']): string {
  const { subscribers, ratePerSecond } = SCALES[scale]
  return `${2 * subscribers} x ${ratePerSecond}/s`
}
