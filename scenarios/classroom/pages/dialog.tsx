import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'

/** What keyboards call it, in every language. */
const ESCAPE = 'Esc'

interface DialogProps {
  title: string
  onClose(): void
  children: ComponentChildren
}

/** Something over the page, for a moment: it takes the focus, Escape closes it, and the focus goes back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before effects of what is in it, one of which may want the focus.
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="stack" aria-label={title} onClose={onClose}>
      <div class="row spread">
        <h2>{title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t(say`Close`)} <kbd>{ESCAPE}</kbd>
        </button>
      </div>
      {children}
    </dialog>
  )
}
