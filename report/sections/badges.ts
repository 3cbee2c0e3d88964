import type { Cell } from '../analysis/cells.ts'
import { isTimedKind, type Kind } from '../analysis/figures.ts'
import type { Badge } from '../analysis/finding.ts'
import { ownBadge, readings } from '../analysis/run-badges.ts'
import { type Html, type HtmlValue, html } from '../html.ts'

/** How a badge looks: in words and shape, never by colour alone. */
export const badgeMarks = {
  valid: { className: 'good', text: '✓ valid' },
  'use with care': { className: 'care', text: '! use with care' },
  'not valid': { className: 'bad', text: '✕ not valid' },
  'not measured': { className: 'none', text: '– not measured' },
} as const

/** A badge in a table; nothing where it is that of the run, which is said on top. */
export function badgeCell(badge: Badge | undefined, ofRun?: Badge, technique?: string): Html {
  const column = technique !== undefined && html` data-technique="${technique}"`
  if (badge === ofRun || !badge) return html`<td${column}></td>`
  const { className, text } = badgeMarks[badge]
  return html`<td${column} class="badge ${className}">${text}</td>`
}

/** A badge in a list, and what has it. */
export function badgeItem(badge: Badge, content: HtmlValue): Html {
  const { className, text } = badgeMarks[badge]
  return html`<li class="${className}"><b>${text}</b> ${content}</li>`
}

const HEADINGS = { counted: 'Counting', compared: 'Comparing', absolute: 'Timing' }

/**
 * The columns of badges that a table of figures of some kinds needs: a cell shows a badge of its own where it differs from
 * what holds for the whole run, and a column in which none does is left out.
 */
export function badgeColumns(
  cells: readonly Cell[],
  kinds: readonly Kind[],
): { heading: string; of: (cell: Cell) => Html }[] {
  const timedKind = kinds.find(isTimedKind)
  return readings.flatMap((reading) => {
    const isThere = reading === 'counted' ? kinds.some((kind) => !isTimedKind(kind)) : timedKind
    if (!isThere || cells.every((cell) => !ownBadge(cell, reading, timedKind))) return []
    const of = (cell: Cell) => badgeCell(ownBadge(cell, reading, timedKind), undefined, cell.technique)
    return [{ heading: HEADINGS[reading], of }]
  })
}
