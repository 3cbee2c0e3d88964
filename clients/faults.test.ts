import { afterEach, describe, expect, test } from 'vitest'
import { nowUs } from '../server/clock.ts'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { observeProcess } from '../server/process-cost.ts'
import sse from '../server/techniques/sse.ts'
import { defaultVariant } from '../server/variant.ts'
import { sumClasses } from '../server/wire/span.ts'
import { ledgerOf } from './measure/ledger.ts'
import { Swarm } from './swarm.ts'
import { type ClientTechnique, clientTechnique } from './technique.ts'

/** Faults planted into a real swarm on real sockets: each must show in what the swarm reports. */

const EVENTS = 30
const load = { subscribers: 4, warmUpMs: 0, measureMs: 1000, pollIntervalMs: 20, holdMs: 1000 }
const twin = await clientTechnique('sse')

const running: { server?: LocalServer; swarm?: Swarm } = {}
afterEach(async () => {
  await running.swarm?.close()
  await running.server?.app.close()
})

/** Runs a swarm of a technique over `EVENTS` events. @param clockUs by how much its clock differs from the server's. */
async function run(technique: ClientTechnique, clockUs = 0, windowUs = 100_000) {
  const server = await startServer()
  const feed = { schedule: { kind: 'constant' as const, ratePerSecond: 200 }, payloadBytes: 100 }
  const point = { feed, load, variant: defaultVariant }
  const swarm = new Swarm({ technique, url: server.url, point })
  Object.assign(running, { server, swarm })
  await swarm.rampUp()
  const startUs = nowUs()
  const all = { startUs: 0, endUs: Number.POSITIVE_INFINITY }
  swarm.begin({ window: all, epochUs: server.feed.epochUs + clockUs })
  const window = { startUs, endUs: startUs + windowUs }
  const cost = observeProcess(window)
  for (let i = 0; i < EVENTS; i++) {
    server.feed.publish()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await swarm.drain(EVENTS, 20_000)
  return {
    ...swarm.accounting(EVENTS),
    swarm,
    window,
    cost: await cost,
  }
}

/** The twin, with something done to what it hands on. */
const faulty =
  (makeHandler: () => (seq: number, deliver: () => void) => void): ClientTechnique =>
  (subscription) => {
    const onEvent = makeHandler()
    return twin({
      ...subscription,
      onEvent: ({ seq, due, pub, payload }) =>
        // A reader's event is good during the call alone.
        onEvent(seq, () => subscription.onEvent({ seq, due, pub, payload })),
    })
  }

describe('a swarm reports', () => {
  test('nothing wrong where nothing is', async () => {
    const { account, swarm } = await run(twin)
    expect(account).toEqual({ expected: 120, delivered: 120, lost: 0, duplicated: 0, reordered: 0 })
    expect(swarm.errors).toEqual({})
  })

  test('an event that is dropped', async () => {
    const { account } = await run(faulty(() => (seq, deliver) => (seq === 7 ? undefined : deliver())))
    expect(account).toMatchObject({ delivered: 116, lost: 4 })
  })

  test('an event that is delivered twice', async () => {
    const { account } = await run(
      faulty(() => (seq, deliver) => {
        deliver()
        if (seq === 7) deliver()
      }),
    )
    expect(account).toMatchObject({ delivered: 120, lost: 0, duplicated: 4 })
  })

  test('an event that is held back until the next', async () => {
    const { account } = await run(
      faulty(() => {
        let held: (() => void) | undefined
        return (seq, deliver) => {
          if (seq === 7) {
            held = deliver
            return
          }
          deliver()
          held?.()
          held = undefined
        }
      }),
    )
    expect(account).toMatchObject({ delivered: 120, lost: 0, reordered: 4 })
  })

  test('CPU time that the load agent burns', async () => {
    const burnt: { us: number; untilUs: number }[] = []
    const { cost, window } = await run(
      faulty(() => (seq, deliver) => {
        const before = process.cpuUsage()
        const us = () => {
          const { user, system } = process.cpuUsage(before)
          return user + system
        }
        while (us() < 1_000);
        // The first event may have come before the window.
        if (seq > 1) burnt.push({ us: us(), untilUs: nowUs() })
        deliver()
      }),
      0,
      // Long enough for all of it, on a machine that does other things.
      2e6,
    )
    // However little of a core it got: what it burnt within the window is in the figure.
    const within = burnt.filter(({ untilUs }) => untilUs <= window.endUs)
    expect(within.length).toBeGreaterThan(0)
    expect(cost.cpuUs).toBeGreaterThanOrEqual(within.reduce((sum, { us }) => sum + us, 0))
  })

  test('clocks that disagree: a receipt before its publication', async () => {
    const { latencyFromPublished } = await run(twin, 1e6)
    expect(latencyFromPublished.minUs).toBeLessThan(0)
  })
})

describe('the ledger of a probe', () => {
  const whole = (swarm: Swarm, wire = sse.wire) => {
    const mark = swarm.tap.mark()
    const nothing = mark.map(() => ({ up: 0, down: 0 }))
    return ledgerOf(swarm.tap, wire, defaultVariant, {
      setupEnd: nothing,
      start: nothing,
      end: mark,
      events: EVENTS,
      totalMessages: 0,
    })
  }

  test('accounts for every byte of a real connection', async () => {
    const { swarm } = await run(twin)
    const { total, tappedUp, tappedDown, socketUp, socketDown } = whole(swarm)
    expect([tappedUp, tappedDown]).toEqual([socketUp, socketDown])
    expect(total.down).toMatchObject({ payload: EVENTS * 100, unparsed: 0 })
    expect(Object.values(total.down).reduce((sum, part) => sum + part, 0)).toBe(tappedDown)
  })

  test('shows a byte that a dissector leaves out', async () => {
    const { swarm } = await run(twin)
    const { total, tappedDown } = whole(swarm, {
      ...sse.wire,
      down: (bytes) => sse.wire.down(bytes).slice(1),
    })
    expect(Object.values(total.down).reduce((sum, part) => sum + part, 0)).toBeLessThan(tappedDown)
  })

  test('keeps two connections apart when the first is cut', async () => {
    const { swarm } = await run(twin)
    running.server?.app.server.closeAllConnections()
    await until('it is back', () => swarm.tap.connections.length === 2)
    running.server?.feed.publish()
    await until('it receives again', () => swarm.probeEvents === EVENTS + 1)
    const sums = swarm.tap.connections.map(({ down }) => sumClasses(sse.wire.down(down.bytes())))
    expect(sums.map(({ payload, unparsed }) => [payload, unparsed])).toEqual([
      [EVENTS * 100, 0],
      [100, 0],
    ])
  })
})
