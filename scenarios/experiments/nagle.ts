import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { listenLocally } from '../../clients/network/network.ts'
import { type NagleRow, nagleRows } from '../../results/rows/nagle.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { holdsWithin, pause } from './networks/wait.ts'

const TRIALS = 6
/** Together 1,000 events a trial, which a 99th percentile takes. */
const CONNECTIONS = 20
const EVENTS = 50
/** Longer than any delayed ACK: each event finds the connection at rest. */
const INTERVAL_MS = 60
const WRITE_BYTES = 50
/** More than scheduling ever takes here, and less than Linux's shortest delayed ACK of 40 ms. */
const DELAYED_US = 20_000

type Condition = Pick<NagleRow, 'noDelay' | 'writesPerEvent' | 'answers'>
type Delays = Omit<NagleRow, keyof Condition | 'trial' | 'connections' | 'intervalMs'>

const CONDITIONS: Condition[] = [
  { noDelay: true, writesPerEvent: 2, answers: false },
  { noDelay: false, writesPerEvent: 2, answers: false },
  { noDelay: true, writesPerEvent: 2, answers: true },
  { noDelay: false, writesPerEvent: 2, answers: true },
  { noDelay: false, writesPerEvent: 1, answers: true },
]

/** Sends events over bare TCP in two small writes each, as header and body are, with Nagle's algorithm and without. */
export const experiment: Experiment<typeof nagleRows> = {
  rows: nagleRows,
  question: "What does Nagle's algorithm do to an event that is written in two parts?",
  expectation:
    'The second part waits until the first is acknowledged, which the receiver puts off: for 40 ms on Linux.',
  expectedMs: 20_000,
  async run({ signal }) {
    await using site = new Site()
    const rows: NagleRow[] = []
    for (let trial = 1; trial <= TRIALS; trial++) {
      const seen = CONDITIONS.map(async (condition) => ({
        ...{ ...condition, trial, connections: CONNECTIONS, intervalMs: INTERVAL_MS },
        ...(await measure(site, condition, signal)),
      }))
      rows.push(...(await Promise.all(seen)))
    }
    return { rows }
  },
}

async function measure(site: Site, { noDelay, ...how }: Condition, signal: AbortSignal): Promise<Delays> {
  const accepted = new Map<number | undefined, Socket>()
  const server = createServer({ noDelay }, (far) => accepted.set(far.remotePort, far))
  site.endWith(() => server.close())
  const port = await listenLocally(server)
  const delays = new DistributionRecorder()
  const promptEvents: number[] = []
  const followed = Array.from({ length: CONNECTIONS }, async (_, i) => {
    // Spread over the interval, so that none waits for another's turn of the event loop.
    await pause((i * INTERVAL_MS) / CONNECTIONS, signal)
    const near = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(near, 'connect', { signal })
    await holdsWithin(1_000, signal, () => accepted.has(near.localPort))
    const far = accepted.get(near.localPort) as Socket
    site.endWith(() => {
      near.destroy()
      far.destroy()
    })
    promptEvents.push(await events({ near, far, ...how }, delays, signal))
  })
  await Promise.all(followed)
  const { n, p50Us, p99Us, maxUs } = delays.summary()
  promptEvents.sort((a, b) => a - b)
  return {
    events: n,
    lastByteP50Us: p50Us,
    lastByteP99Us: p99Us,
    lastByteMaxUs: maxUs,
    promptEventsBeforeFirstDelay: promptEvents[CONNECTIONS / 2] as number,
  }
}

/** Sends the events of one connection; resolves with how many came before the first that was held up. */
async function events(
  { near, far, writesPerEvent, answers }: Omit<Condition, 'noDelay'> & { near: Socket; far: Socket },
  delays: DistributionRecorder,
  signal: AbortSignal,
): Promise<number> {
  const eventBytes = 2 * WRITE_BYTES
  const writeBytes = eventBytes / writesPerEvent
  let received = 0
  let prompt = 0
  let held = false
  const sentAtUs: number[] = []
  near.on('data', ({ length }) => {
    const atUs = nowUs()
    for (received += length; received >= eventBytes; received -= eventBytes) {
      const delayUs = atUs - (sentAtUs.shift() as number)
      delays.add(delayUs)
      held ||= delayUs > DELAYED_US
      if (!held) prompt++
      if (answers) near.write('k')
    }
  })
  far.resume()
  for (let i = 0; i < EVENTS; i++) {
    sentAtUs.push(nowUs())
    for (let part = 0; part < writesPerEvent; part++) far.write(Buffer.alloc(writeBytes))
    await pause(INTERVAL_MS, signal)
  }
  return prompt
}
