import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'

/**
 * Counts up when a signal has changed, at most once in so many ms, and once more after the last change: what is made of
 * the whole state need not be made again for every entry of the log.
 */
export function useThrottled(source: ReadonlySignal<unknown>, leastMs: number): ReadonlySignal<number> {
  const count = useMemo(() => signal(0), [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let lastMs = Number.NEGATIVE_INFINITY
    const tell = () => {
      timer = undefined
      lastMs = performance.now()
      count.value++
    }
    const stop = effect(() => {
      void source.value
      timer ??= setTimeout(tell, Math.max(0, lastMs + leastMs - performance.now()))
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [source, leastMs, count])
  return count
}
