import { describe, expect, test } from 'vitest'
import type { Advice, Phase } from '../room/protocol.ts'
import { isSlip, movesFrom, nextMove, otherMoves } from './course.ts'
import { ballotFixture, roomFixture } from './fixture.ts'

interface At {
  phase: Phase
  round?: number
  isOpen?: boolean
  advice?: Advice
  votes?: number
}

function at({ phase, round = 1, isOpen = false, advice = 'too-few-votes', votes = 20 }: At) {
  const { ballot: _, ...room } = roomFixture()
  const tallies = [{ ballot: ballotFixture.id, counts: [votes], votes, right: 1 }]
  return { ...room, phase, round, advice, tallies, ...(isOpen && { ballot: ballotFixture }) }
}
const names = (place: At) => movesFrom(at(place)).map(({ name }) => String(name))

describe('what can come next, the advised first', () => {
  test.each<[string, At, string[]]>([
    ['an open vote', { phase: 'predict', isOpen: true, votes: 0 }, ['Discuss']],
    ['many wrong', { phase: 'predict', isOpen: true, advice: 're-teach' }, ['Discuss', 'Vote again']],
    [
      'most right',
      { phase: 'predict', isOpen: true, advice: 'move-on' },
      ['Observe', 'Discuss', 'Vote again'],
    ],
    [
      'a second vote',
      { phase: 'predict', isOpen: true, round: 2, advice: 'discuss-and-revote' },
      ['Observe', 'Discuss', 'Vote again'],
    ],
    ['a lesson taught before', { phase: 'predict', advice: 'move-on' }, ['Vote again', 'Discuss']],
    ['half right', { phase: 'discuss', advice: 'discuss-and-revote' }, ['Vote again', 'Observe']],
    ['few right', { phase: 'discuss', advice: 're-teach' }, ['Vote again', 'Observe']],
    ['most right, discussed', { phase: 'discuss', advice: 'move-on' }, ['Observe', 'Vote again']],
    ['nobody counted', { phase: 'discuss', votes: 0 }, ['Observe', 'Vote again']],
    [
      'half right after two votes',
      { phase: 'discuss', round: 2, advice: 'discuss-and-revote' },
      ['Observe', 'Vote again'],
    ],
    ['observe', { phase: 'observe', advice: 're-teach' }, ['Explain']],
    ['explain', { phase: 'explain', advice: 're-teach' }, ['Transfer']],
    ['the other case', { phase: 'transfer', isOpen: true, votes: 0 }, ['Show the answer']],
    ['the end', { phase: 'transfer' }, ['Vote again']],
  ])('%s', (_, place, expected) => {
    expect(names(place)).toEqual(expected)
  })

  test('nothing in the sandbox, and nothing but another vote at the end', () => {
    expect(movesFrom({ ...at({ phase: 'predict' }), lesson: 0 })).toEqual([])
    expect(nextMove(at({ phase: 'transfer' }))).toBeUndefined()
    expect(otherMoves(at({ phase: 'transfer' })).map(({ name }) => String(name))).toEqual(['Vote again'])
    expect(otherMoves(at({ phase: 'observe' }))).toEqual([])
  })

  test('a double click on what leads to the discussion does not open the second vote', () => {
    const [again] = movesFrom(at({ phase: 'discuss', advice: 'discuss-and-revote' }))
    expect(again && [isSlip(again, { detail: 2 }), isSlip(again, { detail: 1 })]).toEqual([true, false])
  })
})
