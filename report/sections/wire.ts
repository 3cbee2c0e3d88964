import type { Observation } from '../../results/observation.ts'
import type { Run } from '../../results/record.ts'
import { figureOf, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { hasValidFigure } from '../analysis/gate.ts'
import { mainScenario } from '../analysis/needs.ts'
import { classChart } from '../charts/classes.ts'
import { chartFigure } from '../charts/figure.ts'
import { type Html, html } from '../html.ts'
import { bytesOf } from '../wire/bytes.ts'
import { list, said, say, sentences, type Text } from '../words/say.ts'
import { allRows, notMade } from './later.ts'
import { scenarioDetails } from './scenario.ts'
import { section } from './section.ts'

/** Section 6: what one event costs on the wire, by what its bytes are there for, down to the bytes themselves. */
export function wireSection(
  scenarios: readonly MeasuredScenario[],
  others: readonly MeasuredScenario[],
  captured: Observation | undefined,
  run: Run,
): Html {
  const main = mainScenario(scenarios)
  return section(
    'wire',
    main &&
      html`<div class="charts one">${chartFigure(classChart(`${main.scenario.name}-classes`, main))}</div>`,
    html`<h3>The very bytes of one event</h3>${captured && html`<p class="note">${noteOf(main)}</p>`}${bytesOf(captured)}`,
    captured && (captured.unavailable === null ? allRows(captured) : notMade(captured)),
    others.length > 0 &&
      html`<h3>What changes it?</h3>${others.map((measured) => scenarioDetails(measured, run))}`,
  )
}

/** From so many events in an answer on its head is shared. */
const SHARED = 1.5

/** Why the bytes of the one event that was captured are not the averages of the main scenario. */
function noteOf(main: MeasuredScenario | undefined): Text {
  const shared = (main?.cells ?? []).filter(isCandidate).flatMap((cell) => {
    const [requests, empty] = [
      figureOf(cell, 'requestsPerEvent').value,
      figureOf(cell, 'emptyAnswerShare').value,
    ]
    const events = 1 / (requests * (1 - empty))
    return hasValidFigure(cell, 'requestsPerEvent') && Number.isFinite(events) && events >= SHARED
      ? [say`about ${Math.round(events)} with ${cell.title}`]
      : []
  })
  return sentences([
    said(
      'The event that was captured is number 1. Numbers and lengths with more digits take a byte or two more, which is what the averages above show.',
    ),
    main && shared.length > 0
      ? say`The heads of a request and its answer are shared by all events of that answer, in ${main.scenario.name} ${list(shared)}. The one that was captured had them to itself.`
      : '',
  ])
}
