import { effect, signal } from '@preact/signals'

const KEPT = 'theme'
const kept = localStorage.getItem(KEPT)

/** What the page's colours go by; the system's own until somebody chooses. Kept for the next time. */
export const theme = signal<'system' | 'light' | 'dark'>(
  kept === 'light' || kept === 'dark' ? kept : 'system',
)

effect(() => {
  const { value } = theme
  if (value === 'system') {
    delete document.documentElement.dataset.theme
    localStorage.removeItem(KEPT)
  } else {
    document.documentElement.dataset.theme = value
    localStorage.setItem(KEPT, value)
  }
})
