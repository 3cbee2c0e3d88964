import { describe, expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { evidenceOf } from '../claims/evidence.ts'
import { observationFixture } from '../fixture/claims.ts'
import { resumedOf } from './recovery.ts'

interface Cut {
  technique: string
  resume?: boolean
  history?: 'long' | 'short'
  lost?: number
  twice?: number
  outOfOrder?: number
  toldLost?: number
}

/** One row as the experiment leaves it: five cuts, a hundred events. */
const row = ({
  technique,
  resume = true,
  history = 'long',
  lost = 0,
  twice = 0,
  outOfOrder = 0,
  toldLost = 0,
}: Cut): Row => ({
  ...{ technique, resume, history, cuts: 5, failures: 0, eventsPublished: 100 },
  ...{ eventsLost: lost, eventsTwice: twice, eventsOutOfOrder: outOfOrder, eventsToldLost: toldLost },
})

const resumed = (...cuts: Cut[]) =>
  resumedOf(evidenceOf([], [observationFixture('resume', cuts.map(row))])).map(({ title, ...rest }) => ({
    ...rest,
    title: String(title),
  }))

describe('what became of events while connections were cut', () => {
  test('is nothing where the run has no such experiment, or could not make it', () => {
    expect(resumedOf(evidenceOf([], []))).toEqual([])
    expect(resumedOf(evidenceOf([], [observationFixture('nagle', [row({ technique: 'sse' })])]))).toEqual([])
    const unavailable = { ...observationFixture('resume', []), unavailable: 'not allowed here' }
    expect(resumedOf(evidenceOf([], [unavailable]))).toEqual([])
  })

  test('is one entry a technique, in the order of the rows, with sums over its trials', () => {
    const found = resumed(
      { technique: 'websocket', lost: 1, twice: 2 },
      { technique: 'sse' },
      { technique: 'websocket', lost: 3, outOfOrder: 4 },
    )
    expect(found).toEqual([
      {
        ...{ technique: 'websocket', title: 'WebSocket', cuts: 10, published: 200 },
        ...{ lost: 4, twice: 2, outOfOrder: 4, isUnharmed: false },
        ...{ lostWithoutCursor: null, lostBeyondHistory: null, toldLost: null },
      },
      {
        ...{ technique: 'sse', title: 'Server-Sent Events', cuts: 5, published: 100 },
        ...{ lost: 0, twice: 0, outOfOrder: 0, isUnharmed: true },
        ...{ lostWithoutCursor: null, lostBeyondHistory: null, toldLost: null },
      },
    ])
  })

  test.for(['lost', 'twice', 'outOfOrder'] as const)('is harm where any was %s', (how) => {
    expect(resumed({ technique: 'sse', [how]: 1 })[0]).toMatchObject({ isUnharmed: false, [how]: 1 })
  })

  test('without a cursor, and beyond the history, is told beside it and harms nobody', () => {
    const [sse] = resumed(
      { technique: 'sse' },
      { technique: 'sse', resume: false, lost: 37 },
      { technique: 'sse', history: 'short', lost: 12, toldLost: 9 },
    )
    expect(sse).toMatchObject({
      ...{ cuts: 5, published: 100, lost: 0, isUnharmed: true },
      ...{ lostWithoutCursor: 37, lostBeyondHistory: 12, toldLost: 9 },
    })
  })

  test('that was tried and lost nothing is 0, and not what was not tried', () => {
    const [sse] = resumed({ technique: 'sse' }, { technique: 'sse', resume: false, lost: 0 })
    expect(sse).toMatchObject({ lostWithoutCursor: 0, lostBeyondHistory: null, toldLost: null })
  })

  test('is not told of a technique that never came back with its cursor', () => {
    expect(resumed({ technique: 'sse', resume: false, lost: 37 })).toEqual([])
    expect(resumed({ technique: 'sse', history: 'short', lost: 37 })).toEqual([])
  })
})
