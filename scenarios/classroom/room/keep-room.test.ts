import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Said } from '../../../report/words/say.ts'
import { PushlabError } from '../../../server/error.ts'
import { keepRoom, resumeRoom } from './keep-room.ts'

const told: string[] = []
const tell = (text: Said) => void told.push(String(text))
beforeEach(() => {
  vi.useFakeTimers()
  told.length = 0
})
afterEach(() => vi.useRealTimers())

/** A room of which only that it changes is of interest. */
function changingRoom() {
  const listeners = new Set<() => void>()
  return {
    snapshot: () => ({ lesson: 1 }) as never,
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: () => {
      for (const listener of listeners) listener()
    },
  }
}

test('a room is kept at once, after each change, once a second at most, and not after its end', () => {
  const room = changingRoom()
  const write = vi.fn()
  const stop = keepRoom({ write }, 'key', room, tell)
  vi.advanceTimersByTime(1)
  expect(write).toHaveBeenCalledExactlyOnceWith({ key: 'key', room: { lesson: 1 } })
  for (let i = 0; i < 50; i++) {
    room.change()
    vi.advanceTimersByTime(100)
  }
  expect(write.mock.calls.length).toBeGreaterThanOrEqual(5)
  expect(write.mock.calls.length).toBeLessThanOrEqual(7)
  vi.advanceTimersByTime(2_000)
  const { length } = write.mock.calls
  vi.advanceTimersByTime(60_000)
  expect(write.mock.calls.length).toBe(length)
  room.change()
  stop()
  room.change()
  vi.advanceTimersByTime(60_000)
  expect(write.mock.calls.length).toBe(length)
})

test('a disk that is full ends no class, is told of once, and tried again', () => {
  const room = changingRoom()
  const write = vi.fn(() => {
    throw new Error('ENOSPC: no space left on device')
  })
  const stop = keepRoom({ write }, 'key', room, tell)
  for (let i = 0; i < 5; i++) {
    room.change()
    vi.advanceTimersByTime(1_000)
  }
  stop()
  expect(write.mock.calls.length).toBeGreaterThan(3)
  expect(told).toEqual([expect.stringContaining('ENOSPC')])
})

const left = { key: 'key', room: {} }
const failsWith = (error: Error) => ({ restore: () => Promise.reject(error) })

test('a class that cannot be read is none', async () => {
  expect(await resumeRoom(failsWith(new PushlabError('BAD_INPUT', 'No room.')), left, tell)).toBe(false)
  expect(await resumeRoom({ restore: async () => {} }, left, tell)).toBe(true)
  expect(told).toEqual([])
  await expect(resumeRoom(failsWith(new TypeError('a mistake')), left, tell)).rejects.toThrow('a mistake')
})

test('a class whose stage fails is here all the same, and that is told', async () => {
  const failed = new PushlabError('CHILD_FAILED', 'The lanes could not be started.')
  expect(await resumeRoom(failsWith(failed), left, tell)).toBe(true)
  expect(told).toEqual([expect.stringContaining('The lanes could not be started.')])
})
