import { afterEach, describe, expect, test } from 'vitest'
import type { Parts } from '../../results/record.ts'
import { pointsOf, type Scenario } from '../../results/scenario.ts'
import { loadScenario } from './library.ts'
import { partsOf } from './parts.ts'
import { runTrial } from './trial.ts'

afterEach(() => {
  delete process.env.PUSHLAB_SLOW
})

const fixture = (name: string) => new URL(`./fixture/${name}.ts`, import.meta.url)

/** A trial whose first subscriber is the probe, and the parts of the others' delays. @param slow where it is slower by 2 ms. */
async function trial(slow: string, subscribers = 2) {
  process.env.PUSHLAB_SLOW = slow
  const steady = loadScenario('steady-feed')
  const scenario: Scenario = {
    ...steady,
    feed: { ...steady.feed, schedule: { kind: 'constant' as const, ratePerSecond: 40 } },
    load: { ...steady.load, subscribers, warmUpMs: 200, measureMs: 900 },
  }
  const point = pointsOf(scenario)[0] ?? expect.fail()
  const modules = { serverModule: fixture('slow-server'), agentModule: fixture('slow-agent') }
  return runTrial({ scenario, point, technique: 'sse', copy: 1, trial: 1 }, { seed: 1, ...modules })
}

const NAMES = ['lagUs', 'fanOutUs', 'wayUs', 'waitUs', 'parsingUs'] as const

/** The less of each part: what else this machine does only makes them more. */
function lessOf(a: Parts, b: Parts): Parts {
  return { ...a, ...Object.fromEntries(NAMES.map((name) => [name, Math.min(a[name], b[name])])) }
}

/** Expects that of two trials the slower has 1 ms or more in one part, and no other differs by as much; some tries on a busy machine. */
async function expectMore(slow: string, { usually = '', subscribers = 2 } = {}): Promise<void> {
  const partsOfTrial = async (name: string) => (await trial(name, subscribers)).parts ?? expect.fail()
  let usual = await partsOfTrial(usually)
  let slower = await partsOfTrial(slow)
  const found = () => NAMES.filter((name) => Math.abs(slower[name] - usual[name]) > 1_000).join()
  for (let tries = 1; tries < 4 && found() !== `${slow}Us`; tries++) {
    usual = lessOf(usual, await partsOfTrial(usually))
    slower = lessOf(slower, await partsOfTrial(slow))
  }
  expect([found(), usual, slower]).toEqual([`${slow}Us`, usual, slower])
}

describe('2 ms more are found where they are, and nowhere else', () => {
  test.each(['lag', 'fanOut', 'way', 'parsing'])('%s', (slow) => expectMore(slow))
  test('wait', () => expectMore('wait', { usually: 'gathering', subscribers: 12 }))
})

test("lag, fan-out and way are all of the delay, wait and parsing all of the client's cost", async () => {
  const { parts = expect.fail(), latency, clientCost, account } = await trial('')
  expect([parts.subscribers, parts.events]).toEqual([1, account.delivered / 2])
  expect(parts.lagUs + parts.fanOutUs + parts.wayUs).toBeCloseTo(latency.meanUs, 1)
  expect(parts.waitUs + parts.parsingUs).toBeCloseTo(clientCost?.meanUs ?? 0, 1)
})

test('who has not the same events on both sides is left out of the parts', () => {
  const arrived = { events: 10, delayUs: 1_000, waitUs: 100, parsingUs: 20 }
  const written = { events: 10, lagUs: 50, fanOutUs: 150 }
  const all = partsOf(
    [arrived, { ...arrived, events: 9 }, arrived],
    [written, written, { ...written, fanOutUs: 350 }],
  )
  expect(all).toEqual({
    subscribers: 2,
    events: 20,
    lagUs: 5,
    fanOutUs: 25,
    wayUs: 70,
    waitUs: 10,
    parsingUs: 2,
  })
  expect(partsOf([arrived], [])).toBeUndefined()
  expect(partsOf([], [])).toBeUndefined()
})
