import type { Failure, ResultRecord, Run } from '../../results/record.ts'
import { COUNTS_ONLY } from '../analysis/cell-checks.ts'
import { type MeasuredScenario, titleOf } from '../analysis/cells.ts'
import type { Finding } from '../analysis/finding.ts'
import { checkAlone, checkNoise, checkRun, noiseOf } from '../analysis/gate.ts'
import { atPosition } from '../axis.ts'
import { times, timesRange } from '../format.ts'
import { type Html, type HtmlValue, html } from '../html.ts'
import { clauses, parts, said, say, sentences, type Text } from '../words/say.ts'
import { badgeItem } from './badges.ts'
import { modelAgreement } from './model.ts'
import { section } from './section.ts'

/** A finding of the gate, and what it was found of. */
interface Notice extends Finding {
  /** Left out where it was found of the run. */
  scenario?: string
  where: Text
}

/** Section 2: the honesty gate, worst first, each with why it matters and what to do. */
export function trustSection(
  run: Run,
  scenarios: readonly MeasuredScenario[],
  records: readonly ResultRecord[],
): Html {
  const notices = [
    ...checkRun(run).map((finding): Notice => ({ ...finding, where: said('The run') })),
    // The trials of a search are judged by its limit: they go beyond it on purpose.
    ...scenarios.filter(({ scenario }) => !scenario.search).flatMap(noticesOf),
  ]
  // What was planned to count alone is no fault: it comes last.
  const byPlan = notices.filter(({ check }) => check === COUNTS_ONLY)
  const worst = notices.filter(({ badge, check }) => badge === 'not valid' && check !== COUNTS_ONLY)
  const careful = notices.filter(({ badge }) => badge === 'use with care')
  return section(
    'trust',
    html`<p class="answer">${verdict(run, records, worst.length, careful.length)}</p>
<ul class="notices">${notMeasured(run, records)}${grouped([...worst, ...careful, ...byPlan])}</ul>
${scenarios.map(noiseSentence)}`,
    modelAgreement(scenarios),
  )
}

/** Trials that failed, each with its reason, and cells of the plan of which there is nothing at all. */
function notMeasured(
  { failures, planned, failedExperiments }: Run,
  records: readonly ResultRecord[],
): Html[] {
  const measured = new Set(
    records.map(({ scenario, technique, point: { at }, copy }) =>
      String(placeOf({ scenario: scenario.name, technique, ...(at && { at }), copy })),
    ),
  )
  const failed = failures.filter(({ beyond }) => !beyond)
  const missing = planned.filter((cell) => !measured.has(String(placeOf(cell))))
  const places = missing.map((cell) => html`<li>${placeOf(cell)}</li>`)
  const found: HtmlValue[] = [
    ...failed.map((failure) => say`${placeOf(failure)}, trial ${failure.trial}: ${said(failure.reason)}`),
    ...failedExperiments.map(({ experiment, reason }) => say`experiment ${experiment}: ${said(reason)}`),
    missing.length > 0 &&
      html`${missing.length === 1 ? say`${missing.length} planned cell has no record at all.` : say`${missing.length} planned cells have no record at all.`}
${folded(places, say`${missing.length} cells`, false)}`,
  ]
  return found.filter((one) => one !== false).map((one) => badgeItem('not measured', one))
}

/** `tls, WebSocket with TLS on` */
function placeOf({ scenario, technique, at, copy }: Omit<Failure, 'trial' | 'reason'>): Text {
  const title = titleOf(technique, copy)
  return at ? say`${scenario}, ${title} ${atPosition(at)}` : say`${scenario}, ${title}`
}

function verdict(run: Run, records: readonly ResultRecord[], bad: number, careful: number): Text {
  const planned = records.filter(({ scenario }) => !scenario.search)
  const have = say`${planned.length} of ${run.plannedTrials} planned trials are here.`
  if (bad > 0)
    return sentences([have, said('Some of it is not valid; that is struck through below and never ranked.')])
  if (run.failures.some(({ beyond }) => !beyond)) return sentences([have, said('The others failed.')])
  return careful > 0
    ? sentences([
        have,
        said(
          'Every byte of the tapped subscribers is accounted for. Quote the figures with these reservations:',
        ),
      ])
    : sentences([have, said('Nothing speaks against it.')])
}

function noticesOf(scenario: MeasuredScenario): Notice[] {
  const { name } = scenario.scenario
  const noise = checkNoise(scenario)
  const cells = scenario.cells.flatMap((cell) => {
    const { at } = cell.point
    const where = at ? say`${name}, ${cell.title} ${atPosition(at)}` : say`${name}, ${cell.title}`
    return checkAlone(cell).map((finding): Notice => ({ ...finding, where, scenario: name }))
  })
  return [...(noise ? [{ ...noise, where: name }] : []), ...cells]
}

/** One entry a check and badge: who it was found of, and what to do. */
function grouped(notices: readonly Notice[]): Html[] {
  const groups = Map.groupBy(notices, ({ check, badge }) => `${badge} ${check}`)
  return [...groups.values()].map((group) => {
    const { badge, check, remedy } = group[0] as Notice
    const entries = byReason(group).map(
      ({ same, reason }) => html`<li><span>${reason}</span> <small>${placesText(same)}</small></li>`,
    )
    const folds = folded(entries, say`${entries.length} findings`, badge === 'not valid')
    return badgeItem(
      badge,
      html`<b class="check">${check}</b> ${remedy}
${folds}`,
    )
  })
}

/** What was found of several cells in the same words is said once. */
function byReason(group: readonly Notice[]): { reason: Text; same: Notice[] }[] {
  return [...Map.groupBy(group, ({ reason }) => String(reason)).values()].map((same) => ({
    reason: same[0]?.reason ?? '',
    same,
  }))
}

/** So many places are named one by one; of more the scenarios, with the number of their cells. */
const MOST_PLACES = 6

function placesText(notices: readonly Notice[]): Text {
  if (notices.length <= MOST_PLACES) return parts(notices.map(({ where }) => where))
  const scenarios = [...Map.groupBy(notices, ({ scenario }) => scenario ?? '')]
  const counted = scenarios.map(([scenario, of]) => say`${scenario} (${of.length})`)
  return say`${notices.length} cells: ${clauses(counted)}`
}

/** A few entries as they are; of many the number, and the entries behind it. */
function folded(entries: readonly Html[], summary: Text, open: boolean): Html {
  return entries.length <= 3
    ? html`<ul>${entries}</ul>`
    : html`<details${open && html` open`}><summary>${summary}</summary><ul>${entries}</ul></details>`
}

function noiseSentence(scenario: MeasuredScenario): Html {
  const noise = noiseOf(scenario)
  if (!noise) return html``
  const { cell, ratio } = noise
  return html`<p class="note">${say`A/A in ${scenario.scenario.name}: ${cell.title}, measured twice, took ${times(ratio.value)}${timesRange(ratio)} its own median delay, within a round.`}</p>`
}
