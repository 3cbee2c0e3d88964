import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../server/fixture/until.ts'
import { startBufferingProxy } from './buffering.ts'
import { Behind, seqsOf, upTo } from './fixture/behind.ts'

const behind = new Behind()
afterEach(() => behind.end())

/** The body of an event stream, as far as it has come. */
async function streamFrom(url: string): Promise<{ answer?: IncomingMessage; bytes: number; close(): void }> {
  const asked = get(new URL('/sse', url)).on('error', () => {})
  const stream = { bytes: 0, close: () => void asked.destroy() }
  asked.on('response', (answer) => {
    Object.assign(stream, { answer })
    answer.on('data', (chunk: Buffer) => {
      stream.bytes += chunk.length
    })
    answer.on('error', () => {})
  })
  await once(asked, 'finish')
  return stream
}

describe('a buffering proxy', () => {
  test('streams an answer that asks for it', async () => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startBufferingProxy(target))
    const subscriber = await behind.join('sse', url)
    for (let i = 1; i <= 5; i++) {
      feed.publish()
      await until('it has come', () => subscriber.events.length === i)
    }
    expect(seqsOf(subscriber)).toEqual(upTo(5))
    expect(subscriber.failures).toEqual([])
  })

  test('holds a stream back until a whole buffer has come, its head too, if it does not do as asked', async () => {
    const bufferBytes = 4_096
    const { feed, app, url: target } = await behind.server({ payloadBytes: 100 })
    const proxy = startBufferingProxy(target, { bufferBytes, honoursNoBuffering: false })
    const { url } = await behind.network(proxy)
    const direct = await streamFrom(target)
    const held = await streamFrom(url)
    await until('both are open', () => app.techniqueCounters.get('sse')?.open === 2)
    const publishUntil = async (bytes: number) => {
      for (;;) {
        const { data, seq } = feed.publish()
        const eventBytes = `id: ${seq}\ndata: ${data}\n\n`.length
        const before = direct.bytes
        await until('the direct one has it', () => direct.bytes > before)
        if (direct.bytes + eventBytes >= bytes) return
      }
    }
    await publishUntil(bufferBytes)
    expect(held.bytes).toBe(0)
    expect(held.answer).toBeUndefined()
    feed.publish()
    await until('the first buffer has come', () => held.bytes > 0)
    expect(held.answer?.statusCode).toBe(200)
    expect(held.bytes).toBe(bufferBytes)
    await publishUntil(2 * bufferBytes)
    expect(held.bytes).toBe(bufferBytes)
    feed.publish()
    await until('the second buffer has come', () => held.bytes > bufferBytes)
    expect(held.bytes).toBe(2 * bufferBytes)
    direct.close()
    held.close()
  })

  test('hands a subscriber nothing and then many events at once, but each in the end', async () => {
    const { feed, url: target } = await behind.server({ payloadBytes: 100 })
    const proxy = startBufferingProxy(target, { bufferBytes: 1_024, honoursNoBuffering: false })
    const { url } = await behind.network(proxy)
    const joining = behind.join('sse', url, { cursor: { seq: 0 } })
    for (let i = 0; i < 60; i++) feed.publish()
    const subscriber = await joining
    feed.end()
    await subscriber.done
    expect(seqsOf(subscriber)).toEqual(upTo(60))
  })

  test.each([true, false])(
    'lets long polls through, honouring the wish or not: %s',
    async (honoursNoBuffering) => {
      const { feed, url: target } = await behind.server()
      const { url } = await behind.network(startBufferingProxy(target, { honoursNoBuffering }))
      const subscriber = await behind.join('long-poll', url)
      for (let i = 1; i <= 5; i++) {
        feed.publish()
        await until('it has come', () => subscriber.events.length === i)
      }
      expect(seqsOf(subscriber)).toEqual(upTo(5))
      expect(subscriber.failures).toEqual([])
    },
  )

  test.each(['websocket', 'socket-io'])('lets %s through, which is upgraded', async (name) => {
    const { feed, url: target } = await behind.server()
    const { url } = await behind.network(startBufferingProxy(target, { honoursNoBuffering: false }))
    const subscriber = await behind.join(name, url)
    for (let i = 1; i <= 5; i++) {
      feed.publish()
      await until('it has come', () => subscriber.events.length === i)
    }
    expect(seqsOf(subscriber)).toEqual(upTo(5))
    expect(subscriber.failures).toEqual([])
  })
})
