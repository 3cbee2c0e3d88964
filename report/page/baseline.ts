import type { MeasuredScenario } from '../analysis/cells.ts'
import { mainScenario } from '../analysis/needs.ts'
import { html } from '../html.ts'
import { baselineText, factorRows } from '../sections/heat-map.ts'
import { byId, element } from './element.ts'
import type { Speech } from './speech.ts'
import type { State } from './state.ts'

/**
 * Makes each technique's heading in the comparison a button: its column becomes what the factors are over, and pressed again
 * they are over the lowest. What came of it is said beside the table, for those who do not see it.
 * @returns shows again what the address says.
 */
export function baselines(
  speech: Speech,
  state: State,
  measured: () => Promise<readonly MeasuredScenario[]>,
  onChange: () => void,
): () => void {
  const [rows, text] = [byId('factors'), byId('baseline')]
  if (!rows || !text) return () => {}
  text.setAttribute('role', 'status')
  const buttons = [...document.querySelectorAll<HTMLElement>('.matrix th[data-technique]')].map((heading) => {
    const technique = heading.dataset.technique ?? ''
    const onclick = () => {
      state.set('baseline', state.get('baseline') === technique ? '' : technique)
      show()
    }
    const button = element('button', { type: 'button', onclick }, ...heading.childNodes)
    heading.append(button)
    return { technique, button }
  })
  let shown = ''
  const show = async () => {
    const baseline = state.get('baseline')
    for (const { technique, button } of buttons)
      button.setAttribute('aria-pressed', String(technique === baseline))
    // The markup has what holds without a baseline.
    if (baseline === shown) return
    shown = baseline
    const main = mainScenario(await measured())
    if (!main) return
    speech.render(rows, html`${factorRows(main, baseline)}`)
    speech.render(text, html`${baselineText(main, baseline)}`)
    onChange()
  }
  return show
}
