import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { lessons } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { Classroom, OBSERVATION_MS, stepsTick, tabTo } from './classroom.ts'
import { misfits, wallSizes } from './geometry.ts'

let browser: Browser | undefined
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const right = ({ predict }: Lesson) => predict.options.findIndex(({ isRight }) => isRight)

describe.concurrent('alone and by keyboard', () => {
  test.for(lessons)(
    '$id goes from prediction to worksheet, and every step ticks',
    { timeout: 3 * OBSERVATION_MS },
    async (lesson, { skip, expect }) => {
      if (!browser) return skip('There is no browser.')
      await using classroom = await Classroom.open(browser)
      const page = await classroom.staff('learn', { viewport: { width: 1024, height: 768 } })
      const look = async (where: string) => {
        // What stays in sight while the page scrolls lies over what does not.
        await page.evaluate(() => scrollTo(0, 0))
        const step = '.steps .current .what, .steps .current .row > button'
        expect.soft(await misfits(page, step), where).toEqual([])
      }
      await page.waitForSelector('.lessons')
      await tabTo(page, `[data-lesson="${lesson.number}"]`)
      await page.keyboard.press('Enter')

      // Nothing is shown before there is a prediction.
      await tabTo(page, 'input[type=radio]')
      for (let i = 0; i < right(lesson); i++) await page.keyboard.press('ArrowDown')
      if (right(lesson) === 0) await page.keyboard.press('Space')
      await tabTo(page, 'form button[type=submit]')
      await page.keyboard.press('Enter')
      await page.waitForSelector('text=locked')
      const goOn = async () => {
        await tabTo(page, '.lead button.main')
        await page.keyboard.press('Enter')
      }
      await goOn()
      await page.waitForSelector('text=Nobody is beside you')
      await goOn()

      await page.waitForSelector('.lane')
      await look('the first step')
      const press = async (button: string) => {
        await tabTo(page, button)
        await page.keyboard.press('Enter')
      }
      await stepsTick(page, lesson, press, look)

      await goOn()
      await page.waitForSelector('.reasons .right')
      await look('the explanation')
      expect(await page.locator('.reasons .right').textContent()).toContain('You chose this.')
      await goOn()
      await page.waitForSelector('form.worksheet')
      await look('the worksheet')
      expect(classroom.complaints).toEqual([])
    },
  )
})

describe.concurrent('before a class and by pointer', () => {
  test.for(lessons)(
    '$id is led on the wall, two students vote, every step ticks, and all that is needed is in sight',
    { timeout: 3 * OBSERVATION_MS },
    async (lesson, { skip, expect }) => {
      if (!browser) return skip('There is no browser.')
      await using classroom = await Classroom.open(browser)
      const wall = await classroom.staff('projector')
      await wall.getByRole('button', { name: 'Lessons' }).click()
      await wall.locator(`[data-lesson="${lesson.number}"]`).click()
      const students = await Promise.all([classroom.student(), classroom.student()])
      await Promise.all(
        students.map(async (student, i) => {
          await student.locator('label.option').nth(i).click()
          await student.locator('form button[type=submit]').click()
          await student.waitForSelector('text=locked')
        }),
      )
      await expect
        .poll(() => classroom.demo.room.snapshot().ballots.flatMap(({ votes }) => votes).length)
        .toBe(2)

      const look = async (where: string) => {
        expect.soft(await misfits(wall), `${where} at ${wall.viewportSize()?.width}`).toEqual([])
      }
      const lookAtAll = async (where: string) => {
        for (const size of wallSizes) {
          await wall.setViewportSize(size)
          await look(where)
        }
      }
      // Further steps are looked at with one size, which changes from lesson to lesson.
      const ownSize = wallSizes[lesson.number % wallSizes.length] ?? wallSizes[0]
      const next = wall.locator('.tools .main')
      await next.click()
      await wall.waitForSelector('main.discuss')
      await next.click()
      await wall.waitForSelector('.lane')
      await lookAtAll('the first step')
      await wall.setViewportSize(ownSize)
      await stepsTick(wall, lesson, (button) => wall.locator(button).first().click(), look)
      await lookAtAll('the last step')
      await next.click()
      await wall.waitForSelector('main.explain')
      await lookAtAll('the explanation')
      await students[0]?.waitForSelector('text=right')
      await next.click()
      await wall.waitForSelector('main.transfer')
      await students[0]?.locator('label.option').first().waitFor()
      expect(classroom.complaints).toEqual([])
    },
  )
})
