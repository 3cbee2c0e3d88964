import type { ProcessCost } from '../server/process-cost.ts'
import { mergedHistogram } from './histogram.ts'
import type { Account, Histogram, Ledger, ResultRecord, Timeline, Traffic } from './record.ts'

/** What became of the events due in a window, for some subscribers. */
export interface Accounting {
  account: Account
  /** Arrival - scheduledAtUs. */
  latency: Histogram
  /** Arrival - publishedAtUs, where events carry that. */
  latencyFromPublished: Histogram
  /** The instrument's bound, where a reader read, and the client's cost of the sample. */
  bound?: Histogram
  clientCost?: Histogram
  /** Latency by when the events were due. */
  timeline: Timeline
  /** Latency of the events due in the first, the middle and the last third of the window. */
  thirds: [Histogram, Histogram, Histogram]
  /** Where subscribers publish, until they receive their own message; else null. */
  roundTrip: Histogram | null
  /** In the order of the sample; of who is somebody else's subscriber nothing. */
  sampled: SampledSums[]
}

/** Of one subscriber's events due in the window, microseconds each. */
export interface SampledSums {
  events: number
  delayUs: number
  waitUs: number
  parsingUs: number
}

/** What one load agent measured of its share of the subscribers. */
export interface Measured extends Accounting {
  subscribers: number
  /** What has measured it. */
  instrument: string
  traffic: { setup: Traffic; window: Traffic; total: Traffic }
  /** Of its probe. */
  ledger: Ledger
  /** Loopback's counters over the window; null where they hold other traffic too. */
  kernel: ResultRecord['kernel']
  cost: ProcessCost
  errors: Record<string, number>
}

/** What all load agents measured together, as a record holds it. */
export type Merged = Omit<Measured, 'subscribers' | 'cost' | 'thirds'> &
  Pick<ResultRecord, 'thirdsP50Us' | 'agent' | 'agents'>

/**
 * What the load agents of a trial measured, as one would have that has all subscribers. Its ledger is that of the first probe with a
 * fault, and where none has one of the first; its cost is that of the agent that used most of a core.
 */
export function mergeAgents(all: readonly Measured[], hasFault: (ledger: Ledger) => boolean): Merged {
  const [first] = all as [Measured]
  const merged = (of: (one: Measured) => Histogram | null | undefined) => {
    const parts = all.flatMap((one) => of(one) ?? [])
    return parts.length > 0 ? mergedHistogram(parts) : undefined
  }
  const third = (i: 0 | 1 | 2) => mergedHistogram(all.map(({ thirds }) => thirds[i])).p50Us
  const bound = merged((one) => one.bound)
  const clientCost = merged((one) => one.clientCost)
  return {
    instrument: first.instrument,
    account: added(all.map(({ account }) => account)),
    latency: mergedHistogram(all.map(({ latency }) => latency)),
    latencyFromPublished: mergedHistogram(all.map(({ latencyFromPublished }) => latencyFromPublished)),
    ...(bound && { bound }),
    ...(clientCost && { clientCost }),
    timeline: mergedTimeline(all.map(({ timeline }) => timeline)),
    thirdsP50Us: [third(0), third(1), third(2)],
    roundTrip: merged(({ roundTrip }) => roundTrip) ?? null,
    sampled: first.sampled.map((_, i) => added(all.flatMap(({ sampled }) => sampled[i] ?? []))),
    traffic: {
      setup: added(all.map(({ traffic }) => traffic.setup)),
      window: added(all.map(({ traffic }) => traffic.window)),
      total: added(all.map(({ traffic }) => traffic.total)),
    },
    ledger: all.map(({ ledger }) => ledger).find(hasFault) ?? first.ledger,
    // They all read the same interface.
    kernel: first.kernel,
    agent: all.map(({ cost }) => cost).reduce((worst, cost) => (load(cost) > load(worst) ? cost : worst)),
    errors: added(all.map(({ errors }) => errors)),
    ...(all.length > 1 && {
      agents: all.map(({ subscribers, cost: { cpuUs, elapsedUs }, account: { delivered }, latency }) => ({
        ...{ subscribers, cpuUs, elapsedUs, delivered },
        p50Us: latency.p50Us,
      })),
    }),
  }
}

/** Timelines of one window as one. */
export function mergedTimeline(all: readonly Timeline[]): Timeline {
  const [first] = all as [Timeline]
  const slices = first.slices.map((_, i) => mergedSlice(all.flatMap(({ slices }) => slices[i] ?? [])))
  return { sliceMs: first.sliceMs, slices }
}

/** Slices of timelines as one. */
export function mergedSlice(slices: readonly Timeline['slices'][number][]): Timeline['slices'][number] {
  const filled = slices.filter(({ counts }) => counts.length > 0)
  const from = filled.length > 0 ? Math.min(...filled.map((slice) => slice.from)) : 0
  const to = Math.max(from, ...filled.map((slice) => slice.from + slice.counts.length))
  const counts = Array.from({ length: to - from }, (_, octave) =>
    filled.reduce((sum, slice) => sum + (slice.counts[from + octave - slice.from] ?? 0), 0),
  )
  return { from, counts, maxUs: Math.max(0, ...filled.map(({ maxUs }) => maxUs)) }
}

/** Counts by name, added up. */
function added<Counts extends object>(all: readonly Counts[]): Counts {
  const sums: Record<string, number> = {}
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts)))
    sums[name] = (sums[name] ?? 0) + count
  return sums as Counts
}

/** What a process used of one core, as a share. */
function load({ cpuUs, elapsedUs }: ProcessCost): number {
  return cpuUs / elapsedUs
}
