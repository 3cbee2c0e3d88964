import type { ResultRecord } from '../../results/record.ts'
import { type AxisValue, pointsOf } from '../../results/scenario.ts'
import { loadScenario } from '../../scenarios/bench/library.ts'
import { recordsFixture } from '../fixture.ts'
import type { Claim } from './claim.ts'
import { evidenceOf } from './evidence.ts'
import { type SpokenJudgement, spoken } from './fixture.ts'

interface CellOptions {
  /** Position in the sweep. */
  at?: AxisValue
  copy?: 1 | 2
  /** Median delay, microseconds; trials scatter around it by a hundredth. Default 1,000. */
  medianUs?: number
  overheadBytes?: number
  requestsPerEvent?: number
  lost?: number
  /** What a test plants in a record; trials count from 1. */
  plant?: (record: ResultRecord, trial: number) => Partial<ResultRecord>
}

/** What a cell of a library scenario could have measured, in as many trials as the scenario has. */
export function cellFixture(
  name: string,
  technique: string,
  { at, medianUs = 1_000, plant = () => ({}), ...options }: CellOptions = {},
): ResultRecord[] {
  const scenario = loadScenario(name)
  const index = pointsOf(scenario).findIndex((point) => point.at?.value === at)
  if (index < 0) throw new Error(`${name} has no point ${at}`)
  const mediansUs = Array.from({ length: scenario.trials }, (_, i) => medianUs * (1 + 0.01 * ((i % 3) - 1)))
  return recordsFixture({ scenario, at: index, technique, mediansUs, ...options }).map((record, i) => ({
    ...record,
    ...plant(record, i + 1),
  }))
}

/** The records with counts of the window in place of what they have. */
export function withWindow(
  record: ResultRecord,
  counts: Partial<ResultRecord['traffic']['window']>,
): Pick<ResultRecord, 'traffic'> {
  const { traffic } = record
  return { traffic: { ...traffic, window: { ...traffic.window, ...counts } } }
}

/** The record with another mean and longest delay. */
export function withDelay(
  { latency }: ResultRecord,
  { meanUs = latency.meanUs, maxUs = latency.maxUs }: { meanUs?: number; maxUs?: number },
): Pick<ResultRecord, 'latency'> {
  return { latency: { ...latency, meanUs, maxUs } }
}

/** What the claim of a list comes to, by nothing but records; in English. */
export function judged(
  claims: readonly Claim[],
  id: string,
  records: readonly ResultRecord[],
): SpokenJudgement {
  const claim = claims.find((one) => one.id === id)
  if (!claim) throw new Error(`No claim ${id}`)
  return spoken(claim.judge(evidenceOf(records, [])))
}
