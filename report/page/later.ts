import type { Observation } from '../../results/observation.ts'
import type { MeasuredRun } from '../../results/store.ts'
import type { MeasuredScenario } from '../analysis/cells.ts'
import { residualsOf } from '../analysis/residuals.ts'
import type { Html } from '../html.ts'
import { rowsTable } from '../sections/experiments.ts'
import { figuresTables } from '../sections/figures-tables.ts'
import { modelTable } from '../sections/model.ts'
import { element } from './element.ts'
import type { Speech } from './speech.ts'

/** Fills tables that are too long to stand in the file twice, from its records, when the reader opens them. */
export function tablesLater(
  speech: Speech,
  measured: () => Promise<readonly MeasuredScenario[]>,
  run: () => Promise<MeasuredRun>,
  onFilled: (table: HTMLElement) => void,
): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.later')) {
    details.addEventListener('toggle', async () => {
      if (!details.open || details.querySelector('.filled')) return
      const holder = element('div', { class: 'filled' })
      details.querySelector('p.note')?.remove()
      details.append(holder)
      const markup = tableOf(details.dataset, await measured(), (await run()).observations)
      if (markup) speech.render(holder, markup)
      onFilled(holder)
    })
  }
}

function tableOf(
  { show, scenario, experiment }: DOMStringMap,
  scenarios: readonly MeasuredScenario[],
  observations: readonly Observation[],
): Html | undefined {
  if (show === 'experiment') {
    const seen = observations.find((one) => one.experiment === experiment)
    return seen && rowsTable(seen)
  }
  if (show === 'model') {
    const within = residualsOf(scenarios).filter(({ isWithin, badge }) => isWithin && badge !== 'not valid')
    return modelTable('Within the tolerance', within)
  }
  const measured = scenarios.find((one) => one.scenario.name === scenario)
  return measured && figuresTables(measured)
}
