import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Demo, startDemo } from '../demo.ts'
import type { Lesson } from '../lessons/lesson.ts'
import type { OwnLesson } from '../lessons/own-lesson.ts'
import { advance } from '../log/advance.ts'
import type { StageState } from '../log/state.ts'

/** An observation takes 10 to 40 s by itself; a busy machine takes longer. */
export const OBSERVATION_MS = 120_000
const PATIENCE_MS = 15_000

/** The whole demo for one test, and pages of a browser in it. Whatever a page complains of is kept. */
export class Classroom implements AsyncDisposable {
  readonly demo: Demo
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #folder: string
  readonly #closing: (() => Promise<void>)[] = []

  private constructor(demo: Demo, browser: Browser, folder: string) {
    this.demo = demo
    this.#browser = browser
    this.#folder = folder
  }

  static async open(browser: Browser, lesson?: OwnLesson): Promise<Classroom> {
    const folder = mkdtempSync(join(tmpdir(), 'pushlab-classroom-'))
    const demo = await startDemo({ port: 0, folder, ...(lesson && { lesson }) })
    return new Classroom(demo, browser, folder)
  }

  /** A window of its own, with its own storage. Requests that leave this machine are complaints, too. */
  async window(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: { width: 1920, height: 1080 }, ...options })
    this.#closing.push(() => context.close())
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => this.complaints.push(`error: ${message}`))
    page.on('console', (message) => {
      // A cut network and a server that is away are what some lessons are about.
      const isExpected =
        /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_INCOMPLETE|WebSocket connection/.test(
          message.text(),
        )
      if (message.type() === 'error' && !isExpected) this.complaints.push(`console: ${message.text()}`)
    })
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url())
      if (!['127.0.0.1', 'localhost'].includes(hostname) && !['data:', 'about:', 'blob:'].includes(protocol))
        this.complaints.push(`request: ${request.url()}`)
    })
    await page.goto(address)
    return page
  }

  /** A page of staff. */
  staff(page: 'projector' | 'teacher' | 'learn', options?: BrowserContextOptions): Promise<Page> {
    return this.window(`${this.demo.url}/k/${this.demo.key}/${page}?lang=en`, options)
  }

  /** A student's phone. */
  student(options: BrowserContextOptions = {}): Promise<Page> {
    return this.window(`${this.demo.joinUrl}#${this.demo.code}`, {
      viewport: { width: 320, height: 640 },
      locale: 'en-GB',
      ...options,
    })
  }

  /** What the server's own log says of the stage. */
  state(): StageState | undefined {
    return advance(undefined, this.demo.stage.log)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()))
    await this.demo.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Presses Tab until an element has the focus; fails after going round once. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 250; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${selector}.`)
}

/** The numbers of a page's table, lane by lane, as they stand there. */
export function tableOf(page: Page): Promise<Record<string, Record<string, string>>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('tr[data-lane][data-bytes]')].map((row) => [
        row.dataset.lane ?? '',
        { ...row.dataset } as Record<string, string>,
      ]),
    ),
  )
}

/**
 * Does what steps ask for, one after the other, until all have ticked.
 * @param look is called when a step has ticked, or soon after.
 */
export async function stepsTick(
  page: Page,
  lesson: Lesson,
  press: (button: string) => Promise<void>,
  look: (step: string) => Promise<void> = async () => {},
): Promise<void> {
  await page.waitForSelector('.steps')
  const until = performance.now() + OBSERVATION_MS
  for (const [i, step] of lesson.steps.entries()) {
    const item = `.steps > li:nth-child(${i + 1})`
    const isDone = () =>
      page.evaluate((selector) => document.querySelector(selector)?.classList.contains('done'), item)
    if (step.needsXRay) await page.keyboard.press('x')
    // What a step is about has to be there first: a network that is cut before it was open shows nothing.
    let pressAtMs = performance.now() + 3_000
    while (!(await isDone())) {
      const nowMs = performance.now()
      if (nowMs > until)
        throw new Error(
          `Step ${step.id} of ${lesson.id} never ticked: ${await page.locator(item).textContent()}`,
        )
      if (step.act && nowMs > pressAtMs) {
        // A step may tick by itself while somebody is on the way to its button, which is gone then.
        await press(`${item} .row > button:not([aria-expanded])`).catch(async (error) => {
          if (!(await isDone())) throw error
        })
        // Whoever sees nothing for a while tries again; what was changed stays so, and counting it would begin anew.
        pressAtMs = typeof step.act === 'string' ? performance.now() + PATIENCE_MS : Number.POSITIVE_INFINITY
      }
      await page.waitForTimeout(200)
    }
    if (step.needsXRay) await page.keyboard.press('x')
    await look(step.id)
  }
}
