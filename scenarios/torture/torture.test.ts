import { describe, expect, test } from 'vitest'
import { drawMoment, drawRounds } from './draw.ts'
import { judge } from './judge.ts'
import { CASES, type Case, ORACLE, ruleFor, SAID } from './oracle.ts'

const nameOf = ({ fault, target, command, phase }: Case) =>
  `${fault} in ${target} of ${command} while ${phase}`

describe('the table', () => {
  test('says of every fault in every process and phase what becomes of it, or why it means nothing', () => {
    expect(CASES.filter((one) => ruleFor(one) === undefined).map(nameOf)).toEqual([])
    for (const { is } of ORACLE) expect(typeof is === 'string' ? is : is.exit).not.toHaveLength(0)
  })

  test('has no line that decides on nothing', () => {
    const used = new Set(CASES.map(ruleFor))
    expect(ORACLE.filter((rule) => !used.has(rule))).toEqual([])
  })

  test('never lets a mistake of pushlab itself pass, and knows what each of its errors says', () => {
    for (const { is } of ORACLE) {
      if (typeof is === 'string') continue
      expect(is.exit).not.toContain(1)
      for (const code of is.errors ?? []) expect(SAID).toHaveProperty(code)
    }
  })
})

describe('rounds', () => {
  test.each([1, 2, 2026])('by seed %i hold every fault in every process twice in 200', (seed) => {
    const pair = ({ fault, target, command }: Case) =>
      `${fault} ${target === 'main' && (command === 'server' || command === 'demo') ? command : target}`
    const rounds = Map.groupBy(drawRounds(seed, 200), pair)
    const meant = CASES.filter((one) => typeof ruleFor(one)?.is === 'object')
    expect([...rounds.keys()].sort()).toEqual([...new Set(meant.map(pair))].sort())
    for (const [name, drawn] of rounds) expect([name, drawn.length >= 2]).toEqual([name, true])
  })

  test('are the same by the same seed however many there are, so that one can be made again alone', () => {
    expect(drawRounds(7, 12)).toEqual(drawRounds(7, 80).slice(0, 12))
    expect(drawRounds(8, 12)).not.toEqual(drawRounds(7, 12))
    expect(drawMoment(7, 3, 1)).toEqual(drawMoment(7, 3, 1))
    expect(drawMoment(7, 3, 2)).not.toEqual(drawMoment(7, 3, 1))
  })
})

describe('an end', () => {
  const expected = { exit: [0, 4], errors: ['NOT_WRITTEN'], shows: /with care/, left: ['partial'] } as const
  const stderr =
    'Cannot write x (ENOSPC). What was written before is kept. Go on then: pushlab bench --resume x'
  const end = { exit: 4, stdout: 'use with care', stderr, left: 'partial' } as const

  test('as the table says is no fault', () => {
    expect(judge(expected, end)).toEqual([])
    expect(judge(expected, { ...end, exit: 0, stderr: '' })).toEqual([])
  })

  test.each([
    [{ exit: 1 }, 'It ended with 1, not 0 or 4.'],
    [{ stderr: 'Oh.' }, 'It says no NOT_WRITTEN.'],
    [{ stdout: 'valid' }, 'It does not show /with care/.'],
    [{ stderr: `${stderr}\n    at open (node:fs:1589:18)` }, 'It prints a stack.'],
    [{ left: 'none' }, 'It left none, not partial.'],
  ] as const)('with %j is one', (otherwise, fault) => {
    expect(judge(expected, { ...end, ...otherwise })).toEqual([fault])
  })
})
