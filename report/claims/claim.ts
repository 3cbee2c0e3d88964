import type { Observation } from '../../results/observation.ts'
import type { Failure } from '../../results/record.ts'
import type { Cell, MeasuredScenario } from '../analysis/cells.ts'
import type { Badge } from '../analysis/finding.ts'
import type { Text } from '../words/say.ts'

/**
 * What a claim comes to: held, did not hold, depends (the condition is named), inconclusive (the gate or the interval
 * says so), or not tested here (what it takes is not among the records).
 */
export type Verdict = 'held' | 'did not hold' | 'depends' | 'inconclusive' | 'not tested here'

/** What lecture notes, blogs or papers say, with the rule by which records decide on it, fixed before the run. */
export interface Claim {
  id: string
  from: 'notes' | 'literature'
  claim: string
  /** Who says so: a work with its year, or the kind of notes. */
  source: string
  /** What theory says will be measured. */
  prediction: string
  /** Names of the library's scenarios whose records it is judged by, if any; all of them are measured for it. */
  scenarios?: readonly string[]
  /** Of those scenarios it needs no other techniques than these; left out: all that they measure. */
  techniques?: readonly string[]
  /** Names of the experiments whose observations it is judged by, if any. */
  experiments?: readonly string[]
  /** What is read off the records, with its unit. */
  metric: string
  /** How the metric decides, in words: as `judge` does it. */
  rule: string
  /** A pure function of what a run left behind. */
  judge(evidence: Evidence): Judgement
}

/** What a run left behind, for rules to look up. */
export interface Evidence {
  /** A scenario as it was measured, undefined where the run has no records of it. */
  scenario(name: string): MeasuredScenario | undefined
  /** All scenarios as they were measured. */
  scenarios: readonly MeasuredScenario[]
  /** Trials that failed: a search takes them for beyond what can be had. */
  failures: readonly Failure[]
  /** What an experiment saw; undefined where the run has not made it. */
  observation(name: string): Observation | undefined
}

export interface Judgement {
  verdict: Verdict
  /** One sentence with its figures: why so, and of `depends` on what. */
  because: Text
  /** The figures that it rests on, none where it was not tested. */
  numbers: EvidenceNumber[]
}

export type Unit = 'us' | 'bytes' | 'count' | 'share' | 'ratio' | 'perSecond'

/** One figure of a judgement. */
export interface EvidenceNumber {
  /** What it is and of what, in words: `Mean delay of long polling at a round trip of 100 ms`. */
  what: Text
  value: number
  /** Its interval over trials; both the same as the value where it is one count. */
  low: number
  high: number
  /** What `low` and `high` are. */
  interval: '95 %' | 'min-max'
  /** How many trials or repetitions. */
  n: number
  unit: Unit
  /** What the model or the claim says, in the same unit. */
  expected?: number
  badge: Badge
}

export type { Cell, MeasuredScenario, Observation }
