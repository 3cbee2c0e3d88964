import { foreignRun } from '../../results/foreign.ts'
import { isUtf16, utf8Text } from '../../results/text.ts'
import { RECORD_SCHEMA, RUN_SCHEMA } from '../../results/versions.ts'
import type { ReadRun } from '../analysis/compare.ts'
import { html } from '../html.ts'
import { changesOf } from '../sections/changed.ts'
import { Said, said, say } from '../words/say.ts'
import { byId, element } from './element.ts'
import { inflated } from './inflate.ts'
import type { Speech } from './speech.ts'

/**
 * Where the reader drops, or chooses, the JSON that another report has saved; or a whole report.
 * @param onCompared when the table of what changed is there.
 */
export function against(speech: Speech, run: () => Promise<ReadRun>, onCompared: () => void): void {
  const [place, changes] = [byId('drop'), byId('changes')]
  if (!place || !changes) return
  const compare = async (file: File) => {
    const refuse = (why: Said) =>
      speech.render(
        changes,
        html`<p class="alarm bad" role="alert"><b>✕ Not compared.</b> <span>${why}</span></p>`,
      )
    try {
      const before = await readFile(file)
      if (before instanceof Said) refuse(before)
      else {
        speech.render(changes, changesOf(before, await run()))
        onCompared()
      }
    } catch (error) {
      refuse(say`The file ${file.name} could not be compared: ${String(error)}`)
    }
    changes.closest('section')?.scrollIntoView()
    focusOn(changes.firstElementChild)
  }
  const compareFirst = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file) compare(file)
  }
  const draw = () => {
    const input = element('input', {
      type: 'file',
      accept: '.json,application/json,text/html,.html',
      onchange: () => compareFirst(input.files),
    })
    const text = said('Drop an earlier run here: the JSON that its report saves, or the report itself.')
    place.replaceChildren(element('label', { class: 'drop' }, speech.word(text), ' ', input))
  }
  draw()
  place.hidden = false
  speech.onChange(draw)
  addEventListener('dragover', (event) => {
    event.preventDefault()
    place.classList.add('over')
  })
  addEventListener('dragleave', () => place.classList.remove('over'))
  addEventListener('drop', (event) => {
    event.preventDefault()
    place.classList.remove('over')
    compareFirst(event.dataTransfer?.files)
  })
}

/** The next key, and a screen reader, go on from what was found. */
function focusOn(found: Element | null): void {
  if (!(found instanceof HTMLElement)) return
  found.tabIndex = -1
  found.focus({ preventScroll: true })
}

/** The run that a file holds, or why it holds none of this kind. */
async function readFile(file: File): Promise<ReadRun | Said> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isUtf16(bytes)) return say`${file.name} is UTF-16. Save it as UTF-8, then try again.`
  const text = utf8Text(bytes, file.name)
  const embedded = /id="data">([A-Za-z0-9+/=]+)</.exec(text)?.[1]
  let value: unknown
  try {
    value = JSON.parse(embedded ? await inflated(embedded) : text)
  } catch {
    return say`${file.name} is neither the JSON of a run nor a report. A report saves its records at its end.`
  }
  const before = foreignRun(value)
  if (!('fault' in before)) return before
  return before.fault === 'another version'
    ? say`${file.name} has the schema ${before.schema ?? ''}, which is not that of this page (${RUN_SCHEMA}, ${RECORD_SCHEMA}): measure again with the same version.`
    : say`${file.name} holds no records of a run. A report saves its records at its end.`
}
