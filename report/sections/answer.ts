import { figureOf, type MeasuredScenario } from '../analysis/cells.ts'
import { seenFromText } from '../analysis/comparison.ts'
import type { Badge } from '../analysis/finding.ts'
import { type Answer, answersOf } from '../analysis/needs.ts'
import type { Compared } from '../analysis/ranking.ts'
import { runBadge } from '../analysis/run-badges.ts'
import { textOf } from '../columns.ts'
import { times, timesRange } from '../format.ts'
import { type Html, html } from '../html.ts'
import { pickSentences } from '../sentences/picks.ts'
import { list, said, say, type Text } from '../words/say.ts'
import { badgeCell } from './badges.ts'
import { type Asked, overview } from './overview.ts'
import { table } from './section.ts'

/** What the reader looks at first; the page makes it again for the reader's own budget. */
export function answerOf(
  scenarios: readonly MeasuredScenario[],
  main: MeasuredScenario,
  survivors?: (ofRun: Badge) => Html,
  asked?: Asked,
): Html {
  const ofRun = runBadge(scenarios)
  // Nobody is picked of whom nothing tells whether it keeps the budget.
  const closed = new Set(
    asked?.judged
      .filter(({ fit }) => fit === 'fails' || fit === 'not measured')
      .map(({ technique }) => technique),
  )
  const answers = answersOf(main, ({ technique }) => !closed.has(technique))
  const headings = ['If you need most', 'Pick', 'Because', 'Runner-up, times the pick', 'Can it be trusted?']
  return html`${overview(main, answers, asked)}
<p class="answer">${pickSentences(answers)}</p>
${table('Picks', 'picks', headings, [...answers.map((answer) => row(answer, ofRun)), ...(survivors ? [survivors(ofRun)] : [])])}`
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
  return html`<span>${cell.title}</span> ${margin} <small>${textOf(figure)(figureOf(cell, figure).value)}</small>`
}

function row(answer: Answer, ofRun: Badge): Html {
  const { need, picks, ties, voided = [], runnerUp, badge, because, value } = answer
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
  return html`<tr id="pick-${need.id}"><th scope="row">${need.title}</th><td><b>${pick}</b></td><td>${why}</td><td>${picks.length === 0 ? '' : second}</td>${badgeCell(badge, ofRun)}</tr>
`
}
