import { describe, expect, test } from 'vitest'
import { FEED_ID_LENGTH } from './cursor.ts'
import { MemoryFeed } from './feed.ts'

/** A feed whose clock stands until the test moves it, in microseconds. */
function feedAt(options: ConstructorParameters<typeof MemoryFeed>[0] = {}) {
  const clock = { us: 1_000_000 }
  return { clock, feed: new MemoryFeed({ ...options, now: () => clock.us }) }
}

describe('the feed', () => {
  test('numbers events from 1 without gaps and tells its subscribers at once', () => {
    const { feed } = feedAt()
    const told: number[] = []
    feed.subscribe({ onEvent: ({ seq }) => told.push(seq), onEnd: () => told.push(0) })
    feed.publish()
    feed.publish()
    feed.end()
    feed.end()
    expect(told).toEqual([1, 2, 0])
    expect(feed.latestSeq).toBe(2)
  })

  test('records when an event was due, and when it was published', () => {
    const { feed, clock } = feedAt()
    clock.us += 5_000
    const event = feed.publish(1_004_000)
    expect(event).toMatchObject({ scheduledAtUs: 1_004_000, publishedAtUs: 1_005_000 })
    expect(JSON.parse(event.data)).toMatchObject({ seq: 1, due: 4_000, pub: 5_000 })
  })

  test('tells no one who has left', () => {
    const { feed } = feedAt()
    const leave = feed.subscribe({ onEvent: () => expect.fail('told'), onEnd: () => expect.fail('told') })
    leave()
    leave()
    feed.publish()
    feed.end()
    expect(feed.subscriberCount).toBe(0)
  })

  test('gives what followed a cursor', () => {
    const { feed } = feedAt()
    for (let i = 0; i < 4; i++) feed.publish()
    expect(feed.since({ seq: 2 })).toMatchObject({ events: [{ seq: 3 }, { seq: 4 }] })
    expect(feed.since({ seq: 4 })).toEqual({ events: [] })
    expect(feed.since({ seq: 0 }).events).toHaveLength(4)
    expect(feed.since({ seq: 0 }).gap).toBeUndefined()
  })

  test('keeps its history bounded by count and says what is gone', () => {
    const { feed } = feedAt({ historyEvents: 2 })
    for (let i = 0; i < 5; i++) feed.publish()
    expect(feed.since({ seq: 1 })).toMatchObject({
      gap: { after: 1, next: 4 },
      events: [{ seq: 4 }, { seq: 5 }],
    })
    expect(feed.since({ seq: 3 }).gap).toBeUndefined()
  })

  test('keeps its history bounded by bytes, but for the newest event', () => {
    const { feed } = feedAt({ historyBytes: 250, payloadBytes: 100 })
    for (let i = 0; i < 5; i++) feed.publish()
    expect(feed.since({ seq: 0 }).events.map(({ seq }) => seq)).toEqual([4, 5])
    const { feed: tiny } = feedAt({ historyBytes: 10, payloadBytes: 100 })
    tiny.publish()
    tiny.publish()
    expect(tiny.since({ seq: 0 })).toMatchObject({ gap: { after: 0, next: 2 }, events: [{ seq: 2 }] })
  })

  test('cuts a batch at a size, but never to nothing', () => {
    const { feed } = feedAt({ payloadBytes: 100 })
    for (let i = 0; i < 5; i++) feed.publish()
    expect(feed.since({ seq: 1 }, 250).events.map(({ seq }) => seq)).toEqual([2, 3])
    expect(feed.since({ seq: 1 }, 1).events.map(({ seq }) => seq)).toEqual([2])
  })

  test('knows a cursor of another feed, also before its own first event', () => {
    const { feed } = feedAt()
    expect(feed.since({ seq: 7 })).toEqual({ gap: { after: 7, next: 1 }, events: [] })
    feed.publish()
    expect(feed.since({ seq: 7 })).toMatchObject({ gap: { after: 7, next: 1 }, events: [{ seq: 1 }] })
  })

  test('tells the gap of a cursor that names another feed, though the number fits', () => {
    const { feed } = feedAt({ feedId: 'f00d42', historyEvents: 2 })
    for (let i = 0; i < 4; i++) feed.publish()
    const gap = { after: 3, next: 3, feedId: 'c0ffee' }
    expect(feed.since({ seq: 3, feedId: 'c0ffee' })).toMatchObject({ gap, events: [{ seq: 3 }, { seq: 4 }] })
    expect(feed.since({ seq: 4, feedId: 'c0ffee' }).gap).toEqual({ ...gap, after: 4 })
    expect(feed.since({ seq: 3, feedId: 'f00d42' })).toMatchObject({ events: [{ seq: 4 }] })
  })

  test('has nothing for a cursor that names it and is ahead, until it has passed that', () => {
    const { feed } = feedAt({ feedId: 'f00d42' })
    const ahead = { seq: 1, feedId: 'f00d42' }
    expect(feed.since(ahead)).toEqual({ events: [] })
    feed.publish()
    expect(feed.since(ahead)).toEqual({ events: [] })
    feed.publish()
    expect(feed.since(ahead)).toMatchObject({ events: [{ seq: 2 }] })
  })

  test('has an ID of its own, as long as every other', () => {
    const [one, another] = [new MemoryFeed().feedId, new MemoryFeed().feedId]
    expect(one).not.toBe(another)
    for (const feedId of [one, another]) expect(feedId).toHaveLength(FEED_ID_LENGTH)
  })

  test('takes over what another feed has published, from anywhere on, and tells its own subscribers', () => {
    const { feed: original } = feedAt({ historyEvents: 2 })
    for (let i = 0; i < 5; i++) original.publish()
    const { feed: replica } = feedAt()
    const told: number[] = []
    replica.subscribe({ onEvent: ({ seq }) => told.push(seq), onEnd: () => {} })
    for (const event of original.since({ seq: 0 }).events) replica.append(event)
    replica.append(original.publish())
    expect(told).toEqual([4, 5, 6])
    expect(replica.since({ seq: 0 })).toMatchObject({ gap: { after: 0, next: 4 }, events: [{}, {}, {}] })
    expect(() => replica.append({ ...original.publish(), seq: 8 })).toThrow(RangeError)
  })

  test('encodes its events as it is told', () => {
    const { feed } = feedAt({ encode: (seq) => `{"seq":${seq},"odd":true}` })
    feed.publish()
    expect(feed.publish().data).toBe('{"seq":2,"odd":true}')
  })
})
