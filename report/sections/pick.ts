import type { Run } from '../../results/record.ts'
import { entryOf } from '../../server/registry.ts'
import { commonLoad, judgeBudget } from '../analysis/budget.ts'
import { isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { seenFromText } from '../analysis/comparison.ts'
import { type Answer, answersOf, isPickable, mainScenario } from '../analysis/needs.ts'
import { type Compared, meanOf } from '../analysis/ranking.ts'
import { type Resumed, resumedOf } from '../analysis/recovery.ts'
import type { Evidence } from '../claims/claim.ts'
import { textOf } from '../columns.ts'
import { times, timesRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { scenarioSentences } from '../sentences/scenario.ts'
import { list, parts, said, say, sentences, type Text } from '../words/say.ts'
import { badgeCell } from './badges.ts'
import { budgetTable } from './budget-table.ts'
import { settingOf } from './scenario.ts'
import { section, table } from './section.ts'

/** Section 1: for each need the pick, the runner-up, how far it is behind, and whether that may be trusted. */
export function pickSection(scenarios: readonly MeasuredScenario[], evidence: Evidence, run: Run): Html {
  const main = mainScenario(scenarios)
  if (!main) return section('pick', withoutComparison(scenarios, run))
  return section(
    'pick',
    html`<p class="answer">${sentences(scenarioSentences(main, run))}</p>`,
    table(
      'Picks',
      'picks',
      ['If you need most', 'Pick', 'Because', 'Runner-up, times the pick', 'Can it be trusted?'],
      [...answersOf(main).map(row), survivorRow(resumedOf(evidence))],
    ),
    html`<p class="note">${sentences([settingOf(main), say`Compared here: ${list(main.cells.filter(isPickable).map(({ title }) => title))}.`, ...historyText(main), said('Values are geometric means of trials, which divide to the ratios. There is no total score: what matters depends on what you build.')])}</p>`,
    html`<div class="budget"><h3>What does your application have to keep?</h3>
<form id="budget" hidden></form>
${budgetTable(judgeBudget(scenarios, {}))}
<p class="note">${sentences([say`What is judged is the delay that 99 % of events kept, the p99 of all trials together with its interval; the longest delay, which by itself fails nothing, where they have too few events or moments for that. It is judged by the nearest load that was measured, which each reason names; a load that you do not name is, for all techniques, the common load: that of the main comparison, ${commonLoad(scenarios)}.`, said('At the load that you ask for, a technique fits where the interval ends within your delay, fails where it begins beyond, and is borderline in between. From other loads two things are inferred, with care, for more load is not always slower: it fits where the nearest with at least as many subscribers and events was in time; it fails where one with at most as many was late, and nothing that bore more than that one was in time. Short polling is as late as its interval, and is judged by the interval that it needs. Your machine and network are taken to be as fast as these.')])}</p></div>`,
  )
}

function withoutComparison(scenarios: readonly MeasuredScenario[], run: Run): Html {
  if (scenarios.length === 0) return html`<p class="answer">Nothing was measured.</p>`
  const findings = scenarios.map(
    (measured) =>
      html`<li><a href="#${measured.scenario.name}">${measured.scenario.question}</a> ${sentences(scenarioSentences(measured, run))}</li>`,
  )
  return html`<p class="answer">This run has no comparison of techniques, and so no pick. What it found:</p><ul class="found">${findings}</ul>`
}

/** What was measured beside, and is history. */
function historyText({ cells }: MeasuredScenario): Text[] {
  const history = cells.filter((cell) => isCandidate(cell) && !isPickable(cell))
  return history.length === 0
    ? []
    : [say`Measured and never picked, for it is history: ${list(history.map(({ title }) => title))}.`]
}

/** Whether picks that are named together are the same, or only not told apart. */
function tieText(ties: readonly Compared[]): Text {
  const untold = ties.filter(({ told }) => told === 'untold')
  if (untold.length === 0)
    return ties.every(({ seenFrom }) => seenFrom === 0) ? said('the same') : said('the same within noise')
  if (untold.some(({ badge }) => badge === 'not valid'))
    return said('not told apart: the load agent may have made the difference')
  const seen = seenFromText(Math.max(...untold.map(({ seenFrom }) => seenFrom)))
  return seen === ''
    ? said('not told apart')
    : say`not told apart: such trials see differences from about ${seen} on`
}

/** How far the runner-up is behind, and its figure; nothing where the pick is 0, of which nothing is a multiple. */
function behindText({ cell, ratio }: Compared, { figure }: Answer['need']): Html {
  const margin = Number.isFinite(ratio.value) ? `${times(ratio.value)}${timesRange(ratio)}` : ''
  return html`<span>${cell.title}</span> ${margin} <small>${textOf(figure)(meanOf(cell, figure))}</small>`
}

function row({ need, picks, ties, voided = [], runnerUp, badge, because, value }: Answer): Html {
  const pick = picks.length === 0 ? 'none' : list(picks.map(({ title }) => title))
  const figure = say`${need.what} ${value ?? ''}`
  const why = because ?? (ties.length > 0 ? say`${figure}, ${tieText(ties)}` : figure)
  const second = runnerUp
    ? behindText(runnerUp, need)
    : voided.length > 0
      ? say`not ranked, for not valid: ${list(voided.map(({ title }) => title))}`
      : picks.length > 1
        ? 'none that were compared is told apart'
        : 'no other here can do it'
  return html`<tr id="pick-${need.id}"><th scope="row">${need.title}</th><td><b>${pick}</b></td><td>${why}</td><td>${picks.length === 0 ? '' : second}</td>${badgeCell(badge)}</tr>
`
}

/** Who survives cuts is no figure of load: an experiment cuts connections. */
function survivorRow(all: Resumed[]): Html {
  const resumed = all.filter(({ technique }) => entryOf(technique)?.family !== 'floor')
  const title = html`<th scope="row">Survives cuts</th>`
  if (resumed.length === 0)
    return html`<tr id="pick-cuts">${title}<td><b>none</b></td><td>Not measured in this run: the experiment resume cuts connections.</td><td></td>${badgeCell('not measured')}</tr>`
  const unharmed = resumed.filter(({ isUnharmed }) => isUnharmed)
  const harmed = resumed.filter(({ isUnharmed }) => !isUnharmed)
  const cuts = Math.min(...unharmed.map((one) => one.cuts))
  const because =
    unharmed.length === 0
      ? 'Every technique lost, doubled or reordered events'
      : say`No event lost, doubled or reordered over ${cuts} cuts each, coming back with the cursor`
  return html`<tr id="pick-cuts">${title}<td><b>${unharmed.length === 0 ? 'none' : list(unharmed.map(({ title }) => title))}</b></td><td>${because}</td><td>${harmed.length === 0 ? 'all that were tried' : parts(harmed.map(harmText))}</td>${badgeCell('valid')}</tr>`
}

function harmText({ title, lost, twice, outOfOrder }: Resumed): Text {
  return say`${title}: ${lost} lost, ${twice} twice, ${outOfOrder} out of order`
}
