import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Course } from './course.ts'
import { testLessons } from './fixture.ts'
import { phases } from './protocol.ts'

const course = () => new Course(testLessons)

describe('a course', () => {
  test('begins with the question of its first lesson', () => {
    expect(course().studentState('a')).toMatchObject({
      lesson: 1,
      phase: 'predict',
      ballot: { id: '1/predict/1' },
    })
    expect(new Course([]).lesson).toBe(0)
  })

  test('has no vote in the sandbox', () => {
    const room = course()
    expect(room.go(0, 'explain')).toBe(true)
    expect(room.studentState('a')).toEqual({ lesson: 0, title: expect.anything(), phase: 'predict' })
    expect([room.ballot, room.tallies, room.advice, room.round]).toEqual([undefined, [], undefined, 0])
    expect(room.revote()).toBe(false)
    expect(room.go(3, 'predict')).toBe(false)
    expect(room.lesson).toBe(0)
  })

  test('predict opens the ballot, discuss closes it and shows how all voted, explain what was right', () => {
    const room = course()
    room.go(1, 'predict')
    expect(room.studentState('a')).toMatchObject({ ballot: { id: '1/predict/1' } })
    room.vote('a', '1/predict/1', 1)
    room.vote('b', '1/predict/1', 2)
    expect(room.studentState('a')).not.toHaveProperty('result')
    expect(room.studentState('a').vote).toBe(1)
    room.go(1, 'discuss')
    expect(room.ballot).toBeUndefined()
    const { result, prompt, ballot } = room.studentState('a')
    expect(prompt?.en).toBe('Talk about 1')
    expect(ballot).toBeUndefined()
    expect(result).toEqual({ ballot: expect.objectContaining({ id: '1/predict/1' }), votes: 2 })
    expect(room.vote('c', '1/predict/1', 1)).toEqual({ outcome: 'closed' })
    room.go(1, 'observe')
    expect(room.studentState('a').result).toMatchObject({ counts: [0, 1, 1] })
    for (const name of ['right', 'whys']) expect(room.studentState('a').result).not.toHaveProperty(name)
    room.go(1, 'explain')
    expect(room.studentState('a').result).toMatchObject({
      right: 1,
      whys: ['first', 'second', 'third'].map((option) => ({ en: `why predict ${option} 1` })),
    })
  })

  test('shows the bars after the second vote, or when staff say so, and never while a vote is open', () => {
    const room = course()
    const isShown = () => room.studentState('a').result?.counts !== undefined
    room.vote('a', '1/predict/1', 0)
    room.showBars(true)
    expect([room.bars, isShown()]).toEqual([false, false])
    room.go(1, 'discuss')
    expect([room.bars, isShown()]).toEqual([false, false])
    room.showBars(true)
    expect([room.bars, isShown()]).toEqual([true, true])
    // To go where the class is changes nothing, another round does.
    room.go(1, 'discuss')
    expect(room.bars).toBe(true)
    room.revote()
    room.vote('a', '1/predict/2', 1)
    expect(room.bars).toBe(false)
    room.go(1, 'discuss')
    expect([room.bars, isShown()]).toEqual([true, true])
    room.showBars(false)
    expect(isShown()).toBe(false)
    // A lesson that was taught before begins without its old bars.
    room.go(1, 'explain')
    room.go(2, 'predict')
    room.go(1, 'predict')
    expect([room.ballot, room.bars]).toEqual([undefined, false])
  })

  test('asks in other words for a second vote', () => {
    const room = course()
    const prompt = () => room.studentState('a').prompt?.en
    room.vote('a', '1/predict/1', 0)
    expect(prompt()).toBeUndefined()
    room.go(1, 'discuss')
    expect(prompt()).toBe('Talk about 1')
    room.revote()
    expect(prompt()).toMatch(/^Vote 2 on the same question/)
    room.vote('a', '1/predict/2', 0)
    room.go(1, 'discuss')
    expect(prompt()).toMatch(/^Compare both votes/)
    room.go(1, 'transfer')
    expect(prompt()).toBeUndefined()
  })

  test('a second vote that nobody has voted in when the class goes on was none', () => {
    const room = course()
    room.vote('a', '1/predict/1', 0)
    room.go(1, 'discuss')
    room.revote()
    room.go(1, 'observe')
    expect([room.round, room.tallies.length]).toEqual([1, 1])
    expect(room.studentState('a')).toMatchObject({ vote: 0, result: { counts: [1, 0, 0] } })
    room.go(1, 'discuss')
    room.revote()
    room.vote('a', '1/predict/2', 1)
    room.go(1, 'observe')
    expect(room.tallies.map(({ votes }) => votes)).toEqual([1, 1])
  })

  test('another round is a prediction again, and both tallies stay', () => {
    const room = course()
    room.go(1, 'predict')
    for (const [token, option] of [
      ['a', 0],
      ['b', 0],
      ['c', 1],
    ] as const)
      room.vote(token, '1/predict/1', option)
    expect(room.advice).toBe('re-teach')
    room.go(1, 'discuss')
    expect(room.revote()).toBe(true)
    expect([room.phase, room.round, room.ballot?.id]).toEqual(['predict', 2, '1/predict/2'])
    // Pressed twice it is still the second round, for nobody has voted in it.
    room.revote()
    expect(room.round).toBe(2)
    for (const token of ['a', 'b', 'c']) room.vote(token, '1/predict/2', 1)
    expect(room.tallies).toEqual([
      { ballot: '1/predict/1', counts: [2, 1, 0], votes: 3, right: 1 },
      { ballot: '1/predict/2', counts: [0, 3, 0], votes: 3, right: 1 },
    ])
    expect(room.advice).toBe('move-on')
  })

  test('back in predict the same ballot is open, unless its answer has been shown', () => {
    const room = course()
    room.go(1, 'predict')
    room.vote('a', '1/predict/1', 0)
    room.go(1, 'observe')
    room.go(1, 'predict')
    expect(room.ballot?.id).toBe('1/predict/1')
    expect(room.vote('b', '1/predict/1', 1)).toMatchObject({ isNew: true })
    room.go(1, 'explain')
    room.go(1, 'predict')
    expect(room.ballot).toBeUndefined()
    expect(room.studentState('a').result).toMatchObject({ right: 1, votes: 2 })
    room.revote()
    expect(room.ballot?.id).toBe('1/predict/2')
    expect(room.studentState('a')).not.toHaveProperty('result')
  })

  test('transfer is told only when it is over', () => {
    const room = course()
    room.go(1, 'transfer')
    room.vote('a', '1/transfer/1', 2)
    expect(room.studentState('a')).toMatchObject({ ballot: { id: '1/transfer/1' }, vote: 2 })
    expect(room.studentState('a')).not.toHaveProperty('result')
    room.revote()
    expect([room.phase, room.ballot?.id]).toEqual(['transfer', '1/transfer/2'])
    room.vote('a', '1/transfer/2', 2)
    // To go there once more, to close a round that is over, or the prediction, shows nothing.
    room.go(1, 'transfer')
    for (const ballot of ['1/transfer/1', '1/transfer/3', '1/predict/1']) {
      expect(room.close(ballot)).toBe(false)
    }
    expect(room.ballot?.id).toBe('1/transfer/2')
    expect(room.close('1/transfer/2')).toBe(true)
    expect(room.close('1/transfer/2')).toBe(false)
    expect(room.ballot).toBeUndefined()
    expect(room.studentState('a').result).toMatchObject({ counts: [0, 0, 1], right: 2 })
    room.go(1, 'transfer')
    expect(room.ballot).toBeUndefined()
    room.go(2, 'transfer')
    expect(room.ballot?.id).toBe('2/transfer/1')
    room.go(2, 'explain')
    expect(room.vote('a', '2/transfer/1', 0)).toEqual({ outcome: 'closed' })
    expect(room.studentState('a')).not.toHaveProperty('result')
  })

  const walk = fc.array(
    fc.oneof(
      fc.record({ lesson: fc.integer({ min: 0, max: 3 }), phase: fc.constantFrom(...phases) }),
      fc.record({
        token: fc.constantFrom('a', 'b', 'c'),
        option: fc.integer({ min: 0, max: 3 }),
        round: fc.integer({ min: 1, max: 3 }),
      }),
      fc.constantFrom('revote' as const, 'close' as const),
    ),
    { maxLength: 60 },
  )
  const go = (room: Course, steps: (typeof walk extends fc.Arbitrary<infer T> ? T : never)[number]) => {
    if (steps === 'revote') return room.revote()
    if (steps === 'close') return room.close(`${room.lesson}/transfer/${room.round}`)
    if ('lesson' in steps) return room.go(steps.lesson, steps.phase)
    const voting = room.phase === 'transfer' ? 'transfer' : 'predict'
    return room.vote(steps.token, `${room.lesson}/${voting}/${steps.round}`, steps.option)
  }

  test('whatever staff do, no student is told what is right of a ballot that is open, or was never explained', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const room = course()
        const explained = new Set<string>()
        for (const step of steps) {
          const isDone = go(room, step)
          const { ballot, result } = room.studentState('a')
          const isExplained =
            (step === 'close' && isDone === true) ||
            (typeof step === 'object' &&
              'phase' in step &&
              room.lesson === step.lesson &&
              room.lesson > 0 &&
              room.phase === 'explain')
          if (isExplained) for (const tally of room.tallies) explained.add(tally.ballot)
          expect(ballot && result).toBeUndefined()
          if (result && !explained.has(result.ballot.id)) expect(result).not.toHaveProperty('right')
          expect(room.ballot !== undefined && explained.has(room.ballot.id)).toBe(false)
          // Nobody's vote counts twice.
          for (const tally of room.tallies) expect(tally.votes).toBeLessThanOrEqual(3)
        }
      }),
    )
  })

  test('a snapshot goes on where it was', () => {
    fc.assert(
      fc.property(walk, walk, (before, after) => {
        const room = course()
        for (const step of before) go(room, step)
        const copy = course()
        expect(copy.restore(JSON.parse(JSON.stringify(room.snapshot())))).toBeUndefined()
        for (const step of [...after, 'revote' as const]) {
          expect(copy.studentState('a')).toEqual(room.studentState('a'))
          expect(copy.tallies).toEqual(room.tallies)
          expect(go(copy, step)).toEqual(go(room, step))
        }
      }),
    )
  })

  test('a snapshot that does not fit the lessons changes nothing', () => {
    const room = course()
    room.go(1, 'predict')
    const good = room.snapshot()
    const bad = [
      { ...good, lesson: 7 },
      { ...good, rounds: [['7/predict', 1]] as [string, number][] },
      { ...good, ballots: [{ id: '1/predict/2', votes: [] }] },
      { ...good, ballots: [{ id: '1/predict/1', votes: [['a', 3]] as [string, number][] }] },
    ]
    for (const snapshot of bad) {
      const other = course()
      expect(other.restore(snapshot)).toMatch(/there is no|options/)
      expect(other.snapshot()).toEqual(course().snapshot())
    }
  })
})
