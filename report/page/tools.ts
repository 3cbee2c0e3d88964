import { said } from '../words/say.ts'
import { byId, element } from './element.ts'
import type { State } from './state.ts'
import type { Speech } from './words.ts'

const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const

/** What the reader can switch: language, theme, which techniques are to be seen. */
export function tools(
  speech: Speech,
  state: State,
  techniques: readonly string[],
  onFilter: () => void,
): void {
  const place = byId('tools')
  if (!place) return
  const draw = () => {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset.tool : undefined
    place.replaceChildren(
      language(speech, state),
      theme(speech, state),
      filter(speech, state, techniques, onFilter),
    )
    if (focused) place.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus()
  }
  draw()
  place.hidden = false
  speech.onChange(draw)
}

function language(speech: Speech, state: State): HTMLElement {
  const isChinese = speech.language === 'zh'
  const button = element(
    'button',
    { type: 'button', lang: isChinese ? 'en' : 'zh-Hans', 'data-tool': 'language' },
    isChinese ? 'English' : '中文',
  )
  button.addEventListener('click', () => {
    const language = isChinese ? 'en' : 'zh'
    state.set('lang', language)
    speech.speak(language)
  })
  return button
}

/** The theme that the address asks for; the system's where it asks for none. */
export function showTheme(state: State): void {
  const theme = state.get('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
}

function theme(speech: Speech, state: State): HTMLElement {
  const select = element('select', { 'data-tool': 'theme' })
  for (const [value, text] of Object.entries(THEMES)) {
    select.append(element('option', { value }, speech.word(said(text))))
  }
  select.value = state.get('theme') || 'system'
  select.addEventListener('change', () => {
    state.set('theme', select.value === 'system' ? '' : select.value)
    showTheme(state)
  })
  return element('label', {}, speech.word(said('Theme')), ' ', select)
}

/** Which techniques tables and charts show; all where the address names none. */
export function shownTechniques(state: State): ReadonlySet<string> | undefined {
  const names = state.get('techniques')
  return names === '' ? undefined : new Set(names.split(','))
}

function filter(
  speech: Speech,
  state: State,
  techniques: readonly string[],
  onFilter: () => void,
): HTMLElement {
  const shown = shownTechniques(state)
  const boxes = techniques.map((technique) => {
    const box = element('input', { type: 'checkbox', value: technique, 'data-tool': technique })
    box.checked = shown?.has(technique) ?? true
    return box
  })
  const titles = new Map(
    [...document.querySelectorAll<HTMLElement>('tr[data-technique]')].map((row) => [
      row.dataset.technique ?? '',
      row.querySelector('th')?.textContent ?? '',
    ]),
  )
  const labels = boxes.map((box) => element('label', {}, box, ` ${titles.get(box.value) ?? box.value}`))
  const details = element(
    'details',
    { class: 'filter' },
    element('summary', { 'data-tool': 'filter' }, speech.word(said('Show techniques'))),
    element('fieldset', {}, element('legend', {}, speech.word(said('Tables and charts show'))), ...labels),
  )
  details.open = shown !== undefined || byId('tools')?.querySelector('details')?.open === true
  details.addEventListener('change', () => {
    const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value)
    state.set('techniques', chosen.length === techniques.length ? '' : chosen.join(','))
    onFilter()
  })
  return details
}

/** Hides the rows of techniques that are not to be seen. */
export function filterRows(shown: ReadonlySet<string> | undefined): void {
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-technique]')) {
    row.hidden = shown !== undefined && !shown.has(row.dataset.technique ?? '')
  }
}
