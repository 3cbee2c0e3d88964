import { expect, onTestFinished, test, vi } from 'vitest'
import { nowUs } from '../../../server/clock.ts'
import { startPacer } from '../../../server/pacer.ts'
import { defaultStageSettings } from '../log/entries.ts'
import { StageFeed } from './feed.ts'

vi.mock('../../../server/pacer.ts')

test('a feed whose thread cannot be started tries again, unless it is to play no more', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const started = vi.mocked(startPacer).mockReturnValue(() => {})
  const feed = new StageFeed(nowUs(), false, () => {})
  feed.play({ ...defaultStageSettings, ratePerSecond: 10 })
  const fail = () => started.mock.lastCall?.[2]?.(new Error('EMFILE'))
  fail()
  expect(started).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(started).toHaveBeenCalledTimes(2)
  fail()
  feed.play({ ...defaultStageSettings, isPaused: true })
  vi.advanceTimersByTime(10_000)
  expect(started).toHaveBeenCalledTimes(2)
})
