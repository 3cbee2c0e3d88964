import { describe, expect, test } from 'vitest'
import { Gate } from './gate.ts'
import { defaultRoomLimits } from './limits.ts'

describe('the gate', () => {
  test('refuses the eleventh wrong code at once, and lets another be tried every 5 s', () => {
    const gate = new Gate('key', defaultRoomLimits)
    const tries = (nowMs: number) =>
      Array.from({ length: 12 }, () => gate.judgeCode('WRONG2', 'ABC234', '10.0.0.1', nowMs))
    expect(tries(0)).toEqual([...new Array(10).fill('wrong'), 'too-many', 'too-many'])
    expect(tries(5_000).filter((admission) => admission === 'wrong')).toHaveLength(1)
    expect(gate.judgeCode('WRONG2', 'ABC234', '10.0.0.2', 0)).toBe('wrong')
  })

  test('300 right codes pass from an address that has used up its wrong ones', () => {
    const gate = new Gate('key', defaultRoomLimits)
    for (let i = 0; i < 10; i++) gate.judgeCode('WRONG2', 'ABC234', '10.0.0.1', 0)
    const class300 = Array.from({ length: 300 }, () => gate.judgeCode('abc 234', 'ABC234', '10.0.0.1', 0))
    expect(new Set(class300)).toEqual(new Set(['right']))
  })

  test('whoever tries thousands of codes learns of 20 a second whether they are right', () => {
    const gate = new Gate('key', defaultRoomLimits)
    for (let i = 0; i < 400; i++) gate.judgeCode('WRONG2', 'ABC234', '10.0.0.1', 0)
    expect(gate.judgeCode('ABC234', 'ABC234', '10.0.0.1', 0)).toBe('too-many')
    const second = Array.from({ length: 100 }, () => gate.judgeCode('ABC234', 'ABC234', '10.0.0.1', 1_000))
    expect(second.filter((admission) => admission === 'right')).toHaveLength(20)
    expect(gate.judgeKnown('ABC234', 'ABC234')).toBe('right')
  })

  test('wrong keys are limited, the right one never', () => {
    const gate = new Gate('key', defaultRoomLimits)
    const tries = Array.from({ length: 6 }, () => gate.judgeKey('other', '10.0.0.1', 0))
    expect(tries).toEqual([...new Array(5).fill('wrong'), 'too-many'])
    expect(gate.judgeKey('key', '10.0.0.1', 0)).toBe('right')
  })
})
