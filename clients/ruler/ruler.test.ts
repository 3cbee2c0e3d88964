import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { nowUs } from '../../server/clock.ts'
import type { FeedEvent } from '../../server/event.ts'
import { until } from '../../server/fixture/until.ts'
import { type LocalServer, startServer } from '../../server/local-server.ts'
import { encodePayload } from '../../server/payload.ts'
import sse from '../../server/techniques/sse.ts'
import { RULER_STREAMS, type Ruler, type RulerTechnique, startRuler } from './ruler.ts'

const DEAD = 'http://127.0.0.1:1'
const EVENTS = 20
const SUBSCRIBERS = 3

/** Whether a ruler can be built here; where none can, this is said, and with CI=true an error. */
const hasCompiler = await startRuler('sse', DEAD).then(
  (ruler) => ruler.stop().then(() => true),
  (error: Error) => {
    if (process.env.CI === 'true') throw error
    console.warn(`\n*** The ruler is NOT tested. ${error.message}\n`)
    return false
  },
)

const running: { server?: LocalServer; ruler?: Ruler } = {}
afterEach(async () => {
  await running.ruler?.stop()
  await running.server?.app.close()
})

/** A server with a ruler that measures all that comes. */
async function start(technique: RulerTechnique) {
  const server = await startServer({ payloadBytes: 100 })
  running.server = server
  const ruler = await begin(technique, server.urlOf(technique), server.feed.epochUs)
  const counters = server.app.techniqueCounters.get(technique)
  const areHeld = () => until('all are held', () => counters?.open === SUBSCRIBERS)
  return { server, ruler, areHeld }
}

/** Resolves once what was published is in the kernel: a ruler reads all that has come before it does what it is told. */
async function written({ app }: LocalServer): Promise<void> {
  await nextTurn()
  await until('all is written', () =>
    [...app.openSockets].every(({ writableLength }) => writableLength === 0),
  )
}

/** Resolves once a ruler has read all that has come: two events in one read have no stamps. */
async function hasRead({ pid }: Ruler): Promise<void> {
  const isWaiting = () => / S /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  await until('it waits for more', isWaiting)
}

async function begin(technique: RulerTechnique, url: string, epochUs: number, subscribers = SUBSCRIBERS) {
  const ruler = await startRuler(technique, url)
  running.ruler = ruler
  await ruler.join(subscribers)
  await ruler.measure(epochUs, { startUs: 0, endUs: Number.POSITIVE_INFINITY })
  return ruler
}

/** Bytes of the answer to a poll that has all but the last event: as of any that brings one event. */
async function answerBytes({ url, feed }: LocalServer): Promise<number> {
  const { hostname, host, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `GET /long-poll HTTP/1.1\r\nHost: ${host}\r\nLast-Event-ID: ${feed.latestSeq - 1}\r\nFeed-ID: ${feed.feedId}\r\n\r\n`,
  )
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes
  })
  await until('the answer is whole', () => text.endsWith(']}'))
  socket.destroy()
  return text.length
}

const chunkBytes = (length: number) => length.toString(16).length + length + 4

const BYTES: Record<RulerTechnique, (event: FeedEvent, answer: number) => number> = {
  websocket: ({ data }) => data.length + 2,
  sse: (event) => chunkBytes((sse.frame(event) as string).length),
  'iframe-stream': ({ data }) => chunkBytes(data.length + '<script>parent.push()</script>\n'.length),
  'fetch-stream': ({ data }) => chunkBytes(data.length + 1),
  'multipart-stream': ({ data }) =>
    chunkBytes(data.length + 'Content-Type: application/json\r\n\r\n\r\n--pushlab\r\n'.length),
  'xml-socket': ({ data }) => data.length + 1,
  // The numbers of 10 events and more have a digit more, in the cursor and in the payload's own bytes.
  'long-poll': ({ seq }, answer) => answer - (seq < 10 ? 1 : 0),
}

describe.skipIf(!hasCompiler)('the ruler', () => {
  // The kernel stamps packets for all while somebody wants it, and begins some time after it was asked.
  let asking: { server: LocalServer; ruler: Ruler }
  beforeAll(async () => {
    const server = await startServer()
    asking = { server, ruler: await startRuler('sse', server.url) }
    await asking.ruler.join(1)
    await until('the kernel stamps', async () => {
      const ruler = await begin('sse', server.url, server.feed.epochUs, 1)
      server.feed.publish()
      await written(server)
      return (await ruler.finish()).rows.some(({ kernelUs }) => kernelUs !== undefined)
    })
  })
  afterAll(async () => {
    await asking.ruler.stop()
    await asking.server.app.close()
  })

  test.each([...RULER_STREAMS, 'long-poll'] as const)(
    'has every event and every byte of %s, when it was due, and when it came',
    async (technique) => {
      const { server, ruler, areHeld } = await start(technique)
      const published: FeedEvent[] = []
      for (let i = 0; i < EVENTS; i++) {
        await areHeld()
        published.push(server.feed.publish(nowUs() - 1_234 * i))
        await written(server)
        await hasRead(ruler)
      }
      await areHeld()
      const answer = await answerBytes(server)
      const { rows, bytesRead, eventsRead } = await ruler.finish()

      expect(eventsRead).toBe(EVENTS * SUBSCRIBERS)
      expect(bytesRead).toBe(
        published.reduce((sum, event) => sum + SUBSCRIBERS * BYTES[technique](event, answer), 0),
      )
      const seen = (subscriber: number) =>
        rows.filter((row) => row.subscriber === subscriber).map(({ seq, dueUs }) => [seq, dueUs])
      const due = published.map(({ seq, scheduledAtUs }) => [
        seq,
        Math.round(scheduledAtUs - server.feed.epochUs),
      ])
      for (let i = 0; i < SUBSCRIBERS; i++) expect(seen(i)).toEqual(due)

      const stamped = rows.filter(({ kernelUs }) => kernelUs !== undefined)
      expect(stamped.length).toBeGreaterThan(0)
      for (const { seq, readUs, kernelUs = Number.NaN } of stamped) {
        expect(kernelUs).toBeLessThanOrEqual(readUs)
        // The clocks may have drifted apart since their offset was taken, 200 ms ago at most.
        expect(kernelUs).toBeGreaterThan((published[seq - 1]?.publishedAtUs ?? Number.NaN) - 100)
      }
    },
  )

  test('takes the events alone that are due in the window', async () => {
    const { server, ruler } = await start('websocket')
    const { epochUs } = server.feed
    await ruler.measure(epochUs, { startUs: epochUs + 20, endUs: epochUs + 40 })
    for (const dueUs of [10, 20, 30, 40, 50]) server.feed.publish(epochUs + dueUs)
    await written(server)
    const { rows, eventsRead } = await ruler.finish()
    expect(eventsRead).toBe(5 * SUBSCRIBERS)
    expect(rows.map(({ dueUs }) => dueUs).sort()).toEqual([20, 20, 20, 30, 30, 30])
  })

  test('leaves out the stamps of two events in one answer, and has that of the one that follows', async () => {
    const { server, ruler, areHeld } = await start('long-poll')
    await areHeld()
    server.feed.publish()
    server.feed.publish()
    const counters = server.app.techniqueCounters.get('long-poll')
    await until('the next poll has come', () => counters?.opened === 3 * SUBSCRIBERS)
    server.feed.publish()
    await written(server)
    const { rows } = await ruler.finish()
    const stamps = (seq: number) => rows.filter((row) => row.seq === seq && row.kernelUs !== undefined).length
    expect([stamps(1), stamps(2), stamps(3)]).toEqual([0, 0, SUBSCRIBERS])
  })

  describe('beside a planted server', () => {
    let socket: Socket
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const eventChunk = (seq: number) =>
      chunk(`id: ${seq}\ndata: ${encodePayload(seq, seq * 1e3, 0, 100)}\n\n`)
    const opening = chunk('event: opening\ndata: {"cursor":0,"feedId":"abcdef"}\n\n')
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'

    /** Resolves once it is in the kernel. */
    const write = (text: string) => new Promise((resolve) => socket.write(text, resolve))

    async function plant(answer: string): Promise<string> {
      const server = createServer((accepted) => {
        socket = accepted.setNoDelay(true).on('error', () => {})
        socket.once('data', () => socket.write(answer))
      })
      server.listen(0, '127.0.0.1').unref()
      await once(server, 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    }

    test('leaves out the stamps of two events that are written at once, and their read times count', async () => {
      const ruler = await begin('sse', await plant(head + opening), 0, 1)
      await write(eventChunk(1) + eventChunk(2))
      const { rows } = await ruler.finish()
      expect(rows.map(({ seq, kernelUs }) => [seq, kernelUs])).toEqual([
        [1, undefined],
        [2, undefined],
      ])
      for (const { readUs } of rows) expect(nowUs() - readUs).toBeLessThan(60e6)
    })

    test('has the time of the kernel where it is late itself', async () => {
      const ruler = await begin('sse', await plant(head + opening), 0, 1)
      const stopped = `/proc/${ruler.pid}/stat`
      process.kill(ruler.pid as number, 'SIGSTOP')
      await until('it stands still', () => / T /.test(readFileSync(stopped, 'utf8')))
      const beforeUs = nowUs()
      socket.write(eventChunk(1))
      const afterUs = nowUs()
      await sleep(200)
      process.kill(ruler.pid as number, 'SIGCONT')
      const [{ readUs, kernelUs } = { readUs: 0, kernelUs: 0 }] = (await ruler.finish()).rows
      expect(readUs - afterUs).toBeGreaterThan(190e3)
      expect(kernelUs).toBeGreaterThan(beforeUs - 100)
      expect((kernelUs ?? Number.NaN) - afterUs).toBeLessThan(100e3)
    })

    test('reads an event that comes in two pieces', async () => {
      const ruler = await begin('sse', await plant(head + opening), 0, 1)
      const text = eventChunk(1)
      await write(text.slice(0, 30))
      await hasRead(ruler)
      await write(text.slice(30))
      const { rows } = await ruler.finish()
      expect(rows).toMatchObject([{ seq: 1, dueUs: 1e3 }])
    })

    test.each([
      ['HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'the server answered HTTP/1.1 404 Not Found'],
      ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 'or without Transfer-Encoding: chunked'],
      [`${head}0\r\n\r\n`, 'the server ended the stream of subscriber 1'],
    ])('says what it was answered: %j', async (answer, message) => {
      const ruler = await startRuler('sse', await plant(answer))
      running.ruler = ruler
      await expect(ruler.join(1)).rejects.toMatchObject({
        code: 'CHILD_FAILED',
        message: expect.stringContaining(message),
      })
    })

    test('says that the server has closed', async () => {
      const ruler = await begin('sse', await plant(head + opening), 0, 1)
      socket.destroy()
      await expect(ruler.finish()).rejects.toMatchObject({ code: 'CHILD_FAILED' })
    })
  })

  test('answers pings: a server that hears none would cut it off', async () => {
    // Long enough for a busy machine: who has answered once has two heartbeats for the next.
    const server = await startServer({}, { heartbeatMs: 250 })
    running.server = server
    const ruler = await begin('websocket', server.url, server.feed.epochUs)
    const bytesUp = () => [...server.app.openSockets].reduce((sum, { bytesRead }) => sum + bytesRead, 0)
    const before = bytesUp()
    // Several of each, of 6 bytes or one more.
    await until('pongs have come', () => bytesUp() - before >= 3 * SUBSCRIBERS * 6)
    server.feed.publish()
    await written(server)
    const { eventsRead, bytesRead } = await ruler.finish()
    expect(eventsRead).toBe(SUBSCRIBERS)
    expect(bytesRead).toBeGreaterThan(SUBSCRIBERS * 102)
  })

  test('refuses a port that nobody listens on', async () => {
    const ruler = await startRuler('sse', DEAD)
    running.ruler = ruler
    await expect(ruler.join(1)).rejects.toMatchObject({
      code: 'CHILD_FAILED',
      message: expect.stringMatching(/cannot connect to 127\.0\.0\.1:1: Connection refused/),
    })
  })

  test('does not outlive a parent that is killed', async () => {
    const script = `
      import { startRuler } from ${JSON.stringify(new URL('ruler.ts', import.meta.url).href)}
      console.log((await startRuler('sse', '${DEAD}')).pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script])
    const [pid] = await once(parent.stdout, 'data')
    expect(existsSync(`/proc/${Number(pid)}`)).toBe(true)
    parent.kill('SIGKILL')
    await until('it is gone', () => !existsSync(`/proc/${Number(pid)}`))
  })
})

test('where there is no compiler, says so and what to install', async () => {
  const before = process.env.CC
  process.env.CC = '/nowhere/cc'
  await expect(startRuler('sse', DEAD)).rejects.toMatchObject({
    code: 'NOT_INSTALLED',
    message: expect.stringMatching(/there is no \/nowhere\/cc.*apt-get install gcc libc6-dev.*CC=/),
  })
  if (before === undefined) delete process.env.CC
  else process.env.CC = before
})
