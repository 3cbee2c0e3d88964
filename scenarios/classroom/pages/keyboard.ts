import { effect, signal } from '@preact/signals'
import type { Said } from '../../../report/words/say.ts'

const KEPT = 'single-keys'

/** One key and what it does; `key` as KeyboardEvent.key says it, letters in lower case. */
export interface Shortcut {
  key: string
  /** What the list of keys says of it; what has no text of its own is not in it. */
  does?: Said
  /** Needs no answer; whether a stage is there or not is its own business. */
  run(): void
}

/**
 * Whether single keys do something. Who speaks to the machine, or whose hand slips, can switch them off (WCAG 2.1.4);
 * that is kept for the next time.
 */
export const singleKeys = signal(read() !== 'off')

effect(() => {
  const state = singleKeys.value ? 'on' : 'off'
  if (state !== (read() ?? 'on')) localStorage.setItem(KEPT, state)
})

/** Listens for single keys until what it returns is called. */
export function listenForKeys(shortcuts: () => readonly Shortcut[]): () => void {
  const listener = (event: KeyboardEvent) => {
    if (!singleKeys.value || event.defaultPrevented) return
    if (event.ctrlKey || event.altKey || event.metaKey || isFor(event.target, event.key)) return
    const shortcut = shortcuts().find(({ key }) => key === event.key.toLowerCase())
    if (!shortcut) return
    event.preventDefault()
    // A key that is held down is pressed once.
    if (!event.repeat) shortcut.run()
  }
  document.addEventListener('keydown', listener)
  return () => document.removeEventListener('keydown', listener)
}

/** Where a button takes another meaning once it was pressed, Enter that is held down would press that, too. */
export function pressOnce(): void {
  document.addEventListener('keydown', (event) => {
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null
    if (event.repeat && event.key === 'Enter' && isOnButton) event.preventDefault()
  })
}

/** Whether a key means something to the element that has the focus: letters to a field, space to a button. */
function isFor(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  // It takes no letters but that of 1e3.
  if (target.matches('input[type=number]')) return !/^[a-df-z]$/i.test(key)
  if (
    target.closest(
      'input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]',
    )
  )
    return true
  if (target.closest('input[type=range]')) return /^(Arrow|Page|Home|End)/.test(key)
  return key === ' ' && target.closest('button, a, input, summary, [role=button]') !== null
}

function read(): string | null {
  return localStorage.getItem(KEPT)
}
