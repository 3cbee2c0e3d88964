import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviceFor, Votes } from './votes.ts'

describe('votes', () => {
  test('are counted once, stay what they were first, and are refused when the ballot is closed', () => {
    const votes = new Votes()
    votes.open('1/predict/1', 3)
    expect(votes.vote('a', '1/predict/1', 2)).toEqual({ outcome: 'counted', option: 2, isNew: true })
    expect(votes.vote('a', '1/predict/1', 2)).toEqual({ outcome: 'counted', option: 2, isNew: false })
    expect(votes.vote('a', '1/predict/1', 0)).toEqual({ outcome: 'counted', option: 2, isNew: false })
    expect(votes.vote('b', '1/predict/1', 3)).toEqual({ outcome: 'no-such-option' })
    expect(votes.vote('b', '1/predict/2', 0)).toEqual({ outcome: 'closed' })
    votes.close('1/predict/1')
    expect(votes.vote('b', '1/predict/1', 0)).toEqual({ outcome: 'closed' })
    expect(votes.vote('a', '1/predict/1', 1)).toEqual({ outcome: 'counted', option: 2, isNew: false })
    expect(votes.counts('1/predict/1')).toEqual([0, 0, 1])
  })

  test('another round is another ballot', () => {
    const votes = new Votes()
    votes.open('1/predict/1', 2)
    votes.vote('a', '1/predict/1', 0)
    votes.close('1/predict/1')
    votes.open('1/predict/2', 2)
    votes.vote('a', '1/predict/2', 1)
    expect([votes.counts('1/predict/1'), votes.counts('1/predict/2')]).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  test('whatever is said however often, in whatever order, each student has the first vote said while it was open', () => {
    const step = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          token: fc.integer({ min: 0, max: 5 }),
          round: fc.integer({ min: 1, max: 3 }),
          option: fc.integer({ min: -1, max: 4 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ open: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ close: fc.integer({ min: 1, max: 3 }) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const votes = new Votes()
        const first = new Map<string, number>()
        const open = new Set<number>()
        for (const one of steps) {
          if ('open' in one) {
            votes.open(`${one.open}`, 4)
            open.add(one.open)
          } else if ('close' in one) {
            votes.close(`${one.close}`)
            open.delete(one.close)
          } else {
            const key = `${one.round}/${one.token}`
            const isValid = one.option >= 0 && one.option < 4
            if (open.has(one.round) && isValid && !first.has(key)) first.set(key, one.option)
            votes.vote(`${one.token}`, `${one.round}`, one.option)
          }
        }
        for (const round of [1, 2, 3]) {
          const expected = [0, 0, 0, 0]
          for (const [key, option] of first)
            if (key.startsWith(`${round}/`)) expected[option] = (expected[option] as number) + 1
          expect(votes.has(`${round}`) ? votes.counts(`${round}`) : expected).toEqual(expected)
        }
      }),
    )
  })
})

describe('advice', () => {
  test.each([
    [2, 2, 'too-few-votes'],
    [0, 3, 're-teach'],
    [34, 100, 're-teach'],
    [7, 20, 'discuss-and-revote'],
    [70, 100, 'discuss-and-revote'],
    [71, 100, 'move-on'],
    [3, 3, 'move-on'],
  ] as const)('%i right of %i: %s', (right, votes, advice) => {
    expect(adviceFor(right, votes)).toBe(advice)
  })
})
