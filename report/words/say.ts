/**
 * Words in two languages. What the report says is written in English where it is made, and its Chinese stands in the
 * catalogue (`zh/`) under the English text, as in gettext:
 *
 *     say`${count} trials failed.`          in the code
 *     '{0} trials failed.': '{0} 次试验失败。'   in the catalogue
 *
 * A text is made once, without a language, and put into words when the page is written, once for each language.
 */

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** What texts are put into words with. */
export interface Words {
  language: Language
  /** The text that stands for an English one; undefined where nobody has translated it. */
  of(english: string): string | undefined
}

/** English needs no catalogue. */
export const english: Words = { language: 'en', of: (text) => text }

/** The Chinese of a part of what is said, by its English; `{0}` stands for the first value of a text, and so on. */
export type Catalogue = Readonly<Record<string, string>>

/** Simplified Chinese, of the texts that these catalogues know. */
export function chineseOf(...catalogues: readonly Catalogue[]): Words {
  const all = new Map(catalogues.flatMap((catalogue) => Object.entries(catalogue)))
  return { language: 'zh', of: (text) => all.get(text) }
}

/** The words of a language. */
export function wordsIn(language: Language, chinese: Words): Words {
  return language === 'zh' ? chinese : english
}

/** A text that can be put into words in each language. As a string, and in JSON, it is English. */
export abstract class Said {
  abstract in(words: Words): string
  toString(): string {
    return this.in(english)
  }
  toJSON(): string {
    return this.toString()
  }
}

/** Numbers and names stand as they are in every language. */
export type Text = string | number | Said

/** A text in words. */
export function inWords(text: Text, words: Words): string {
  return text instanceof Said ? text.in(words) : String(text)
}

/** A text in both languages, for whoever sends it without knowing who reads it. */
export function inBoth(text: Text, chinese: Words): Record<Language, string> {
  return { en: inWords(text, english), zh: inWords(text, chinese) }
}

class Message extends Said {
  readonly #english: string
  readonly #values: readonly Text[]

  constructor(text: string, values: readonly Text[]) {
    super()
    this.#english = text
    this.#values = values
  }

  in(words: Words): string {
    const text = words.of(this.#english) ?? this.#english
    const filled = text.replaceAll(/\{(\d+)\}/g, (_, index) =>
      inWords(this.#values[Number(index)] ?? '', words),
    )
    return words.language === 'zh' ? spaced(filled) : filled
  }
}

/** Chinese sets Latin letters and digits apart with a space, and nobody knows beforehand what a value is. */
function spaced(text: string): string {
  return text
    .replaceAll(/(\p{Script=Han})(?=[A-Za-z\d])/gu, '$1 ')
    .replaceAll(/([A-Za-z\d%×])(?=\p{Script=Han})/gu, '$1 ')
}

/** A text with values in it; the catalogue knows it with `{0}`, `{1}` in their places. */
export function say(strings: TemplateStringsArray, ...values: Text[]): Said {
  return new Message(keyOf(strings), values)
}

/** What the catalogue calls a text with values in it. */
export function keyOf(strings: readonly string[]): string {
  return strings.reduce((key, part, i) => `${key}{${i - 1}}${part}`)
}

/** A whole text that comes from data: the question of a scenario, a fact of the registry. Braces in it are no values. */
export function said(text: string): Said {
  return new Whole(text)
}

class Whole extends Said {
  readonly #english: string
  constructor(text: string) {
    super()
    this.#english = text
  }
  in(words: Words): string {
    return words.of(this.#english) ?? this.#english
  }
}

class Joined extends Said {
  readonly #texts: readonly Text[]
  readonly #join: (texts: string[], language: Language) => string
  constructor(texts: readonly Text[], join: (texts: string[], language: Language) => string) {
    super()
    this.#texts = texts
    this.#join = join
  }
  in(words: Words): string {
    return this.#join(
      this.#texts.map((text) => inWords(text, words)).filter((text) => text !== ''),
      words.language,
    )
  }
}

/** `a, b and c` */
export function list(texts: readonly Text[]): Said {
  return new Joined(texts, (items, language) => {
    if (items.length < 2) return items.join('')
    const [others, last] = [items.slice(0, -1), items.at(-1)]
    return language === 'zh' ? spaced(`${others.join('、')}和${last}`) : `${others.join(', ')} and ${last}`
  })
}

/** Names in a row: `a, b, c`. Chinese has a comma of its own for them. */
export function names(texts: readonly Text[]): Said {
  return new Joined(texts, (items, language) => items.join(language === 'zh' ? '、' : ', '))
}

/** Sentences one after the other; Chinese has no space between them. */
export function sentences(texts: readonly Text[]): Said {
  return new Joined(texts, (items, language) => items.join(language === 'zh' ? '' : ' '))
}

/** Clauses of a sentence: `a, b, c`. */
export function clauses(texts: readonly Text[]): Said {
  return new Joined(texts, (items, language) => items.join(language === 'zh' ? '，' : ', '))
}

/** Parts of a sentence that have commas themselves: `a; b; c`. */
export function parts(texts: readonly Text[]): Said {
  return new Joined(texts, (items, language) => items.join(language === 'zh' ? '；' : '; '))
}

/** The first letter as a capital one, where a language has them. */
export function capital(text: Text): Said {
  return new Joined([text], ([only = '']) => only.slice(0, 1).toUpperCase() + only.slice(1))
}

/** Texts side by side, with nothing between them. */
export function together(...texts: Text[]): Said {
  return new Joined(texts, (items) => items.join(''))
}
