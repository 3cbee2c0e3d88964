import type { Failure, ResultRecord, Run } from '../../results/record.ts'
import { noiseIn, ratioOf } from '../analysis/aa-pair.ts'
import { type MeasuredScenario, titleOf } from '../analysis/cells.ts'
import { type Finding, percent, worstOf } from '../analysis/finding.ts'
import { checkNoise, checkRun } from '../analysis/gate.ts'
import { atPosition } from '../axis.ts'
import { times, timesRange } from '../format.ts'
import { type Html, type HtmlValue, html } from '../html.ts'
import { runBadgeTexts } from '../sentences/run-badges.ts'
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
  const noise = checkNoise(scenarios[0]?.pair)
  const notices = [
    ...[...checkRun(run), ...(noise ? [noise] : [])].map(
      (finding): Notice => ({ ...finding, where: said('The run') }),
    ),
    // The trials of a search are judged by its limit: they go beyond it on purpose.
    ...scenarios.filter(({ scenario }) => !scenario.search).flatMap(noticesOf),
  ]
  const [worst = [], careful = [], told = []] = (['not valid', 'use with care', 'valid'] as const).map(
    (badge) => notices.filter((notice) => worstOf(notice) === badge),
  )
  return section(
    'trust',
    html`<p class="answer">${verdict(run, records, worst.length, careful.length)}</p>
<p>${badgesText(scenarios)}</p>
<ul class="notices">${notMeasured(run, records)}${grouped([...worst, ...told, ...careful])}</ul>
${noiseSentence(scenarios[0]?.pair)}`,
    modelAgreement(scenarios),
  )
}

/** The run's badges, on top. */
function badgesText(scenarios: readonly MeasuredScenario[]): Text {
  return sentences([
    ...runBadgeTexts(scenarios),
    said('Below, a cell shows a badge only where something was found of it, and not of the whole run.'),
  ])
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
    return sentences([
      have,
      said(
        'Some of it is not valid. What is not valid in milliseconds is struck through below; what is not valid as a comparison is never ranked.',
      ),
    ])
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

function noticesOf({ scenario: { name }, cells }: MeasuredScenario): Notice[] {
  return cells.flatMap(({ title, point: { at }, findings }) => {
    const where = at ? say`${name}, ${title} ${atPosition(at)}` : say`${name}, ${title}`
    return findings.map((finding): Notice => ({ ...finding, where, scenario: name }))
  })
}

/** One entry a check and badge: who it was found of, and what to do. */
function grouped(notices: readonly Notice[]): Html[] {
  const groups = Map.groupBy(notices, (notice) => `${worstOf(notice)} ${notice.check}`)
  return [...groups.values()].map((group) => {
    const { check, remedy } = group[0] as Notice
    const badge = worstOf(group[0] as Notice)
    const entries = byReason(group).map(
      ({ same, reason }) => html`<li><span>${reason}</span> <small>${placesText(same)}</small></li>`,
    )
    const folds = folded(entries, say`${entries.length} findings`, badge === 'not valid')
    const content = html`<b class="check">${check}</b> ${remedy}
${folds}`
    // What touches no figure is said, and has no badge.
    return badge === 'valid' ? html`<li class="care">${content}</li>` : badgeItem(badge, content)
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

function noiseSentence(pair: MeasuredScenario['pair']): Html {
  if (!pair) return html``
  const ratio = ratioOf(pair, 'p50Us')
  return html`<p class="note">${say`A/A in ${pair.scenario}: ${pair.first.title}, measured twice, took ${times(ratio.value)}${timesRange(ratio)} its own median delay, within a round. Differences of median delays up to ${percent(noiseIn(pair, 'p50Us'))} are noise.`}</p>`
}
