import type { Point, Scenario, Search } from '../../results/scenario.ts'
import { pollOf } from '../../server/registry.ts'
import { chosenOf } from '../../server/variant.ts'
import type { Estimate } from '../statistics/estimate.ts'
import { isWithinLimit } from './capacity.ts'
import { type Cell, failedDeliveries, figureOf, isFloor, lackAt, type MeasuredScenario } from './cells.ts'
import type { Badge } from './finding.ts'
import { badgeFor, passes } from './gate.ts'
import { mainScenario } from './needs.ts'
import { FULL_CORE, TRIALS_FOR_RANGE } from './rules.ts'

/** How much there was to do. */
export interface Load {
  subscribers: number
  ratePerSecond: number
}

/** What one cell shows of a technique: with so much load it delivered everything, and so late. */
export interface LoadPoint extends Load {
  scenario: string
  /** Whether it is of the run's main comparison. */
  isMain: boolean
  /** Whether it is one of the values that a search tried. */
  isSearch: boolean
  payloadBytes: number
  /** Events that come at once, the rate being their mean; left out where they come one by one. */
  burstEvents?: number
  /** Of short polling alone. */
  pollIntervalMs?: number
  /** Whether that interval is what its scenario varies. */
  variesInterval: boolean
  badge: Badge
  /** What the delay is: the longest where events or moments are too few for a p99. */
  figure: 'p99' | 'longest'
  /** That delay over the trials. */
  delayUs: Estimate
  /** No p99 of these trials is taken to be less than this: the lower end of the interval, for the longest the least p90, or p50, of a trial. */
  atLeastUs: number
}

/** What speaks for a run where a reader names nothing else. */
export interface Terms extends Load {
  payloadBytes: number
  pollIntervalMs: number | undefined
}

/**
 * What the valid cells of each technique show, as it is by default, with nothing between or in the server that makes it
 * slower or breaks it. A technique that was measured and of which no such cell is valid has none.
 */
export function loadPointsByTechnique(scenarios: readonly MeasuredScenario[]): Map<string, LoadPoint[]> {
  const main = mainScenario(scenarios)
  const cells = scenarios.flatMap((measured) =>
    measured.cells
      .filter((cell) => isPlain(cell, measured.scenario))
      .map((cell) => ({ cell, scenario: measured.scenario, isMain: measured === main })),
  )
  const byTechnique = Map.groupBy(cells, ({ cell }) => cell.technique)
  return new Map(
    [...byTechnique].map(([technique, of]) => [
      technique,
      of.flatMap(({ cell, scenario, isMain }) => loadPointsOf(cell, scenario, isMain)),
    ]),
  )
}

/**
 * The load at which techniques are judged that a reader names no load for: that of the main comparison; in a run
 * without one the load that most techniques show something of, the least of them.
 */
export function commonTerms(
  scenarios: readonly MeasuredScenario[],
  byTechnique: ReadonlyMap<string, readonly LoadPoint[]>,
): Terms | undefined {
  const main = mainScenario(scenarios)?.scenario
  if (main) {
    const { feed, load } = main
    return {
      subscribers: load.subscribers,
      ratePerSecond: rateOf(feed),
      payloadBytes: feed.payloadBytes,
      pollIntervalMs: load.pollIntervalMs,
    }
  }
  const all = [...byTechnique].flatMap(([technique, points]) => points.map((one) => ({ technique, one })))
  const byLoad = Map.groupBy(all, ({ one }) => `${one.subscribers} ${one.ratePerSecond}`)
  const techniques = (at: typeof all) => new Set(at.map(({ technique }) => technique)).size
  const [most] = [...byLoad.values()].sort(
    (a, b) => techniques(b) - techniques(a) || amount(a[0]?.one) - amount(b[0]?.one),
  )
  const one = most?.[0]?.one
  return one && { pollIntervalMs: undefined, ...one }
}

/** By how much there is to do, whatever of: two loads are the nearer, the nearer these are. */
export function amount(load: Load | undefined): number {
  return load ? load.subscribers * load.ratePerSecond : 0
}

/** As the technique is by default, with no network between and no stop of the server. */
function isPlain(cell: Cell, { stall, breaks, search }: Scenario): boolean {
  const { network, variant, feed } = cell.point
  return (
    cell.copy === 1 &&
    !isFloor(cell) &&
    !network &&
    !stall &&
    (!breaks || search !== undefined) &&
    chosenOf(variant).length === 0 &&
    feed.source !== 'subscribers' &&
    feed.schedule.kind !== 'silent'
  )
}

function loadPointsOf(cell: Cell, { name, search }: Scenario, isMain: boolean): LoadPoint[] {
  const { records, point, technique } = cell
  const badge = badgeFor(cell, 'delay')
  const { lost, duplicated, reordered } = failedDeliveries(cell)
  const samples = Math.min(...records.map(({ latency }) => latency.n))
  if (!passes(badge) || lost + duplicated + reordered > 0 || !(samples > 0)) return []
  if (search && !everyTrialHeld(cell, search)) return []
  const isTold = lackAt(cell, 0.99) === undefined
  const delayUs = figureOf(cell, isTold ? 'p99Us' : 'maxUs')
  const lower = lackAt(cell, 0.9) === undefined ? 'p90Us' : 'p50Us'
  const atLeastUs = isTold ? delayUs.low : Math.min(...records.map(({ latency }) => latency[lower]))
  const { schedule, payloadBytes } = point.feed
  return [
    {
      subscribers: point.load.subscribers,
      ratePerSecond: rateOf(point.feed),
      scenario: name,
      isMain,
      isSearch: search !== undefined,
      payloadBytes,
      ...(schedule.kind === 'bursts' && { burstEvents: schedule.burstEvents }),
      ...(pollOf(technique) === 'timer' && { pollIntervalMs: point.load.pollIntervalMs }),
      variesInterval: point.at?.axis === 'pollIntervalMs',
      badge,
      figure: isTold ? 'p99' : 'longest',
      delayUs,
      atLeastUs,
    },
  ]
}

/**
 * Whether a value of a search may count: a search goes beyond what can be had, on purpose. A trial that failed
 * altogether has left no record, but a gap in their numbers, or fewer of them than decide a value.
 */
function everyTrialHeld({ records }: Cell, search: Search): boolean {
  const planned = records[0]?.scenario.trials ?? 0
  return (
    records.length >= Math.max(TRIALS_FOR_RANGE, Math.floor(planned / 2) + 1) &&
    records.every(({ trial }, i) => trial === i + 1) &&
    records.every((record) => isWithinLimit(record, search)) &&
    records.every(({ agent }) => agent.cpuUs / agent.elapsedUs <= FULL_CORE)
  )
}

function rateOf({ schedule }: Point['feed']): number {
  switch (schedule.kind) {
    case 'bursts':
      return schedule.burstEvents / (schedule.everyMs / 1e3)
    case 'silent':
      return 0
    default:
      return schedule.ratePerSecond
  }
}
