import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../../clients/fixture/browser.ts'
import { until } from '../../server/fixture/until.ts'
import { type Demo, startDemo } from './demo.ts'
import { lessonOf, sandbox } from './lessons/index.ts'
import type { Lesson } from './lessons/lesson.ts'
import { advance } from './log/advance.ts'
import type { StageEntry } from './log/entries.ts'

const browser = (await startBrowser()) as Browser
const LONG_MS = 30_000

describe.runIf(browser)('the wall and the teacher’s page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-staff-'))
  let demo: Demo
  let wall: Page
  let teacher: Page

  beforeAll(async () => {
    demo = await startDemo({ port: 0, folder })
    const open = async (name: string) => {
      const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
      await page.goto(`${demo.url}/k/${demo.key}/${name}?lang=en`)
      return page
    }
    ;[wall, teacher] = [await open('projector'), await open('teacher')]
  })
  afterAll(async () => {
    await browser.close()
    await demo.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const entries = <Kind extends StageEntry['kind']>(kind: Kind) =>
    demo.stage.log.filter((entry): entry is Extract<StageEntry, { kind: Kind }> => entry.kind === kind)
  const areOpen = (count: number) =>
    until(
      'all lanes are open',
      () => new Set(entries('opened').map(({ lane }) => lane)).size >= count,
      LONG_MS,
    )

  test('begin with the first question and the way in, on a stage that nobody has set up', async () => {
    await wall.locator('main.predict .question').waitFor()
    expect(await wall.locator('.question').textContent()).toBe(String(lessonOf(1)?.predict.text))
    // Nobody can open the address of this machine on a phone.
    await wall.getByText('Show of hands').waitFor()
    await wall.getByText('Let students in').click()
    await wall.locator('svg.qr').waitFor()
    await wall.getByText(demo.code).first().waitFor()
    expect([demo.stage.run, demo.room.snapshot().lesson]).toEqual([0, 1])
  })

  test('leave the sandbox’s stage to who goes there first, if it is alone', async () => {
    const alone = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    await alone.goto(`${demo.url}/k/${demo.key}/learn?lang=en`)
    await alone.locator('[data-lesson="0"]').click()
    await until('it begins', () => demo.stage.lanes.length > 0, LONG_MS)
    expect(demo.stage.setup).toEqual(sandbox)
    expect([demo.stage.run, demo.room.snapshot().lesson]).toEqual([1, 1])
    await alone.context().close()
  })

  test('a step’s button on the teacher’s page asks the lanes on the wall for a probe', async () => {
    const { steps, setup } = lessonOf(5) as Lesson
    const index = steps.findIndex(({ act }) => act === 'probe')
    await teacher.getByText('Lessons', { exact: true }).click()
    await teacher.locator('[data-lesson="5"]').click()
    // What leads on leads on from the lesson that the page shows.
    await teacher
      .getByText(String(lessonOf(5)?.predict.text))
      .first()
      .waitFor()
    for (const name of ['Discuss', 'Observe']) await teacher.locator('.lead .main', { hasText: name }).click()
    await areOpen(setup.lanes.length)
    const before = entries('probed').length
    await teacher.locator('.steps > li').nth(index).getByRole('button', { name: 'Do it' }).click()
    await until('the lanes have told', () => entries('probed').length > before, LONG_MS)
  })

  test('agree on whether the recording plays, and a change of phase ends it', async () => {
    const says = (page: Page) => page.getByText(/^Recording of .*, not live$/)
    const both = async (state: 'visible' | 'detached') => {
      for (const page of [wall, teacher]) await says(page).waitFor({ state })
    }
    await teacher.getByRole('button', { name: 'Play the recording on the wall' }).click()
    await both('visible')
    await wall.keyboard.press('v')
    await both('detached')
    await wall.keyboard.press('v')
    await both('visible')
    await teacher.getByRole('button', { name: 'Back to live' }).click()
    await both('detached')
    await wall.getByRole('button', { name: 'Recording', exact: true }).click()
    await both('visible')
    await until(
      'steps tick on both',
      async () => {
        const done = await Promise.all([wall, teacher].map((page) => page.locator('.steps > .done').count()))
        return done.every((count) => count > 0)
      },
      LONG_MS,
    )
    await wall.reload()
    await both('visible')
    await teacher.locator('.lead .main').click()
    await wall.locator('main.explain').waitFor()
    await both('detached')
    await teacher.locator('.lead button').first().click()
    await wall.locator('main.observe').waitFor()
    expect(await says(wall).count()).toBe(0)
  })

  test('an iframe notices a cut by the heartbeats that do not come, long before 15 s are over', async () => {
    await wall.getByRole('button', { name: 'Lessons' }).click()
    await wall.locator('[data-lesson="0"]').click()
    await until('it is the sandbox', () => demo.stage.lanes.some(({ id }) => id === 'iframe-stream'), LONG_MS)
    await areOpen(demo.stage.lanes.length)
    const heartbeats = demo.stage.lanes.map(({ technique, heartbeatMs }) => [technique, heartbeatMs])
    expect(Object.fromEntries(heartbeats)).toMatchObject({ 'iframe-stream': 4_000, sse: 15_000 })
    await demo.stage.act('cut')
    const failed = () => entries('failed').find(({ lane }) => lane === 'iframe-stream')
    await until('it has noticed', () => failed() !== undefined, LONG_MS)
    const cut = entries('changed').find(({ network }) => network === 'cut')
    // 6 s, and what a busy machine takes; with the heartbeat of the others it would be up to 22.5 s.
    expect((failed()?.atUs ?? 0) - (cut?.atUs ?? 0)).toBeLessThan(13e6)
    const opened = () => entries('opened').filter(({ lane }) => lane === 'iframe-stream').length
    const before = opened()
    await demo.stage.act('mend')
    await until('it is back', () => opened() > before, LONG_MS)
  })

  test('an iframe that takes a proxy’s lumps for failures comes back with its cursor, and gets all, once', async () => {
    const settings = { ...demo.stage.settings, ratePerSecond: 3.5, proxy: 'stubborn-buffering' as const }
    await demo.stage.begin({ lanes: [{ id: 'iframe-stream', technique: 'iframe-stream' }], settings })
    await until('it was mistaken', () => entries('failed').length > 0, LONG_MS)
    await demo.stage.change({ isPaused: true })
    await demo.stage.change({ proxy: 'none' })
    const state = () => advance(undefined, demo.stage.log)
    const seqs = () => state()?.lanes[0]?.received.map(({ seq }) => seq) ?? []
    await until('all have come', () => seqs().at(-1) === entries('published').length, LONG_MS)
    // What happened before its page had loaded is not for it; what came after, without a hole.
    const [first = 0] = seqs()
    expect(seqs()).toEqual(seqs().map((_, i) => first + i))
    expect(state()?.lanes[0]).toMatchObject({ lost: [], duplicated: [] })
  })
})
