import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { median } from '../report/statistics/median.ts'
import { nowUs } from '../server/clock.ts'
import { until } from '../server/fixture/until.ts'
import type { FromBeatingServer, ToBeatingServer } from './fixture/beating-server.ts'
import { Meter } from './meter.ts'

/** The clock of arrivals on real sockets, against a server in another process that writes down when it writes. */

const SERVER = fileURLToPath(new URL('./fixture/beating-server.ts', import.meta.url))
const WORK_US = 5_000
/** From a server's write until an idle reader is there: a wake-up, and what else runs on a small machine. */
const WAY_US = 1_500

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

interface Seen {
  wroteAtUs: number
  /** When it had arrived at the latest, and by how much earlier at most. */
  arrivedAtUs: number
  boundUs: number
}

/** Reads a server's beats on so many sockets. @param onRead called at each read, before its bytes are parsed. */
async function read(
  { sockets, beats, everyMs }: { sockets: number; beats: number; everyMs: number },
  onRead = (_: number) => {},
): Promise<Seen[]> {
  const server = fork(SERVER, { serialization: 'advanced' })
  endings.push(() => {
    server.disconnect()
    return once(server, 'exit')
  })
  const told: FromBeatingServer[] = []
  server.on('message', (message: FromBeatingServer) => told.push(message))
  const heard = <Type extends FromBeatingServer['type']>(type: Type) =>
    told.findLast((message): message is Extract<FromBeatingServer, { type: Type }> => message.type === type)
  await until('it listens', () => heard('listening') !== undefined)
  const meter = new Meter()
  endings.push(() => meter.close())
  const seen: Seen[] = []
  meter.arrivals.onArrived = ({ length, pubs, latestAtUs, boundUs }) => {
    for (let i = 0; i < length; i++) {
      const [wroteAtUs, arrived, bound] = [pubs[i], latestAtUs[i], boundUs[i]] as [number, number, number]
      seen.push({ wroteAtUs, arrivedAtUs: arrived, boundUs: bound })
    }
  }
  const url = new URL(`http://127.0.0.1:${heard('listening')?.port}`)
  for (let i = 0; i < sockets; i++) {
    let kept = ''
    meter.door().open(url, {
      onBytes: (bytes, start, end) => {
        onRead(i)
        kept += Buffer.from(bytes.subarray(start, end)).toString('latin1')
        const lines = kept.split('\n')
        kept = lines.pop() ?? ''
        for (const line of lines) {
          const [seq, wroteAtUs] = line.split(' ').map(Number)
          meter.arrivals.note(i, seq as number, undefined, wroteAtUs)
        }
      },
      onClose: () => {},
    })
    if (i % 100 === 99) await until('they are open', () => heard('connections')?.open === i + 1)
  }
  await until('all are open', () => heard('connections')?.open === sockets)
  server.send({ type: 'beat', beats, everyMs } satisfies ToBeatingServer)
  await until('all have come', () => seen.length >= sockets * beats, 20_000)
  return seen
}

function work(us: number): void {
  const untilUs = nowUs() + us
  while (nowUs() < untilUs);
}

const share = (seen: Seen[], is: (it: Seen) => boolean) => seen.filter(is).length / seen.length

/** What is known of an event covers when it was written, and none had arrived before that at the latest. */
function expectTruth(seen: Seen[]): void {
  expect(seen.filter(({ wroteAtUs, arrivedAtUs }) => arrivedAtUs < wroteAtUs)).toEqual([])
  // Where another process has the core nobody here sees it: a wake-up that comes late is no fault of the reader.
  expect(share(seen, (it) => it.arrivedAtUs - it.boundUs <= it.wroteAtUs + WAY_US)).toBeGreaterThan(0.5)
}

/** Some events waited for the work, and of those that seem late the bound says how much of it may be the agent's. */
function expectWideBound(seen: Seen[]): void {
  expectTruth(seen)
  const late = seen.filter(({ wroteAtUs, arrivedAtUs }) => arrivedAtUs - wroteAtUs > WORK_US / 2)
  expect(late.length).toBeGreaterThan(20)
  // Without a bound that widens it would be one in five.
  expect(share(late, (it) => it.boundUs > it.arrivedAtUs - it.wroteAtUs - WAY_US)).toBeGreaterThan(0.6)
}

const plan = { sockets: 20, beats: 150, everyMs: 7 }

describe('when an event arrived', () => {
  test('an idle agent knows to within a fraction of a millisecond', async () => {
    const seen = await read(plan)
    expectTruth(seen)
    expect(median(seen.map(({ boundUs }) => boundUs))).toBeLessThan(1_000)
  })

  test('an agent with work in a timer knows by as much less', async () => {
    const timer = setInterval(() => work(WORK_US), 11)
    endings.push(() => clearInterval(timer))
    expectWideBound(await read(plan))
  })

  test('an agent with work in a message of another thread knows by as much less', async () => {
    const thread = new Worker(
      `const { parentPort } = require('node:worker_threads'); const cell = new Int32Array(new SharedArrayBuffer(4))
      const send = () => { parentPort.postMessage(0); Atomics.wait(cell, 0, 0, 11); setImmediate(send) }; send()`,
      { eval: true },
    )
    endings.push(() => thread.terminate())
    thread.on('message', () => work(WORK_US))
    expectWideBound(await read(plan))
  })

  test('an agent with work in a read knows by as much less of what came meanwhile', async () => {
    let reads = 0
    expectWideBound(
      await read(plan, () => {
        if (++reads % 19 === 0) work(WORK_US)
      }),
    )
  })

  test('no agent says that it was before it was written, with more sockets ready than one poll gives', async () => {
    const seen = await read({ sockets: 1_500, beats: 40, everyMs: 0 })
    expect(seen.filter(({ wroteAtUs, arrivedAtUs }) => arrivedAtUs < wroteAtUs)).toEqual([])
  })
})
