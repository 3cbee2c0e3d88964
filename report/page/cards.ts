/**
 * Gives each cell of the tables on top its column's heading, in the page's language: on narrow screens a row is a card,
 * see style.css, and says so itself what its values are.
 */
export function labelCells(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table:is(.picks, .overview)')) {
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map(({ textContent }) => textContent ?? '')
    for (const row of table.tBodies[0]?.rows ?? []) {
      for (const cell of row.cells) {
        if (cell.textContent?.trim()) cell.dataset.label = headings[cell.cellIndex] ?? ''
      }
    }
  }
}
