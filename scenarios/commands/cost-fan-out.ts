import { RULER_STREAMS, type RulerStream } from '../../clients/ruler/ruler.ts'
import { textTable } from '../../report/sentences/summary.ts'
import { type Estimate, estimate } from '../../report/statistics/estimate.ts'
import { median } from '../../report/statistics/median.ts'
import { PushlabError } from '../../server/error.ts'
import { defaultVariant } from '../../server/variant.ts'
import { checkSockets } from '../bench/descriptors.ts'
import { type FanOutResult, runFanOutTrial, type Sender } from '../bench/fan-out-trial.ts'

export interface FanOutOptions {
  rounds: number
  technique?: string[]
  measure: number
  subscribers: number
  rate: number
  beside?: 'nchan'
  json?: boolean
}

/** One trial of each sender, one after the other. */
export interface FanOutRound {
  technique: RulerStream
  round: number
  results: Partial<Record<Sender, FanOutResult>>
}

/**
 * `pushlab cost --fan-out`: what it costs the server to send an event to many, by both of its fan-outs, beside a loop over sockets that
 * shares no code with it, all read by the ruler. What is judged are ratios within a round.
 */
export async function costFanOut(options: FanOutOptions): Promise<void> {
  const techniques = techniquesOf(options)
  const point = { load: options, feed: {}, variant: defaultVariant }
  checkSockets(techniques.map((technique) => ({ technique, point })))
  const rounds: FanOutRound[] = []
  for (let round = 0; round < options.rounds; round++) {
    for (const technique of techniques) {
      process.stderr.write(`Round ${round + 1} of ${options.rounds}: ${technique}\n`)
      rounds.push({ technique, round, results: await runRound(technique, round, options) })
    }
  }
  if (options.json) console.log(JSON.stringify({ ...options, rounds }))
  else console.log(report(techniques, rounds, options))
}

function techniquesOf({ technique = [...RULER_STREAMS], beside }: FanOutOptions): RulerStream[] {
  const unknown = technique.find((name) => !RULER_STREAMS.some((known) => known === name))
  if (unknown)
    throw new PushlabError('BAD_INPUT', `A fan-out is of ${RULER_STREAMS.join(', ')}, and not of ${unknown}.`)
  if (beside && !technique.includes('websocket'))
    throw new PushlabError(
      'BAD_INPUT',
      'Nchan is compared by websocket: leave --technique out, or name it, too.',
    )
  return RULER_STREAMS.filter((name) => technique.includes(name))
}

/** XMLSocket writes the same bytes to each socket as it is: it has one fan-out. */
function sendersOf(technique: RulerStream, { beside }: Pick<FanOutOptions, 'beside'>): Sender[] {
  return [
    ...(technique === 'xml-socket' ? [] : (['library'] as const)),
    'prepared',
    'yardstick',
    ...(beside && technique === 'websocket' ? [beside] : []),
  ]
}

async function runRound(
  technique: RulerStream,
  round: number,
  options: FanOutOptions,
): Promise<FanOutRound['results']> {
  const senders = sendersOf(technique, options)
  const { subscribers, rate: ratePerSecond, measure: measureMs } = options
  const results: FanOutRound['results'] = {}
  // Another one first each time.
  for (let i = 0; i < senders.length; i++) {
    const sender = senders[(i + round) % senders.length] as Sender
    const warmUpMs = 1_500 + 100 * ((round * 7) % 10)
    results[sender] = await runFanOutTrial({
      ...{ sender, technique, subscribers, ratePerSecond },
      ...{ warmUpMs, measureMs },
    })
  }
  return results
}

const HEADINGS = [
  '',
  'CPU per event, µs',
  'p50, ms',
  'p99, ms',
  'idle, MB',
  'kB a subscriber',
  'CPU, times the yardstick',
  'p99, times the yardstick',
  '',
]

function report(
  techniques: readonly RulerStream[],
  rounds: readonly FanOutRound[],
  options: FanOutOptions,
): string {
  const rows = techniques.flatMap((technique) => {
    const own = rounds.filter((round) => round.technique === technique)
    return sendersOf(technique, options).map((sender) => row(technique, sender, own, options.subscribers))
  })
  const { subscribers, rate } = options
  return [
    `${subscribers.toLocaleString('en-US')} subscribers x ${rate}/s, events of 100 bytes: medians of ${options.rounds} rounds, and ratios within a round.`,
    textTable([HEADINGS, ...rows]),
    'Delays end when the ruler has read the event. Intervals are 95 % by order statistics from 6 rounds on, with fewer the\n' +
      'smallest and the largest. Memory is the resident set, with the kernel’s buffers left out.',
  ].join('\n\n')
}

function row(
  technique: RulerStream,
  sender: Sender,
  rounds: readonly FanOutRound[],
  subscribers: number,
): string[] {
  const of = (name: Sender, figure: (result: FanOutResult) => number) =>
    rounds.map(({ results }) => figure(results[name] as FanOutResult))
  const times = (figure: (result: FanOutResult) => number) => {
    const [own, yardstick] = [of(sender, figure), of('yardstick', figure)]
    return sender === 'yardstick'
      ? ''
      : ratio(estimate(own.map((value, i) => value / (yardstick[i] as number))))
  }
  const grown = of(sender, ({ rssBytes, idleBytes }) => (rssBytes - idleBytes) / subscribers / 1e3)
  return [
    `${technique}, ${sender}`,
    median(of(sender, ({ cpuUsPerEvent }) => cpuUsPerEvent)).toFixed(2),
    (median(of(sender, ({ p50Us }) => p50Us)) / 1e3).toFixed(2),
    (median(of(sender, ({ p99Us }) => p99Us)) / 1e3).toFixed(2),
    (median(of(sender, ({ idleBytes }) => idleBytes)) / 1e6).toFixed(0),
    median(grown).toFixed(1),
    times(({ cpuUsPerEvent }) => cpuUsPerEvent),
    times(({ p99Us }) => p99Us),
    ...(of(sender, ({ missing }) => missing).some((missing) => missing > 0) ? ['does not keep up'] : []),
  ]
}

function ratio({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}
