import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ResultRecord } from '../results/record.ts'
import { buildReport } from './build.ts'
import { observationFixture } from './fixture/claims.ts'
import { textOf } from './fixture/page.ts'
import { chatFixture, recordsFixture, runFixture, sweepFixture } from './fixture/records.ts'

/** The page is a function of the records, of all of them and of nothing else. */

const records = ['long-poll', 'sse', 'websocket'].flatMap((technique, i) =>
  recordsFixture({ technique, overheadBytes: 20 + i, requestsPerEvent: i === 0 ? 1 : 0 }),
)
const run = runFixture(records)

/** What a reader sees besides the checksum, which is another for any other byte. */
const seen = (changed: ResultRecord[]) => textOf(buildReport(run, changed)).replace(/\b[0-9a-f]{64}\b/, '')
const checksum = (changed: ResultRecord[]) => textOf(buildReport(run, changed)).match(/\b[0-9a-f]{64}\b/)?.[0]
const [original, originalChecksum] = [seen(records), checksum(records)]

/** One figure of a record, changed by a factor. Each is shown with its range: with three trials, all three of them. */
const figures: Record<string, (record: ResultRecord, factor: number) => void> = {
  'the median delay': ({ latency }, factor) => {
    latency.p50Us *= factor
  },
  'the p99 of the delay': ({ latency }, factor) => {
    latency.p99Us *= factor
  },
  'the bytes that came down': ({ traffic }, factor) => {
    traffic.window.bytesDown = Math.round(traffic.window.bytesDown * factor)
  },
  'the bytes that went up': ({ traffic }, factor) => {
    traffic.window.bytesUp += Math.round(5_000 * factor)
  },
  'the requests': ({ traffic }, factor) => {
    traffic.window.requests += Math.round(1_000 * factor)
  },
  'the CPU time of the server': ({ server }, factor) => {
    server.cpuUs *= factor
  },
  'what was lost': ({ account }, factor) => {
    account.lost += Math.ceil(factor)
  },
  'what was duplicated': ({ account }, factor) => {
    account.duplicated += Math.ceil(factor)
  },
  'what was reordered': ({ account }, factor) => {
    account.reordered += Math.ceil(factor)
  },
  'the codes of what failed': ({ errors }, factor) => {
    errors.ECONNRESET = Math.ceil(factor)
  },
}

const anyRecord = fc.nat({ max: records.length - 1 })
const anyFactor = fc.oneof(
  fc.double({ min: 0.2, max: 0.9, noNaN: true }),
  fc.double({ min: 1.1, max: 5, noNaN: true }),
)

describe('a changed record changes what the page shows', () => {
  test.for(Object.entries(figures))('%s', ([, change]) => {
    fc.assert(
      fc.property(anyRecord, anyFactor, (index, factor) => {
        const changed = structuredClone(records)
        change(changed[index] ?? expect.fail(), factor)
        expect(seen(changed) === original).toBe(false)
      }),
      { numRuns: 3, seed: 11 },
    )
  })

  test('and any number at all the checksum that it shows', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (index, which) => {
        const changed = structuredClone(records)
        const record = changed[index] ?? expect.fail()
        const places = numbersIn(record)
        const { holder, key } = places[which % places.length] ?? expect.fail()
        holder[key] = Number(holder[key]) + 1
        expect(checksum(changed)).not.toBe(originalChecksum)
      }),
      { numRuns: 12, seed: 12 },
    )
  })
})

/** Every number in a record, by what holds it; a record's scenario and environment are those of the run as well. */
function numbersIn(record: ResultRecord): { holder: Record<string, unknown>; key: string }[] {
  const walk = (value: unknown): { holder: Record<string, unknown>; key: string }[] => {
    if (typeof value !== 'object' || value === null) return []
    const holder = value as Record<string, unknown>
    return Object.entries(holder).flatMap(([key, inner]) =>
      typeof inner === 'number' ? [{ holder, key }] : walk(inner),
    )
  }
  return walk(record)
}

test('the same records give the same bytes, in whatever order they are read, and written and read again', () => {
  const several = [
    ...records,
    ...[1, 2].flatMap((copy) => recordsFixture({ technique: 'socket-io', copy: copy as 1 | 2 })),
    ...[1, 0].flatMap((at) => recordsFixture({ scenario: sweepFixture, at, technique: 'short-poll' })),
    ...['sse', 'websocket'].flatMap((technique) => recordsFixture({ scenario: chatFixture, technique })),
  ]
  const observations = ['nagle', 'resume'].map((name) => observationFixture(name, [{ technique: 'sse' }]))
  const wide = runFixture(several)
  const page = buildReport(wide, several, observations)
  fc.assert(
    fc.property(
      fc.shuffledSubarray(several, { minLength: several.length }),
      fc.shuffledSubarray(observations, { minLength: observations.length }),
      (shuffled, seenAlso) => {
        const again = JSON.parse(JSON.stringify([wide, shuffled, seenAlso]))
        expect(buildReport(...(again as Parameters<typeof buildReport>)) === page).toBe(true)
      },
    ),
    { numRuns: 6, seed: 13 },
  )
})
