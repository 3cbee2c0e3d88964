import { english, inWords, Said, type Words } from './words/say.ts'

/**
 * Markup that is safe to put into a page as it is. It has no language until it is written: the texts in it are put
 * into words by `in`.
 */
export class Html {
  readonly parts: readonly (string | Html | Said)[]

  constructor(...parts: (string | Html | Said)[]) {
    this.parts = parts
  }

  /** The markup in a language. */
  in(words: Words): string {
    return this.parts
      .map((part) =>
        typeof part === 'string'
          ? part
          : part instanceof Html
            ? part.in(words)
            : escapeHtml(inWords(part, words)),
      )
      .join('')
  }

  /** The markup in English. */
  get markup(): string {
    return this.in(english)
  }

  /** Whether there is nothing in it. */
  get isEmpty(): boolean {
    return this.markup === ''
  }
}

type Item = Html | Said | string | number
export type HtmlValue = Item | readonly Item[] | undefined | false

/** Builds markup; everything that is put in is escaped unless it is markup itself. Lists are joined. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(
    strings[0] as string,
    ...values.flatMap((value, i) => [...partsOf(value), strings[i + 1] as string]),
  )
}

function partsOf(value: HtmlValue): (string | Html | Said)[] {
  if (value === undefined || value === false) return []
  if (typeof value === 'string' || typeof value === 'number') return [escapeHtml(String(value))]
  return value instanceof Html || value instanceof Said ? [value] : value.flatMap(partsOf)
}

/** A text as it stands in markup. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** JSON to stand in a script element: no `<` can end it. */
export function json(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'))
}
