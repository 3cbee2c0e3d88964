import { expect, test } from 'vitest'
import { DueTimes } from './due-times.ts'
import { SeenEvents } from './seen-events.ts'

const plan = function* () {
  for (let i = 0; ; i++) yield Math.floor(i / 2) * 10
}

test('an event is due when the plan says, in whatever order it is asked', () => {
  const due = new DueTimes(plan(), 1_000)
  expect([due.at(5), due.at(1), due.at(200), due.at(4)]).toEqual([20, 0, 990, 10])
  // Beyond the plan's end, however often it is asked.
  expect([due.at(201), due.at(4e9), due.at(201), due.at(200)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
    990,
  ])
})

test('what has been left behind is not known, and never taken for another', () => {
  const due = new DueTimes(plan())
  expect(due.at(200_000)).toBe(999_990)
  expect(due.at(200_000 - 65_535)).toBe(672_320)
  expect(due.at(200_000 - 65_536)).toBe(Number.NaN)
  expect([due.seqOf(999_990), due.seqOf(672_320), due.seqOf(0), due.seqOf(999_995)]).toEqual([
    199_999, 134_465, 0, 0,
  ])
})

test('the first of those due at a time is found', () => {
  const due = new DueTimes()
  expect(due.seqOf(7)).toBe(0)
  for (const dueUs of [5, 7, 7, 7, 9]) due.add(dueUs)
  expect([5, 7, 8, 9, 10].map((dueUs) => due.seqOf(dueUs))).toEqual([1, 2, 0, 5, 0])
})

test('each subscriber has each event once, late ones too, and what is older than thousands counts as had', () => {
  const seen = new SeenEvents(2)
  expect([seen.add(0, 40), seen.add(0, 40), seen.add(1, 40), seen.add(0, 39)]).toEqual([
    true,
    false,
    true,
    true,
  ])
  expect(seen.add(0, 40_000)).toBe(true)
  // What stood at the same place in the bitmap is gone.
  expect([seen.add(0, 40_000 - 4_064), seen.add(0, 40_000 - 4_064), seen.add(0, 39_999)]).toEqual([
    true,
    false,
    true,
  ])
  expect([seen.add(0, 40_000 - 4_128), seen.add(0, 1)]).toEqual([false, false])
  expect([...seen.latest]).toEqual([40_000, 40])
})
