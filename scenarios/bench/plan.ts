import { availableParallelism } from 'node:os'
import { Value } from 'typebox/value'
import { TRIALS_FOR_PAIR } from '../../report/analysis/rules.ts'
import { describeMismatch } from '../../results/mismatch.ts'
import {
  type Axis,
  type AxisValue,
  contradictionIn,
  type Point,
  pointsOf,
  type Scenario,
  ScenarioSchema,
  type Search,
  searchedPoint,
} from '../../results/scenario.ts'
import { PushlabError } from '../../server/error.ts'
import { entryOf, pollOf, registry, whyNot } from '../../server/registry.ts'
import { dueTimeFrom, rateOf } from '../../server/schedule.ts'
import { shuffledRounds } from './shuffle.ts'

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

/** All that a run is to do. */
export interface WorkPlan {
  scenarios: readonly Scenario[]
  /** Only these techniques of theirs. */
  techniques?: readonly string[]
  /** In the order of measuring. */
  trials: Trial[]
  /** How far a technique can go, one after the other. */
  searches: { scenario: Scenario; technique: string; search: Search }[]
  /** Names. */
  experiments: readonly string[]
  /** Load agents of a trial; no more than it has subscribers. */
  agents: number
  notApplicable: NotApplicable[]
}

/** What is chosen besides scenarios; named twice is named once. */
export interface Chosen {
  techniques?: readonly string[]
  experiments?: readonly string[]
  /** Load agents of each trial; default: one for each core beyond the server's, at least one. */
  agents?: number
  /** The scenarios were asked for by name: where one does not have a technique, that is told. */
  isNamed?: boolean
}

/**
 * Plans a run: the trials of scenarios in rounds, then searches, then experiments.
 * @throws {PushlabError} as planTrials; BAD_INPUT where a scenario is there twice, contradicts itself, or is none any more with
 *   what flags say of it: its records could be written and not be read.
 */
export function planWork(
  scenarios: readonly Scenario[],
  seed: number,
  {
    techniques: chosen,
    experiments = [],
    agents = Math.max(1, availableParallelism() - 1),
    isNamed = false,
  }: Chosen = {},
): WorkPlan {
  const techniques = chosen && [...new Set(chosen)]
  scenarios.forEach(checkScenario)
  const searched = scenarios.flatMap((scenario) => {
    const { search } = scenario
    if (search)
      for (const value of [search.from, search.to])
        checkWindow(scenario, searchedPoint(scenario, search, value))
    return search
      ? techniquesOf(scenario, techniques).map((technique) => ({ scenario, technique, search }))
      : []
  })
  const searches = searched.filter(({ scenario, technique }) =>
    pointsOf(scenario).every((point) => !whyNotMeasured(point, technique)),
  )
  const fixed = scenarios.filter(({ search }) => !search)
  const isWithoutTrials = fixed.length === 0 && searches.length + experiments.length > 0
  return {
    scenarios,
    ...(techniques && { techniques }),
    trials: isWithoutTrials ? [] : planTrials(fixed, seed, techniques),
    searches,
    experiments: [...new Set(experiments)],
    agents,
    notApplicable: [
      ...notApplicable(scenarios, techniques),
      ...(isNamed ? notListed(scenarios, techniques) : []),
    ],
  }
}

function checkScenario(scenario: Scenario, index: number, all: readonly Scenario[]): void {
  const { name } = scenario
  if (!Value.Check(ScenarioSchema, scenario)) {
    const mismatch = describeMismatch(ScenarioSchema, scenario)
    throw new PushlabError(
      'BAD_INPUT',
      `${name} cannot be measured as asked: ${mismatch}. Mend the flag that says so.`,
    )
  }
  const contradiction = contradictionIn(scenario)
  const isTwice = all.findIndex((other) => other.name === name) < index
  if (contradiction) throw new PushlabError('BAD_INPUT', `${name} contradicts itself: ${contradiction}.`)
  if (isTwice)
    throw new PushlabError(
      'BAD_INPUT',
      `${name} is named twice. Leave one out, or give one of your own another name.`,
    )
}

/**
 * The order of a run's trials: rounds of all cells, shuffled by the seed.
 *
 * @param techniques measures only these, where a scenario has them.
 * @throws {PushlabError} BAD_INPUT when a scenario has no event in its window, or nothing is left to measure.
 */
export function planTrials(
  scenarios: readonly Scenario[],
  seed: number,
  techniques?: readonly string[],
): Trial[] {
  const paired = pairedScenario(scenarios)
  const cells = scenarios.flatMap((scenario) =>
    pointsOf(scenario).flatMap((point) => {
      checkWindow(scenario, point)
      const chosen = techniquesOf(scenario, techniques).filter(
        (technique) => !whyNotMeasured(point, technique),
      )
      const once = chosen.map((technique) => ({ scenario, point, technique, copy: 1 as const }))
      const again = scenario === paired ? twiceMeasured(chosen) : undefined
      return again ? [...once, { scenario, point, technique: again, copy: 2 as const }] : once
    }),
  )
  if (cells.length === 0) {
    throw new PushlabError(
      'BAD_INPUT',
      `None of the chosen scenarios measures any of the chosen techniques: ${whyNothing(scenarios, techniques)}.`,
    )
  }
  return shuffledRounds(cells, ({ scenario }) => scenario.trials, seed)
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
      techniquesOf(scenario, techniques).flatMap((technique) => {
        const reason = whyNotMeasured(point, technique)
        const { at } = point
        return reason ? [{ scenario: scenario.name, technique, ...(at && { at }), reason }] : []
      }),
    ),
  )
}

/** The techniques asked for that scenarios do not have. */
export function notListed(scenarios: readonly Scenario[], asked: readonly string[] = []): NotApplicable[] {
  return scenarios.flatMap(({ name: scenario, techniques = asked }) => {
    const reason = `the scenario measures ${techniques.join(', ')} alone`
    const left = asked.filter((technique) => !techniques.includes(technique))
    return left.map((technique) => ({ scenario, technique, reason }))
  })
}

/** What a scenario measures of the techniques asked for. */
function techniquesOf(scenario: Scenario, techniques?: readonly string[]): string[] {
  const all = new Set(scenario.techniques ?? registry.map(({ name }) => name))
  return [...all].filter((technique) => techniques?.includes(technique) ?? true)
}

/** Why a point means nothing to a technique; undefined where it does. */
export function whyNotMeasured({ at, feed, variant }: Point, technique: string): string | undefined {
  if (at?.axis === 'tls' && at.value !== variant.tls) return 'HTTP/2 is spoken over TLS here, as in browsers'
  if (feed.source === 'subscribers' && entryOf(technique)?.family === 'floor')
    return 'the floor has no way up'
  return whyNot(technique, variant)
}

/**
 * The scenario of a run that holds its A/A pair: of those that time events at one point, the one with the most trials.
 * Undefined where none has trials enough.
 */
function pairedScenario(scenarios: readonly Scenario[]): Scenario | undefined {
  return scenarios
    .filter(
      ({ sweep, feed, trials }) => !sweep && feed.schedule.kind !== 'silent' && trials >= TRIALS_FOR_PAIR,
    )
    .toSorted((a, b) => b.trials - a.trials)[0]
}

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
  const drainMs = pollOf(technique) === 'timer' ? load.pollIntervalMs : 0
  return processesMs + load.subscribers + load.warmUpMs + load.measureMs + drainMs
}

/** The times of all are held by several at once: beside them there has to be room for what is measured. */
const MOST_EVENTS = 10_000_000
/** As the schema has it, which knows no rate of bursts. */
const MOST_PER_SECOND = 100_000

function checkWindow({ name, stall }: Scenario, { feed, load }: Point): void {
  if (stall && stall.afterMs + stall.forMs > load.measureMs) {
    throw new PushlabError(
      'BAD_INPUT',
      `The server of ${name} stands still beyond the window of ${load.measureMs} ms. Measure longer, or stop it sooner.`,
    )
  }
  if (feed.schedule.kind === 'silent') return
  const rate = rateOf(feed.schedule)
  const events = (rate * (load.warmUpMs + load.measureMs)) / 1e3
  if (rate > MOST_PER_SECOND || events > MOST_EVENTS) {
    const asked = `${Math.round(events)} events, ${Math.round(rate)} per second`
    throw new PushlabError(
      'BAD_INPUT',
      `A trial of ${name} has ${asked}. It may have at most ${MOST_EVENTS}, ${MOST_PER_SECOND} per second. Measure for a shorter time, or lower the event rate.`,
    )
  }
  const firstUs = dueTimeFrom(feed.schedule, load.warmUpMs * 1e3) ?? Number.POSITIVE_INFINITY
  if (firstUs >= (load.warmUpMs + load.measureMs) * 1e3) {
    throw new PushlabError(
      'BAD_INPUT',
      `No event of ${name} is due in its window of ${load.measureMs} ms. Measure longer, or raise the event rate.`,
    )
  }
}
