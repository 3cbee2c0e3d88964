import { expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { evidenceOf } from './evidence.ts'
import { memoryClaims } from './index.ts'

const COUNTS = [100, 700, 1_500]
const TRIALS = [1, 2]

function judge(id: string, experiment: string, rows: Row[] | undefined) {
  const claim = memoryClaims.find((candidate) => candidate.id === id)
  if (!claim) throw new Error(`There is no claim ${id}`)
  return spoken(
    claim.judge(evidenceOf([], rows ? [observationFixture(experiment, rowsFixture(experiment, rows))] : [])),
  )
}

/** What a process holds that needs so many bytes for itself and for each connection; trials scatter by 50 kB. */
function processes(
  where: Row,
  { base = 100e6, each, kernel }: { base?: number; each: number; kernel?: number },
  counts = COUNTS,
): Row[] {
  return counts.flatMap((subscribers) =>
    TRIALS.map((trial) => ({
      ...where,
      ...{ subscribers, trial, rssBytes: base + each * subscribers + (trial === 1 ? 50e3 : -50e3) },
      ...(kernel !== undefined && { kernelBytes: 2 * kernel * subscribers }),
    })),
  )
}

const held = (technique: string, each: number, kernel?: number) => [
  ...processes({ technique, stage: 'idle' }, { each: each - 1_000, ...(kernel && { kernel }) }),
  ...processes({ technique, stage: 'after a burst' }, { each, ...(kernel && { kernel }) }),
]
const judgeHeld = (rows?: Row[]) => judge('held-connections-cheap', 'memory-per-subscriber', rows)

test('held connections are cheap where every technique stays below 40 kB, kernel and all', () => {
  const { verdict, because, numbers } = judgeHeld([
    ...held('sse', 15_000, 4_000),
    ...held('long-poll', 20_000, 4_000),
  ])
  expect(verdict).toBe('held')
  expect(because).toBe(
    'A held connection takes at most 40 kB with Long polling (24 kB), Server-Sent Events (19 kB).',
  )
  expect(numbers.map(({ value }) => Math.round(value))).toEqual([
    24_000, 19_000, 4_000, 19_000, 14_000, 4_000,
  ])
  expect(numbers[0]).toMatchObject({ n: 6, badge: 'valid', interval: '95 %', unit: 'bytes' })
})

test('held connections are not cheap where every technique needs more than 40 kB', () => {
  expect(judgeHeld([...held('sse', 55_000), ...held('long-poll', 60_000)]).verdict).toBe('did not hold')
})

test('the cost of a held connection depends on the technique where one is above and one below', () => {
  const { verdict, because } = judgeHeld([...held('sse', 15_000, 4_000), ...held('socket-io', 38_000, 4_000)])
  expect(verdict).toBe('depends')
  expect(because).toBe(
    'A held connection takes at most 40 kB with Server-Sent Events (19 kB); more than 40 kB with Socket.IO (42 kB).',
  )
})

test('an interval that holds the bound itself decides nothing', () => {
  expect(judgeHeld([...held('sse', 15_000), ...held('socket-io', 40_001)])).toMatchObject({
    verdict: 'inconclusive',
    because: 'The interval lies on both sides of 40 kB: Socket.IO (40 kB).',
  })
})

test('the floor is shown with the others, and decides nothing', () => {
  const { verdict, numbers } = judgeHeld([...held('sse', 15_000), ...held('bare-tcp', 90_000)])
  expect(verdict).toBe('held')
  expect(numbers.some(({ what }) => what.includes('Bare TCP'))).toBe(true)
})

test('where the kernel cannot be read, the judgement says so', () => {
  expect(judgeHeld(held('sse', 15_000)).because).toMatch(/could not be read here/)
})

test('two numbers of connections make no slope', () => {
  const rows = held('sse', 15_000).filter(({ subscribers }) => subscribers !== 700)
  expect(judgeHeld(rows).verdict).toBe('inconclusive')
  expect(judgeHeld([...rows, ...held('long-poll', 15_000)]).verdict).toBe('inconclusive')
})

const messages = (compression: boolean, before: number, after: number) => [
  ...processes({ compression, stage: 'before the first message' }, { each: before }),
  ...processes({ compression, stage: 'after the first message' }, { each: after }),
]
const judgeDeflate = (rows?: Row[]) => judge('ws-deflate-memory', 'deflate-memory', rows)

test('compression costs hundreds of kB where a connection grows by more than 100 kB with its first message', () => {
  const { verdict, because, numbers } = judgeDeflate([
    ...messages(false, 8_000, 8_500),
    ...messages(true, 8_500, 229_000),
  ])
  expect(verdict).toBe('held')
  expect(because).toBe(
    'A connection takes 8,500 B before its first compressed message and 229 kB after it, ' +
      '221 kB more than one without compression.',
  )
  expect(numbers[0]).toMatchObject({ expected: 262_144, badge: 'valid' })
})

test('compression does not where it adds 60 kB, or where all connections are as large without it', () => {
  expect(judgeDeflate([...messages(false, 8_000, 8_500), ...messages(true, 8_500, 68_000)]).verdict).toBe(
    'did not hold',
  )
  expect(judgeDeflate([...messages(false, 8_000, 229_000), ...messages(true, 8_500, 229_000)]).verdict).toBe(
    'did not hold',
  )
})

test('compression that adds about 100 kB is inconclusive, as are too few numbers of connections', () => {
  expect(judgeDeflate([...messages(false, 8_000, 8_500), ...messages(true, 8_500, 108_500)]).verdict).toBe(
    'inconclusive',
  )
  expect(judgeDeflate(messages(true, 8_500, 229_000)).verdict).toBe('inconclusive')
})

test('without the experiment neither claim is tested', () => {
  expect(judgeHeld()).toMatchObject({ verdict: 'not tested here', numbers: [] })
  expect(judgeDeflate()).toMatchObject({ verdict: 'not tested here', numbers: [] })
})
