import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../clients/chromium.ts'
import { PushlabError } from '../../server/error.ts'
import { startDemo } from './demo.ts'
import { lessons } from './lessons/index.ts'
import type { Lesson } from './lessons/lesson.ts'
import { advance } from './log/advance.ts'
import type { StageEntry } from './log/entries.ts'
import { withFewBytes } from './log/record-entries.ts'
import { packLog, type Recording } from './log/recording-format.ts'

/**
 * Records lessons: plays the observation of each before a headless Chromium, does what its steps ask for until all have
 * ticked, and writes the log to scenarios/classroom/lessons/recordings/.
 *
 *     npm run recordings                  all of them, some 6 minutes
 *     npm run recordings -- poll-delay    one
 */

const FOLDER = new URL('./lessons/recordings/', import.meta.url)
const OBSERVATION_MS = 90_000
const TRIES = 3
/** What a step is about has to be there first: a network that is cut before anything came through it shows nothing. */
const BEFORE_A_STEP_MS = 3_000
const AFTER_ALL_MS = 2_000
/** What three pages carry ten of. */
const MOST_CHARACTERS = 100_000

async function record(lesson: Lesson, browser: Browser): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-recording-'))
  const demo = await startDemo({ port: 0, folder })
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  try {
    const wall = await context.newPage()
    await wall.goto(`${demo.url}/k/${demo.key}/projector?lang=en`)
    await wall.getByRole('button', { name: 'Lessons' }).click()
    await wall.locator(`[data-lesson="${lesson.number}"]`).click()
    const next = wall.locator('.tools .main')
    // Another lesson may be on the wall until the room has heard of this one.
    await wall.locator('main.predict .question', { hasText: String(lesson.predict.text) }).waitFor()
    await next.click()
    await wall.waitForSelector('main.discuss')
    await next.click()
    await wall.waitForSelector('main.observe')
    await observe(wall, lesson)
    await sleep(AFTER_ALL_MS)
    const log = whole(demo.stage.log)
    expectAnswers(lesson, log)
    const recordedAt = new Date().toISOString()
    return { schema: 'pushlab/recording@1', lesson: lesson.id, recordedAt, log: await packed(log) }
  } finally {
    await context.close()
    await demo.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Worksheets are filled in from recordings, too. */
function expectAnswers({ id, worksheet }: Lesson, log: readonly StageEntry[]): void {
  const state = advance(undefined, log)
  const open = worksheet.filter(({ answer }) => !state || answer(state) === undefined)
  if (open.length > 0) throw spoiled(id, `the run does not answer ${open.map((one) => one.id).join(', ')}`)
}

function spoiled(lesson: string, why: string): PushlabError {
  return new PushlabError(
    'NOT_ACCEPTED',
    `${lesson} was not observed: ${why}. Record it again on a machine that does nothing else: npm run recordings -- ${lesson}`,
  )
}

/** Other load on the machine can spoil an observation: then it is made once more. */
async function recorded(lesson: Lesson, browser: Browser): Promise<Recording> {
  for (let tries = 1; ; tries++) {
    try {
      return await record(lesson, browser)
    } catch (error) {
      if (tries === TRIES || !(error instanceof PushlabError)) throw error
      console.error(error.message)
    }
  }
}

/** Waits until the steps have ticked, one after the other, and presses the buttons of those that have one. */
async function observe(wall: Page, lesson: Lesson): Promise<void> {
  const until = performance.now() + OBSERVATION_MS
  for (const [i, step] of lesson.steps.entries()) {
    const item = wall.locator('.steps > li').nth(i)
    const isDone = () => item.evaluate((element) => element.classList.contains('done'))
    if (step.needsXRay) await wall.keyboard.press('x')
    if (step.act && !(await isDone())) {
      await sleep(BEFORE_A_STEP_MS)
      if (!(await isDone())) await item.locator('.row > button:not([aria-expanded])').click()
    }
    while (!(await isDone())) {
      if (performance.now() > until) {
        throw spoiled(lesson.id, `its step ${step.id} did not tick within ${OBSERVATION_MS / 1e3} s`)
      }
      await sleep(200)
    }
  }
}

/** With all bytes that can be looked at, or, where those are too many, with the first and the latest. */
async function packed(log: readonly StageEntry[]): Promise<string> {
  const all = await packLog(log)
  return all.length <= MOST_CHARACTERS ? all : packLog(withFewBytes(log))
}

/** Up to the last comparison of counters, so that the recording ends with numbers that have been compared. */
function whole(log: readonly StageEntry[]): readonly StageEntry[] {
  return log.slice(0, log.findLastIndex(({ kind }) => kind === 'totals') + 1)
}

const asked = process.argv.slice(2)
const unknown = asked.filter((id) => !lessons.some((lesson) => lesson.id === id))
try {
  if (unknown.length > 0) {
    const known = lessons.map(({ id }) => id).join(', ')
    throw new PushlabError('BAD_INPUT', `There is no lesson ${unknown.join(', ')}. There are: ${known}.`)
  }
  mkdirSync(FOLDER, { recursive: true })
  const browser = await launchBrowser()
  try {
    for (const lesson of lessons) {
      if (asked.length > 0 && !asked.includes(lesson.id)) continue
      const text = `${JSON.stringify(await recorded(lesson, browser), undefined, 2)}\n`
      writeFileSync(new URL(`${lesson.id}.json`, FOLDER), text)
      console.log(`${lesson.id}: ${Math.ceil(text.length / 1_000)} kB`)
    }
  } finally {
    await browser.close()
  }
} catch (error) {
  if (!(error instanceof PushlabError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
