import type { MeasuredRun } from '../../results/store.ts'
import { csvOf, figuresCsv } from '../csv.ts'
import { said } from '../words/say.ts'
import { byId, element } from './element.ts'
import type { Speech } from './words.ts'

/** Buttons that save the records as JSON and every figure of every trial as CSV. */
export function downloads(speech: Speech, run: () => Promise<MeasuredRun>): void {
  const place = byId('downloads')
  if (!place) return
  const button = (text: string, onClick: () => void) => {
    const made = element('button', { type: 'button' }, speech.word(said(text)))
    made.addEventListener('click', onClick)
    return made
  }
  const draw = () =>
    place.replaceChildren(
      button('Save all records as JSON', async () => {
        const measured = await run()
        save(`pushlab-${measured.run.run}.json`, 'application/json', JSON.stringify(measured))
      }),
      button('Save all figures as CSV', async () => {
        const {
          run: { run: name },
          records,
        } = await run()
        save(`pushlab-${name}.csv`, 'text/csv', figuresCsv(records))
      }),
    )
  draw()
  speech.onChange(draw)
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = element('a', { href: url, download: name })
  link.click()
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A button on every table that can be copied, beside its fold. */
export function copyButtons(speech: Speech): void {
  const draw = () => {
    for (const old of document.querySelectorAll('button.copy')) old.remove()
    for (const values of document.querySelectorAll('details.values')) {
      const table = values.querySelector('table')
      if (!table) continue
      const name = values.closest('figure')?.querySelector('h3')?.textContent ?? ''
      const label = speech.word(said('Copy CSV'))
      const button = element(
        'button',
        { type: 'button', class: 'copy', 'aria-label': `${label}: ${name}` },
        label,
      )
      button.addEventListener('click', async () => {
        const text = csvOf(rowsOf(table))
        const isCopied = await copy(text)
        if (!isCopied) save('pushlab-table.csv', 'text/csv', text)
        button.textContent = speech.word(said(isCopied ? 'Copied' : 'Saved as a file'))
      })
      values.before(button)
    }
  }
  draw()
  speech.onChange(draw)
}

/** A browser may not let a page from disk write to the clipboard. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function rowsOf(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) =>
    [...row.cells].map((cell) => (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim()),
  )
}
