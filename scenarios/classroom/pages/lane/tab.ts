import type { BrowserSubscription, BrowserTechnique } from '../../../../clients/browser/technique.ts'
import type { Cursor } from '../../../../server/event.ts'
import type { LaneSight } from '../../log/entries.ts'

/** The pause after a failure, twice as long after each further one. */
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 2_000

/** One subscription of a lane's page, as one tab of a browser would have. */
export interface TabOptions
  extends Pick<BrowserSubscription, 'url' | 'cursor' | 'socketIo' | 'heartbeatMs' | 'signal'> {
  run: BrowserTechnique
  /** Whether it comes back after a failure without saying what it had. */
  forgetful: boolean
  /** The time between two short polls as it is now. */
  pollIntervalMs(): number
  /** Called at the very moment, with the last event that the tab has. */
  onSight(sight: LaneSight, cursor: Cursor | undefined): void
}

/**
 * Keeps a subscription going: a twin that fails is called again after a pause, until the feed is over or `signal` aborts.
 * Never rejects.
 */
export async function keepGoing(options: TabOptions): Promise<void> {
  const { run, url, forgetful, socketIo, heartbeatMs, signal, pollIntervalMs, onSight } = options
  let { cursor } = options
  let pauseMs = FIRST_PAUSE_MS
  const see = (sight: LaneSight) => {
    if (!signal.aborted) onSight(sight, cursor)
  }
  const moveTo = (seq: number) => {
    cursor = { ...cursor, seq }
  }
  while (!signal.aborted) {
    // Whatever a failed attempt may have left is ended with it.
    const attempt = new AbortController()
    try {
      await run({
        url,
        cursor,
        get pollIntervalMs() {
          return pollIntervalMs()
        },
        socketIo,
        heartbeatMs,
        signal: AbortSignal.any([signal, attempt.signal]),
        onAsk: () => see({ kind: 'asked' }),
        onOpen: (from) => {
          cursor = from
          pauseMs = FIRST_PAUSE_MS
          see({ kind: 'opened' })
        },
        onAnswer: (events) => see({ kind: 'answered', events }),
        onEvent: (seq) => {
          moveTo(seq)
          see({ kind: 'received', seq })
        },
        onGap: (after, next) => {
          moveTo(next - 1)
          see({ kind: 'gap', after, next })
        },
        onFail: (message) => see({ kind: 'failed', message }),
      })
      return
    } catch (error) {
      if (forgetful) cursor = undefined
      see({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    } finally {
      attempt.abort()
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }
}

/** Resolves after so many ms, or at once where the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    if (signal.aborted) wake()
    else signal.addEventListener('abort', wake, { once: true })
  })
}
