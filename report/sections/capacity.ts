import type { Run } from '../../results/record.ts'
import type { Search } from '../../scenarios/scenario.ts'
import { type Capacity, capacitiesOf } from '../analysis/capacity.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { axisTitles, positionText } from '../axis.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { list, said, say, sentences, type Text } from '../words/say.ts'

/** How far each technique went in a search: sentence and table. Nothing for other scenarios. */
export function capacityOf(measured: MeasuredScenario, run: Run): Html {
  const { search } = measured.scenario
  if (!search) return html``
  const capacities = capacitiesOf(measured, run.failures)
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

/** What a search found, in one sentence. */
export function capacitySentence(capacities: readonly Capacity[], { axis, p99BelowMs }: Search): Text {
  const found = capacities.map(({ title, value, high, isBounded }) => {
    if (value === null)
      return say`${title} not even ${high === null ? said('the smallest') : positionText(axis, high)}`
    const most = positionText(axis, value)
    return isBounded ? say`${title} ${most}` : say`${title} at least ${most}`
  })
  const agent = capacities.filter(({ limitedBy }) => limitedBy === 'load agent')
  const bound =
    agent.length > 0
      ? say`For ${list(agent.map(({ title }) => title))} it was the load agent that had nothing left: a server may do more.`
      : ''
  return sentences([say`With a p99 below ${p99BelowMs} ms: ${list(found)}.`, bound])
}

function row({ title, value, low, high, limitedBy, trials }: Capacity): Html {
  const text = (number: number | null, none: string) => (number === null ? none : format.count(number))
  const what = {
    'load agent': 'the load agent’s CPU',
    server: 'the server’s CPU',
    neither: 'neither process was full',
    nothing: 'nothing, up to the largest tried',
  }[limitedBy]
  return html`<tr><th scope="row">${title}</th><td>${text(value, 'none')}</td><td>${text(low, 'none')}</td><td>${text(high, 'not found')}</td><td>${trials}</td><td>${what}</td></tr>
`
}
