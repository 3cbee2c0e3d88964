import { signal } from '@preact/signals'
import { english, inWords, type Language, type Text, type Words, wordsIn } from '../../../report/words/say.ts'
import type { Bilingual } from '../room/protocol.ts'

/** The language that the page speaks. Everything that is rendered from it changes with it. */
export const language = signal<Language>('en')

let words: Words = english

/** Gives the page its Chinese, and the language that it was asked to begin in, or was left in. */
export function speak(chinese: Words, asked?: string | null): void {
  words = chinese
  const kept = asked ?? sessionStorage.getItem('language') ?? navigator.language
  setLanguage(kept.toLowerCase().startsWith('zh') ? 'zh' : 'en')
}

export function setLanguage(chosen: Language): void {
  language.value = chosen
  sessionStorage.setItem('language', chosen)
  document.documentElement.lang = chosen === 'zh' ? 'zh-Hans' : 'en'
}

/** A number and the unit behind it stay in one line. */
const UNITS = /(\d) (?=(?:[µm]?s|[kM]?B|%)(?!\w))/g

/** A text in the page's language: t(say`${count} students`). */
export function t(text: Text): string {
  return inWords(text, wordsIn(language.value, words)).replaceAll(UNITS, '$1\u00a0')
}

/** One of the room's texts in the page's language. */
export function tb(text: Bilingual): string {
  return text[language.value]
}
