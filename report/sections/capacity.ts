import type { Run } from '../../results/record.ts'
import type { Search } from '../../results/scenario.ts'
import { type Capacity, capacitiesOf } from '../analysis/capacity.ts'
import { type MeasuredScenario, registryPosition } from '../analysis/cells.ts'
import { axisTitles, positionText } from '../axis.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { clauses, said, say, sentences, type Text } from '../words/say.ts'

/** What ran out, as it is said. */
const LIMITS: Record<Capacity['limitedBy'], string> = {
  'load agent': 'the load agent’s CPU',
  server: 'the server’s CPU',
  neither: 'neither process was full',
  nothing: 'nothing, up to the largest tried',
}

/** The same as the end of a sentence. */
const RAN_OUT: Record<Capacity['limitedBy'], Text> = {
  'load agent': said('the load agent ran out of CPU, and a server may do more'),
  server: said('the server ran out of CPU'),
  neither: said('neither process ran out of CPU'),
  nothing: '',
}

/** How far each technique went in a search: sentence and table. Nothing for other scenarios. */
export function capacityOf(measured: MeasuredScenario, run: Run): Html {
  const { search } = measured.scenario
  if (!search) return html``
  const capacities = inOrder(capacitiesOf(measured, run.failures))
  const headings = [
    'Technique',
    axisTitles[search.axis],
    'Every trial held up to',
    'None held from',
    'Trials',
    'What ran out',
  ]
  return html`<p>${capacitySentence(capacities, search)}</p>
<div class="scroll" tabindex="0" role="group" aria-label="${measured.scenario.question}"><table class="figures">
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${capacities.map(row)}</tbody></table></div>`
}

/** Where fewer trials decide, the text says so. */
const ENOUGH_TRIALS = 3

/**
 * What a search found, technique by technique: between which values the limit lies, and whose it is. No order: a limit
 * of the load agent is none of the technique's.
 */
export function capacitySentence(capacities: readonly Capacity[], { axis, p99BelowMs, from }: Search): Text {
  const found = inOrder(capacities).map(({ title, low, high, limitedBy, decidingTrials }) => {
    const held =
      low !== null
        ? say`every trial held up to ${positionText(axis, low)}`
        : high === from
          ? ''
          : say`not every trial held at ${positionText(axis, from)}`
    const failed =
      high === null
        ? limitedBy === 'nothing'
          ? said('the largest tried')
          : said('at nothing that was tried did all fail')
        : say`none held from ${positionText(axis, high)} on`
    const few =
      decidingTrials >= ENOUGH_TRIALS
        ? ''
        : decidingTrials === 1
          ? said('with one trial at the value that decides')
          : say`with ${decidingTrials} trials at the value that decides`
    return say`${title}: ${clauses([held, failed, few, RAN_OUT[limitedBy]])}.`
  })
  return sentences([say`With a p99 below ${p99BelowMs} ms, in the order of the registry.`, ...found])
}

function inOrder(capacities: readonly Capacity[]): Capacity[] {
  return capacities.toSorted((a, b) => registryPosition(a.technique) - registryPosition(b.technique))
}

function row({ title, value, low, high, limitedBy, trials }: Capacity): Html {
  const text = (number: number | null, none: string) => (number === null ? none : format.count(number))
  return html`<tr><th scope="row">${title}</th><td>${text(value, 'none')}</td><td>${text(low, 'none')}</td><td>${text(high, 'not found')}</td><td>${trials}</td><td>${LIMITS[limitedBy]}</td></tr>
`
}
