import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'

/** Whether somebody can see this page: browsers slow down the timers of those that nobody can. */
export const isVisible = signal(document.visibilityState === 'visible')
document.addEventListener('visibilitychange', () => {
  isVisible.value = document.visibilityState === 'visible'
})

/** A time in which the page that plays the lanes was in the background, in ms since 1970 of the page's clock. */
export interface Background {
  fromMs: number
  toMs: number
}

const MOST_TIMES = 50
/** Whoever looks at another tab for a moment has slowed nothing. */
const LEAST_MS = 500

/** Notes when the page was in the background while it played the lanes; says so in its title while it is. */
export function noteBackground(plays: ReadonlySignal<boolean>): ReadonlySignal<readonly Background[]> {
  const times = signal<readonly Background[]>([])
  let since: { fromMs: number; title: string } | undefined
  effect(() => {
    const isSlowed = plays.value && !isVisible.value
    untracked(() => {
      const nowMs = performance.timeOrigin + performance.now()
      if (isSlowed) {
        since ??= { fromMs: nowMs, title: document.title }
        document.title = t(say`Lanes are slowed: bring this page to the front`)
      } else if (since) {
        document.title = since.title
        if (nowMs - since.fromMs >= LEAST_MS)
          times.value = [...times.value, { fromMs: since.fromMs, toMs: nowMs }].slice(-MOST_TIMES)
        since = undefined
      }
    })
  })
  return times
}
