import { expect, test } from 'vitest'
import { PushlabError } from './error.ts'
import { failedBy } from './parent.ts'

test('the parent is told the place of a mistake alone, and not where the system refused something', () => {
  const refused = Object.assign(new Error('EMFILE: too many open files'), { syscall: 'open' })
  expect(failedBy(refused)).toEqual({ type: 'failed', code: 'CHILD_FAILED', reason: refused.message })
  expect(failedBy(new PushlabError('BAD_INPUT', 'No.'))).toMatchObject({ code: 'BAD_INPUT', reason: 'No.' })
  for (const [thrown, reason] of [
    [new TypeError('x'), /^TypeError: x\n\s+at /],
    [undefined, /^undefined$/],
  ] as const)
    expect(failedBy(thrown)).toEqual({
      type: 'failed',
      code: 'INTERNAL',
      reason: expect.stringMatching(reason),
    })
})
