import { entryOf } from '../../server/registry.ts'
import { type Format, format, spanText, times, timesRange } from '../format.ts'
import { said, type Text } from '../words/say.ts'
import { type Cell, figureOf, isCandidate, type MeasuredScenario } from './cells.ts'
import { type FigureName, kindOf } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeOf, checkCell, checkNoise } from './gate.ts'
import { type Compared, rank } from './ranking.ts'

/** What somebody who chooses a technique may need most. */
export interface Need {
  id: string
  title: Text
  /** What decides, lower being better. */
  figure: FigureName
  what: Text
  text: Format
  /** Only what meets this can be picked; left out where anything can. */
  among?: (cell: Cell) => boolean
}

const medianDelay = { figure: 'p50Us', what: said('Median delay'), text: format.us } as const

export const needs: readonly Need[] = [
  {
    id: 'delay',
    title: said('Lowest delay'),
    ...medianDelay,
  },
  {
    id: 'bytes',
    title: said('Fewest bytes'),
    figure: 'bytesPerEvent',
    what: said('Bytes per event'),
    text: format.bytes,
  },
  {
    id: 'server',
    title: said('Least server work'),
    figure: 'serverCpuUsPer1000Events',
    what: said('Server CPU per 1,000 events'),
    text: format.us,
  },
  {
    id: 'requests',
    title: said('Fewest requests'),
    figure: 'requestsPerEvent',
    what: said('Requests per event'),
    text: format.count,
  },
  {
    id: 'two-way',
    title: said('Both directions on one connection'),
    ...medianDelay,
    among: isTwoWay,
  },
  {
    id: 'plain-http',
    title: said('Plain HTTP only'),
    ...medianDelay,
    among: isPlainHttp,
  },
]

/** Whether what a client has to say goes over the same connection. */
export function isTwoWay({ technique }: Pick<Cell, 'technique'>): boolean {
  return entryOf(technique)?.direction === 'both'
}

/**
 * Whether requests and answers are enough: neither an Upgrade nor a TCP connection of its own. Not where they are but a
 * fallback, for then the figures are those of something else.
 */
export function isPlainHttp({ technique }: Pick<Cell, 'technique'>): boolean {
  return entryOf(technique)?.carrier === 'http'
}

/** What a run says of a need. */
export interface Answer {
  need: Need
  /** The lowest and all that are not told apart from it; none where the gate forbids to name one. */
  picks: Cell[]
  /** Those that could not be ranked, for the gate does not let their figures pass. */
  voided?: Cell[]
  /** The next that is told apart. */
  runnerUp?: Compared
  /** Of all that was compared. */
  badge: Badge
  /** Why nothing is picked. */
  because?: Text
  /** The figure of the pick, in words. */
  value?: string
}

/**
 * The comparison that speaks for a run: of several techniques at one point without a search, the one with most trials,
 * as measuredScenarios has them in order; undefined where there is none.
 */
export function mainScenario(scenarios: readonly MeasuredScenario[]): MeasuredScenario | undefined {
  return scenarios.find(
    ({ scenario, cells }) =>
      !scenario.sweep &&
      !scenario.search &&
      !scenario.breaks &&
      scenario.feed.schedule.kind !== 'silent' &&
      new Set(cells.filter(isCandidate).map(({ technique }) => technique)).size > 1,
  )
}

/** What a scenario says of each need. */
export function answersOf(measured: MeasuredScenario): Answer[] {
  return needs.map((need) => answerOf(need, measured))
}

function answerOf(need: Need, measured: MeasuredScenario): Answer {
  const kind = kindOf(need.figure)
  const candidates = measured.cells.filter((cell) => isCandidate(cell) && (need.among?.(cell) ?? true))
  const noise = checkNoise(measured)
  if (measured.unranked !== undefined)
    return { need, picks: [], badge: 'not valid', because: measured.unranked }
  if (candidates.length === 0)
    return { need, picks: [], badge: 'not valid', because: said('No technique here can do it.') }
  const only = onlyValid(candidates, kind)
  if (only && !(kind === 'timed' && noise?.badge === 'not valid'))
    return {
      need,
      picks: [only],
      badge: badgeOf(checkCell(only), kind),
      value: need.text(figureOf(only, need.figure).value),
    }
  const ranking = rank(measured, need.figure, need.among)
  if (!ranking)
    return { need, picks: [], badge: 'not valid', because: whyNot(need, candidates, noise?.badge) }
  const picks = [ranking.lowest, ...ranking.others.filter(({ same }) => same).map(({ cell }) => cell)]
  const runnerUp = ranking.others.find(({ same }) => !same)
  const badge = badgeOf(picks.flatMap(checkCell), kind)
  return {
    ...{ need, picks, badge },
    voided: candidates.filter((cell) => badgeOf(checkCell(cell), kind) === 'not valid'),
    value: rangeOfPicks(picks, need),
    ...(runnerUp && { runnerUp }),
  }
}

/** From the lowest of the picks to the highest: those that are not told apart differ all the same. */
function rangeOfPicks(picks: readonly Cell[], { figure, text }: Need): string {
  const values = picks.map((cell) => figureOf(cell, figure).value)
  return spanText(Math.min(...values), Math.max(...values), text)
}

/** The one technique that can do it at all: there is nothing to rank, and no other to pick. */
function onlyValid(candidates: readonly Cell[], kind: 'timed' | 'counted'): Cell | undefined {
  const [only, ...others] = candidates
  return only && others.length === 0 && badgeOf(checkCell(only), kind) !== 'not valid' ? only : undefined
}

function whyNot({ figure }: Need, candidates: readonly Cell[], noise: Badge | undefined): Text {
  if (kindOf(figure) === 'timed' && noise === 'not valid')
    return said('One technique measured twice differed too much from itself.')
  const valid = candidates.filter((cell) => badgeOf(checkCell(cell), kindOf(figure)) !== 'not valid')
  return valid.length === 1
    ? said('Only one technique that can do it has valid figures: there is nothing to compare it with.')
    : said('No technique that can do it has valid figures.')
}

/** How far the runner-up is behind: `2.1× (1.9–2.4×)`, in brackets what it is within a round; nothing where the pick is 0, of which nothing is a multiple. */
export function marginText(compared: Compared): string {
  return Number.isFinite(compared.times) ? times(compared.times) + timesRange(compared.ratio) : ''
}
