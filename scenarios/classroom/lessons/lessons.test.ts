import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { keysIn } from '../../../report/fixture/keys.ts'
import { inWords } from '../../../report/words/say.ts'
import { registry } from '../../../server/registry.ts'
import { phases } from '../room/protocol.ts'
import { checkAct, checkSettings, checkSetup } from '../stage/limits.ts'
import { chinese } from '../words/catalogue.ts'
import { lessonOf, lessons, sandbox } from './index.ts'
import { roomLessons } from './room-lessons.ts'

const techniques = registry.map(({ name }) => name)
const unique = (ids: readonly string[]) => new Set(ids).size === ids.length

test('there are ten lessons, numbered in their order', () => {
  expect(lessons.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(unique(lessons.map(({ id }) => id))).toBe(true)
  expect(lessonOf(3)?.id).toBe('does-long-polling-push')
  expect(lessonOf(11)).toBeUndefined()
})

describe.each(lessons)('lesson $number, $id', (lesson) => {
  test.each(['predict', 'transfer'] as const)('asks one question to %s, with one right answer', (phase) => {
    const { options } = lesson[phase]
    expect(options.filter(({ isRight }) => isRight)).toHaveLength(1)
    expect(options.length).toBeGreaterThanOrEqual(3)
    expect(options.length).toBeLessThanOrEqual(4)
    expect(unique(options.map(({ text }) => String(text)))).toBe(true)
    for (const { why } of options) expect(String(why).length).toBeGreaterThan(20)
  })

  test.each(['predict', 'transfer'] as const)('asks in so few words to %s that a wall has room', (phase) => {
    const { text, options } = lesson[phase]
    expect(String(text).length).toBeLessThanOrEqual(115)
    for (const option of options) expect(String(option.text).length).toBeLessThanOrEqual(75)
  })

  test('has 3 to 5 steps and questions, each with an id of its own', () => {
    for (const list of [lesson.steps, lesson.worksheet]) {
      expect(list.length).toBeGreaterThanOrEqual(3)
      expect(list.length).toBeLessThanOrEqual(5)
      expect(unique(list.map(({ id }) => id))).toBe(true)
    }
  })

  test('accepts some distance from what the run says, and not more than a fifth', () => {
    for (const { tolerance } of lesson.worksheet) {
      expect(Object.keys(tolerance).length).toBeGreaterThan(0)
      expect(tolerance.relative ?? 0).toBeLessThanOrEqual(0.2)
    }
  })

  test('has a stage that can be set up, of at most five lanes, and asks for nothing else', () => {
    expect(checkSetup(lesson.setup, techniques)).toEqual(lesson.setup)
    expect(lesson.setup.lanes.length).toBeLessThanOrEqual(5)
    for (const act of lesson.acts) checkAct(act)
    for (const control of lesson.controls) expect(lesson.setup.settings).toHaveProperty(control)
    expect(lesson.controls.length).toBeGreaterThanOrEqual(1)
    expect(lesson.controls.length).toBeLessThanOrEqual(2)
    for (const { act } of lesson.steps) {
      if (typeof act === 'string') expect(lesson.acts).toContain(act)
      else if (act) {
        checkSettings(act.change)
        for (const setting of Object.keys(act.change)) expect(lesson.controls).toContain(setting)
      }
    }
  })

  test('explains without a run, too', () => {
    const texts = lesson.explain(undefined).map(String)
    expect(texts.length).toBeGreaterThanOrEqual(2)
    expect(texts.join(' ')).not.toContain('In this run')
  })
})

test('the sandbox has the five main techniques', () => {
  expect(checkSetup(sandbox, techniques)).toEqual(sandbox)
  expect(sandbox.lanes).toHaveLength(5)
})

test('every text has its Chinese', () => {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !/test\.ts$/.test(file))
  const texts = [
    ...files.map((file) => `${import.meta.dirname}/${file}`),
    `${import.meta.dirname}/../../commands/check.ts`,
  ]
  const missing = texts.flatMap((file) =>
    keysIn(readFileSync(file, 'utf8')).filter((key) => chinese.of(key) === undefined),
  )
  expect(missing).toEqual([])
})

describe('the room', () => {
  test('gets every lesson in both languages, with the same right option', () => {
    for (const [i, room] of roomLessons().entries()) {
      const lesson = lessons[i] as (typeof lessons)[number]
      expect(room.title).toEqual({ en: String(lesson.title), zh: inWords(lesson.title, chinese) })
      expect(lesson.predict.options[room.predict.right]?.isRight).toBe(true)
      expect(lesson.transfer.options[room.transfer.right]?.isRight).toBe(true)
      for (const phase of phases) expect(room.prompts[phase]?.zh).toMatch(/\p{Script=Han}/u)
      expect(room.setup).toBe(lesson.setup)
    }
  })

  test('is told nothing before the vote that gives the answer away', () => {
    for (const { prompts, predict } of roomLessons())
      expect(prompts.predict?.en).not.toContain(predict.options[predict.right]?.en)
  })
})
