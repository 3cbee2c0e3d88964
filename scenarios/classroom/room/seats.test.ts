import { describe, expect, test } from 'vitest'
import { Seats } from './seats.ts'

const HERE = '192.168.1.5'
/** Lets somebody in, who has to get in. */
function enter(seats: Seats, token: string | undefined, nowMs: number, address = HERE): string {
  const entered = seats.enter(token, address, nowMs)
  if (typeof entered === 'string') throw new Error(entered)
  return entered.token
}

describe('seats', () => {
  test('a token that comes back has its seat, and one that nobody gave becomes another', () => {
    const seats = new Seats({ most: 2 })
    const token = enter(seats, undefined, 0)
    expect(token).toMatch(/^[\w-]{22}$/)
    seats.leave(token, 1)
    expect([seats.here, seats.joined]).toEqual([0, 1])
    expect(enter(seats, token, 2)).toBe(token)
    expect(enter(seats, 'made-up', 3)).not.toBe('made-up')
    expect([seats.here, seats.joined]).toEqual([2, 2])
  })

  test('a student with two tabs is one student, until both are closed', () => {
    const seats = new Seats({ most: 1 })
    const token = enter(seats, undefined, 0)
    expect(enter(seats, token, 0)).toBe(token)
    seats.leave(token, 1)
    expect(seats.here).toBe(1)
    expect(seats.enter(undefined, HERE, 1_000_000)).toBe('full')
    seats.leave(token, 2)
    expect(seats.here).toBe(0)
  })

  test('300 have seats, the next has none, until somebody has been gone for two minutes', () => {
    const seats = new Seats()
    const tokens = Array.from({ length: 300 }, () => enter(seats, undefined, 0))
    expect(new Set(tokens).size).toBe(300)
    expect(seats.enter(undefined, HERE, 0)).toBe('full')
    const [first, second] = tokens as [string, string]
    seats.leave(second, 1_000)
    seats.leave(first, 2_000)
    expect(seats.enter(undefined, HERE, 121_000)).toBe('full')
    const late = enter(seats, undefined, 121_001)
    // The one that was gone for longest has lost it; the other still has its own.
    expect(seats.enter(second, HERE, 121_002)).toBe('full')
    expect(enter(seats, first, 121_002)).toBe(first)
    seats.leave(late, 121_003)
    expect(enter(seats, second, 300_000)).toBe(second)
    expect([seats.here, seats.joined]).toEqual([300, 301])
  })

  test('tokens that were kept are known, but gone', () => {
    const seats = new Seats({ most: 2 })
    seats.put(['a', 'b', 'c'], 0)
    expect([seats.here, seats.joined]).toEqual([0, 3])
    expect(enter(seats, 'a', 1)).toBe('a')
    expect(seats.enter(undefined, HERE, 1)).toBe('full')
  })

  test('memory is bounded, and no seated student is forgotten for it', () => {
    const seats = new Seats({ most: 2, giveAwayAfterMs: 0 })
    const seated = enter(seats, undefined, 0)
    for (let i = 1; i < 100; i++) seats.leave(enter(seats, undefined, i), i)
    expect(seats.joined).toBe(20)
    expect(seats.knows(seated)).toBe(true)
  })

  test('an address brings 300 new students at once, and then one every two seconds', () => {
    const seats = new Seats({ most: 1_000 })
    for (let i = 0; i < 300; i++) enter(seats, undefined, 0)
    expect(seats.enter(undefined, HERE, 1_000)).toBe('too-many')
    expect(seats.enter('made-up', HERE, 1_000)).toBe('too-many')
    // Others, and who has been here, come in.
    enter(seats, undefined, 1_000, '192.168.1.6')
    const known = enter(seats, undefined, 2_000)
    expect(seats.enter(undefined, HERE, 2_001)).toBe('too-many')
    expect(enter(seats, known, 2_001)).toBe(known)
    expect(seats.joined).toBe(302)
  })

  test('who fills the room from one address and goes gives way at once, the latest first', () => {
    const seats = new Seats({ most: 10 })
    const honest = enter(seats, undefined, 0, '192.168.1.6')
    const hoard = Array.from({ length: 9 }, () => enter(seats, undefined, 0))
    for (const token of [honest, ...hoard.slice(0, 8)]) seats.leave(token, 1)
    expect(seats.enter(undefined, '192.168.1.7', 2)).toMatchObject({ gaveWay: hoard[7] })
    expect(seats.enter(undefined, '192.168.1.8', 2)).toMatchObject({ gaveWay: hoard[6] })
    // To nobody of the same address, as the neighbours of a whole class behind one are.
    expect(seats.enter(undefined, HERE, 2)).toBe('full')
    expect(enter(seats, honest, 3, '192.168.1.6')).toBe(honest)
  })

  test('who stays gives way as long as the address has more than half of the seats', () => {
    const seats = new Seats({ most: 10 })
    const hoard = Array.from({ length: 10 }, () => enter(seats, undefined, 0))
    const gone = Array.from({ length: 5 }, (_, i) => seats.enter(undefined, `192.168.2.${i}`, 1))
    expect(gone).toMatchObject([9, 8, 7, 6, 5].map((i) => ({ gaveWay: hoard[i] })))
    expect(seats.enter(undefined, '192.168.2.9', 1)).toBe('full')
    expect(seats.enter(hoard[9], HERE, 1)).toBe('full')
  })
})
