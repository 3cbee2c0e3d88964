import { afterEach, describe, expect, test } from 'vitest'
import { startServer, subscribe, type TestServer, type TestSubscriber } from './fixture/bench.ts'
import { until } from './fixture/until.ts'

/**
 * Bytes per event on real sockets against the byte model, which for P bytes of payload and C(n) = n + hex digits of
 * n + 4 for one chunk of n bytes (RFC 9112 section 7.1) says:
 */
const chunk = (bytes: number) => bytes + bytes.toString(16).length + 4
const model: Record<string, (payloadBytes: number, seq: number) => number> = {
  // id: SEQ LF data: P LF LF
  sse: (payloadBytes, seq) => chunk(payloadBytes + 8 + 5 + String(seq).length),
  // <script>parent.push(P)</script> LF
  'iframe-stream': (payloadBytes) => chunk(payloadBytes + 27 + 'push'.length),
  'bare-tcp': (payloadBytes) => payloadBytes + 1,
  // RFC 6455 section 5.2: no masking key from the server.
  websocket: (payloadBytes) => payloadBytes + (payloadBytes <= 125 ? 2 : payloadBytes <= 65_535 ? 4 : 10),
}

const running: { server?: TestServer; subscriber?: TestSubscriber } = {}
afterEach(async () => {
  running.subscriber?.stop()
  await running.subscriber?.done
  await running.server?.app.close()
})

describe.each(Object.keys(model))('%s', (technique) => {
  test.each([16, 100, 125, 126, 1_000, 65_535, 65_536])(
    'costs what the model says at %i bytes',
    async (payloadBytes) => {
      running.server = await startServer({ payloadBytes })
      running.subscriber = await subscribe(technique, running.server.url)
      const { feed } = running.server
      const { meter, events } = running.subscriber
      for (let seq = 1; seq <= 12; seq++) {
        const before = meter.read()
        feed.publish()
        await until('it has come', () => events.length === seq)
        const after = meter.read()
        expect(after.bytesDown - before.bytesDown).toBe(model[technique]?.(payloadBytes, seq))
        expect(after.bytesUp).toBe(before.bytesUp)
        // The floor writes its one request by hand, past Node's HTTP client.
        expect(after.requests).toBe(technique === 'bare-tcp' ? 0 : 1)
        expect(after.connections).toBe(1)
      }
    },
  )
})

test('two events published in one turn are two chunks, or two frames', async () => {
  for (const technique of Object.keys(model)) {
    running.server = await startServer()
    running.subscriber = await subscribe(technique, running.server.url)
    const before = running.subscriber.meter.read().bytesDown
    running.server.feed.publish()
    running.server.feed.publish()
    await until('both have come', () => running.subscriber?.events.length === 2)
    const bytes = running.subscriber.meter.read().bytesDown - before
    expect(bytes).toBe((model[technique]?.(100, 1) ?? 0) + (model[technique]?.(100, 2) ?? 0))
    running.subscriber.stop()
    await running.subscriber.done
    await running.server.app.close()
  }
})

describe.each(['short-poll', 'long-poll'])('%s', (technique) => {
  test('carries an event as its payload within a JSON answer, over one connection kept alive', async () => {
    running.server = await startServer()
    running.subscriber = await subscribe(technique, running.server.url)
    const { feed } = running.server
    const { meter, events } = running.subscriber
    for (let seq = 1; seq <= 9; seq++) {
      feed.publish()
      await until('it has come', () => events.length === seq)
    }
    expect(meter.read().connections).toBe(1)
    if (technique === 'long-poll') {
      // One request for the first cursor, one for each event, one that waits.
      await until('the next poll has left', () => meter.read().requests === 11)
    }
  })
})
