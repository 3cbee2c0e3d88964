import type { Failure, ResultRecord } from '../../results/record.ts'
import type { Search } from '../../results/scenario.ts'
import { median } from '../statistics/median.ts'
import type { Text } from '../words/say.ts'
import { type MeasuredScenario, registryPosition, titleOf } from './cells.ts'
import { lateCount } from './merged.ts'
import { FULL_CORE, MOST_LATE } from './rules.ts'

/** How far a technique can go, as a search found it. */
export interface Capacity {
  technique: string
  title: Text
  /** The largest value at which the majority of trials held, and all smaller ones did; null where none does. */
  value: number | null
  /** The largest value up to which every single trial held; null where not even the smallest. */
  low: number | null
  /** The smallest value from which on every single trial failed; null where none was found up to the largest tried. */
  high: number | null
  /** Whether a value was found that does not hold; else the value is the largest tried, and more may hold. */
  isBounded: boolean
  /** Which process had nothing left in the trials beyond; neither where a broadcast alone takes so long. */
  limitedBy: 'load agent' | 'server' | 'neither' | 'nothing'
  /** Trials that it rests on, those that failed altogether included. */
  trials: number
  /** The fewest trials at one of the two values between which it lies: `low` and `high`, where there are such. */
  decidingTrials: number
}

/** Whether a trial stays within a search's limit: at most one delivery in a hundred late, each event exactly once and in order. */
export function isWithinLimit({ account, latency }: ResultRecord, { lateAfterMs }: Search): boolean {
  const { lost, duplicated, reordered } = account
  const isWhole = lost + duplicated + reordered === 0 && latency.n > 0
  return isWhole && lateCount(latency, lateAfterMs * 1e3) <= MOST_LATE * latency.n
}

/**
 * What a search found for each technique, from its records and failures alone.
 * @param failures of the run; those of other scenarios are left out.
 */
export function capacitiesOf(
  { scenario, cells }: MeasuredScenario,
  failures: readonly Failure[],
): Capacity[] {
  const { search } = scenario
  if (!search) return []
  const beyondAll = failures.filter((failure) => failure.beyond && failure.scenario === scenario.name)
  const techniques = new Set([...cells, ...beyondAll].map(({ technique }) => technique))
  return [...techniques].map((technique) => {
    const ofTechnique = cells.filter((cell) => cell.technique === technique)
    const failed = beyondAll.filter((failure) => failure.technique === technique)
    const trials = [
      ...ofTechnique.flatMap(({ point, records }) =>
        records.map((record) => ({
          value: Number(point.at?.value),
          held: isWithinLimit(record, search),
          record,
        })),
      ),
      ...failed.map(({ at }) => ({ value: Number(at?.value), held: false, record: undefined })),
    ]
    const byValue = [...Map.groupBy(trials, ({ value }) => value)].sort(([a], [b]) => a - b)
    const share = byValue.map(([value, at]) => ({
      value,
      held: at.filter(({ held }) => held).length / at.length,
    }))
    const upTo = (holds: (held: number) => boolean) => {
      const first = share.findIndex(({ held }) => !holds(held))
      return share[(first < 0 ? share.length : first) - 1]?.value ?? null
    }
    const lastThatHeld = share.findLastIndex(({ held }) => held > 0)
    const [low, high] = [upTo((held) => held === 1), share[lastThatHeld + 1]?.value ?? null]
    const beyond = trials.flatMap(({ held, record }) => (!held && record ? [record] : []))
    return {
      technique,
      title: titleOf(technique),
      value: upTo((held) => held > 0.5),
      ...{ low, high },
      isBounded: share.some(({ held }) => held <= 0.5),
      limitedBy: trials.every(({ held }) => held) ? 'nothing' : limitOf(beyond),
      trials: trials.length,
      decidingTrials: Math.min(
        ...byValue.filter(([at]) => at === low || at === high).map(([, there]) => there.length),
      ),
    }
  })
}

function limitOf(beyond: readonly ResultRecord[]): Capacity['limitedBy'] {
  if (beyond.length === 0) return 'neither'
  const busy = (which: 'agent' | 'server') =>
    median(beyond.map((record) => record[which].cpuUs / record[which].elapsedUs)) > FULL_CORE
  if (busy('agent')) return 'load agent'
  return busy('server') ? 'server' : 'neither'
}

/** Capacities in the order of the registry, which is no ranking. */
export function inRegistryOrder(capacities: readonly Capacity[]): Capacity[] {
  return capacities.toSorted((a, b) => registryPosition(a.technique) - registryPosition(b.technique))
}
