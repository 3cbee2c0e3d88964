import { entryOf } from '../../server/registry.ts'
import { textOf } from '../columns.ts'
import { spanText } from '../format.ts'
import { said, type Text } from '../words/say.ts'
import { type Cell, figureOf, isCandidate, type MeasuredScenario } from './cells.ts'
import type { FigureName } from './figures.ts'
import type { Badge } from './finding.ts'
import { badgeOf, hasValidFigure, passes, worst } from './gate.ts'
import { type Compared, rank } from './ranking.ts'
import { isTimed } from './rules.ts'

/** What somebody who chooses a technique may need most. */
export interface Need {
  id: string
  title: Text
  /** The same within a sentence. */
  goal: Text
  /** What decides, lower being better. */
  figure: FigureName
  what: Text
  /** Only what meets this can be picked; left out where anything can. */
  among?: (cell: Cell) => boolean
}

const medianDelay = { figure: 'p50Us', what: said('Median delay') } as const

export const needs: readonly Need[] = [
  {
    id: 'delay',
    title: said('Lowest delay'),
    goal: said('the lowest delay'),
    ...medianDelay,
  },
  {
    id: 'bytes',
    title: said('Fewest bytes'),
    goal: said('the fewest bytes'),
    figure: 'bytesPerEvent',
    what: said('Bytes per event'),
  },
  {
    id: 'server',
    title: said('Least server work'),
    goal: said('the least server work'),
    figure: 'serverCpuUsPer1000Events',
    what: said('Server CPU per 1,000 events'),
  },
  {
    id: 'requests',
    title: said('Fewest requests'),
    goal: said('the fewest requests'),
    figure: 'requestsPerEvent',
    what: said('Requests per event'),
  },
  {
    id: 'two-way',
    title: said('Both directions on one connection'),
    goal: said('both directions on one connection'),
    ...medianDelay,
    among: isTwoWay,
  },
  {
    id: 'plain-http',
    title: said('Plain HTTP only'),
    goal: said('plain HTTP only'),
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
  /** The lowest and all that are tied with it, lowest first; none where the gate forbids to name one. */
  picks: Cell[]
  /** How those that are tied stand to the lowest. */
  ties: Compared[]
  /** Those that could not be ranked, for the gate does not let their figures pass. */
  voided?: Cell[]
  /** The next that is told apart. */
  runnerUp?: Compared
  /** Of all that was compared. */
  badge: Badge
  /** Why nothing is picked. */
  because?: Text
  /** The figure of the picks, in words: geometric means of trials, which divide to ratios. */
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

/** The same where it times, and does not only count. */
export function timedScenario(scenarios: readonly MeasuredScenario[]): MeasuredScenario | undefined {
  const main = mainScenario(scenarios)
  return main && isTimed(main.scenario) ? main : undefined
}

/**
 * What a scenario says of each need.
 * @param isOpen only these can be picked: what keeps a reader's budget.
 */
export function answersOf(
  measured: MeasuredScenario,
  isOpen: (cell: Cell) => boolean = () => true,
): Answer[] {
  return needs.map((need) => answerOf(need, measured, isOpen))
}

/** Whether somebody would choose it for something new: history is measured, shown and never picked. */
export function isPickable(cell: Cell): boolean {
  return isCandidate(cell) && !entryOf(cell.technique)?.isHistory
}

function answerOf(need: Need, measured: MeasuredScenario, isOpen: (cell: Cell) => boolean): Answer {
  const { figure } = need
  const among = (cell: Cell) => isPickable(cell) && isOpen(cell) && (need.among?.(cell) ?? true)
  const candidates = measured.cells.filter(among)
  const none = (because: Text, badge: Badge = 'not valid'): Answer => ({
    ...{ need, picks: [], ties: [], badge, because },
  })
  if (measured.unranked !== undefined) return none(measured.unranked)
  const [only, ...others] = candidates
  if (!only) return none(said('No technique here can do it.'))
  const ranking =
    others.length === 0 && hasValidFigure(only, figure, 'compared')
      ? { lowest: only, others: [] }
      : rank(measured, figure, among)
  if (!ranking && candidates.every((cell) => badgeOf(cell, figure, 'compared') === 'not measured'))
    return none(said('Its trials count, and time nothing: measure with --trials 6.'), 'not measured')
  if (!ranking) return none(whyNot(need, candidates))
  const ties = ranking.others.filter(({ isTied }) => isTied)
  const picks = [ranking.lowest, ...ties.map(({ cell }) => cell)]
  const runnerUp = ranking.others.find(({ told }) => told === 'apart')
  return {
    ...{ need, picks, ties },
    badge: worst([
      ...picks.map((cell) => badgeOf(cell, figure, 'compared')),
      ...ties.map(({ badge }) => badge),
    ]),
    voided: candidates.filter((cell) => badgeOf(cell, figure, 'compared') === 'not valid'),
    value: rangeOfPicks(picks, need),
    ...(runnerUp && { runnerUp }),
  }
}

/** From the lowest of the picks to the highest: those that are not told apart differ all the same. */
function rangeOfPicks(picks: readonly Cell[], { figure }: Need): string {
  const values = picks.map((cell) => figureOf(cell, figure).value)
  return spanText(Math.min(...values), Math.max(...values), textOf(figure))
}

function whyNot({ figure }: Need, candidates: readonly Cell[]): Text {
  const badges = candidates.map((cell) => badgeOf(cell, figure, 'compared'))
  if (candidates[0]?.ofRun.some(({ touches }) => touches.compared === 'not valid'))
    return said('One technique measured twice differed too much from itself.')
  return badges.filter(passes).length === 1
    ? said('Only one technique that can do it has valid figures: there is nothing to compare it with.')
    : said('No technique that can do it has valid figures.')
}
