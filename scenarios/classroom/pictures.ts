import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../../clients/chromium.ts'
import { startDemo } from './demo.ts'

/** Takes the README's pictures of the classroom from a demo that runs: `npm run pictures`. */

const FOLDER = fileURLToPath(new URL('./pictures/', import.meta.url))
const OBSERVED_MS = 12_000
const STUDENTS = 12

const kept = mkdtempSync(join(tmpdir(), 'pushlab-pictures-'))
mkdirSync(FOLDER, { recursive: true })
const demo = await startDemo({ port: 0, folder: kept })
const browser = await launchBrowser()
try {
  const open = async (address: string, options: BrowserContextOptions): Promise<Page> => {
    const page = await (await browser.newContext({ locale: 'en-GB', ...options })).newPage()
    await page.goto(address)
    return page
  }
  const take = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}${name}.png` })
  const staff = (page: string) => `${demo.url}/k/${demo.key}/${page}?lang=en`
  const wall = await open(staff('projector'), {
    viewport: { width: 1920, height: 1080 },
    colorScheme: 'light',
  })
  const teacher = await open(staff('teacher'), {
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
  })
  const lead = async (lesson: number, phases: number) => {
    await wall.getByRole('button', { name: 'Lessons' }).click()
    await wall.locator(`[data-lesson="${lesson}"]`).click()
    await wall.waitForSelector('main.predict')
    for (let i = 0; i < phases; i++) {
      await wall.locator('.tools .main').click()
      await sleep(1_000)
    }
  }

  await lead(3, 0)
  const phone = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 }
  const students = await Promise.all(
    Array.from({ length: STUDENTS }, () => open(`${demo.joinUrl}#${demo.code}`, phone)),
  )
  await Promise.all(students.map((student) => student.locator('label.option').first().waitFor()))
  await take(students[0] as Page, 'student')
  for (const [i, student] of students.entries()) {
    await student
      .locator('label.option')
      .nth(i % 4 === 3 ? 1 : i % 3)
      .click()
    await student.locator('form button[type=submit]').click()
  }
  await sleep(1_000)
  await take(wall, 'predict')
  await wall.locator('.tools .main').click()
  await sleep(1_500)
  await take(teacher, 'teacher')

  await lead(1, 2)
  await sleep(OBSERVED_MS)
  await take(wall, 'wall')
  await wall.keyboard.press('x')
  await sleep(1_500)
  await take(wall, 'x-ray')
  await wall.keyboard.press('x')

  await lead(8, 2)
  await sleep(5_000)
  await wall.keyboard.press('b')
  await sleep(2_000)
  await wall.keyboard.press('d')
  await wall.keyboard.press('g')
  await sleep(800)
  await take(wall, 'restart-dark-chinese')
} finally {
  await browser.close()
  await demo.close()
  rmSync(kept, { recursive: true, force: true })
}
