import type { Html } from '../html.ts'
import { chinese } from './catalogue.ts'
import { placesOf, translated } from './markup.ts'
import { english, inWords, type Language, Said, type Text, wordsIn } from './say.ts'

/** Each place of a page that differs between languages, for the page's script to put the other one in. */
export interface OtherWords {
  /** What stands in the other language, each text once. */
  texts: string[]
  /** For each text node that is not blank, in document order: 1 + its index in `texts`; 0 where both are the same. */
  nodes: number[]
  /** The same for each spoken attribute, in document order. */
  attributes: number[]
}

/** Some markup in a language. */
export function writtenIn(language: Language, markup: Html): string {
  const words = wordsIn(language, chinese)
  return language === 'en' ? markup.in(words) : translated(markup.in(words), words)
}

/** What a page in one language needs to become the same page in the other. */
export function otherWords(markup: string, other: string): OtherWords {
  const [here, there] = [placesOf(markup), placesOf(other)]
  const indices = new Map<string, number>()
  const indexOf = (text: string) => {
    if (!indices.has(text)) indices.set(text, indices.size + 1)
    return indices.get(text) as number
  }
  const differing = (text: string, i: number, others: readonly string[]) =>
    text === others[i] ? 0 : indexOf((others[i] ?? '').trim())
  const nodes = here.texts.flatMap((text, i) => (text.trim() === '' ? [] : differing(text, i, there.texts)))
  const attributes = here.attributes.map((text, i) => differing(text, i, there.attributes))
  return { texts: [...indices.keys()], nodes, attributes }
}

/** Data with their texts in English, and the Chinese of each text in them. */
export function spokenData(data: unknown): { data: unknown; words: Record<string, string> } {
  const words: Record<string, string> = {}
  const speak = (text: Text) => {
    const plain = inWords(text, english)
    const other = text instanceof Said ? inWords(text, chinese) : chinese.of(plain)
    if (other !== undefined && other !== plain) words[plain] = other
    return plain
  }
  const walk = (value: unknown): unknown => {
    if (value instanceof Said || typeof value === 'string') return speak(value)
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return { data: walk(data), words }
}
