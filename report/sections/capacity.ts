import type { Run } from '../../results/record.ts'
import { type Capacity, capacitiesOf, inRegistryOrder } from '../analysis/capacity.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { axisTitles } from '../axis.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { capacitySentence } from '../sentences/capacity.ts'
import { table } from './section.ts'

/** What ran out, as it is said. */
const LIMITS: Record<Capacity['limitedBy'], string> = {
  'load agent': 'the load agent’s CPU',
  server: 'the server’s CPU',
  neither: 'neither process was full',
  nothing: 'nothing, up to the largest tried',
}

/** How far each technique went in a search: sentence and table. Nothing for other scenarios. */
export function capacityOf(measured: MeasuredScenario, run: Run): Html {
  const { search } = measured.scenario
  if (!search) return html``
  const capacities = inRegistryOrder(capacitiesOf(measured, run.failures))
  const headings = [
    'Technique',
    axisTitles[search.axis],
    'Every trial held up to',
    'None held from',
    'Trials',
    'What ran out',
  ]
  return html`<p>${capacitySentence(capacities, search)}</p>
${table(measured.scenario.question, 'figures', headings, capacities.map(row))}`
}

function row({ title, value, low, high, limitedBy, trials }: Capacity): Html {
  const text = (number: number | null, none: string) => (number === null ? none : format.count(number))
  return html`<tr><th scope="row">${title}</th><td>${text(value, 'none')}</td><td>${text(low, 'none')}</td><td>${text(high, 'not found')}</td><td>${trials}</td><td>${LIMITS[limitedBy]}</td></tr>
`
}
