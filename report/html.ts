/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | readonly (Html | string | number)[] | undefined | false

/** Builds markup; everything that is put in is escaped unless it is markup itself. Lists are joined. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const parts = values.map((value, i) => markupOf(value) + (strings[i + 1] as string))
  return new Html((strings[0] as string) + parts.join(''))
}

function markupOf(value: Value): string {
  if (value instanceof Html) return value.markup
  if (Array.isArray(value)) return value.map(markupOf).join('')
  return value === undefined || value === false ? '' : escapeHtml(String(value))
}

function escapeHtml(text: string): string {
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
