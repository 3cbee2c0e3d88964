import { describe, expect, test } from 'vitest'
import { english } from '../../../../report/words/say.ts'
import { advance } from '../../log/advance.ts'
import { logFixture } from '../../log/fixture.ts'
import type { StageState } from '../../log/state.ts'
import {
  beginAnew,
  type Lens,
  type LensFactor,
  LIVE_DELAY_US,
  lookThrough,
  magnify,
  nextMoment,
  pause,
  play,
  step,
  waitingNote,
} from './lens.ts'

const state = advance(undefined, logFixture({ events: 10 })) as StageState
const lensOf = (factor: LensFactor): Lens => ({ factor })
const publishedUs = (seq: number) => state.events[seq - 1]?.publishedUs as number
/** The picture at so many ms of playback, the stage's clock running along from an instant. */
const at = (lens: Lens, ms: number, stageUs = 3_900_000) => lookThrough(lens, state, ms, stageUs + ms * 1_000)

describe('the time lens', () => {
  test('is live at x1, behind the stage by a fixed time and the network’s own', () => {
    expect(at(lensOf(1), 0)).toMatchObject({ atUs: 3_900_000 - LIVE_DELAY_US, isMoving: true })
    expect(at(lensOf(1), 0).label.in(english)).toBe('Live, shown 300 ms later')
    const slow = { ...state, settings: { ...state.settings, addedDelayMs: 500 } }
    expect(lookThrough(lensOf(1), slow, 0, 3_900_000).atUs).toBe(3_900_000 - LIVE_DELAY_US - 500_000)
  })

  test('moves no more once all that the log tells has been shown', () => {
    expect(at(lensOf(1), 0, state.atUs + LIVE_DELAY_US).isMoving).toBe(true)
    expect(at(lensOf(1), 0, state.atUs + 2_000_000).isMoving).toBe(false)
  })

  test.each([10, 100, 1_000] as const)(
    'plays the newest event x%i as slow, from just before it',
    (factor) => {
      const start = at(lensOf(factor), 0)
      expect(start.focus?.seq).toBe(4)
      expect(start.atUs).toBeCloseTo(publishedUs(4) - 700_000 / factor)
      const later = at(start.lens, 1_000)
      expect(later.atUs - start.atUs).toBeCloseTo(1_000_000 / factor)
      expect(later.focus?.seq).toBe(4)
    },
  )

  test('says what it shows', () => {
    const { lens } = at(lensOf(100), 0)
    expect(at(lens, 0).label.in(english)).toContain('Slowed ×100: event 4, 7.00 ms before it was published')
    expect(at(lens, 1_020).label.in(english)).toContain(
      'Slowed ×100: event 4, 3.20 ms after it was published',
    )
  })

  test('jumps over long waiting, and says so', () => {
    const { lens } = at(lensOf(100), 0)
    const [short, sse] = ['short-poll', 'sse'].map((lane) => {
      const found = state.lanes.find(({ spec }) => spec.id === lane) as StageState['lanes'][0]
      return found.received.find(({ seq }) => seq === 4)?.atUs as number
    }) as [number, number]
    expect(short - sse).toBeGreaterThan(100_000)
    const seen = Array.from({ length: 120 }, (_, i) => at(lens, i * 100)).filter(
      ({ focus }) => focus?.seq === 4,
    )
    // Played without a jump it would take more than 10 s to the poll's receipt.
    expect(seen.length).toBeLessThan(70)
    expect(seen.some(({ atUs }) => atUs > short)).toBe(true)
    // No moment of it falls into a jump.
    const isNear = (us: number) => seen.some(({ atUs }) => Math.abs(atUs - us) <= 1_000)
    expect([publishedUs(4), sse, short].map(isNear)).toEqual([true, true, true])
    expect(seen[0]?.label.in(english)).toMatch(/^Slowed ×100: event 4, .*; long waiting is left out$/)
    // A pause and what follows it go on from the same place, behind a jump, too.
    const late = at(lens, 4_500)
    expect(late.atUs).toBeGreaterThan(sse + 50_000)
    expect(at(play(pause(late.lens, late), 9_000, state), 9_000).atUs).toBeCloseTo(late.atUs)
  })

  test('goes on with the then newest event where all have it, or after 10 s', () => {
    const log = logFixture({ events: 10, lanes: ['sse'] })
    const never = advance(
      undefined,
      log.filter((entry) => entry.kind !== 'received' || entry.seq < 4),
    ) as StageState
    const { lens } = lookThrough(lensOf(100), never, 0, 3_900_000)
    expect(lookThrough(lens, never, 9_999, 13_900_000).focus?.seq).toBe(4)
    // 10 s later the newest is another.
    expect(lookThrough(lens, never, 10_001, 13_900_000).focus?.seq).toBe(10)
    const quick = advance(undefined, logFixture({ events: 10, lanes: ['sse'] })) as StageState
    const begun = lookThrough(lensOf(100), quick, 0, 3_900_000)
    expect(lookThrough(begun.lens, quick, 3_000, 6_900_000).focus?.seq).toBe(7)
  })

  test('plays the beginning of a stage that is over in a moment, and is live again for the next', () => {
    const log = logFixture({ events: 2, lanes: ['short-poll', 'sse'] })
    const early = advance(undefined, log.slice(0, 1)) as StageState
    const lens = beginAnew(lensOf(1), early, 100, 0)
    const look = (until: number, ms: number) =>
      lookThrough(
        lens,
        advance(
          undefined,
          log.filter(({ atUs }) => atUs <= until),
        ) as StageState,
        ms,
        until,
      )
    // The first requests are played long after they were made.
    const asked = log.find(({ kind }) => kind === 'asked')?.atUs as number
    const seen = Array.from({ length: 100 }, (_, i) => look(3_000_000, i * 100).atUs)
    expect(seen.filter((us) => Math.abs(us - asked) < 10_000).length).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(look(300_000, 500).label.in(english)).toMatch(/^Slowed ×100: \d+ ms after the beginning/)
    expect(seen.at(-1)).toBeGreaterThan(state.events[0]?.publishedUs as number)
    expect(beginAnew(lens, early, undefined, 0)).toEqual({ factor: 1 })
    expect(beginAnew(magnify(lens, 10), early, undefined, 0)).toEqual({ factor: 10 })
    // Of a stage that has gone on for long nobody wants to see the beginning.
    expect(beginAnew(lensOf(1), { ...early, atUs: 6_000_000 }, 100, 0)).toEqual({ factor: 1 })
  })

  test('stands still where no newer event has come, and before there is any', () => {
    const { lens } = at(lensOf(1_000), 0, 60_000_000)
    const end = at(lens, 20_000, 60_000_000)
    expect(end).toMatchObject({ isMoving: false, focus: { seq: 10 } })
    expect(at(end.lens, 30_000, 60_000_000).atUs).toBe(end.atUs)
    expect(at(lensOf(10), 0, 400_000).label.in(english)).toBe('Slowed ×10: waits for an event')
  })

  test('stands still while it is paused, and goes on from there', () => {
    const { lens } = at(lensOf(100), 0)
    const picture = at(lens, 1_000)
    const held = pause(picture.lens, picture)
    expect(at(held, 8_000)).toMatchObject({ atUs: picture.atUs, isMoving: false })
    const again = play(held, 8_000, state)
    expect(at(again, 8_000).atUs).toBeCloseTo(picture.atUs)
    expect(at(again, 8_100).atUs).toBeCloseTo(picture.atUs + 1_000)
    expect(play(pause(lensOf(1), at(lensOf(1), 0)), 5, state)).toEqual({ factor: 1 })
  })

  test('steps to each recorded moment in turn, and stays at the last', () => {
    let lens: Lens = { factor: 1, heldUs: 0 }
    const moments: number[] = []
    for (;;) {
      const next = step(lens, at(lens, 0), state)
      if (next.heldUs === lens.heldUs) break
      lens = next
      moments.push(lens.heldUs as number)
    }
    expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b))
    for (const { publishedUs } of state.events) expect(moments).toContain(publishedUs)
    for (const { received, units } of state.lanes) {
      for (const { atUs } of [...received, ...units]) expect(moments).toContain(atUs)
    }
    expect(nextMoment(state, state.atUs)).toBeUndefined()
  })

  test('keeps its pause when another factor is chosen', () => {
    expect(magnify({ factor: 1, heldUs: 7 }, 10)).toEqual({ factor: 10, heldUs: 7 })
    expect(magnify(lensOf(10), 1)).toEqual({ factor: 1 })
  })

  test('tells in words what takes long', () => {
    const { lens } = at(lensOf(100), 0)
    const note = (lane: string, ms: number) => {
      const found = state.lanes.find(({ spec }) => spec.id === lane) as StageState['lanes'][0]
      return waitingNote(state, found, at(lens, ms))?.in(english)
    }
    expect(note('short-poll', 1_000)).toMatch(/^waits \d+ ms more$/)
    expect(note('short-poll', 2_000)).toBeUndefined()
    expect(note('sse', 2_000)).toMatch(/^arrived after \d+ µs$/)
  })
})
