import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { startBrowser } from '../../../../clients/fixture/browser.ts'
import { MemoryFeed } from '../../../../server/feed.ts'
import { until } from '../../../../server/fixture/until.ts'
import type { BuiltPage } from '../../bundle.ts'
import { buildLanePage } from '../../lane-page.ts'
import { defaultStageSettings, type LaneAddress, type Seen } from '../../log/entries.ts'
import { type LaneServer, startLane, startPage } from '../lane/fixture.ts'
import type { Fixture } from './lane-frames-fixture.tsx'
import type { LaneFrame, Played } from './player.ts'

const browser = (await startBrowser()) as Browser
const settings = { ...defaultStageSettings, pollIntervalMs: 50 }

const atLocalhost = (origin: string) => origin.replace('127.0.0.1', 'localhost')

describe.runIf(browser)('the page that plays the lanes', () => {
  let room: Awaited<ReturnType<typeof startPage>>
  let lanePage: BuiltPage

  beforeAll(async () => {
    room = await startPage('stage/lane-frames-fixture.tsx')
    lanePage = await buildLanePage([room.origin, atLocalhost(room.origin)])
  })
  afterAll(async () => {
    await room?.close()
    await browser?.close()
  })

  async function bench({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, origin = room.origin) {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(origin)
    const server = async (technique: string, feed: MemoryFeed, port = 0): Promise<LaneServer> => {
      const started = await startLane({ technique, feed, port, page: lanePage })
      onTestFinished(() => started.close())
      return started
    }
    return { page, complaints, server, feed: new MemoryFeed() }
  }

  const play = (page: Page, lanes: LaneAddress[], more: Partial<Played> = {}) =>
    page.evaluate((played) => (window as unknown as Fixture).player.play(played), {
      run: 1,
      settings,
      lanes,
      ...more,
    })
  const batches = (page: Page) => page.evaluate(() => (window as unknown as Fixture).batches)
  const seen = async (page: Page): Promise<Seen[]> => (await batches(page)).flatMap(({ entries }) => entries)
  const frames = (page: Page): Promise<readonly LaneFrame[]> =>
    page.evaluate(() => (window as unknown as Fixture).player.frames.value)
  const untilSeen = (page: Page, what: string, holds: (seen: Seen[]) => boolean) =>
    until(what, async () => holds(await seen(page)), 20_000)
  const received = (entries: readonly Seen[], lane: string) =>
    entries.flatMap((entry) => (entry.kind === 'received' && entry.lane === lane ? [entry.seq] : []))
  const opened = (entries: readonly Seen[], lane: string) =>
    entries.filter((entry) => entry.kind === 'opened' && entry.lane === lane).length

  test.concurrent('puts what its lanes see on the clock of the stage, in order, in batches', async (context) => {
    const { page, complaints, server, feed } = await bench(context)
    const sse = await server('sse', feed)
    const websocket = await server('websocket', feed)
    const beforeUs = await page.evaluate(() => performance.now() * 1_000)
    await play(page, [
      { id: 'sse', technique: 'sse', port: sse.port },
      { id: 'two', technique: 'websocket', tabs: 2, port: websocket.port },
    ])
    await untilSeen(page, 'all are open', (all) => opened(all, 'sse') + opened(all, 'two') === 3)
    for (let i = 0; i < 5; i++) feed.publish()
    await untilSeen(
      page,
      'all have them',
      (all) => all.filter(({ kind }) => kind === 'received').length === 15,
    )
    const all = await seen(page)
    const afterUs = await page.evaluate(() => performance.now() * 1_000)
    expect(received(all, 'sse')).toEqual([1, 2, 3, 4, 5])
    expect(new Set(all.map(({ lane, tab }) => `${lane} ${tab}`))).toEqual(
      new Set(['sse undefined', 'two 1', 'two 2']),
    )
    for (const { atUs } of all) {
      expect(Number.isInteger(atUs)).toBe(true)
      expect(atUs).toBeGreaterThan(beforeUs)
      expect(atUs).toBeLessThan(afterUs)
    }
    const told = await batches(page)
    expect(told.length).toBeLessThan(all.length)
    expect(told.every(({ run }) => run === 1)).toBe(true)
    expect((await frames(page)).map(({ lane, state }) => [lane, state])).toEqual([
      ['sse', 'ready'],
      ['two', 'ready'],
    ])
    expect(complaints).toEqual([])
  })

  test.concurrent('keeps what nobody takes, and tells it once somebody does', async (context) => {
    const { page, server, feed } = await bench(context)
    const { port } = await server('sse', feed)
    await play(page, [{ id: 'sse', technique: 'sse', port }])
    await untilSeen(page, 'it is open', (all) => opened(all, 'sse') === 1)
    const setAway = (isAway: boolean) =>
      page.evaluate((now) => (window as unknown as Fixture).setAway(now), isAway)
    await setAway(true)
    for (let i = 0; i < 5; i++) feed.publish()
    // As long as several batches.
    await page.waitForTimeout(500)
    expect(received(await seen(page), 'sse')).toEqual([])
    await setAway(false)
    feed.publish()
    await untilSeen(page, 'all are told', (all) => received(all, 'sse').length === 6)
    expect(received(await seen(page), 'sse')).toEqual([1, 2, 3, 4, 5, 6])
  })

  test.concurrent('has frames that nobody sees, hears or tabs to, and that browsers do not hide', async (context) => {
    const { page, complaints, server, feed } = await bench(context)
    const { port } = await server('sse', feed)
    await play(page, [{ id: 'sse', technique: 'sse', port }])
    await untilSeen(page, 'it is open', (all) => opened(all, 'sse') === 1)
    const frame = page.locator('iframe')
    expect(await frame.getAttribute('title')).toBe('sse')
    expect(await frame.getAttribute('tabindex')).toBe('-1')
    expect(await frame.evaluate((element) => element.closest('[aria-hidden=true]') !== null)).toBe(true)
    expect(await frame.boundingBox()).toMatchObject({ width: 1, height: 1 })
    expect(await frame.evaluate((element) => getComputedStyle(element).display)).not.toBe('none')
    expect(await page.evaluate(() => (window as unknown as Fixture).stageIsHere())).toBe(true)
    expect(complaints).toEqual([])
  })

  test.concurrent('plays at localhost just as well, and begins anew where the stage is another', async (context) => {
    const { page, complaints, server, feed } = await bench(context, atLocalhost(room.origin))
    const { port } = await server('iframe-stream', feed)
    const lanes = [{ id: 'iframe', technique: 'iframe-stream', port }]
    await play(page, lanes, { epochUs: 1 })
    await untilSeen(page, 'it is open', (all) => opened(all, 'iframe') === 1)
    feed.publish()
    await untilSeen(page, 'it has it', (all) => received(all, 'iframe').length === 1)
    await play(page, lanes, { epochUs: 1 })
    expect((await frames(page))[0]?.state).toBe('ready')
    await play(page, lanes, { epochUs: 2 })
    await untilSeen(page, 'it is open again', (all) => opened(all, 'iframe') === 2)
    expect(complaints).toEqual([])
  })

  test.concurrent('carries cursors over to a new port, but for lanes that are forgetful', async (context) => {
    const { page, server, feed } = await bench(context)
    const [one, two, there] = [
      await server('websocket', feed),
      await server('websocket', feed),
      await server('sse', feed),
    ]
    const lanes: LaneAddress[] = [
      { id: 'remembers', technique: 'websocket', port: one.port },
      { id: 'forgets', technique: 'websocket', forgetful: true, port: two.port },
      { id: 'stays', technique: 'sse', port: there.port },
    ]
    await play(page, lanes)
    await untilSeen(page, 'all are open', (all) => lanes.every(({ id }) => opened(all, id) === 1))
    feed.publish()
    await untilSeen(page, 'all have it', (all) => lanes.every(({ id }) => received(all, id).length === 1))
    await one.close()
    await two.close()
    feed.publish()
    feed.publish()
    const [newOne, newTwo] = [await server('websocket', feed), await server('websocket', feed)]
    const moved = lanes.map((lane, i) => ({ ...lane, port: [newOne, newTwo, there][i]?.port as number }))
    await play(page, moved)
    await untilSeen(page, 'they are open again', (all) => opened(all, 'forgets') === 2)
    await untilSeen(page, 'one has caught up', (all) => received(all, 'remembers').at(-1) === 3)
    feed.publish()
    await untilSeen(page, 'all go on', (all) => lanes.every(({ id }) => received(all, id).at(-1) === 4))
    const all = await seen(page)
    expect(lanes.map(({ id }) => received(all, id))).toEqual([
      [1, 2, 3, 4],
      [1, 4],
      [1, 2, 3, 4],
    ])
    expect(opened(all, 'stays')).toBe(1)
  })

  test.concurrent('begins a run without cursors, and drops what was on its way from the one before', async (context) => {
    const { page, server, feed } = await bench(context)
    const { port } = await server('websocket', feed)
    const lanes = [{ id: 'websocket', technique: 'websocket', port }]
    await play(page, lanes)
    await untilSeen(page, 'it is open', (all) => opened(all, 'websocket') === 1)
    feed.publish()
    await untilSeen(page, 'it has it', (all) => received(all, 'websocket').length === 1)
    await page.evaluate(() => (window as unknown as Fixture).player.stop())
    await until('nobody listens', () => feed.subscriberCount === 0)
    expect(await frames(page)).toEqual([])
    feed.publish()
    await play(page, lanes, { run: 2 })
    await untilSeen(page, 'it is open again', (all) => opened(all, 'websocket') === 2)
    feed.publish()
    await untilSeen(page, 'it goes on', (all) => received(all, 'websocket').at(-1) === 3)
    await play(page, lanes, { run: 3 })
    await untilSeen(page, 'it is open once more', (all) => opened(all, 'websocket') === 3)
    feed.publish()
    await untilSeen(page, 'it goes on again', (all) => received(all, 'websocket').at(-1) === 4)
    expect(received(await seen(page), 'websocket')).toEqual([1, 3, 4])
    const runs = (await batches(page)).filter(({ entries }) => received(entries, 'websocket').length > 0)
    expect(runs.map(({ run }) => run)).toEqual([1, 2, 3])
  })

  test.concurrent('tells its lanes of another poll interval, and to probe', async (context) => {
    const { page, server, feed } = await bench(context)
    const { port, requests } = await server('short-poll', feed)
    const lanes = [{ id: 'short-poll', technique: 'short-poll', port }]
    await play(page, lanes, { settings: { ...settings, pollIntervalMs: 10_000 } })
    await untilSeen(page, 'it is open', (all) => opened(all, 'short-poll') === 1)
    await play(page, lanes)
    await until('it polls often', () => requests.length > 4)
    await page.evaluate(() => (window as unknown as Fixture).player.probe())
    await untilSeen(page, 'it is answered', (all) => all.filter(({ kind }) => kind === 'probed').length === 2)
    expect(requests).toContain('/lane/probe')
  })

  test.concurrent('says that a lane fails, loads it again until it is there, and at once where asked to', async (context) => {
    const { page, server, feed } = await bench(context)
    const absent = await Promise.all([server('sse', feed), server('websocket', feed)])
    const lanes = absent.map(({ port }, i) => ({
      id: `lane-${i}`,
      technique: ['sse', 'websocket'][i] as string,
      port,
    }))
    for (const one of absent) await one.close()
    await play(page, lanes)
    const states = async () => (await frames(page)).map(({ state }) => state)
    expect(await states()).toEqual(['loading', 'loading'])
    await until('both have failed', async () => (await states()).every((state) => state === 'failed'), 15_000)
    const before = (await frames(page)).map(({ key }) => key)
    const after = await page.evaluate(() => {
      const { player } = window as unknown as Fixture
      player.retry('lane-1')
      return player.frames.value[1]
    })
    expect(after?.state).toBe('loading')
    expect(before).not.toContain(after?.key)
    await server('sse', feed, lanes[0]?.port)
    await server('websocket', feed, lanes[1]?.port)
    await until('both are there', async () => (await states()).every((state) => state === 'ready'), 15_000)
    await untilSeen(page, 'both are open', (all) => lanes.every(({ id }) => opened(all, id) === 1))
  })

  test.concurrent('lets its lanes come back by themselves where their server does', async (context) => {
    const { page, server, feed } = await bench(context)
    const first = await server('fetch-stream', feed)
    await play(page, [{ id: 'fetch', technique: 'fetch-stream', port: first.port }])
    await untilSeen(page, 'it is open', (all) => opened(all, 'fetch') === 1)
    const [before] = await frames(page)
    await first.close()
    feed.publish()
    await untilSeen(page, 'it has failed', (all) => all.some(({ kind }) => kind === 'failed'))
    await server('fetch-stream', feed, first.port)
    await untilSeen(page, 'it has caught up', (all) => received(all, 'fetch').length === 1)
    expect(await frames(page)).toEqual([before])
  })
})
