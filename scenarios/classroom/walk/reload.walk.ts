import type { Browser } from 'playwright-core'
import { afterAll, describe, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { lessons } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { Classroom, OBSERVATION_MS, stepsTick } from './classroom.ts'

const browser = (await startBrowser()) as Browser
afterAll(() => browser?.close())
const LONG = { timeout: 60_000 }

describe('a wall that is loaded anew', () => {
  test('at every phase loses nothing, shows no delay that cannot be, and keeps what steps have said', {
    timeout: 3 * OBSERVATION_MS,
  }, async ({ skip, expect }) => {
    if (!browser) return skip('There is no browser.')
    await using classroom = await Classroom.open(browser)
    const lesson = lessons.find(({ id }) => id === 'websocket-or-sse') as Lesson
    const wall = await classroom.staff('projector')
    await wall.getByRole('button', { name: 'Lessons' }).click()
    await wall.locator(`[data-lesson="${lesson.number}"]`).click()
    const next = wall.locator('.tools .main')
    const reloadedIn = async (phase: string) => {
      await wall.waitForSelector(`main.${phase}`)
      await wall.reload()
      await wall.waitForSelector(`main.${phase}`)
    }
    const hasNew = async () => {
      const after = classroom.state()?.events.length ?? 0
      const isHere = () =>
        classroom.state()?.lanes.every(({ received }) => (received.at(-1)?.seq ?? 0) > after)
      await expect.poll(isHere, LONG).toBe(true)
    }
    await reloadedIn('predict')
    await next.click()
    await reloadedIn('discuss')
    await next.click()
    await wall.waitForSelector('main.observe')
    for (let i = 0; i < 3; i++) {
      await hasNew()
      await reloadedIn('observe')
    }
    await stepsTick(wall, lesson, (button) => wall.locator(button).first().click())
    const saidBy = async () => {
      const texts = await wall.locator('.steps .progress').allInnerTexts()
      // When the last of them was written the log may tell a moment after the page had it.
      return texts.map((text) => text.replace(/ Whichever .*/, ''))
    }
    const said = await saidBy()
    expect(said).toHaveLength(lesson.steps.length)
    await reloadedIn('observe')
    await expect.poll(saidBy, LONG).toEqual(said)
    await hasNew()

    const { lanes = [] } = classroom.state() ?? {}
    for (const { received, lost, clockErrorUs = Number.NaN } of lanes) {
      expect.soft(lost).toEqual([])
      expect.soft(Math.min(...received.map(({ delayUs }) => delayUs))).toBeGreaterThanOrEqual(0)
      // No event is there before it has left.
      for (const { atUs, sentUs = atUs } of received) expect.soft(atUs).toBeGreaterThan(sentUs - clockErrorUs)
    }
    expect(await wall.locator('.lost').count()).toBe(0)
    for (const phase of ['explain', 'transfer']) {
      await next.click()
      await reloadedIn(phase)
    }
    // The page without a key asks for it with 403, and goes on by itself.
    expect(classroom.complaints.filter((text) => !text.includes('403 (Forbidden)'))).toEqual([])
  })
})
