import type { ChartSpec } from '../charts/spec.ts'
import type { Html } from '../html.ts'
import type { OtherWords } from '../words/bilingual.ts'
import { SPOKEN_ATTRIBUTES, translated } from '../words/markup.ts'
import {
  chineseOf,
  inWords,
  type Language,
  type Text as Sayable,
  said,
  type Words,
  wordsIn,
} from '../words/say.ts'

/** What the page's element `words` holds. */
export interface PageWords {
  /** Of the text in the markup. */
  language: Language
  other: OtherWords
  specs: ChartSpec[]
  /** Chinese by English. */
  words: Record<string, string>
}

/** Something that people read, in both languages. */
interface Place {
  show(text: string): void
  texts: Record<Language, string>
}

/** The page's language, and every text in it. Tells listeners when it changes. */
export class Speech {
  language: Language
  readonly #places: Place[] = []
  readonly #listeners: (() => void)[] = []
  readonly #chinese: Words

  /** @param body as it was written, before any script has changed it. */
  constructor(body: HTMLElement, { language, other, words }: PageWords) {
    this.language = language
    this.#chinese = chineseOf(words)
    const elsewhere: Language = language === 'en' ? 'zh' : 'en'
    const texts = (here: string, index: number) => {
      const there = other.texts[index - 1] ?? here
      return { [language]: here, [elsewhere]: there } as Record<Language, string>
    }
    textNodes(body).forEach((node, i) => {
      const index = other.nodes[i]
      if (!index) return
      const [, before = '', text = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(node.data) ?? []
      this.#places.push({
        texts: texts(text, index),
        show: (shown) => {
          node.data = before + shown + after
        },
      })
    })
    let i = 0
    for (const element of body.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (!SPOKEN_ATTRIBUTES.some((spoken) => spoken === name)) continue
        const index = other.attributes[i++]
        const show = (shown: string) => element.setAttribute(name, shown)
        if (index) this.#places.push({ texts: texts(value, index), show })
      }
    }
  }

  /** A text in the page's language. */
  word(text: Sayable): string {
    return inWords(typeof text === 'string' ? said(text) : text, wordsIn(this.language, this.#chinese))
  }

  /** Puts markup that was made just now into an element, in the page's language; it changes with it. */
  render(element: HTMLElement, markup: Html): void {
    const written = () => {
      const words = wordsIn(this.language, this.#chinese)
      const made = markup.in(words)
      element.innerHTML = this.language === 'en' ? made : translated(made, words)
    }
    written()
    this.#rendered.set(element, written)
  }

  readonly #rendered = new Map<HTMLElement, () => void>()

  /** Calls back whenever the language has changed. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  speak(language: Language): void {
    if (language === this.language) return
    this.language = language
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en'
    for (const { show, texts } of this.#places) show(texts[language])
    for (const [element, written] of this.#rendered) {
      if (element.isConnected) written()
    }
    for (const listener of this.#listeners) listener()
  }
}

/** The texts between tags that are not blank, in document order, without those of scripts and styles. */
function textNodes(body: HTMLElement): Text[] {
  const nodes: Text[] = []
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text
    if (text.data.trim() !== '' && !text.parentElement?.closest('script, style')) nodes.push(text)
  }
  return nodes
}
