import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { nowUs } from './clock.ts'
import { until } from './fixture/until.ts'
import { startPacer } from './pacer.ts'
import { dueTimesBefore, type Schedule } from './schedule.ts'

const schedule: Schedule = { kind: 'poisson', ratePerSecond: 200, seed: 3 }

test('announces every event of a schedule in order, none before its time, up to the end', async () => {
  const epochUs = nowUs()
  const untilUs = 300_000
  const announced: number[] = []
  const early: number[] = []
  const stop = startPacer({ schedule, epochUs, untilUs }, (scheduledAtUs) => {
    announced.push(scheduledAtUs)
    if (nowUs() < scheduledAtUs) early.push(scheduledAtUs)
  })
  const expected = dueTimesBefore(schedule, untilUs).map((dueUs) => epochUs + dueUs)
  await until('all are announced', () => announced.length >= expected.length)
  stop()
  expect(announced).toEqual(expected)
  expect(early).toEqual([])
})

test('announces late what was due while the process could not run, and skips nothing', async () => {
  const epochUs = nowUs()
  const announced: number[] = []
  const stop = startPacer({ schedule, epochUs, untilUs: 200_000 }, (dueUs) => announced.push(dueUs))
  while (nowUs() < epochUs + 250_000); // The event loop stands still past the schedule's end.
  expect(announced).toEqual([])
  await until('all are announced', () => announced.length === dueTimesBefore(schedule, 200_000).length)
  stop()
})

test('is silent once stopped', async () => {
  const announced: number[] = []
  const stop = startPacer({ schedule, epochUs: nowUs() }, (dueUs) => announced.push(dueUs))
  await until('some are announced', () => announced.length > 3)
  stop()
  const { length } = announced
  await sleep(50)
  expect(announced).toHaveLength(length)
})

test('tells whoever wants to know that its thread failed', async () => {
  const failed = Promise.withResolvers<Error>()
  startPacer({ schedule: null as never, epochUs: nowUs() }, () => {}, failed.resolve)
  expect(await failed.promise).toBeInstanceOf(TypeError)
})
