import { said } from '../words/say.ts'
import { byId, element } from './element.ts'
import { filterBoxes } from './filter.ts'
import type { Speech } from './speech.ts'
import type { State } from './state.ts'

const THEMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const

/**
 * What the reader can switch: language, theme, which techniques are to be seen.
 * @returns shows again what the address says.
 */
export function tools(
  speech: Speech,
  state: State,
  techniques: readonly string[],
  onFilter: () => void,
): () => void {
  const place = byId('tools')
  if (!place) return () => {}
  const draw = () => {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.tool
    const boxes = filter(speech, state, techniques, onFilter)
    place.replaceChildren(language(speech, state), theme(speech, state), boxes)
    if (focused) place.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus()
  }
  draw()
  place.hidden = false
  speech.onChange(draw)
  return draw
}

function language(speech: Speech, state: State): HTMLElement {
  const isChinese = speech.language === 'zh'
  return element(
    'button',
    {
      type: 'button',
      lang: isChinese ? 'en' : 'zh-Hans',
      'data-tool': 'language',
      onclick: () => {
        const language = isChinese ? 'en' : 'zh'
        state.set('lang', language)
        speech.speak(language)
      },
    },
    isChinese ? 'English' : '中文',
  )
}

/** The theme that the address asks for; the system's where it asks for none. */
export function showTheme(state: State): void {
  const theme = state.get('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
}

function theme(speech: Speech, state: State): HTMLElement {
  const select = element('select', {
    'data-tool': 'theme',
    onchange: () => {
      state.set('theme', select.value === 'system' ? '' : select.value)
      showTheme(state)
    },
  })
  for (const [value, text] of Object.entries(THEMES)) {
    select.append(element('option', { value }, speech.word(said(text))))
  }
  select.value = document.documentElement.dataset.theme ?? 'system'
  return element('label', {}, speech.word(said('Theme')), ' ', select)
}

function filter(
  speech: Speech,
  state: State,
  techniques: readonly string[],
  onFilter: () => void,
): HTMLElement {
  const details = element(
    'details',
    { class: 'filter' },
    element('summary', { 'data-tool': 'filter' }, speech.word(said('Show techniques'))),
    filterBoxes(speech, state, techniques, onFilter),
  )
  details.open = state.get('techniques') !== '' || byId('tools')?.querySelector('details')?.open === true
  return details
}
