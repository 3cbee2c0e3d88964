import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../fixture/until.ts'
import { type LocalServer, startServer } from '../local-server.ts'

let server: LocalServer
afterEach(() => server.app.close())

/** Reads a response's body until it holds `text`, then lets go of it. */
async function readUntil(response: Response, text: string): Promise<string> {
  let body = ''
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  while (!body.includes(text)) {
    const { value, done } = await reader.read()
    if (done) break
    body += Buffer.from(value).toString()
  }
  await reader.cancel()
  return body
}

describe('short polling', () => {
  test('answers at once, empty, with the cursor to go on from', async () => {
    server = await startServer({ feedId: 'f00d42' })
    server.feed.publish()
    const response = await fetch(`${server.url}/short-poll`)
    expect(await response.text()).toBe('{"cursor":1,"feedId":"f00d42","events":[]}')
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('answers no more at once than one subscriber may have, and the rest the next time', async () => {
    server = await startServer({ payloadBytes: 100 }, { bufferBytes: 250 })
    for (let i = 0; i < 5; i++) server.feed.publish()
    const answer = await (await fetch(`${server.url}/short-poll?lastEventId=0`)).json()
    expect(answer).toMatchObject({ cursor: 2, events: [{ seq: 1 }, { seq: 2 }] })
  })

  test('says that nothing is new of its own feed alone, and not of another whose number is the same', async () => {
    server = await startServer({ feedId: 'f00d42' }, { conditional: true })
    server.feed.publish()
    const ask = async (feedId: string) => {
      const headers = { 'last-event-id': '1', 'feed-id': feedId, 'if-none-match': `"${feedId}-1"` }
      return (await fetch(`${server.url}/short-poll`, { headers })).status
    }
    expect([await ask('f00d42'), await ask('c0ffee')]).toEqual([304, 200])
  })

  test('says when the feed is over, with the last events', async () => {
    server = await startServer({ payloadBytes: 16, feedId: 'f00d42' })
    server.feed.publish()
    server.feed.end()
    const answer = await (await fetch(`${server.url}/short-poll?lastEventId=0`)).text()
    expect(answer).toBe('{"cursor":1,"feedId":"f00d42","ended":true,"events":[{"seq":1       }]}')
  })
})

describe('long polling', () => {
  test('holds a poll until its time limit, then answers empty', async () => {
    server = await startServer({ feedId: 'f00d42' }, { holdMs: 80 })
    const startedAt = performance.now()
    const response = await fetch(`${server.url}/long-poll?lastEventId=0`)
    expect(await response.text()).toBe('{"cursor":0,"feedId":"f00d42","events":[]}')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(79)
    expect(server.app.techniqueCounters.get('long-poll')).toMatchObject({
      opened: 1,
      emptyAnswers: 1,
      open: 0,
    })
  })

  test('answers with the whole batch of one turn', async () => {
    server = await startServer({ payloadBytes: 16 })
    const poll = fetch(`${server.url}/long-poll?lastEventId=0`)
    await until('it is held', () => server.app.techniqueCounters.get('long-poll')?.open === 1)
    for (let i = 0; i < 3; i++) server.feed.publish()
    expect(await (await poll).json()).toMatchObject({ events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] })
  })

  test('answers held polls when the server closes', async () => {
    server = await startServer({ feedId: 'f00d42' })
    const poll = fetch(`${server.url}/long-poll?lastEventId=0`)
    await until('it is held', () => server.app.techniqueCounters.get('long-poll')?.open === 1)
    await server.app.close()
    expect(await (await poll).text()).toBe('{"cursor":0,"feedId":"f00d42","events":[]}')
  })
})

describe('Server-Sent Events', () => {
  test('are an event stream with a reconnection time, the cursor, and an ID for every event', async () => {
    server = await startServer({ payloadBytes: 16, feedId: 'f00d42' }, { retryMs: 1234 })
    const response = await fetch(`${server.url}/sse`)
    server.feed.publish()
    expect(await readUntil(response, 'seq')).toBe(
      'retry: 1234\nid: 0\nevent: opening\ndata: {"cursor":0,"feedId":"f00d42"}\n\n' +
        'id: 1\ndata: {"seq":1       }\n\n',
    )
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
  })

  test('take the header before the query argument, as a reconnecting EventSource has both', async () => {
    server = await startServer({ payloadBytes: 16 })
    for (let i = 0; i < 3; i++) server.feed.publish()
    // Its URL may name the feed that it was told of, and the header be of the one that it has had since.
    const response = await fetch(`${server.url}/sse?lastEventId=0&feedId=another`, {
      headers: { 'last-event-id': '2' },
    })
    const text = await readUntil(response, 'seq')
    expect(text).toContain('id: 2\nevent: opening\n')
    expect(text).toContain('\n\nid: 3\n')
    expect(text).not.toContain('gap')
  })

  test('tell a gap of another feed, resumed after a restart with an ID that fits', async () => {
    server = await startServer({ payloadBytes: 16, feedId: 'f00d42' })
    for (let i = 0; i < 40; i++) server.feed.publish()
    const headers = { 'last-event-id': '30', 'feed-id': 'c0ffee' }
    const text = await readUntil(await fetch(`${server.url}/sse`, { headers }), '"seq":40')
    expect(text).toContain('id: 0\nevent: opening\ndata: {"cursor":0,"feedId":"f00d42"}\n\n')
    expect(text).toContain('event: gap\ndata: {"after":30,"next":1,"feedId":"c0ffee"}\n\nid: 1\n')
  })

  test('are answered 204 once the feed is over and read to its end', async () => {
    server = await startServer()
    server.feed.publish()
    server.feed.end()
    expect((await fetch(`${server.url}/sse`)).status).toBe(204)
    expect((await fetch(`${server.url}/sse`, { headers: { 'last-event-id': '1' } })).status).toBe(204)
    // Nothing will come up to this one either; of another feed, the same number is a gap to tell.
    const ahead = await fetch(`${server.url}/sse?lastEventId=2&feedId=${server.feed.feedId}`)
    expect(ahead.status).toBe(204)
    expect(await (await fetch(`${server.url}/sse?lastEventId=1&feedId=another`)).text()).toContain(
      'event: gap',
    )
    const rest = await fetch(`${server.url}/sse?lastEventId=0`)
    expect(rest.status).toBe(200)
    expect(await rest.text()).toContain('id: 1\n')
  })

  test('show that they live', async () => {
    server = await startServer({}, { heartbeatMs: 20 })
    expect(await readUntil(await fetch(`${server.url}/sse`), 'heartbeat')).toContain(': heartbeat\n\n')
  })
})

describe('iframe streaming', () => {
  test('is a page that calls functions of the page around it', async () => {
    server = await startServer({ payloadBytes: 16, feedId: 'f00d42' })
    const response = await fetch(`${server.url}/iframe-stream`)
    server.feed.publish()
    server.feed.end()
    expect(await response.text()).toBe(
      '<!doctype html><meta charset="utf-8"><body>\n' +
        '<script>parent.pushOpen(0,"f00d42")</script>\n' +
        '<script>parent.push({"seq":1       })</script>\n' +
        '<script>parent.pushEnd("feed-ended")</script>\n',
    )
  })
})

test('the server tells its health and its counters', async () => {
  server = await startServer()
  server.feed.publish()
  await fetch(`${server.url}/short-poll?lastEventId=0`)
  expect(await (await fetch(`${server.url}/health`)).json()).toEqual({
    status: 'ok',
    feedId: server.feed.feedId,
    epochUs: server.feed.epochUs,
    latestSeq: 1,
    ended: false,
  })
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toContain('pushlab_events_written_total{technique="short-poll"} 1\n')
  expect(metrics).toContain('pushlab_open{technique="sse"} 0\n')
})

test('oversized request headers are refused', async () => {
  server = await startServer()
  const response = await fetch(`${server.url}/sse`, { headers: { cookie: 'x'.repeat(40_000) } })
  expect(response.status).toBe(431)
})
