import { expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { evidenceOf } from './evidence.ts'
import { iframeStreamingClaims } from './index.ts'

function judge(id: string, experiment?: string, rows: Row[] = []) {
  const observations =
    experiment === undefined ? [] : [observationFixture(experiment, rowsFixture(experiment, rows))]
  return spoken(iframeStreamingClaims.find((claim) => claim.id === id)?.judge(evidenceOf([], observations)))
}

test.each(iframeStreamingClaims.map(({ id }) => id))('%s is not tested without evidence', (id) => {
  expect(judge(id)).toMatchObject({ verdict: 'not tested here', numbers: [] })
})

const EVENTS = [0, 1_000, 2_000, 3_000]

/** Trials of one technique, in which the page holds what `heldBytes` says. */
function pages(technique: string, heldBytes: (events: number) => number, trials = [1, 2, 3]): Row[] {
  return trials.flatMap((trial) =>
    EVENTS.map((events) => ({
      technique,
      trial,
      events,
      bytes: 500 + 137 * events,
      scriptHeapBytes: 1_000_000,
      domHeapBytes: heldBytes(events),
    })),
  )
}
const linear = (events: number) => 700_000 + 448 * events
const flat = () => 700_000
const others = pages('sse', flat)
const ofPages = (rows: Row[]) => judge('iframe-grows', 'iframe-memory', rows)

test('growth holds where bytes and memory grow linearly in every trial', () => {
  const judgement = ofPages([...pages('iframe-stream', linear), ...others])
  expect(judgement).toMatchObject({
    verdict: 'held',
    because:
      'Linear in 3 of 3 trials (R^2 1.000 and more): 137 bytes sent and 448 bytes of memory held per ' +
      'event, against 0 of EventSource.',
  })
  expect(judgement?.numbers.map(({ value }) => Math.round(value))).toEqual([137, 448, 1, 1, 0])
})

test.each([
  ['what the page holds stays the same', flat],
  ['it shrinks', (events: number) => 700_000 - 100 * events],
  ['it jumps once and stays', (events: number) => (events === 0 ? 0 : 700_000)],
])('growth does not hold where %s', (_what, heldBytes) => {
  expect(ofPages([...pages('iframe-stream', heldBytes), ...others])?.verdict).toBe('did not hold')
})

test('growth is not decided by trials that disagree, by two of them, or by three numbers of events', () => {
  const disagreeing = [...pages('iframe-stream', linear, [1, 2]), ...pages('iframe-stream', flat, [3])]
  expect(ofPages(disagreeing)?.verdict).toBe('inconclusive')
  expect(ofPages(pages('iframe-stream', linear, [1, 2]))?.verdict).toBe('inconclusive')
  const few = pages('iframe-stream', linear).filter(({ events }) => Number(events) > 0)
  expect(ofPages(few)?.verdict).toBe('inconclusive')
})

/** Delays of first events, for each condition; `late` names those that wait for the second event. */
function padded(late: string[], { trials = 6, wavering = false } = {}): Row[] {
  return ['header', 'meta', 'nowhere'].flatMap((charset) =>
    [0, 1_024, 4_096].flatMap((paddingBytes) =>
      Array.from({ length: trials }, (_, i) => {
        const isLate = late.includes(`${charset} ${paddingBytes}`) && !(wavering && i % 2)
        const delayUs = (isLate ? 1_010_000 : 15_000) + 1_000 * i
        return { charset, paddingBytes, trial: i + 1, delayUs, eventIntervalUs: 1_000_000 }
      }),
    ),
  )
}
const ofPadding = (rows: Row[]) => judge('iframe-padding', 'iframe-padding', rows)

test('padding does not hold where no first event waits', () => {
  expect(ofPadding(padded([]))).toMatchObject({
    verdict: 'did not hold',
    because: 'Without padding the first event came after 18 ms at most, after 4,096 bytes of it after 18 ms.',
  })
})

test('padding holds where every first event waits without it', () => {
  const rows = padded(['header 0', 'meta 0', 'nowhere 0', 'nowhere 1024'])
  expect(ofPadding(rows)?.verdict).toBe('held')
})

test('padding depends on where the encoding is declared, if the first event waits only there', () => {
  expect(ofPadding(padded(['nowhere 0']))).toMatchObject({
    verdict: 'depends',
    because: 'Without padding the first event is held back where the encoding is declared nowhere.',
  })
})

test('padding is not decided where it does not help, helps at times, or was tried twice', () => {
  expect(ofPadding(padded(['meta 0', 'meta 1024', 'meta 4096']))?.verdict).toBe('inconclusive')
  expect(ofPadding(padded(['nowhere 0'], { wavering: true }))?.verdict).toBe('inconclusive')
  expect(ofPadding(padded([], { trials: 2 }))?.verdict).toBe('inconclusive')
})
