import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { nowUs } from '../server/clock.ts'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { encodePayload } from '../server/payload.ts'
import { doesNotApply, registry } from '../server/registry.ts'
import { chosenOf, completeVariant, type Variant } from '../server/variant.ts'
import { type Relay, startRelay } from './fixture/relay.ts'
import { failureOf, subscribe, type TestSubscriber } from './fixture/subscriber.ts'

const carriers: { over: string; chosen: Partial<Variant> }[] = [
  { over: '', chosen: {} },
  { over: ' by a client library', chosen: { client: 'library' } },
  { over: ' by a prepared fan-out', chosen: { fanOut: 'prepared' } },
  { over: ' over TLS', chosen: { tls: true } },
  { over: ' over HTTP/2', chosen: { http: '2' } },
]
const subjects = carriers.flatMap(({ over, chosen }) => {
  const variant = completeVariant(chosen)
  return (
    registry
      .filter(({ name }) => !chosenOf(variant).some((axis) => doesNotApply(name, axis)))
      // HTTP/2 carries requests and answers; the others have the HTTP/1.1 over TLS beside it that they had before.
      .filter(({ carrier }) => variant.http !== '2' || carrier === 'http')
      .map((entry) => ({ ...entry, title: entry.name + over, variant }))
  )
})

/** What every registered technique must do. A new one is in this suite as soon as it is in the registry. */
describe.each(subjects)('$title', ({ name, family, carrier, variant, deviations = {} }) => {
  const running: { servers: LocalServer[]; relay?: Relay; subscribers: TestSubscriber[] } = {
    servers: [],
    subscribers: [],
  }

  const start = async (
    feedOptions: Parameters<typeof startServer>[0] = {},
    settings: Parameters<typeof startServer>[1] = {},
  ) => {
    // XMLSocket's relay has another port than its server.
    const server = await startServer(feedOptions, { policyPorts: ['*'], ...settings }, variant)
    running.servers.push(server)
    const { feed, app, urlOf } = server
    return { feed, app, url: urlOf(name) }
  }
  const join = async (url: string, options?: Parameters<typeof subscribe>[2]) => {
    const subscriber = await subscribe(name, url, { variant, ...options })
    running.subscribers.push(subscriber)
    return subscriber
  }
  const seqs = ({ events }: TestSubscriber) => events.map(({ seq }) => seq)
  const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

  afterEach(async () => {
    for (const subscriber of running.subscribers.splice(0)) {
      subscriber.stop()
      await subscriber.done
    }
    await running.relay?.close()
    for (const { app } of running.servers.splice(0)) await app.close()
    delete running.relay
  })

  test('delivers every event once, in order, as the feed published it', async () => {
    const { feed, url } = await start()
    const subscriber = await join(url)
    const published = []
    for (let i = 0; i < 60; i++) {
      published.push(feed.publish())
      if (i % 7 === 0) await sleep(3)
    }
    await until('all have come', () => subscriber.events.length >= 60)
    expect(subscriber.events).toEqual(published.map(({ data }) => JSON.parse(data)))
    expect(subscriber.gaps).toEqual([])
    expect(subscriber.failures).toEqual([])
  })

  test('starts with what comes, not with what was', async () => {
    const { feed, url } = await start()
    feed.publish()
    const subscriber = await join(url)
    feed.publish()
    await until('one has come', () => subscriber.events.length > 0)
    expect(seqs(subscriber)).toEqual([2])
  })

  test('resumes after a cursor', async () => {
    const { feed, url } = await start()
    for (let i = 0; i < 5; i++) feed.publish()
    const subscriber = await join(url, { cursor: { seq: 2 } })
    feed.publish()
    await until('the rest has come', () => subscriber.events.length >= 4)
    expect(seqs(subscriber)).toEqual([3, 4, 5, 6])
    expect(subscriber.gaps).toEqual([])
  })

  test('resumes after 0 with all of the history', async () => {
    const { feed, url } = await start()
    feed.publish()
    const subscriber = await join(url, { cursor: { seq: 0 } })
    await until('it has come', () => subscriber.events.length > 0)
    expect(seqs(subscriber)).toEqual([1])
  })

  test('loses nothing when its connection is cut, before the first event and in the middle', async () => {
    const { feed, url } = await start()
    running.relay = await startRelay(url)
    const subscriber = await join(running.relay.url)
    for (let i = 0; i < 4; i++) {
      running.relay.cut()
      for (let k = 0; k < 5; k++) feed.publish()
      await until('it has caught up', () => subscriber.events.length >= feed.latestSeq)
    }
    expect(seqs(subscriber)).toEqual(upTo(20))
    expect(subscriber.gaps).toEqual([])
    // A poll that is cut between two requests may simply connect again.
    if (family !== 'poll') expect(subscriber.failures.length).toBe(4)
  })

  test('is told where its cursor is older than the history, and gets what there is', async () => {
    const { feed, app, url } = await start({ historyEvents: 3 })
    for (let i = 0; i < 10; i++) feed.publish()
    const subscriber = await join(url, { cursor: { seq: 2 } })
    await until('the history has come', () => subscriber.events.length >= 3)
    expect(subscriber.gaps).toEqual([{ after: 2, next: 8 }])
    expect(seqs(subscriber)).toEqual([8, 9, 10])
    expect(app.techniqueCounters.get(name)?.eventsLost).toBe(5)
  })

  test('is told where another feed serves it after a restart, though the numbers fit, and gets what there is', async () => {
    const before = await start()
    running.relay = await startRelay(before.url)
    const subscriber = await join(running.relay.url)
    for (let i = 0; i < 3; i++) before.feed.publish()
    await until('it has what there was', () => subscriber.events.length === 3)
    const { feed, app, url } = await start()
    for (let i = 0; i < 5; i++) feed.publish()
    running.relay.cut(url)
    await until('the history has come', () => subscriber.events.length >= 8)
    expect(subscriber.gaps).toEqual([{ after: 3, next: 1, feedId: before.feed.feedId }])
    expect(app.techniqueCounters.get(name)?.eventsLost).toBe(0)
    // From here its cursor is one of the new feed.
    running.relay.cut()
    feed.publish()
    await until('the next has come', () => subscriber.events.length >= 9)
    expect(seqs(subscriber)).toEqual([...upTo(3), ...upTo(6)])
    expect(subscriber.gaps).toHaveLength(1)
  })

  test('goes on without a word where a restarted server has taken over the feed', async () => {
    const before = await start()
    running.relay = await startRelay(before.url)
    const subscriber = await join(running.relay.url)
    for (let i = 0; i < 3; i++) before.feed.publish()
    await until('it has what there was', () => subscriber.events.length === 3)
    const { feed, url } = await start({ feedId: before.feed.feedId })
    for (const event of before.feed.since({ seq: 0 }).events) feed.append(event)
    feed.publish()
    running.relay.cut(url)
    await until('the rest has come', () => subscriber.events.length >= 4)
    feed.publish()
    await until('the next has come', () => subscriber.events.length >= 5)
    expect(seqs(subscriber)).toEqual(upTo(5))
    expect(subscriber.gaps).toEqual([])
  })

  test('waits where its cursor is ahead of the feed that it names, and gets nothing up to it', async () => {
    const { feed, app, url } = await start({}, { holdMs: 30 })
    feed.publish()
    const subscriber = await join(url, { cursor: { seq: 3, feedId: feed.feedId } })
    for (let i = 0; i < 2; i++) feed.publish()
    await sleep(50)
    expect(subscriber.events).toEqual([])
    for (let i = 0; i < 2; i++) feed.publish()
    await until('the rest has come', () => subscriber.events.length >= 2)
    expect(seqs(subscriber)).toEqual([4, 5])
    expect(subscriber.gaps).toEqual([])
    expect(app.techniqueCounters.get(name)?.eventsWritten).toBe(2)
  })

  test('is told where a bare cursor is ahead of the feed, and gets what there is', async () => {
    const { feed, url } = await start()
    feed.publish()
    const subscriber = await join(url, { cursor: { seq: 500 } })
    await until('the history has come', () => subscriber.events.length >= 1)
    expect(subscriber.gaps).toEqual([{ after: 500, next: 1 }])
    feed.publish()
    await until('the next has come', () => subscriber.events.length >= 2)
    expect(seqs(subscriber)).toEqual([1, 2])
  })

  test('shows two subscribers the same', async () => {
    const { feed, url } = await start()
    const subscribers = [await join(url), await join(url)]
    for (let i = 0; i < 20; i++) feed.publish()
    for (const { events } of subscribers) await until('all have come', () => events.length >= 20)
    expect(subscribers[0]?.events).toEqual(subscribers[1]?.events)
    expect(seqs(subscribers[0] as TestSubscriber)).toEqual(upTo(20))
  })

  test('frees everything when its subscribers leave', async () => {
    const { feed, app, url } = await start()
    const idle = feed.subscriberCount
    for (let i = 0; i < 3; i++) {
      const subscriber = await join(url)
      feed.publish()
      await until('it has come', () => subscriber.events.length > 0)
      subscriber.stop()
      await subscriber.done
    }
    await until(
      'all is free',
      () => feed.subscriberCount === idle && app.techniqueCounters.get(name)?.open === 0,
    )
    await until(
      'all sockets are closed',
      () => new Promise((resolve) => app.server.getConnections((_, n) => resolve(n === 0))),
    )
  })

  test('neither holds up others nor grows without bound when one stops reading, and is told what it lost', async () => {
    const payloadBytes = 16_384
    const { feed, app, url } = await start({ payloadBytes, historyEvents: 64 })
    const counters = app.techniqueCounters.get(name)
    running.relay = await startRelay(url)
    const slow = await join(running.relay.url)
    const healthy = await join(url)
    running.relay.stall()
    // Until it lacks more than the history holds: the kernel's buffers of both sockets take less than 40 MB.
    const writtenToSlow = () => (counters?.eventsWritten ?? 0) - feed.latestSeq
    while (feed.latestSeq - writtenToSlow() < 150 && feed.latestSeq < 2_500) {
      for (let i = 0; i < 50; i++) feed.publish()
      await until('the healthy one has caught up', () => healthy.events.length === feed.latestSeq)
    }
    expect(healthy.gaps).toEqual([])
    expect(writtenToSlow() * payloadBytes).toBeLessThan(25e6)
    const last = feed.latestSeq

    running.relay.resume()
    await until('the slow one has caught up', () => slow.events.at(-1)?.seq === last)
    const lost = slow.gaps.reduce((sum, { after, next }) => sum + next - after - 1, 0)
    expect(lost).toBeGreaterThan(0)
    expect(slow.events.length + lost).toBe(last)
    expect(seqs(slow)).toEqual([...seqs(slow)].sort((a, b) => a - b))
    expect(counters?.eventsLost).toBe(lost)
    expect(slow.failures).toEqual([])
  })

  rule('stall', 'is cut off when it takes nothing for too long', async () => {
    const { feed, app, url } = await start({ payloadBytes: 16_384 }, { stallMs: 100 })
    running.relay = await startRelay(url)
    await join(running.relay.url)
    running.relay.stall()
    const counters = app.techniqueCounters.get(name)
    await until('it is cut off', async () => {
      for (let i = 0; i < 50; i++) feed.publish()
      return counters?.stalled === 1
    })
    expect(counters?.open).toBe(0)
  })

  test('ends when the feed does, with all that was published before', async () => {
    const { feed, app, url } = await start()
    const subscriber = await join(url)
    for (let i = 0; i < 5; i++) feed.publish()
    feed.end()
    await subscriber.done
    expect(seqs(subscriber)).toEqual(upTo(5))
    expect(app.techniqueCounters.get(name)?.open).toBe(0)
    const late = await join(url, { cursor: { seq: 3 } })
    await late.done
    expect(seqs(late)).toEqual([4, 5])
  })

  rule('publish', 'publishes what a subscriber says, to everybody, the sender included', async () => {
    const { feed, url } = await start({}, { subscribersPublish: true })
    const [sender, other] = [await join(url), await join(url)] as const
    const due = nowUs() - feed.epochUs
    await sender.publish(encodePayload(0, due, 0, 100))
    for (const { events } of [sender, other]) await until('it has come', () => events.length === 1)
    expect(sender.events[0]).toMatchObject({ seq: 1, due: Math.round(due) })
    expect(other.events).toEqual(sender.events)
    expect(sender.failures).toEqual([])
  })

  rule('publish', 'publishes nothing where subscribers may not, and says so', async () => {
    const { feed, url } = await start()
    const sender = await join(url)
    const refusal = sender.publish(encodePayload(0, 0, 0, 100)).then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
    // On the same connection the refusal comes as a message, and the connection ends.
    if (carrier === 'http') expect(await refusal).toBe('HTTP_403')
    else
      await until('it is told', () => sender.failures.some((code) => /FORBIDDEN|WEBSOCKET_1008/.test(code)))
    expect(feed.latestSeq).toBe(0)
  })

  /** Closes a server whose own timers stand still until they are told to go on. */
  async function closeBy(app: LocalServer['app'], passedMs: number) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const closed = app.close()
      await Promise.race([closed, until('it is about to cut', () => vi.getTimerCount() > 0)])
      vi.advanceTimersByTime(passedMs)
      await closed
    } finally {
      vi.useRealTimers()
    }
  }

  test('lets the server close, ending every open request', async () => {
    const { app, url } = await start()
    const subscribers = [await join(url), await join(url), await join(url)]
    await closeBy(app, 0)
    for (const { failures } of subscribers) await until('it has noticed', () => failures.length > 0)
    expect(app.techniqueCounters.get(name)?.open).toBe(0)
  })

  test('closes within a second although a peer has stopped reading', async () => {
    const { feed, app, url } = await start({ payloadBytes: 16_384 })
    running.relay = await startRelay(url)
    await join(running.relay.url)
    running.relay.stall()
    for (let i = 0; i < 1_000; i++) feed.publish()
    await closeBy(app, 1_000)
  })

  test.each(['abc', '-1', '1.5', '1e3', '0x10', '9'.repeat(16), '1,2', '%00'])(
    'refuses the cursor %s',
    async (cursor) => {
      const { app, url } = await start()
      expect(await failureOf(name, url, { variant, cursor: { seq: cursor } })).toMatch(
        /^(HTTP_400|BAD_INPUT)$/,
      )
      expect(app.techniqueCounters.get(name)?.open).toBe(0)
    },
  )

  test.each(['a b', '"', '<', 'x'.repeat(33)])('refuses the feed ID %s', async (feedId) => {
    const { url } = await start()
    expect(await failureOf(name, url, { variant, cursor: { seq: 1, feedId } })).toMatch(
      /^(HTTP_400|BAD_INPUT)$/,
    )
  })

  /** A rule that some technique cannot follow: its registry entry says why, and so does the skipped test. */
  function rule(ruleName: string, title: string, check: () => Promise<void>): void {
    const reason = deviations[ruleName]
    if (reason) test.skip(`${title} (${reason})`, check)
    else test(title, check)
  }
})
