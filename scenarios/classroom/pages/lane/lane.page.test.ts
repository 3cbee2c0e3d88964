import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { startBrowser } from '../../../../clients/fixture/browser.ts'
import { MemoryFeed } from '../../../../server/feed.ts'
import { until } from '../../../../server/fixture/until.ts'
import { runnableTechniques } from '../../stage/runnable.ts'
import {
  type Around,
  count,
  helloFeed,
  type LaneServer,
  type LaneServerOptions,
  received,
  startAround,
  startLane,
  type Tab,
} from './fixture.ts'

const browser = (await startBrowser()) as Browser
const inChromium = describe.runIf(browser)
/** A cut amid Socket.IO's upgrade is one that its library takes 20 s or more to notice. */
const upgraded = { socketIo: 'websocket' } as const
const polls = ['short-poll', 'long-poll', 'jsonp-poll']

inChromium("a lane's page", () => {
  let around: Around
  beforeAll(async () => {
    around = await startAround()
  })
  afterAll(async () => {
    await around?.close()
    await browser?.close()
  })

  /** What a test opens is closed with it, the last first. */
  function bench({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
    const lane = async (options: Omit<LaneServerOptions, 'page'>): Promise<LaneServer> => {
      const server = await startLane({ page: around.lanePage, ...options })
      onTestFinished(() => server.close())
      return server
    }
    const tab = async (room = around): Promise<Tab> => {
      const opened = await room.open(browser)
      onTestFinished(() => opened.close())
      return opened
    }
    const playing = async (technique: string, options: Partial<LaneServerOptions> = {}) => {
      const server = await lane({ technique, ...options })
      const page = await tab()
      await page.add(server.port, technique)
      return { server, page, feed: server.feed }
    }
    return { lane, tab, playing }
  }

  describe.each(runnableTechniques())('with %s', (technique) => {
    test.concurrent('tells of a gap, receives every event in order with its number, and stops for good', async (context) => {
      const { playing } = bench(context)
      const feed = new MemoryFeed({ historyEvents: 2 })
      for (let i = 0; i < 10; i++) feed.publish()
      const { server, page } = await playing(technique, { feed, settings: { holdMs: 300 } })
      await page.start(server.port, { cursors: [{ seq: 3 }] })
      await page.untilSeen('it has what there is', (seen) => received(seen).at(-1) === 10)
      for (const last of [11, 12, 13]) {
        feed.publish()
        await page.untilSeen(`event ${last} is there`, (seen) => received(seen).at(-1) === last)
      }
      const seen = await page.seen()
      expect(seen.slice(0, 2)).toEqual([{ kind: 'asked' }, { kind: 'opened' }])
      expect(seen.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', after: 3, next: 9 }])
      expect(received(seen)).toEqual([9, 10, 11, 12, 13])
      expect(count(seen, 'failed')).toBe(0)
      const answered = seen.flatMap((sight) => (sight.kind === 'answered' ? [sight.events] : []))
      if (polls.includes(technique)) {
        expect(answered[0]).toBe(2)
        expect(answered.reduce((sum, events) => sum + events, 0)).toBe(5)
        expect(Math.abs(count(seen, 'asked') - answered.length)).toBeLessThanOrEqual(1)
      } else {
        expect(answered).toEqual([])
        expect(count(seen, 'asked')).toBe(1)
      }
      const told = (await page.told()).flatMap((one) => (one.type === 'seen' ? [one] : []))
      expect(told.at(-1)).toMatchObject({ tab: 1, cursor: { seq: 13, feedId: feed.feedId } })
      for (const { atMs, ...one } of told) {
        const lateMs = (one as unknown as { atHereMs: number }).atHereMs - atMs
        expect(lateMs).toBeGreaterThan(-1)
        expect(lateMs).toBeLessThan(2_000)
      }

      await page.say(server.port, { type: 'stop' })
      // Nobody listens to the feed any more; a script that is on its way can only be waited for.
      await until('nobody subscribes', () => feed.subscriberCount === 0)
      const said = async () => [server.requests.length, (await page.told()).length].join()
      let quiet = ''
      await until('nothing is on its way', async () => {
        quiet = await said()
        await sleep(250)
        return (await said()) === quiet
      })
      feed.publish()
      await sleep(250)
      expect(await said()).toBe(quiet)
      const left = await laneFrame(page).evaluate(() => [
        document.querySelectorAll('iframe, script[src]').length,
        Object.keys(window).filter((name) => name.startsWith('push')).length,
      ])
      expect(left).toEqual([0, 0])
      expect(page.complaints).toEqual([])
    })

    test.concurrent('keeps nothing of the events that it has told of, however long it plays', async (context) => {
      const { playing } = bench(context)
      const payloadBytes = 16_384
      const { server, page, feed } = await playing(technique, { feed: new MemoryFeed({ payloadBytes }) })
      await page.start(server.port)
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      const before = await laneFrame(page).evaluate(lettersKept)
      for (let last = 1; last <= 8; last++) {
        feed.publish()
        await page.untilSeen(`event ${last} is there`, (seen) => received(seen).at(-1) === last)
      }
      // The latest of them may not have been let go yet.
      expect(await laneFrame(page).evaluate(lettersKept)).toBeLessThan(before + 2 * payloadBytes)
    })

    test.concurrent('numbers events that say no number, and loses none when its connections are cut', async (context) => {
      const { playing } = bench(context)
      const { server, page, feed } = await playing(technique, { feed: helloFeed() })
      feed.publish()
      feed.publish()
      await page.start(server.port, upgraded)
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      feed.publish()
      await page.untilSeen('an event is there', (seen) => received(seen).length === 1)
      if (technique === 'long-poll' || technique === 'jsonp-poll') {
        await until('it asks again', () => server.requests.length === 3)
      }
      server.destroySockets()
      feed.publish()
      feed.publish()
      await page.untilSeen('it has caught up', (seen) => received(seen).at(-1) === 5)
      feed.publish()
      const seen = await page.untilSeen('it goes on', (all) => received(all).at(-1) === 6)
      expect(received(seen)).toEqual([3, 4, 5, 6])
      expect(count(seen, 'gap')).toBe(0)
      // A short poll has no connection to lose between its ticks, and a browser repeats a request by itself when the
      // connection that it used once more turns out to be gone.
      if (!polls.includes(technique)) {
        expect(count(seen, 'failed')).toBeGreaterThan(0)
        expect(count(seen, 'opened')).toBe(2)
      }
      if (technique === 'sse') {
        expect(count(seen, 'asked')).toBe(1)
        expect(server.headers).toEqual([undefined, '3'])
      }
    })

    test.concurrent('is told of a gap where another feed has come to its port, with numbers that fit', async (context) => {
      const { lane, playing } = bench(context)
      const { server, page, feed } = await playing(technique)
      await page.start(server.port, upgraded)
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      for (let i = 0; i < 3; i++) feed.publish()
      await page.untilSeen('it has what there is', (seen) => received(seen).length === 3)
      await server.close()
      const other = new MemoryFeed()
      for (let i = 0; i < 5; i++) other.publish()
      const next = await lane({ technique, feed: other, port: server.port })
      await page.untilSeen('it has what there is now', (seen) => received(seen).length === 8)
      // And from here the other's.
      next.destroySockets()
      other.publish()
      const seen = await page.untilSeen('it goes on', (all) => received(all).length === 9)
      expect(seen.filter(({ kind }) => kind === 'gap')).toEqual([{ kind: 'gap', after: 3, next: 1 }])
      expect(received(seen)).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6])
      // The browser's own, without the feed's ID, and the page's after it; and its own once more.
      if (technique === 'sse') {
        expect(next.requests).toEqual(['/sse', `/sse?lastEventId=3&feedId=${feed.feedId}`, next.requests[1]])
        expect(next.headers).toEqual(['3', undefined, '5'])
      }
    })

    test.concurrent('says nothing of what it had where it is forgetful, and loses what came meanwhile', async (context) => {
      const { lane, playing } = bench(context)
      const { server, page, feed } = await playing(technique)
      await page.start(server.port, { ...upgraded, forgetful: true })
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      feed.publish()
      await page.untilSeen('an event is there', (seen) => received(seen).length === 1)
      const { port } = server
      await server.close()
      await page.untilSeen('it has failed', (seen) => count(seen, 'failed') > 0)
      feed.publish()
      feed.publish()
      await lane({ technique, feed, port })
      await page.untilSeen('it is open again', (seen) => count(seen, 'opened') === 2)
      feed.publish()
      const seen = await page.untilSeen('it goes on', (all) => received(all).at(-1) === 4)
      // EventSource cannot forget: the browser says it.
      expect(received(seen)).toEqual(technique === 'sse' ? [1, 2, 3, 4] : [1, 4])
    })
  })

  test.concurrent('goes on from where it was opened when it is cut before the first event', async (context) => {
    const { lane, playing } = bench(context)
    const cutting = runnableTechniques().map(async (technique) => {
      const { server, page, feed } = await playing(technique)
      feed.publish()
      await page.start(server.port, upgraded)
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      await server.close()
      feed.publish()
      await lane({ technique, feed, port: server.port })
      await page.untilSeen(`${technique} has caught up`, (seen) => received(seen).length === 1)
      expect(received(await page.seen())).toEqual([2])
    })
    await Promise.all(cutting)
  })

  test.concurrent('starts where a page before it was', async (context) => {
    const { playing } = bench(context)
    const { server, page, feed } = await playing('websocket')
    for (let i = 0; i < 4; i++) feed.publish()
    await page.start(server.port, { cursors: [{ seq: 1 }, { seq: 2 }, undefined], tabs: 3 })
    await page.untilSeen('all have what there is', (seen) => received(seen).length === 5)
    const byTab = [1, 2, 3].map(async (number) =>
      (await page.told()).flatMap((one) =>
        one.type === 'seen' && one.tab === number && one.what.kind === 'received' ? [one.what.seq] : [],
      ),
    )
    expect(await Promise.all(byTab)).toEqual([[2, 3, 4], [3, 4], []])
  })

  test.concurrent('has iframe streams and scripts of two tabs that do not call the same functions', async (context) => {
    const { playing } = bench(context)
    for (const technique of ['iframe-stream', 'jsonp-poll']) {
      const { server, page, feed } = await playing(technique)
      await page.start(server.port, { tabs: 2 })
      await page.untilSeen('both are open', (seen) => count(seen, 'opened') === 2)
      for (let i = 1; i <= 3; i++) {
        feed.publish()
        await page.untilSeen('both have it', (seen) => received(seen).length === 2 * i)
      }
      expect(received(await page.seen())).toEqual([1, 1, 2, 2, 3, 3])
    }
  })

  test.concurrent('takes a silent iframe for a broken one, and heartbeats for none', async (context) => {
    const { playing } = bench(context)
    const { server, page, feed } = await playing('iframe-stream')
    await page.start(server.port)
    await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
    // Longer than it may be silent.
    await sleep(3_500)
    expect(await page.seen()).toHaveLength(2)
    server.destroySockets()
    feed.publish()
    const seen = await page.untilSeen('it has caught up', (all) => received(all).length === 1)
    expect(seen.slice(2)).toEqual([
      { kind: 'failed', message: 'The page in the iframe fell silent.' },
      { kind: 'asked' },
      { kind: 'opened' },
      { kind: 'received', seq: 1 },
    ])
  })

  test.concurrent('polls at the interval that it was told last, at once', async (context) => {
    const { playing } = bench(context)
    const { server, page } = await playing('short-poll')
    await page.start(server.port, { pollIntervalMs: 10_000 })
    await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
    await page.say(server.port, { type: 'change', pollIntervalMs: 50 })
    await page.untilSeen('it polls often', (seen) => count(seen, 'answered') > 5, server.port)
    expect(count(await page.seen(), 'opened')).toBe(1)
  })

  test.concurrent('opens six EventSources of seven, its own further request waits, and the page around is free', async (context) => {
    const { lane, playing } = bench(context)
    const { server, page, feed } = await playing('sse')
    await page.start(server.port, { tabs: 7 })
    await page.untilSeen('six are open', (seen) => count(seen, 'opened') === 6)
    await page.say(server.port, { type: 'probe' })
    feed.publish()
    await page.untilSeen('six have it', (seen) => received(seen).length === 6)
    expect(await page.page.evaluate(() => fetch('/ping').then((answer) => answer.text()))).toBe('pong')
    await page.untilSeen('it is told to wait', (all) => count(all, 'probed') === 1)
    await sleep(300)
    const seen = await page.seen()
    expect(count(seen, 'asked')).toBe(7)
    expect(count(seen, 'opened')).toBe(6)
    expect(seen.filter(({ kind }) => kind === 'probed')).toEqual([{ kind: 'probed', state: 'waits' }])
    expect(server.requests).toHaveLength(6)
    // The limit is one of each origin, and a port makes an origin.
    const other = await lane({ technique: 'sse' })
    await page.add(other.port, 'sse')
    await page.start(other.port)
    await page.untilSeen('another lane opens', (all) => count(all, 'opened') === 1, other.port)
  })

  test.concurrent('opens seven WebSockets, and its own further request is answered', async (context) => {
    const { playing } = bench(context)
    const { server, page } = await playing('websocket')
    await page.start(server.port, { tabs: 7 })
    await page.untilSeen('seven are open', (seen) => count(seen, 'opened') === 7)
    await page.say(server.port, { type: 'probe' })
    await page.untilSeen('it is answered', (seen) => count(seen, 'probed') === 2)
    expect((await page.seen()).at(-1)).toEqual({ kind: 'probed', state: 'answered' })
  })

  test.concurrent('begins Socket.IO with polls and upgrades, or with a WebSocket alone', async (context) => {
    const { playing } = bench(context)
    for (const socketIo of ['upgrade', 'websocket'] as const) {
      const { server, page } = await playing('socket-io')
      await page.start(server.port, { socketIo })
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      await until('there is a WebSocket', () =>
        server.requests.some((target) => target.includes('transport=websocket')),
      )
      const transports = server.requests.map((target) => /transport=(\w+)/.exec(target)?.[1])
      expect(transports[0]).toBe(socketIo === 'upgrade' ? 'polling' : 'websocket')
      if (socketIo === 'websocket') expect(new Set(transports)).toEqual(new Set(['websocket']))
    }
  })

  test.concurrent('is over where the feed is', async (context) => {
    const { playing } = bench(context)
    const ending = ['long-poll', 'iframe-stream', 'fetch-stream', 'websocket'].map(async (technique) => {
      const feed = new MemoryFeed()
      const { server, page } = await playing(technique, { feed })
      await page.start(server.port)
      await page.untilSeen('it is open', (seen) => count(seen, 'opened') === 1)
      feed.publish()
      feed.end()
      await page.untilSeen('the event is there', (seen) => received(seen).length === 1)
      await sleep(400)
      expect(count(await page.seen(), 'failed')).toBe(0)
      expect(server.requests.length).toBeLessThanOrEqual(3)
    })
    await Promise.all(ending)
  })

  test.concurrent('says in words that a WebSocket broke, that the server refused, and what it does not know', async (context) => {
    const { lane, tab } = bench(context)
    const page = await tab()
    for (const [technique, message] of [
      ['sse', 'The server gave no event stream: the browser has given up.'],
      ['fetch-stream', 'The server answered with status 404.'],
      ['websocket', 'The connection broke, or was never opened.'],
      ['xml-socket', 'No browser can run "xml-socket" here.'],
    ] as const) {
      const refusing = await lane({ technique: 'long-poll' })
      await page.add(refusing.port, technique)
      await page.start(refusing.port)
      await page.untilSeen(`${technique} fails`, (seen) =>
        seen.some((sight) => sight.kind === 'failed' && sight.message === message),
      )
    }
  })

  test.concurrent('hears nobody but the page around it', async (context) => {
    const { lane, tab } = bench(context)
    const server = await lane({ technique: 'sse' })
    const page = await tab()
    // Held by this page, but told that it belongs to another.
    await page.add(server.port, 'sse', 'http://127.0.0.1:1')
    await until('its page is there', () =>
      page.page.frames().some((frame) => frame.url().includes(`:${server.port}/lane`)),
    )
    await sleep(300)
    await page.start(server.port)
    await sleep(300)
    expect(server.requests).toEqual([])
    expect(await page.told()).toEqual([])
  })

  test.concurrent('lets nobody hold it but the room, and reaches nothing but its own server', async (context) => {
    const { lane, tab } = bench(context)
    const server = await lane({ technique: 'sse' })
    const stranger = await startAround()
    context.onTestFinished(() => stranger.close())
    const opened = await tab(stranger)
    await expect(
      Promise.race([
        opened.add(server.port, 'sse'),
        sleep(600).then(() => Promise.reject(new Error('never'))),
      ]),
    ).rejects.toThrow('never')
    await until('the browser says why', () => opened.complaints.join().includes('frame-ancestors'))

    const page = await tab()
    await page.add(server.port, 'sse')
    const frame = page.page.frames().find((one) => one.url().includes('/lane'))
    const reached = await frame?.evaluate(
      (away) =>
        fetch(`${away}/ping`).then(
          () => true,
          () => false,
        ),
      around.origin,
    )
    expect(reached).toBe(false)
    await until('the browser says why', () => page.complaints.join().includes('connect-src'))
  })
})

function laneFrame({ page }: Tab): Frame {
  return page.frames().find((frame) => frame.url().includes('/lane')) as Frame
}

/** How much stands in a lane's page, and in the frames that it has made. Runs in the browser. */
function lettersKept(): number {
  const lettersIn = (all: Document): number =>
    [...all.querySelectorAll('iframe')].reduce(
      (sum, { contentDocument }) => sum + (contentDocument ? lettersIn(contentDocument) : 0),
      all.documentElement.outerHTML.length,
    )
  return lettersIn(document)
}
