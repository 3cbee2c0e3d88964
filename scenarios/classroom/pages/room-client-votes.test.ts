import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Votes } from '../room/votes.ts'
import { OwnVotes } from './room-client-votes.ts'

test('a vote cannot be changed, and is said again until it is refused', () => {
  const votes = new OwnVotes()
  expect(votes.give('1/predict/1', 2)).toBe(true)
  expect(votes.give('1/predict/1', 0)).toBe(false)
  expect(votes.toSay()).toEqual([{ ballot: '1/predict/1', option: 2 }])
  votes.counted('1/predict/1', 2)
  expect(votes.all.get('1/predict/1')).toEqual({ option: 2, state: 'counted' })
  expect(votes.toSay()).toHaveLength(1)
  votes.refused('1/predict/1')
  expect(votes.toSay()).toEqual([])
  // The ballot is open again.
  expect(votes.give('1/predict/1', 0)).toBe(true)
})

test('what the room has counted is what counts', () => {
  const votes = new OwnVotes()
  votes.give('1/predict/1', 2)
  votes.counted('1/predict/1', 0)
  expect(votes.all.get('1/predict/1')).toEqual({ option: 0, state: 'counted' })
})

test('only the latest votes are kept', () => {
  const votes = new OwnVotes()
  for (let i = 1; i <= 30; i++) votes.give(`1/predict/${i}`, 0)
  expect(votes.toSay()).toHaveLength(20)
  expect(votes.toSay()[0]?.ballot).toBe('1/predict/11')
})

test('whatever is lost on the way, once everybody is back each vote is counted once', () => {
  const step = fc.record({
    page: fc.integer({ min: 0, max: 4 }),
    round: fc.integer({ min: 1, max: 3 }),
    option: fc.integer({ min: 0, max: 2 }),
    arrives: fc.boolean(),
    isAnswered: fc.boolean(),
    returns: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const room = new Votes()
      for (const round of [1, 2, 3]) room.open(`${round}`, 3)
      const pages = Array.from({ length: 5 }, () => new OwnVotes())
      const given = new Map<string, number>()
      const say = (page: number, ballot: string, option: number, isAnswered: boolean) => {
        const vote = room.vote(`${page}`, ballot, option)
        if (isAnswered && vote.outcome === 'counted') pages[page]?.counted(ballot, vote.option)
      }
      const returned = (page: number) => {
        for (const { ballot, option } of pages[page]?.toSay() ?? []) say(page, ballot, option, true)
      }
      for (const { page, round, option, arrives, isAnswered, returns } of steps) {
        if (pages[page]?.give(`${round}`, option)) {
          given.set(`${page}/${round}`, option)
          if (arrives) say(page, `${round}`, option, isAnswered)
        }
        if (returns) returned(page)
      }
      for (const page of pages.keys()) returned(page)
      for (const round of [1, 2, 3]) {
        const expected = [0, 1, 2].map(
          (option) =>
            [...given].filter(([key, chosen]) => key.endsWith(`/${round}`) && chosen === option).length,
        )
        expect(room.counts(`${round}`)).toEqual(expected)
      }
      for (const page of pages) for (const { state } of page.all.values()) expect(state).toBe('counted')
    }),
  )
})
