import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { streamEventBytes } from '../results/model/prediction.ts'
import type { Ledger } from '../results/record.ts'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { encodeBinaryPayload, encodePayload, textBytes } from '../server/payload.ts'
import { doesNotApply, registry } from '../server/registry.ts'
import { serverTechnique } from '../server/technique.ts'
import { chosenOf, completeVariant, type Variant } from '../server/variant.ts'
import { subscribe, type TestSubscriber } from './fixture/subscriber.ts'
import { ledgerOf } from './measure/ledger.ts'
import type { Meter } from './meter.ts'
import { Tap } from './tap.ts'

/**
 * Every technique in every variant that means something to it: the events come, and no byte of them is unaccounted
 * for.
 */

const choices: Partial<Variant>[] = [
  {},
  { tls: true },
  { http: '2' },
  { keepAlive: false },
  { noDelay: false },
  { contentCoding: 'gzip' },
  { contentCoding: 'br' },
  { http: '2', contentCoding: 'gzip' },
  { perMessageDeflate: true },
  { tls: true, perMessageDeflate: true },
  { headers: 'browser' },
  { cookieBytes: 4_096 },
  { payload: 'binary' },
  { pollTimer: 'interval' },
  { pollTimer: 'timeout' },
  { conditional: true },
  { socketIo: 'websocket' },
]
const subjects = choices.flatMap((chosen) => {
  const variant = completeVariant(chosen)
  const what = JSON.stringify(chosen).replaceAll(/["{}]/g, '') || 'default'
  return registry
    .filter(({ name }) => !chosenOf(variant).some((axis) => doesNotApply(name, axis)))
    .map((entry) => ({ ...entry, what, variant }))
})

const EVENTS = 12
const PAYLOAD_BYTES = 100
/** Long enough for an answer to be there, mostly, before the next poll leaves. */
const POLL_INTERVAL_MS = 40

const running: { server?: LocalServer; subscribers: TestSubscriber[] } = { subscribers: [] }
afterEach(async () => {
  for (const subscriber of running.subscribers.splice(0)) {
    subscriber.stop()
    await subscriber.done
  }
  await running.server?.app.close()
  delete running.server
})

describe.each(subjects)('$name, $what', ({ name, family, variant }) => {
  test('delivers, and accounts for every byte', async () => {
    const server = await startServer({ payloadBytes: PAYLOAD_BYTES }, { subscribersPublish: true }, variant)
    running.server = server
    const tap = new Tap()
    const subscriber = await subscribe(name, server.urlOf(name), {
      variant,
      tap,
      pollIntervalMs: POLL_INTERVAL_MS,
    })
    running.subscribers.push(subscriber)
    const { events, meter } = subscriber
    if (name === 'socket-io') await quiet(meter, variant)
    for (let seq = 1; seq <= EVENTS; seq++) {
      const before = meter.read().bytesDown
      server.feed.publish()
      await until('it has come', () => events.some((event) => event.seq === seq))
      const modelled = streamEventBytes(name, pointOf(variant), seq)
      // HTTP/2 acknowledges settings in the first moments of a connection.
      const isSettled = variant.http === '1.1' || seq > 2
      if (modelled !== undefined && isSettled) expect(meter.read().bytesDown - before).toBe(modelled)
    }
    // Polls by setInterval may overtake each other on a busy machine, and bring an event twice: nowhere else.
    const seqs = events.map(({ seq }) => seq)
    const received = variant.pollTimer === 'interval' ? [...new Set(seqs)] : seqs
    expect(received).toEqual(Array.from({ length: EVENTS }, (_, i) => i + 1))
    subscriber.stop()
    await subscriber.done

    const ledger = await wholeLedger(name, variant, tap)
    expectSums(ledger)
    const { payload, compressed, tls, header, handshake } = sum(ledger)
    const isCompressed = variant.contentCoding !== 'identity' || variant.perMessageDeflate
    const text = textBytes(PAYLOAD_BYTES, variant.payload === 'binary' && name !== 'websocket')
    if (isCompressed) expect([payload, compressed > 0]).toEqual([0, true])
    else expect([payload, compressed]).toEqual([events.length * text, 0])
    expect(tls > 0).toBe(variant.tls)
    // Only a socket of one's own, without HTTP, does without a head.
    expect(header + handshake > 0).toBe(name !== 'xml-socket')
    if (family !== 'poll') expect(meter.read().requests).toBeLessThan(8)
  })

  test.runIf(family !== 'floor')('carries a message up, and accounts for its bytes', async () => {
    running.server = await startServer({ payloadBytes: PAYLOAD_BYTES }, { subscribersPublish: true }, variant)
    const tap = new Tap()
    const subscriber = await subscribe(name, running.server.urlOf(name), {
      variant,
      tap,
      pollIntervalMs: POLL_INTERVAL_MS,
    })
    running.subscribers.push(subscriber)
    if (name === 'socket-io') await quiet(subscriber.meter, variant)
    const encode = variant.payload === 'binary' ? encodeBinaryPayload : encodePayload
    await subscriber.publish(encode(0, 1_000, 0, PAYLOAD_BYTES))
    await until('it is back', () => subscriber.events.length > 0)
    expect(subscriber.events[0]).toMatchObject({ seq: 1, due: 1_000 })
    subscriber.stop()
    await subscriber.done
    const ledger = await wholeLedger(name, variant, tap)
    expectSums(ledger)
    const { payload, compressed } = ledger.total.up
    // permessage-deflate works in both directions, content codings on answers alone.
    if (variant.perMessageDeflate) expect([payload, compressed > 0]).toEqual([0, true])
    else expect([PAYLOAD_BYTES, textBytes(PAYLOAD_BYTES, true)]).toContain(payload)
  })
})

test('a tapped connection costs what one costs that is not tapped', async () => {
  for (const chosen of [{}, { tls: true }, { http: '2' as const }]) {
    const variant = completeVariant(chosen)
    const server = await startServer({}, {}, variant)
    running.server = server
    const costs: number[] = []
    for (const tap of [new Tap(), undefined]) {
      const subscriber = await subscribe('sse', server.url, { variant, ...(tap && { tap }) })
      running.subscribers.push(subscriber)
      // Beyond what a new connection says of itself.
      for (let i = 0; i < 3; i++) server.feed.publish()
      await until('they have come', () => subscriber.events.length === 3)
      const before = subscriber.meter.read().bytesDown
      server.feed.publish()
      await until('it has come', () => subscriber.events.length === 4)
      costs.push(subscriber.meter.read().bytesDown - before)
    }
    expect(costs[0]).toBe(costs[1])
    for (const subscriber of running.subscribers.splice(0)) {
      subscriber.stop()
      await subscriber.done
    }
    await server.app.close()
  }
})

function pointOf(variant: Variant) {
  return {
    feed: { schedule: { kind: 'constant' as const, ratePerSecond: 1 }, payloadBytes: PAYLOAD_BYTES },
    load: { subscribers: 1, warmUpMs: 0, measureMs: 1, pollIntervalMs: 5, holdMs: 1_000 },
    variant,
  }
}

/** Resolves once nothing passes for a while: Socket.IO upgrades after it is open. */
async function quiet(meter: Meter, { socketIo }: Variant): Promise<void> {
  let before = -1
  let now = 0
  // With the handshake of the WebSocket that it goes over to it has asked four times.
  const requests = socketIo === 'upgrade' ? 4 : 1
  while (now !== before || meter.read().requests < requests) {
    before = now
    await sleep(300)
    const { bytesUp, bytesDown } = meter.read()
    now = bytesUp + bytesDown
  }
}

async function wholeLedger(name: string, variant: Variant, tap: Tap): Promise<Ledger> {
  const { wire } = await serverTechnique(name)
  const end = tap.mark()
  const nothing = end.map(() => ({ up: 0, down: 0 }))
  return ledgerOf(tap, wire, variant, {
    setupEnd: nothing,
    start: nothing,
    end,
    events: EVENTS,
    totalMessages: 0,
  })
}

function expectSums({ total, tappedUp, tappedDown, socketUp, socketDown }: Ledger): void {
  expect([tappedUp, tappedDown]).toEqual([socketUp, socketDown])
  const all = (side: object) => Object.values(side).reduce((total, bytes) => total + bytes, 0)
  expect([all(total.up), all(total.down)]).toEqual([tappedUp, tappedDown])
  expect([total.up.unparsed, total.down.unparsed]).toEqual([0, 0])
}

function sum({ total: { up, down } }: Ledger) {
  const keys = Object.keys(up) as (keyof typeof up)[]
  return Object.fromEntries(keys.map((key) => [key, up[key] + down[key]])) as unknown as typeof up
}
