import { type Html, type HtmlValue, html } from '../html.ts'

/** How a badge looks: in words and shape, never by colour alone. */
export const badgeMarks = {
  valid: { className: 'good', text: '✓ valid' },
  'use with care': { className: 'care', text: '! use with care' },
  'not valid': { className: 'bad', text: '✕ not valid' },
  'not measured': { className: 'bad', text: '– not measured' },
} as const

type Badge = keyof typeof badgeMarks

/** A badge in a table. */
export function badgeCell(badge: Badge): Html {
  const { className, text } = badgeMarks[badge]
  return html`<td class="badge ${className}">${text}</td>`
}

/** A badge in a list, and what has it. */
export function badgeItem(badge: Badge, content: HtmlValue): Html {
  const { className, text } = badgeMarks[badge]
  return html`<li class="${className}"><b>${text}</b> ${content}</li>`
}
