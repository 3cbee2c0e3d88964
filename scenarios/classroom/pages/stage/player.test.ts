import { expect, test } from 'vitest'
import { seenEntry } from './lane-frames-sight.ts'
import { stageIsHere } from './player.ts'

test('a stage can be played where it is, and nowhere else', () => {
  expect(['127.0.0.1', 'localhost', '192.168.1.5', 'teacher.local'].map(stageIsHere)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('only a lane of several tabs numbers them', () => {
  const sight = { kind: 'received', seq: 7 } as const
  const lane = { id: 'sse', technique: 'sse' }
  expect(seenEntry(lane, 5, 1, sight)).toEqual({ atUs: 5, lane: 'sse', kind: 'received', seq: 7 })
  expect(seenEntry({ ...lane, tabs: 2 }, 5, 2, sight)).toMatchObject({ tab: 2 })
  expect(seenEntry({ ...lane, tabs: 2 }, 5, 1, { kind: 'probed', state: 'waits' })).toEqual({
    atUs: 5,
    lane: 'sse',
    kind: 'probed',
    state: 'waits',
  })
})
