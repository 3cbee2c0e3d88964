import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../../clients/fixture/browser.ts'
import { until } from '../../../server/fixture/until.ts'
import { buildPages } from '../built-pages.ts'
import { lessonOf, lessons } from '../lessons/index.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { logFixture as wholeLog } from '../log/fixture.ts'
import type { RoomPages } from '../room/page-routes.ts'
import type { RoomState, ToRoom } from '../room/protocol.ts'
import {
  ballotFixture,
  type FakeRoom,
  logFixture,
  openPage,
  roomFixture,
  startFakeRoom,
  tooWidePx,
  violations,
} from './fixture.ts'

const browser = (await startBrowser()) as Browser
const KEY = 'abcdefghijklmnopqrstuv'
const lesson = lessonOf(2) as Lesson
const right = lesson.predict.options.findIndex(({ isRight }) => isRight)
let pages: RoomPages

function inLesson(state: Partial<RoomState> = {}): RoomState {
  const { ballot, ...rest } = roomFixture()
  const { setup } = lesson
  const counts = lesson.predict.options.map((_, i) => (i === right ? 12 : 3))
  return {
    ...rest,
    // Two have voted and left.
    voters: 26,
    ...(state.phase === undefined && ballot && { ballot }),
    tallies: [{ ballot: ballotFixture.id, counts, votes: 21, right }],
    ...state,
    stage: { ...rest.stage, setup, settings: setup.settings },
  }
}

describe.runIf(browser)('pages beside the wall', () => {
  let room: FakeRoom
  const opened: Page[] = []

  beforeAll(async () => {
    pages = await buildPages()
  })
  beforeEach(async () => {
    room = await startFakeRoom((path) => {
      const [place = '', key, page = ''] = (path.split('?')[0] ?? '').split('/').slice(1)
      if (place === 'k') return key === KEY ? pages[page as keyof RoomPages] : pages.key
      return place === 'worksheet' ? pages.worksheet : pages.key
    })
    room.tell(inLesson())
  })
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close()
    await room.close()
  })
  afterAll(() => browser.close())

  async function open(path: string, options: BrowserContextOptions = {}) {
    const { page, complaints } = await openPage(browser, room.url + path, options)
    opened.push(page)
    return { page, complaints }
  }
  const said = (type: ToRoom['type']) => room.messages.filter((message) => message.type === type)
  /** In both languages and themes, at the width that the page has. */
  async function expectSound(page: Page) {
    for (const [language, colorScheme] of [
      ['中文', 'light'],
      ['English', 'dark'],
    ] as const) {
      await page.getByRole('button', { name: language, exact: true }).click()
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
      expect(await tooWidePx(page)).toBe(0)
    }
  }

  describe("the teacher's page", () => {
    const teacher = `/k/${KEY}/teacher`

    test('shows which option is right and what the votes advise, and opens another round', async () => {
      const { page, complaints } = await open(teacher)
      await page.locator('.votes .right').waitFor()
      expect(page.url()).toBe(`${room.url}/teacher`)
      expect(await page.locator('.votes .right').textContent()).toContain(
        String(lesson.predict.options[right]?.text),
      )
      await page.getByText('35 to 70 % are right: let neighbours discuss, then vote again.').first().waitFor()
      await page.getByText('21 of 26 have voted').waitFor()
      await page.getByRole('button', { name: 'Vote again' }).click()
      await until('it asks for another round', () => said('revote').length > 0)
      expect(said('play')).toEqual([])
      expect(complaints).toEqual([])
    })

    test('says that a page of self-study plays the lanes', async () => {
      const { page } = await open(teacher)
      const state = inLesson({ phase: 'observe' })
      room.tell({ ...state, stage: { ...state.stage, isAside: true } })
      await page.getByText('A page of self-study plays the lanes, not the wall').waitFor()
    })

    test('leads on by its big button, and ends the vote on the transfer by it', async () => {
      const { page } = await open(teacher)
      await page.getByRole('button', { name: 'Discuss' }).click()
      room.tell(inLesson({ phase: 'transfer', ballot: { ...ballotFixture, id: '2/transfer/1' } }))
      await page.getByRole('button', { name: 'Show the answer' }).click()
      room.tell(inLesson({ phase: 'transfer' }))
      await page.getByRole('button', { name: 'Next lesson' }).click()
      await until('it has said all', () => said('go').length === 2)
      expect([...said('go'), ...said('close')]).toEqual([
        { type: 'go', lesson: 2, phase: 'discuss' },
        { type: 'go', lesson: 3, phase: 'predict' },
        { type: 'close', ballot: '2/transfer/1' },
      ])
    })

    test('a double click on what opens the vote on the transfer does not end it', async () => {
      room.tell(inLesson({ phase: 'explain' }))
      const { page } = await open(teacher)
      const lead = page.locator('.lead .main')
      await page.getByRole('button', { name: 'Transfer' }).waitFor()
      // Between the two clicks the room has answered.
      await page.evaluate(() => {
        const click = (detail: number) =>
          document
            .querySelector('.lead .main')
            ?.dispatchEvent(new MouseEvent('click', { detail, bubbles: true }))
        Object.assign(window, { click })
        click(1)
      })
      room.tell(inLesson({ phase: 'transfer', ballot: { ...ballotFixture, id: '2/transfer/1' } }))
      await page.getByRole('button', { name: 'Show the answer' }).waitFor()
      await page.evaluate(() => (window as unknown as { click(detail: number): void }).click(2))
      await lead.click()
      await until('it is ended', () => said('close').length > 0)
      expect([said('go').length, said('close').length]).toEqual([1, 1])
    })

    test('shows what has ticked on the wall, what to say, and controls of the stage', async () => {
      room.tell(inLesson({ phase: 'observe', steps: [lesson.steps[0]?.id ?? ''] }))
      const { page } = await open(teacher)
      await page.getByText(`1 of ${lesson.steps.length} steps seen`).waitFor()
      await page.getByText(String(lesson.steps[1]?.why)).waitFor()
      await page.getByRole('button', { name: 'Reset' }).click()
      await until('it resets the stage', () => said('begin').length > 0)
      expect(said('ticked')).toEqual([])
    })

    test('says where else the room is open, and what to do where phones cannot get in', async () => {
      room.tell(inLesson({ alsoAt: ['http://10.0.0.7:8080/'] }))
      const { page } = await open(teacher)
      await page.getByText('Let students in').click()
      await page.getByText('Where phones cannot get in').click()
      await page.getByText('Also open at: http://10.0.0.7:8080/').waitFor()
      await page.getByText('let it accept TCP port 8080').waitFor()
      expect(await page.locator('.ways li').count()).toBe(5)
      // On this machine alone there is no way in to speak of.
      room.tell(inLesson({ joinUrl: 'http://127.0.0.1:8080/' }))
      await page.getByText('Phones cannot open this: for them start the demo with --lan.').waitFor()
      expect(await page.getByText('Where phones cannot get in').count()).toBe(0)
    })

    test('says how many votes came from one address, and leaves them out', async () => {
      room.tell(inLesson({ crowd: { votes: 18, isLeftOut: false } }))
      const { page } = await open(teacher)
      await page.getByText('18 votes came from one address.').waitFor()
      await page.getByRole('button', { name: 'Leave them out' }).click()
      room.tell(inLesson({ crowd: { votes: 18, isLeftOut: true } }))
      await page.getByRole('button', { name: 'Count them again' }).click()
      await expect
        .poll(() => said('leave-out'))
        .toEqual([
          { type: 'leave-out', on: true },
          { type: 'leave-out', on: false },
        ])
    })

    test('has the votes as a table, hands beside phones, and a switch for the bars', async () => {
      const { page } = await open(teacher)
      const link = page.getByRole('link', { name: 'CSV' })
      expect(await link.getAttribute('href')).toBe(`/k/${KEY}/votes.csv`)
      await page.getByText('Show of hands').first().click()
      await page.getByLabel('Hands for B').fill('7')
      await expect
        .poll(() => said('hands'))
        .toEqual([{ type: 'hands', ballot: ballotFixture.id, counts: [0, 7, 0, 0] }])
      room.tell(inLesson({ phase: 'discuss', bars: false }))
      await page.getByLabel('Everybody sees these bars').check()
      await expect.poll(() => said('bars')).toEqual([{ type: 'bars', on: true }])
    })

    test('speaks of a second vote as of one', async () => {
      room.tell(inLesson({ round: 2 }))
      const { page } = await open(teacher)
      await page.getByText('Vote 2: 21 of 26 have voted').waitFor()
      await page.getByText('The second vote, alone again.').waitFor()
      expect(await page.getByText('then vote again').count()).toBe(0)
      await page.locator('.lead .main', { hasText: 'Observe' }).waitFor()
    })

    test('explains with the numbers of this run', async () => {
      room.tell(inLesson({ phase: 'explain' }))
      const { page } = await open(teacher)
      await page.locator('.explanation').waitFor()
      const said = await page.locator('.explanation p').allTextContents()
      // What stands between a number and its unit keeps them together.
      expect(said.map((text) => text.replaceAll('\u00a0', ' '))).toEqual(
        lesson.explain(undefined).map(String),
      )
    })

    test('is sound on a phone of 320 px', async () => {
      const { page, complaints } = await open(teacher, {
        viewport: { width: 320, height: 640 },
        hasTouch: true,
      })
      for (const state of [inLesson(), inLesson({ phase: 'observe' }), inLesson({ phase: 'explain' })]) {
        room.tell(state)
        await page.locator(`.phases [aria-current]`).waitFor()
        await page.locator('details').evaluateAll((folds) => {
          for (const fold of folds as HTMLDetailsElement[]) fold.open = true
        })
        await expectSound(page)
      }
      room.tell(inLesson({ lesson: 0 }))
      await page.locator('.phases').waitFor({ state: 'detached' })
      await expectSound(page)
      expect(complaints).toEqual([])
    })
  })

  describe('the page that asks for the key', () => {
    test('opens what was asked for with the key, or the whole address, that is typed', async () => {
      const { page, complaints } = await open('/teacher')
      await expectSound(page)
      await page.locator('input').fill(`${room.url}/k/${KEY}/projector`)
      await page.locator('input').press('Enter')
      await page.getByText('21 of 26 have voted').waitFor()
      expect(page.url()).toBe(`${room.url}/teacher`)
      expect(complaints).toEqual([])
    })

    test('says that a key is wrong, and does not try it again', async () => {
      const { page } = await open('/k/wrongwrongwrongwrong/teacher')
      await page.getByText('The key in that address is not right.').waitFor()
      await page.goto(`${room.url}/teacher`)
      expect(await page.getByText('The key in that address is not right.').count()).toBe(0)
    })
  })

  describe('worksheets', () => {
    const number = 2

    test('show one language, go to the lesson behind #, and print that one alone', async () => {
      const { page, complaints } = await open(`/worksheet?lang=zh#${number}`, {
        viewport: { width: 1280, height: 800 },
      })
      await page.locator('[data-language=zh]').waitFor()
      expect(await page.locator('[data-language=en]').isVisible()).toBe(false)
      const top = () =>
        page
          .locator(`[data-language]:visible [data-lesson="${number}"]`)
          .evaluate((sheet) => sheet.getBoundingClientRect().top)
      await until('it is there', async () => Math.abs(await top()) < 20)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('[data-lesson]:visible').count()).toBe(1)
      await page.emulateMedia({ media: 'screen' })
      await page.getByRole('link', { name: '全部' }).click()
      await page.emulateMedia({ media: 'print' })
      await expect.poll(() => page.locator('[data-lesson]:visible').count()).toBe(10)
      expect(complaints).toEqual([])
    })

    test('of each lesson are both sides of one sheet of A4, and tell no answer', async () => {
      const { page } = await open('/worksheet')
      for (const name of ['Print all lessons', '打印全部课程']) {
        await page.getByRole('button', { name }).waitFor()
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
        expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(2 * lessons.length)
        await page.locator('#tools button').first().click()
      }
      const whys = lessons.flatMap(({ predict, transfer }) =>
        [...predict.options, ...transfer.options].map(({ why }) => String(why)),
      )
      expect(whys.filter((why) => pages.worksheet.html.includes(why))).toEqual([])
    })

    test('with the key in their address do not print it, and come back after a reload', async () => {
      for (const name of ['answers', 'worksheet']) {
        const { page, complaints } = await open(`/k/${KEY}/${name}?lang=zh#2`)
        await page.locator('.papers:not([hidden]) > [data-lesson="2"].chosen').waitFor()
        expect(page.url()).toBe(`${room.url}/${name}#2`)
        expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans')
        await page.reload()
        await page.locator('.papers:not([hidden]) > [data-lesson="2"].chosen').waitFor()
        expect(page.url()).toBe(`${room.url}/${name}#2`)
        expect(complaints).toEqual([])
      }
    })

    test.each(['/worksheet', `/k/${KEY}/answers`])('are sound: %s', async (path) => {
      const { page, complaints } = await open(path)
      await expectSound(page)
      expect(complaints).toEqual([])
    })
  })

  describe('lessons to take alone', () => {
    const learn = `/k/${KEY}/learn`
    const LAPTOP = { viewport: { width: 1280, height: 800 } }

    async function atLesson(options = {}) {
      const { page, complaints } = await open(learn, { ...LAPTOP, ...options })
      await page.locator('[data-lesson="2"]').click()
      await page.getByRole('radio').first().waitFor()
      return { page, complaints }
    }

    test('a lesson is walked by keys alone, from the prediction to the worksheet', async () => {
      const { page, complaints } = await atLesson()
      const goOn = async () => {
        await page.locator('.lead .main').focus()
        await page.keyboard.press('Enter')
      }
      await goOn()
      expect(await page.locator('.phases [aria-current]').textContent()).toBe('1 Predict')
      await page.getByRole('radio').first().focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Enter')
      await page.getByText('Your vote is A, and locked.').waitFor()
      await goOn()
      await page.getByText(String(lesson.discuss)).waitFor()
      await goOn()
      await until('it sets up its stage', () => said('begin').length > 0)
      await expect.poll(() => said('begin')).toEqual([{ type: 'begin', setup: lesson.setup }])
      const settings = { ...lesson.setup.settings, ratePerSecond: 1 }
      room.log(1, wholeLog({ lanes: lesson.setup.lanes, settings, events: 8 }))
      await page.locator('.steps .done').first().waitFor()
      await goOn()
      await page.getByText(String(lesson.predict.options[0]?.why)).waitFor()
      await page.getByText(String(lesson.predict.options[right]?.why)).waitFor()
      await goOn()
      await page.getByText('Worksheet of your run').waitFor()
      expect(said('go')).toEqual([])
      expect(complaints).toEqual([])
    })

    test('numbers of the worksheet are checked against the own run, and saved for pushlab check', async () => {
      const { page } = await atLesson()
      await page.getByRole('radio').first().check()
      await page.getByRole('button', { name: 'Vote for A' }).click()
      for (let i = 0; i < 4; i++) await page.locator('.lead .main').click()
      room.log(1, logFixture(lesson.setup, 5))
      await page.getByText('There is no run of this lesson').waitFor({ state: 'detached' })
      await page.locator('.worksheet input').first().fill('1234567')
      await page.getByRole('button', { name: 'Check' }).click()
      expect(await page.locator('.verdict').count()).toBe(lesson.worksheet.length)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as a file' }).click(),
      ])
      expect(download.suggestedFilename()).toBe('pushlab-lesson-2.json')
      const chunks: Buffer[] = []
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
      const file = JSON.parse(Buffer.concat(chunks).toString())
      expect(file).toMatchObject({ schema: 'pushlab/worksheet@1', lesson: 2 })
      expect(file.answers[lesson.worksheet[0]?.id ?? '']).toBe(1_234_567)
      expect(file.log[0].kind).toBe('began')
    })

    test.each([
      ['0,5', 0.5, /^[^✗]*$|Your run says/],
      ['２６，０', 26, /^[^✗]*$|Your run says/],
      ['1,234', null, /^✗ This may be 1234 or 1.234/],
      ['twelve', null, /^✗ This is no number/],
    ])('%s in a worksheet is read as people write it, or said to be unread', async (text, value, said) => {
      const { page } = await atLesson()
      await page.getByRole('radio').first().check()
      await page.getByRole('button', { name: 'Vote for A' }).click()
      for (let i = 0; i < 4; i++) await page.locator('.lead .main').click()
      room.log(1, logFixture(lesson.setup, 5))
      await page.getByText('There is no run of this lesson').waitFor({ state: 'detached' })
      await page.locator('.worksheet input').first().fill(text)
      await page.getByRole('button', { name: 'Check' }).click()
      expect(await page.locator('.worksheet label').first().locator('.verdict').innerText()).toMatch(said)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as a file' }).click(),
      ])
      const chunks: Buffer[] = []
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
      const { answers } = JSON.parse(Buffer.concat(chunks).toString())
      expect(answers[lesson.worksheet[0]?.id ?? '']).toBe(value)
    })

    test('a reload goes on where it was, and the choice stays locked', async () => {
      const { page } = await atLesson()
      await page.getByRole('radio').nth(1).check()
      await page.getByRole('button', { name: 'Vote for B' }).click()
      await page.reload()
      await page.getByText('Your vote is B, and locked.').waitFor()
      expect(page.url()).toBe(`${room.url}/learn`)
    })

    test('the sandbox begins with the lanes that are chosen', async () => {
      const { page } = await open(learn, LAPTOP)
      await page.locator('[data-lesson="0"]').click()
      await page.getByLabel('Socket.IO').check()
      await page.getByLabel('Short polling', { exact: true }).uncheck()
      await page.getByRole('button', { name: /^Begin with/ }).click()
      await until('it begins', () => said('begin').length > 0)
      const [begin] = said('begin')
      const lanes = begin && 'setup' in begin ? begin.setup.lanes.map(({ technique }) => technique) : []
      expect(lanes).toContain('socket-io')
      expect(lanes).not.toContain('short-poll')
    })

    test('are sound in every phase, on a laptop and at 320 px', async () => {
      const { page, complaints } = await atLesson()
      await page.getByRole('radio').first().check()
      await expectSound(page)
      await page.locator('form button.main').click()
      for (let i = 0; i < 4; i++) {
        await page.locator('.lead .main').click()
        room.log(1, logFixture(lesson.setup, 5))
        await expectSound(page)
      }
      await page.setViewportSize({ width: 320, height: 640 })
      await expectSound(page)
      expect(complaints).toEqual([])
    })
  })
})
