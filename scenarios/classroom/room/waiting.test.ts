import { describe, expect, test } from 'vitest'
import { WaitingRoom } from './waiting.ts'

const limits = { perAddress: 20, patienceMs: 1_000, most: 400 }

describe('who has not said hello', () => {
  test('a class of 300 behind one address may come at once', () => {
    const waiting = new WaitingRoom<number>(limits)
    const gone = Array.from({ length: 300 }, (_, i) => waiting.enter(i, '10.0.0.1', i)).flat()
    expect(gone).toEqual([])
    expect(waiting.size).toBe(300)
  })

  test('the silent of an address give way from its twentieth on, those of others do not', () => {
    const waiting = new WaitingRoom<string>(limits)
    waiting.enter('other', '10.0.0.2', 0)
    for (let i = 0; i < 20; i++) waiting.enter(`silent ${i}`, '10.0.0.1', i)
    expect(waiting.enter('late', '10.0.0.1', 1_001)).toEqual(['silent 0'])
    expect(waiting.enter('later', '10.0.0.1', 1_002)).toEqual(['silent 1'])
    waiting.leave('silent 2')
    expect(waiting.enter('in the free place', '10.0.0.1', 5_000)).toEqual([])
    expect(waiting.enter('latest', '10.0.0.1', 5_000)).toEqual(['silent 3'])
  })

  test('an address that takes all room loses it to the others', () => {
    const waiting = new WaitingRoom<string>({ ...limits, most: 30 })
    for (let i = 0; i < 29; i++) waiting.enter(`flood ${i}`, '10.0.0.1', 0)
    expect(waiting.enter('student', '10.0.0.2', 1)).toEqual([])
    expect(waiting.enter('another', '10.0.0.3', 1)).toEqual(['flood 0'])
    expect(waiting.size).toBe(30)
  })
})
