import type { MeasuredRun } from '../../results/store.ts'
import { csvOf, figuresCsv } from '../csv.ts'
import { said } from '../words/say.ts'
import { byId, element } from './element.ts'
import type { Speech } from './speech.ts'

/** See packRun. */
const LEFT_OUT = said(
  'Every figure is in both; of the histograms and the slices of time the JSON has only those that this page draws, the files of the run have all.',
)

/** Buttons that save the records as JSON and every figure of every trial as CSV. */
export function downloads(speech: Speech, run: () => Promise<MeasuredRun>): void {
  const place = byId('downloads')
  if (!place) return
  const button = (text: string, onclick: () => void) =>
    element('button', { type: 'button', onclick }, speech.word(said(text)))
  const draw = () =>
    place.replaceChildren(
      button('Save all records as JSON', async () => {
        const measured = await run()
        save(`pushlab-${measured.run.run}.json`, 'application/json', JSON.stringify(measured))
      }),
      button('Save all figures as CSV', async () => {
        const measured = await run()
        save(`pushlab-${measured.run.run}.csv`, 'text/csv', figuresCsv(measured.records))
      }),
      element('p', { class: 'note' }, speech.word(LEFT_OUT)),
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
      const onclick = async () => {
        const text = csvOf(rowsOf(table))
        const isCopied = await copy(text)
        if (!isCopied) save('pushlab-table.csv', 'text/csv', text)
        button.textContent = speech.word(said(isCopied ? 'Copied' : 'Saved as a file'))
      }
      const attributes = { type: 'button', class: 'copy', 'aria-label': `${label}: ${name}`, onclick }
      const button = element('button', attributes, label)
      values.before(button)
    }
  }
  draw()
  speech.onChange(draw)
}

/** A button beside each command that measures what is missing; made anew, for the page's language may have changed. */
export function commandButtons(speech: Speech): void {
  for (const code of document.querySelectorAll('.missing code')) {
    code.nextElementSibling?.remove()
    const onclick = async () => {
      const isCopied = await copy(code.textContent ?? '')
      // What cannot be copied for the reader is marked, to be copied by a key.
      if (isCopied) button.textContent = speech.word(said('Copied'))
      else getSelection()?.selectAllChildren(code)
    }
    const label = speech.word(said('Copy the command'))
    const button = element('button', { type: 'button', class: 'command', onclick }, label)
    code.after(button)
  }
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
