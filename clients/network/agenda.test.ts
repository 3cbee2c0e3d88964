import { afterEach, describe, expect, test } from 'vitest'
import { nowUs } from '../../server/clock.ts'
import { until } from '../../server/fixture/until.ts'
import { Agenda } from './agenda.ts'

describe('an agenda', () => {
  let agenda = new Agenda()
  afterEach(() => {
    agenda.stop()
    agenda = new Agenda()
  })

  test('does everything in the order of its times, and of equal times in the order of noting', async () => {
    const startUs = nowUs()
    const done: string[] = []
    const note = (name: string, inMs: number) => agenda.at(startUs + inMs * 1e3, () => done.push(name))
    note('c', 8)
    note('d', 8)
    note('e', 12)
    note('a', 1)
    note('b', 4.5)
    await until('all is done', () => done.length === 5)
    expect(done.join('')).toBe('abcde')
  })

  test('does nothing early', async () => {
    const startUs = nowUs()
    const early: number[] = []
    let done = 0
    for (let i = 0; i < 100; i++) {
      const dueUs = startUs + i * 370
      agenda.at(dueUs, () => {
        done++
        if (nowUs() < dueUs) early.push(i)
      })
    }
    await until('all is done', () => done === 100)
    expect(early).toEqual([])
  })

  test('does what is noted while it is at work', async () => {
    const done: number[] = []
    const again = (n: number) => {
      done.push(n)
      if (n < 100) agenda.at(0, () => again(n + 1))
    }
    agenda.at(0, () => again(1))
    await until('all is done', () => done.length === 100)
  })

  test('forgets everything when it is stopped', async () => {
    const done: number[] = []
    agenda.at(nowUs() + 2_000, () => done.push(1))
    agenda.stop()
    const other = new Agenda()
    let later = false
    other.at(nowUs() + 10_000, () => {
      later = true
    })
    await until('it is later', () => later)
    expect(done).toEqual([])
  })
})
