import { expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { evidenceOf } from './evidence.ts'
import { browserClaims } from './index.ts'

function judge(id: string, experiment?: string, rows: Row[] = []) {
  const observations =
    experiment === undefined ? [] : [observationFixture(experiment, rowsFixture(experiment, rows))]
  return spoken(browserClaims.find((claim) => claim.id === id)?.judge(evidenceOf([], observations)))
}

test.each(browserClaims.map(({ id }) => id))('%s is not tested without evidence', (id) => {
  expect(judge(id)).toMatchObject({ verdict: 'not tested here', numbers: [] })
})

/** Trials whose p99 is so much more with a short poll, and with a synchronous one, than the 1 ms without. */
function freezes(moreUs: number[], synchronousUs = 50_000): Row[] {
  return moreUs.flatMap((more, i) => {
    // What is paired is the trial: a slow minute is no poll's doing.
    const p99Us = 1_000 + 3_000 * i
    return [
      { poll: 'synchronous poll', trial: i + 1, p99Us: p99Us + synchronousUs },
      { poll: 'short poll', trial: i + 1, p99Us: p99Us + more },
      { poll: 'none', trial: i + 1, p99Us },
    ]
  })
}
const ofFreezes = (rows: Row[]) => judge('poll-freezes-page', 'page-freezes', rows)

test('freezing does not hold where a poll adds less than 5 ms', () => {
  const judgement = ofFreezes(freezes([0, 100, 200, 300, 400, 4_900]))
  expect(judgement).toMatchObject({
    verdict: 'did not hold',
    because:
      'A short poll every 100 ms adds 0.3 ms to the p99 of the event-loop delay (95 % 0.0 to 4.9), ' +
      'a synchronous one 50.0 ms.',
  })
  expect(judgement?.numbers.map(({ value }) => value)).toEqual([250, 50_000, 8_500, 8_750])
})

test('freezing holds where a poll adds 5 ms and more', () => {
  expect(ofFreezes(freezes([5_000, 6_000, 7_000, 8_000, 9_000, 9_000]))?.verdict).toBe('held')
})

test('freezing is not decided by an interval on both sides of 5 ms, nor by two trials', () => {
  expect(ofFreezes(freezes([0, 0, 0, 0, 0, 6_000]))?.verdict).toBe('inconclusive')
  expect(ofFreezes(freezes([0, 0]))?.verdict).toBe('inconclusive')
})

test('freezing is not decided where not even a synchronous poll shows', () => {
  expect(ofFreezes(freezes([0, 0, 0, 0, 0, 0], 4_000))).toMatchObject({
    verdict: 'inconclusive',
    because: 'Not even a synchronous poll shows as a freeze, so nothing here would.',
  })
})

const origins = [
  { server: 'checks no origin', means: 'WebSocket', received: true },
  { server: 'does not list the origin', means: 'WebSocket', received: false },
  { server: 'lists the origin', means: 'WebSocket', received: true },
  { server: 'without CORS headers', means: 'fetch', received: false },
  { server: 'of the same origin', means: 'fetch', received: true },
]
/** With the opposite seen of some servers. */
const ofOrigins = (...opposites: string[]) =>
  judge(
    'ws-cross-origin',
    'cross-origin',
    origins.map((row) => (opposites.includes(row.server) ? { ...row, received: !row.received } : row)),
  )

test('WebSocket across origins holds where only the server can refuse it', () => {
  expect(ofOrigins()?.verdict).toBe('held')
})

test('WebSocket across origins does not hold where the browser gives the page nothing', () => {
  expect(ofOrigins('checks no origin')?.verdict).toBe('did not hold')
  expect(ofOrigins('checks no origin', 'lists the origin')?.verdict).toBe('did not hold')
})

test.each(['does not list the origin', 'lists the origin', 'without CORS headers', 'of the same origin'])(
  'WebSocket across origins is not decided where the server that %s contradicts',
  (server) => {
    expect(ofOrigins(server)?.verdict).toBe('inconclusive')
  },
)

test('WebSocket across origins is not decided by what was not seen', () => {
  expect(judge('ws-cross-origin', 'cross-origin', origins.slice(0, 4))?.verdict).toBe('inconclusive')
  expect(judge('ws-cross-origin', 'cross-origin', origins.slice(1))?.verdict).toBe('inconclusive')
})
