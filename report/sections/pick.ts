import type { Run } from '../../results/record.ts'
import { entryOf } from '../../server/registry.ts'
import { commonLoad, judgeBudget } from '../analysis/budget.ts'
import { isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import type { Badge } from '../analysis/finding.ts'
import { isPickable, mainScenario } from '../analysis/needs.ts'
import { type Resumed, resumedOf } from '../analysis/recovery.ts'
import { runBadge, runBadges } from '../analysis/run-badges.ts'
import type { Evidence } from '../claims/claim.ts'
import { type Html, html } from '../html.ts'
import { runBadgeTexts } from '../sentences/run-badges.ts'
import { scenarioSentences } from '../sentences/scenario.ts'
import { list, parts, said, say, sentences, type Text } from '../words/say.ts'
import { answerOf } from './answer.ts'
import { badgeCell, badgeMarks } from './badges.ts'
import { budgetTable } from './budget-table.ts'
import { missing, section } from './section.ts'

/** Section 1: the picture, what it comes to, and for each need the pick, the runner-up and how far it is behind. */
export function pickSection(scenarios: readonly MeasuredScenario[], evidence: Evidence, run: Run): Html {
  const main = mainScenario(scenarios)
  if (!main) return section('pick', withoutComparison(scenarios, run))
  return section(
    'pick',
    badgeLine(scenarios),
    html`<form id="budget" hidden></form>`,
    html`<div id="answer">${answerOf(scenarios, main, (ofRun) => survivorRow(resumedOf(evidence), ofRun))}</div>`,
    html`<p class="note">${sentences([...historyText(main), said('Values are geometric means of trials, which divide to the ratios. There is no total score: what matters depends on what you build.')])}</p>`,
    html`<details class="budget"><summary>What does your application have to keep?</summary>
${budgetTable(judgeBudget(scenarios, {}))}
<p class="note">${say`What is judged is the delay that 99 % of events kept, the p99 of all trials together with its interval. Where they have too few events or moments for that it is the longest delay, which by itself fails nothing. It is judged by the nearest load that was measured, which each reason names. A load that you do not name is the common load, for all techniques: that of the main comparison, ${commonLoad(scenarios)}.`}</p>
<p class="note">At the load that you ask for, a technique fits where the interval ends within your delay. It fails where the interval begins beyond, and is borderline in between. From other loads two things are inferred, with care, for more load is not always slower. It fits where the nearest with at least as many subscribers and events was in time. It fails where one with at most as many was late, and nothing that bore more than that one was in time. Short polling is as late as its interval, and is judged by the interval that it needs. Your machine and network are taken to be as fast as these.</p></details>`,
  )
}

/** The badge of the whole run, and what it is of. */
function badgeLine(scenarios: readonly MeasuredScenario[]): Html {
  const { className, text } = badgeMarks[runBadge(scenarios)]
  const isPartial = runBadges(scenarios).some(({ having, of }) => having !== of)
  return html`<p class="run-badge ${className}"><b class="badge">${text}</b> ${sentences(runBadgeTexts(scenarios))} <a href="#trust">${isPartial ? 'Which ones, and why?' : 'Can I trust this run?'}</a></p>`
}

function withoutComparison(scenarios: readonly MeasuredScenario[], run: Run): Html {
  if (scenarios.length === 0) return html`<p class="answer">Nothing was measured.</p>`
  const findings = scenarios.map(
    (measured) =>
      html`<li><a href="#${measured.scenario.name}">${measured.scenario.question}</a> ${sentences(scenarioSentences(measured, run))}</li>`,
  )
  return html`${missing('This run has no comparison of techniques, and so no pick.', '-s steady-feed')}<p class="answer">What it found:</p><ul class="found">${findings}</ul>`
}

/** What was measured beside, and is history. */
function historyText({ cells }: MeasuredScenario): Text[] {
  const history = cells.filter((cell) => isCandidate(cell) && !isPickable(cell))
  return history.length === 0
    ? []
    : [say`Measured and never picked, for it is history: ${list(history.map(({ title }) => title))}.`]
}

/** Who survives cuts is no figure of load: an experiment cuts connections. */
function survivorRow(all: Resumed[], ofRun: Badge): Html {
  const resumed = all.filter(({ technique }) => entryOf(technique)?.family !== 'floor')
  const title = html`<th scope="row">Survives cuts</th>`
  if (resumed.length === 0)
    return html`<tr id="pick-cuts">${title}<td><b>none</b></td><td>${missing('Not measured in this run.', '--experiment resume')}</td><td></td>${badgeCell('not measured', ofRun)}</tr>`
  const unharmed = resumed.filter(({ isUnharmed }) => isUnharmed)
  const harmed = resumed.filter(({ isUnharmed }) => !isUnharmed)
  const cuts = Math.min(...unharmed.map((one) => one.cuts))
  const because =
    unharmed.length === 0
      ? 'Every technique lost, doubled or reordered events'
      : say`No event lost, doubled or reordered over ${cuts} cuts each, coming back with the cursor`
  return html`<tr id="pick-cuts">${title}<td><b>${unharmed.length === 0 ? 'none' : list(unharmed.map(({ title }) => title))}</b></td><td>${because}</td><td>${harmed.length === 0 ? 'all that were tried' : parts(harmed.map(harmText))}</td>${badgeCell('valid', ofRun)}</tr>`
}

function harmText({ title, lost, twice, outOfOrder }: Resumed): Text {
  return say`${title}: ${lost} lost, ${twice} twice, ${outOfOrder} out of order`
}
