import type { Judged } from '../analysis/budget.ts'
import { type Html, html } from '../html.ts'
import { capital, parts, say } from '../words/say.ts'
import { scrolling } from './section.ts'

const marks = {
  fits: { className: 'good', text: '✓ fits' },
  fails: { className: 'bad', text: '✕ fails' },
  'not measured': { className: 'care', text: '? not measured' },
} as const

/** Every technique with whether it keeps a budget, and why; the page makes it again for the reader's own. */
export function budgetTable(judged: readonly Judged[]): Html {
  const order = Object.keys(marks)
  const sorted = judged.toSorted((a, b) => order.indexOf(a.fit) - order.indexOf(b.fit))
  return html`<div id="budget-result" aria-live="polite">${scrolling(
    'Techniques by your budget',
    html`<table class="picks">
<thead><tr><th scope="col">Technique</th><th scope="col">Fits?</th><th scope="col">Why</th></tr></thead>
<tbody>${sorted.map(row)}</tbody></table>`,
  )}</div>`
}

function row({ technique, title, fit, reasons }: Judged): Html {
  const { className, text } = marks[fit]
  return html`<tr data-technique="${technique}"${fit === 'fails' && html` class="failing"`}><th scope="row">${title}</th><td class="badge ${className}">${text}</td><td>${say`${capital(parts(reasons))}.`}</td></tr>
`
}
