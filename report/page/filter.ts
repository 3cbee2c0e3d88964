import { said } from '../words/say.ts'
import { element } from './element.ts'
import type { Speech } from './speech.ts'
import type { State } from './state.ts'

/** Which techniques tables and charts show; all where the address names none that is here. */
export function shownTechniques(
  state: State,
  techniques: readonly string[],
): ReadonlySet<string> | undefined {
  const named = state.get('techniques').split(',')
  const names = techniques.filter((technique) => named.includes(technique))
  return names.length === 0 ? undefined : new Set(names)
}

/** A box for each technique. */
export function filterBoxes(
  speech: Speech,
  state: State,
  techniques: readonly string[],
  onFilter: () => void,
): HTMLFieldSetElement {
  const shown = shownTechniques(state, techniques)
  const titles = titlesOf()
  const boxes = techniques.map((technique) => {
    const box = element('input', { type: 'checkbox', value: technique, 'data-tool': technique })
    box.checked = shown?.has(technique) ?? true
    return box
  })
  const refusal = element('span', { role: 'status', class: 'note' })
  const onchange = (event: Event) => {
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value)
    refusal.textContent = ''
    if (chosen.length === 0) {
      const last = event.target as HTMLInputElement
      last.checked = true
      const why = said('One technique has to stay: without any there would be nothing to show.')
      refusal.textContent = speech.word(why)
      return
    }
    state.set('techniques', chosen.length === techniques.length ? '' : chosen.join(','))
    onFilter()
  }
  return element(
    'fieldset',
    { onchange },
    element('legend', {}, speech.word(said('Tables and charts show'))),
    ...boxes.map((box) => element('label', {}, box, ` ${titles.get(box.value) ?? box.value}`)),
    refusal,
  )
}

/** What the page calls each technique, in its language: its first row or column does, for the second of an A/A pair is `again`. */
function titlesOf(): Map<string, string> {
  const rows = document.querySelectorAll<HTMLElement>(':is(.budget tr, .matrix th)[data-technique]')
  const titleOf = (row: HTMLElement) => (row.querySelector('th') ?? row).textContent ?? ''
  return new Map([...rows].reverse().map((row) => [row.dataset.technique ?? '', titleOf(row)]))
}

/** Hides the rows and columns of techniques that are not to be seen, and the bytes that were captured of them. */
export function filterRows(isShown: (technique: string) => boolean): void {
  for (const row of document.querySelectorAll<HTMLElement>(':is(tr, th, td)[data-technique]')) {
    row.hidden = !isShown(row.dataset.technique ?? '')
  }
  for (const details of document.querySelectorAll<HTMLElement>('details.bytes')) {
    details.hidden = !isShown(details.id.replace('bytes-', ''))
  }
}
