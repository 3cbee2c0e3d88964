import type { Scenario } from '../../results/scenario.ts'

/**
 * Every threshold by which records are judged, once. Shares are of 1. They were set on one 2-core machine, where one
 * technique measured twice differed by up to 18 % over six trials: README.md tells what was seen.
 */

/** From `care` on a figure is to be used with care, from `notValid` on it is not valid. */
export interface Bounds {
  care: number
  notValid: number
}

/** Probability of calling anything in a family of comparisons different that is not. */
export const LEVEL = 0.05

/** Fewer trials have no range: a scenario that plans fewer counts, and does not time. */
export const TRIALS_FOR_RANGE = 3
/** Whether a scenario has trials enough and so is meant to measure delays and CPU time, and not bytes and requests alone. */
export function isTimed({ trials }: Scenario): boolean {
  return trials >= TRIALS_FOR_RANGE
}
/** The range of six values covers their median with 97 %: from here on an interval may be called one of 95 %. */
export const TRIALS_FOR_INTERVAL = 6
/** With fewer no difference is significant, and an A/A pair would say nothing that its scatter does not. */
export const TRIALS_FOR_PAIR = 4
/** One ratio has no scatter, and so nothing to tell it from noise by. */
export const PAIRS_FOR_RATIO = 2
/** So many events have to lie beyond a percentile for it to be told, and one of the moments at which they were due. */
export const SAMPLES_BEYOND = 10
/** Share of a trial's deliveries that may be late where a search takes a value to hold. */
export const MOST_LATE = 0.01
/** The few events of a third of a window scatter by more than the bounds: fewer samples do not tell a drift. */
export const SAMPLES_FOR_DRIFT = 300

/** The least that is taken for noise: an A/A pair that agrees better than this was lucky. */
export const LEAST_NOISE = 0.05
/** A comparison that could not have seen a difference of so much says nothing of sameness. */
export const SAME_REACH = 0.1

/** Of the events that were scheduled, those that were published: below. */
export const PUBLISHED: Bounds = { care: 0.99, notValid: 0.95 }
/** Of one core: above, a process is what limits a trial. */
export const FULL_CORE = 0.9
/** Of one core, what the load agent used: above. */
export const AGENT_CPU: Bounds = { care: 0.7, notValid: FULL_CORE }
/**
 * Of all cores' time, what others than the bench used: above. Seen on the quiet machine: 0 to 2 %, steal included; with one core kept
 * busy by a stranger 45 to 50 %.
 */
export const OTHERS_CPU: Bounds = { care: 0.05, notValid: 0.2 }
/**
 * What one load agent's median delay, or the events that a subscriber of its got, may differ by from those of the others: above, in
 * every trial. They have subscribers of one server by turns, and so differ by what their processes do. Seen with three beside the
 * server on two cores: 5 to 30 % in most trials and twice as much in some, but of another agent each time.
 */
export const AGENTS_APART: Bounds = { care: 0.25, notValid: 0.5 }
/**
 * Of the median delay, half the median of the instrument's bound, in which the estimate lies about the middle: above; of records without
 * one, how late the agent's event loop was. Seen beside the kernel's own stamps: bounds of 40 to 60 % of the median delay, and delays
 * that differ by 4 %.
 */
export const INSTRUMENT: Bounds = { care: 0.1, notValid: 0.5 }
/** What an A/A pair may differ by: above; not valid only where the trials tell the two apart. */
export const NOISE: Bounds = { care: LEAST_NOISE, notValid: 0.15 }
/** From the first third of a window to the last: above, each where the trials agree with the probability beside it. */
export const DRIFT: Bounds = { care: 0.1, notValid: 0.25 }
export const DRIFT_LEVEL: Bounds = { care: LEVEL, notValid: 0.01 }
/** Spread of bytes per event over trials: where each event has to cost the same, above the first not valid; else care. */
export const REPEATED = { exact: 0.001, timed: 0.05 }
/** Share of the interface's bytes that neither sockets nor packet headers explain: above, with care. */
export const UNEXPLAINED = 0.01

/** Which fault a value is, by bounds that it may not exceed. */
export function faultAbove(
  value: number,
  { care, notValid }: Bounds,
): 'not valid' | 'use with care' | undefined {
  if (value > notValid) return 'not valid'
  return value > care ? 'use with care' : undefined
}
