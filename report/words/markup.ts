import { escapeHtml } from '../html.ts'
import type { Words } from './say.ts'

/** Attributes that people read or hear. */
export const SPOKEN_ATTRIBUTES = ['aria-label', 'placeholder', 'alt'] as const
const ATTRIBUTE = new RegExp(`\\b(${SPOKEN_ATTRIBUTES.join('|')})="([^"]*)"`, 'g')
/** What is between tags there is no text for people. */
const SILENT = /^<(script|style)\b/

/**
 * Puts what is plain text in some markup into words: each text between two tags, and each attribute that is read out,
 * that the catalogue knows as a whole. Texts with values in them have been put into words before, by `say`.
 */
export function translated(markup: string, words: Words): string {
  const inWords = (text: string) => {
    const plain = unescaped(text.trim())
    const other = plain && words.of(plain)
    return other ? text.replace(text.trim(), () => escapeHtml(other)) : text
  }
  return tokensOf(markup)
    .map(({ text, kind }) => {
      if (kind === 'text') return inWords(text)
      if (kind === 'tag') return text.replaceAll(ATTRIBUTE, (_, name, value) => `${name}="${inWords(value)}"`)
      return text
    })
    .join('')
}

/**
 * What people read in some markup, place by place: the text between each two tags, then the attributes that are read
 * out. The same page in two languages has the same places, whatever stands in them.
 */
export function placesOf(markup: string): { texts: string[]; attributes: string[] } {
  const [texts, attributes]: [string[], string[]] = [[''], []]
  for (const { text, kind } of tokensOf(markup)) {
    if (kind === 'tag') {
      for (const [, , value] of text.matchAll(ATTRIBUTE)) attributes.push(unescaped(value ?? ''))
      texts.push('')
    } else if (kind !== 'silent') texts[texts.length - 1] += unescaped(text)
  }
  return { texts, attributes }
}

interface Token {
  /** silent: of a script or a style. fixed: text that is the same in every language. */
  kind: 'tag' | 'text' | 'silent' | 'fixed'
  text: string
}

function tokensOf(markup: string): Token[] {
  let silent = false
  /** Name of the element whose content is not to be translated, and how many of that name are open in it. */
  let fixed: { name: string; depth: number } | undefined
  return markup.split(/(<[^>]*>)/).flatMap((text): Token[] => {
    if (text === '') return []
    if (!text.startsWith('<')) return [{ kind: silent ? 'silent' : fixed ? 'fixed' : 'text', text }]
    silent = SILENT.test(text)
    const name = /^<\/?([a-z0-9]+)/.exec(text)?.[1] ?? ''
    if (!fixed && text.includes(' translate="no"')) fixed = { name, depth: 0 }
    if (fixed?.name === name) fixed.depth += text.startsWith('</') ? -1 : 1
    if (fixed?.depth === 0) fixed = undefined
    return [{ kind: 'tag', text }]
  })
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

function unescaped(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] as string)
}
