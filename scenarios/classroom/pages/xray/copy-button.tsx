import { useRef, useState } from 'preact/hooks'
import { say } from '../../../../report/words/say.ts'
import { t } from '../language.ts'

/** A command, and what copies it. */
export function Command({ text, label }: { text: string; label: string }) {
  const code = useRef<HTMLElement>(null)
  const [state, setState] = useState<'' | 'copied' | 'selected'>('')
  const copy = async () => setState((await copied(text, code.current)) ? 'copied' : 'selected')
  return (
    <p class="xr-command row">
      <span>{label}</span>{' '}
      <code ref={code} translate={false}>
        {text}
      </code>{' '}
      <button type="button" onClick={copy} aria-label={t(say`Copy the command ${text}`)}>
        {t(say`Copy`)}
      </button>{' '}
      <span role="status">
        {state === 'copied' && t(say`Copied.`)}
        {state === 'selected' && t(say`Selected: copy it with Ctrl+C.`)}
      </span>
    </p>
  )
}

/** Pages that come by plain HTTP from another machine may not write to the clipboard; they can select the text. */
async function copied(text: string, element: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (element) getSelection()?.selectAllChildren(element)
    return false
  }
}
