import { describe, expect, test } from 'vitest'
import { Seats } from './seats.ts'

describe('seats', () => {
  test('a token that comes back has its seat, and one that nobody gave becomes another', () => {
    const seats = new Seats({ most: 2 })
    const token = seats.enter(undefined, 0) as string
    expect(token).toMatch(/^[\w-]{22}$/)
    seats.leave(token, 1)
    expect([seats.here, seats.joined]).toEqual([0, 1])
    expect(seats.enter(token, 2)).toBe(token)
    expect(seats.enter('made-up', 3)).not.toBe('made-up')
    expect([seats.here, seats.joined]).toEqual([2, 2])
  })

  test('a student with two tabs is one student, until both are closed', () => {
    const seats = new Seats({ most: 1 })
    const token = seats.enter(undefined, 0) as string
    expect(seats.enter(token, 0)).toBe(token)
    seats.leave(token, 1)
    expect(seats.here).toBe(1)
    expect(seats.enter(undefined, 1_000_000)).toBeUndefined()
    seats.leave(token, 2)
    expect(seats.here).toBe(0)
  })

  test('300 have seats, the next has none, until somebody has been gone for two minutes', () => {
    const seats = new Seats()
    const tokens = Array.from({ length: 300 }, () => seats.enter(undefined, 0) as string)
    expect(new Set(tokens).size).toBe(300)
    expect(seats.enter(undefined, 0)).toBeUndefined()
    const [first, second] = tokens as [string, string]
    seats.leave(second, 1_000)
    seats.leave(first, 2_000)
    expect(seats.enter(undefined, 121_000)).toBeUndefined()
    const late = seats.enter(undefined, 121_001)
    expect(late).toBeDefined()
    // The one that was gone for longest has lost it; the other still has its own.
    expect(seats.enter(second, 121_002)).toBeUndefined()
    expect(seats.enter(first, 121_002)).toBe(first)
    seats.leave(late as string, 121_003)
    expect(seats.enter(second, 300_000)).toBe(second)
    expect([seats.here, seats.joined]).toEqual([300, 301])
  })

  test('tokens that were kept are known, but gone', () => {
    const seats = new Seats({ most: 2 })
    seats.put(['a', 'b', 'c'], 0)
    expect([seats.here, seats.joined]).toEqual([0, 3])
    expect(seats.enter('a', 1)).toBe('a')
    expect(seats.enter(undefined, 1)).toBeUndefined()
  })

  test('memory is bounded, and no seated student is forgotten for it', () => {
    const seats = new Seats({ most: 2, giveAwayAfterMs: 0 })
    const seated = seats.enter(undefined, 0) as string
    for (let i = 1; i < 100; i++) seats.leave(seats.enter(undefined, i) as string, i)
    expect(seats.joined).toBe(20)
    expect(seats.knows(seated)).toBe(true)
  })
})
