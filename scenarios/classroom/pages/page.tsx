import { effect } from '@preact/signals'
import { type ComponentType, render } from 'preact'
import type { Said, Words } from '../../../report/words/say.ts'
import { speak, t } from './language.ts'

/** The language that the page's address asks for, `?lang=zh`: read at once, for the address is changed soon. */
const asked = new URLSearchParams(location.search).get('lang')

/** Gives the page its Chinese, in the language that it was asked to begin in. */
export function speakAsAsked(chinese: Words): void {
  speak(chinese, asked)
}

/** Shows a page that is all of its document, with its title in the language that it speaks. */
export function showPage(title: Said, chinese: Words, Page: ComponentType): void {
  speakAsAsked(chinese)
  effect(() => {
    document.title = t(title)
  })
  const root = document.createElement('div')
  root.id = 'page'
  document.body.append(root)
  render(<Page />, root)
}
