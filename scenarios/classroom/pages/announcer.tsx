import { signal } from '@preact/signals'

/** A screen reader that is told more often than this never gets to the end of a sentence. */
const LEAST_BETWEEN_MS = 2_000

const spoken = signal('')
let spokenAtMs = Number.NEGATIVE_INFINITY
let waiting: string | undefined

/** Says something politely to who cannot see the page; where more is said within 2 s, the latest. */
export function announce(text: string): void {
  const waitMs = spokenAtMs + LEAST_BETWEEN_MS - performance.now()
  if (waiting !== undefined || waitMs > 0) {
    if (waiting === undefined) setTimeout(speakWaiting, waitMs)
    waiting = text
    return
  }
  spoken.value = text
  spokenAtMs = performance.now()
}

function speakWaiting(): void {
  const text = waiting as string
  waiting = undefined
  spokenAtMs = Number.NEGATIVE_INFINITY
  announce(text)
}

/** Where it is said: once on a page. */
export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {spoken}
    </p>
  )
}
