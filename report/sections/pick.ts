import type { Run } from '../../results/record.ts'
import { entryOf } from '../../server/registry.ts'
import { judgeBudget } from '../analysis/budget.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { figureOf } from '../analysis/cells.ts'
import { badgeOf, checkRun } from '../analysis/gate.ts'
import { type Answer, answersOf, mainScenario, marginText } from '../analysis/needs.ts'
import { type Resumed, resumedOf } from '../analysis/resumed.ts'
import type { Evidence } from '../claims/claim.ts'
import { type Html, html } from '../html.ts'
import { list, parts, said, say, sentences, type Text } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { budgetTable } from './budget-table.ts'
import { findingsOf } from './found.ts'
import { settingOf } from './scenario.ts'
import { scrolling, section } from './section.ts'

/** Section 1: for each need the pick, the runner-up, how far it is behind, and whether that may be trusted. */
export function pickSection(scenarios: readonly MeasuredScenario[], evidence: Evidence, run: Run): Html {
  const main = mainScenario(scenarios)
  if (!main) return section('pick', withoutComparison(scenarios, run))
  const answers = answersOf(main, run)
  return section(
    'pick',
    html`<p class="answer">${sentences(findingsOf(main, run))}</p>`,
    scrolling(
      'Picks',
      html`<table class="picks">
<thead><tr>${['If you need most', 'Pick', 'Because', 'Runner-up, times the pick', 'Can it be trusted?'].map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${answers.map(row)}${survivorRow(resumedOf(evidence), run)}</tbody></table>`,
    ),
    html`<p class="note">${sentences([settingOf(main), said('Techniques that are named together are the same within noise. There is no total score: what matters depends on what you build.')])}</p>`,
    html`<div class="budget"><h3>What does your application have to keep?</h3>
<form id="budget" hidden></form>
${budgetTable(judgeBudget(scenarios, {}))}
<p class="note">A technique fits where a valid cell with at least that load kept the delay; it fails where every cell with at most that load was later. That takes two things for granted: that more load is never faster, and that your machine and network are as fast as these.</p></div>`,
  )
}

function withoutComparison(scenarios: readonly MeasuredScenario[], run: Run): Html {
  if (scenarios.length === 0) return html`<p class="answer">Nothing was measured.</p>`
  const findings = scenarios.map(
    (measured) =>
      html`<li><a href="#${measured.scenario.name}">${measured.scenario.question}</a> ${sentences(findingsOf(measured, run))}</li>`,
  )
  return html`<p class="answer">This run has no comparison of techniques, and so no pick. What it found:</p><ul class="found">${findings}</ul>`
}

function row({ need, picks, voided = [], runnerUp, badge, because, value }: Answer): Html {
  const { className, text } = badgeMarks[badge]
  const pick = picks.length === 0 ? 'none' : list(picks.map(({ title }) => title))
  const why = because ?? say`${need.what} ${value ?? ''}`
  const second = runnerUp
    ? html`<span>${runnerUp.cell.title}</span> ${marginText(runnerUp)} <small>${need.text(figureOf(runnerUp.cell, need.figure).value)}</small>`
    : voided.length > 0
      ? say`not ranked, for not valid: ${list(voided.map(({ title }) => title))}`
      : picks.length > 1
        ? 'all that were compared are the same within noise'
        : 'no other here can do it'
  return html`<tr id="pick-${need.id}"><th scope="row">${need.title}</th><td><b>${pick}</b></td><td>${why}</td><td>${picks.length === 0 ? '' : second}</td><td class="badge ${className}">${text}</td></tr>
`
}

/** Who survives cuts is no figure of load: an experiment cuts connections. */
function survivorRow(all: Resumed[], run: Run): Html {
  const resumed = all.filter(({ technique }) => entryOf(technique)?.family !== 'floor')
  const title = html`<th scope="row">Survives cuts</th>`
  if (resumed.length === 0) {
    const { className, text } = badgeMarks['not measured']
    return html`<tr id="pick-cuts">${title}<td><b>none</b></td><td>Not measured in this run: the experiment resume cuts connections.</td><td></td><td class="badge ${className}">${text}</td></tr>`
  }
  const unharmed = resumed.filter(({ isUnharmed }) => isUnharmed)
  const harmed = resumed.filter(({ isUnharmed }) => !isUnharmed)
  const { className, text } = badgeMarks[badgeOf(checkRun(run), 'counted')]
  const cuts = unharmed.reduce((sum, one) => sum + one.cuts, 0)
  const because =
    unharmed.length === 0
      ? 'Every technique lost, doubled or reordered events'
      : say`No event lost, doubled or reordered over ${cuts} cuts, coming back with the cursor`
  return html`<tr id="pick-cuts">${title}<td><b>${unharmed.length === 0 ? 'none' : list(unharmed.map(({ title }) => title))}</b></td><td>${because}</td><td>${harmed.length === 0 ? 'all that were tried' : parts(harmed.map(harmText))}</td><td class="badge ${className}">${text}</td></tr>`
}

function harmText({ title, lost, twice, outOfOrder }: Resumed): Text {
  return say`${title}: ${lost} lost, ${twice} twice, ${outOfOrder} out of order`
}
