import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { PushlabError } from '../server/error.ts'
import { doesNotApply, entryOf, registry } from '../server/registry.ts'
import { dueTimesBefore } from '../server/schedule.ts'
import { chosenOf } from '../server/variant.ts'
import { type Axis, type AxisValue, type Point, pointsOf, type Scenario } from './scenario.ts'

/** One measurement to make: one technique at one point of a scenario, for the `trial`-th time. */
export interface Trial {
  scenario: Scenario
  point: Point
  technique: string
  /** 2 for the second cell of an A/A pair, which measures the same as another. */
  copy: 1 | 2
  /** 1 for the cell's first. */
  trial: number
}

/**
 * The order of a run: rounds, each with one trial of every cell that has trials left, shuffled by the seed. Cells of
 * one round are neighbours in time, so that a slow minute of the machine hits all techniques alike and differences
 * within a round can be paired; the shuffle keeps any one from always following the same other.
 *
 * @param techniques measures only these, where a scenario has them.
 * @throws {PushlabError} BAD_INPUT when a scenario has no event in its window, or nothing is left to measure.
 */
export function planTrials(
  scenarios: readonly Scenario[],
  seed: number,
  techniques?: readonly string[],
): Trial[] {
  const random = mersenne(seed)
  const all = registry.map(({ name }) => name)
  const cells = scenarios.flatMap((scenario) =>
    pointsOf(scenario).flatMap((point) => {
      checkWindow(scenario, point)
      const chosen = (scenario.techniques ?? all)
        .filter((technique) => techniques?.includes(technique) ?? true)
        .filter((technique) => !whyNotMeasured(point, technique))
      const once = chosen.map((technique) => ({ scenario, point, technique, copy: 1 as const }))
      const again = scenario.sweep || scenario.trials < TRIALS_FOR_RANGE ? undefined : twiceMeasured(chosen)
      return again ? [...once, { scenario, point, technique: again, copy: 2 as const }] : once
    }),
  )
  if (cells.length === 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `None of the chosen scenarios measures any of the chosen techniques: ${whyNothing(scenarios, techniques)}.`,
    )
  }
  const rounds = Math.max(...cells.map(({ scenario }) => scenario.trials))
  return Array.from({ length: rounds }, (_, i) => i + 1).flatMap((trial) => {
    const round = cells.filter(({ scenario }) => scenario.trials >= trial).map((cell) => ({ ...cell, trial }))
    // Fisher-Yates: from the end, each place takes one of those up to it, itself included.
    for (let i = round.length - 1; i > 0; i--) {
      const j = uniformInt(random, 0, i)
      ;[round[i], round[j]] = [round[j] as Trial, round[i] as Trial]
    }
    return round
  })
}

function whyNothing(scenarios: readonly Scenario[], techniques?: readonly string[]): string {
  const reasons = notApplicable(scenarios, techniques).map(
    ({ technique, reason }) => `${technique}: ${reason}`,
  )
  const measured = scenarios.map(
    ({ name, techniques: has }) => `${name} measures ${has?.join(', ') ?? 'all'}`,
  )
  return [...new Set(reasons.length > 0 ? reasons : measured)].join('; ')
}

/** A cell of a scenario that means nothing, and why. */
export interface NotApplicable {
  scenario: string
  technique: string
  at?: { axis: Axis; value: AxisValue }
  reason: string
}

/** The cells that planTrials leaves out because the variant means nothing to the technique. */
export function notApplicable(
  scenarios: readonly Scenario[],
  techniques?: readonly string[],
): NotApplicable[] {
  return scenarios.flatMap((scenario) =>
    pointsOf(scenario).flatMap((point) =>
      (scenario.techniques ?? registry.map(({ name }) => name))
        .filter((technique) => techniques?.includes(technique) ?? true)
        .flatMap((technique) => {
          const reason = whyNotMeasured(point, technique)
          const { at } = point
          return reason ? [{ scenario: scenario.name, technique, ...(at && { at }), reason }] : []
        }),
    ),
  )
}

/** Why a point means nothing to a technique; undefined where it does. */
function whyNotMeasured({ at, feed, variant }: Point, technique: string): string | undefined {
  if (at?.axis === 'tls' && at.value !== variant.tls) return 'HTTP/2 is spoken over TLS here, as in browsers'
  if (feed.source === 'subscribers' && entryOf(technique)?.family === 'floor')
    return 'the floor has no way up'
  return chosenOf(variant)
    .map((axis) => doesNotApply(technique, axis))
    .find((reason) => reason !== undefined)
}

/** With fewer trials there is no range to speak of, and so no A/A pair. */
const TRIALS_FOR_RANGE = 3

/**
 * The technique of a scenario's A/A pair, measured twice under two labels: their difference is what the harness makes
 * up. A stream, where there is one: its small delays show the harness's noise best.
 */
function twiceMeasured(techniques: readonly string[]): string | undefined {
  const family = (technique: string) => entryOf(technique)?.family
  const candidates = techniques.filter((technique) => family(technique) !== 'floor')
  return candidates.find((technique) => family(technique) === 'stream') ?? candidates[0]
}

/** About how long a trial takes, in ms: for the progress display. */
export function expectedMs({ point: { load }, technique }: Trial): number {
  const processesMs = 700
  const drainMs = technique === 'short-poll' ? load.pollIntervalMs : 0
  return processesMs + load.subscribers + load.warmUpMs + load.measureMs + drainMs
}

function checkWindow({ name, stall }: Scenario, { feed, load }: Point): void {
  if (stall && stall.afterMs + stall.forMs > load.measureMs) {
    throw new PushlabError(
      'BAD_INPUT',
      `The server of ${name} stands still beyond the window of ${load.measureMs} ms. Measure longer, or stop it sooner.`,
    )
  }
  if (feed.schedule.kind === 'silent') return
  const dueTimes = dueTimesBefore(feed.schedule, (load.warmUpMs + load.measureMs) * 1e3)
  if (!dueTimes.some((dueUs) => dueUs >= load.warmUpMs * 1e3)) {
    throw new PushlabError(
      'BAD_INPUT',
      `No event of ${name} is due in its window of ${load.measureMs} ms. Measure longer, or raise the event rate.`,
    )
  }
}
