import { expect, test } from 'vitest'
import { Publications } from './publications.ts'

const event = (scheduledAtUs: number, lagUs: number) => ({
  ...{ seq: 1, data: '' },
  scheduledAtUs,
  publishedAtUs: scheduledAtUs + lagUs,
})

test('publications are counted all, and how late they were of those due in the window', () => {
  const publications = new Publications()
  publications.onEvent(event(500, 10))
  publications.window = { startUs: 1_000, endUs: 2_000 }
  for (const [dueUs, lagUs] of [
    [999, 10],
    [1_000, 100.5],
    [1_500, 300.25],
    [1_999, 200.25],
    [2_000, 10],
  ] as const)
    publications.onEvent(event(dueUs, lagUs))
  expect(publications.published).toBe(6)
  expect(publications.lag()).toMatchObject({ n: 3, meanUs: 200.333, minUs: 100.5, maxUs: 300.25 })
  expect(publications.lag().p50Us).toBeCloseTo(200, 0)
})

test('no figure contradicts another, and of nothing all are 0', () => {
  const publications = new Publications()
  expect(Object.values(publications.lag())).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  publications.window = { startUs: 0, endUs: 1e9 }
  for (const lagUs of [-3, 0.2, 7e9]) publications.onEvent(event(1e6, lagUs))
  const { minUs, p50Us, p90Us, p99Us, p999Us, maxUs } = publications.lag()
  const figures = [minUs, p50Us, p90Us, p99Us, p999Us, maxUs]
  expect(figures).toEqual(figures.toSorted((a, b) => a - b))
  expect([minUs, maxUs]).toEqual([-3, 7e9])
})
