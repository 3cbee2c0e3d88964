import { shellCommand } from '../../server/shell.ts'
import type { Budget, Fit, Judged } from '../analysis/budget.ts'
import { type Html, html } from '../html.ts'
import { capital, parts, say, together } from '../words/say.ts'
import { badgeMarks } from './badges.ts'
import { table } from './section.ts'

const marks: Record<Exclude<Fit, 'shown'>, { className: string; text: string }> = {
  fits: { className: 'good', text: '✓ fits' },
  borderline: { className: 'care', text: '? borderline' },
  fails: { className: 'bad', text: '✕ fails' },
  'not measured': { className: 'care', text: '? not measured' },
}
const ORDER: readonly string[] = ['shown', ...Object.keys(marks)]

/**
 * Every technique with whether it keeps a budget, and why; without a budget, what was shown of it. The page makes it
 * again for the reader's own.
 */
export function budgetTable(judged: readonly Judged[], budget: Budget = {}): Html {
  const sorted = judged.toSorted((a, b) => ORDER.indexOf(a.fit) - ORDER.indexOf(b.fit))
  const headings = judged.some(({ fit }) => fit === 'shown')
    ? ['Technique', 'What was shown', 'Under what load']
    : ['Technique', 'Fits?', 'Why']
  return html`<div id="budget-result">${table('Techniques by your budget', 'picks', headings, sorted.map(row))}${wayOut(judged, budget)}</div>`
}

/** The command that measures what the run has not, at the load that is asked for. */
function wayOut(judged: readonly Judged[], { delayMs, ratePerSecond, subscribers }: Budget): Html {
  const missing = judged.filter(({ fit }) => fit === 'not measured').map(({ technique }) => technique)
  if (missing.length === 0) return html``
  const polls = missing.includes('short-poll') && delayMs !== undefined && delayMs >= 1
  const command = shellCommand([
    ...['npx', 'pushlab', 'bench', '-s', 'steady-feed', '-t', missing.join(',')],
    ...(subscribers === undefined ? [] : ['--subscribers', Math.ceil(subscribers)]),
    ...(ratePerSecond === undefined ? [] : ['--rate', Math.max(1, Math.ceil(ratePerSecond))]),
    ...(polls ? ['--poll-interval', `${Math.floor(delayMs)}ms`] : []),
  ])
  return html`<p class="missing"><span>This measures what is missing:</span> <code translate="no">${command}</code></p>`
}

function row(judged: Judged): Html {
  const { technique, title, fit, reasons, badge } = judged
  return html`<tr data-technique="${technique}"${fit === 'fails' && html` class="failing"`}><th scope="row">${title}</th>${outcome(judged)}<td><span>${say`${capital(parts(reasons))}.`}</span>${badge && html` <small class="badge ${badgeMarks[badge].className}">${badgeMarks[badge].text}</small>`}</td></tr>
`
}

function outcome({ fit, shown = '' }: Judged): Html {
  if (fit === 'shown') return html`<td>${together('· ', shown)}</td>`
  const { className, text } = marks[fit]
  return html`<td class="badge ${className}">${text}</td>`
}
