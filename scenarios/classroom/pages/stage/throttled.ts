import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Coalesced } from '../../room/coalesce.ts'

/**
 * Counts up when a signal has changed, at most once in so many ms, and once more after the last change: what is made of
 * the whole state need not be made again for every entry of the log.
 */
export function useThrottled(source: ReadonlySignal<unknown>, leastMs: number): ReadonlySignal<number> {
  const count = useMemo(() => signal(0), [])
  useEffect(() => {
    const told = new Coalesced(() => count.value++, leastMs)
    const stop = effect(() => {
      void source.value
      told.ask()
    })
    return () => {
      stop()
      told.stop()
    }
  }, [source, leastMs, count])
  return count
}
