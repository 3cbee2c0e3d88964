import { once } from 'node:events'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { WebSocket } from 'ws'
import { startDelay } from '../../clients/network/delay.ts'
import { listenLocally } from '../../clients/network/network.ts'
import { type LargeMessageRow, largeMessageRows } from '../../results/rows/large-message.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { pause } from './networks/wait.ts'
import { startWebSockets } from './networks/web-sockets.ts'

const LARGE_BYTES = 10_000_000
const SMALL_BYTES = 100
const LINK = { delayMs: 5, bytesPerSecond: 20_000_000 }
/** Of HTTP/2's flow control: more than the link holds, or the window and not the link would set the pace. */
const WINDOW_BYTES = 262_144
const TRIALS = 6
/** The large one is under way, and for a while to come. */
const HEAD_START_MS = 100

/** RFC 9218: answers may take turns. As Chromium says it of fetch(); without it they are sent one after the other. */
const INCREMENTAL = { priority: 'u=1, i' }

/** How long after a small message has been sent it is there, sent right behind a large one, and how long that takes. */
type Delays = Pick<LargeMessageRow, 'smallDelayUs' | 'largeDelayUs'>

/** Sends a small message behind a large one on one WebSocket, on two, and on two streams of one HTTP/2 connection. */
export const experiment: Experiment<typeof largeMessageRows> = {
  rows: largeMessageRows,
  question: 'How long does a small message wait behind a large one?',
  expectation:
    'On the same WebSocket until all of the large one is through, on another stream of HTTP/2 ' +
    'a few round trips.',
  expectedMs: 16_000,
  async run({ signal }) {
    await using site = new Site()
    const overWebSockets = await webSockets(site)
    const overStreams = await http2Streams(site)
    const rows: LargeMessageRow[] = []
    for (let trial = 1; trial <= TRIALS; trial++) {
      const carriers: Record<LargeMessageRow['carrier'], () => Promise<Delays>> = {
        'one WebSocket': () => overWebSockets(1, signal),
        'two WebSockets': () => overWebSockets(2, signal),
        'two streams of HTTP/2': () => overStreams({}, signal),
        'two streams of HTTP/2, incremental': () => overStreams(INCREMENTAL, signal),
      }
      for (const carrier of largeMessageRows.columns.carrier) {
        const delays = await carriers[carrier]()
        rows.push({ carrier, trial, largeBytes: LARGE_BYTES, smallBytes: SMALL_BYTES, ...LINK, ...delays })
      }
    }
    return { rows }
  },
}

/** Sends the large message, and the small one behind it. */
async function delaysOf(send: (bytes: number) => Promise<number>, signal: AbortSignal): Promise<Delays> {
  const large = send(LARGE_BYTES)
  large.catch(() => {})
  await pause(HEAD_START_MS, signal)
  const small = send(SMALL_BYTES)
  return { smallDelayUs: await small, largeDelayUs: await large }
}

/** A server of WebSocket behind the link, and how to send both messages over so many connections. */
async function webSockets(site: Site) {
  const { server, url, close } = await startWebSockets()
  site.endWith(close)
  const link = await site.network(startDelay(url, LINK))
  return async (connections: 1 | 2, signal: AbortSignal): Promise<Delays> => {
    const ends: { client: WebSocket; far: WebSocket }[] = []
    for (let i = 0; i < connections; i++) {
      const client = new WebSocket(link.url, { perMessageDeflate: false })
      const accepted = once(server, 'connection', { signal })
      await once(client, 'open', { signal })
      const [far] = (await accepted) as [WebSocket]
      ends.push({ client, far })
    }
    const receivedAtUs = new Map<number, number>()
    for (const { client } of ends)
      client.on('message', (data: Buffer) => receivedAtUs.set(data.length, nowUs()))
    const delayOf = async (bytes: number) => {
      const sentAtUs = nowUs()
      ends.at(bytes === LARGE_BYTES ? 0 : -1)?.far.send(Buffer.alloc(bytes))
      while (!receivedAtUs.has(bytes)) await pause(1, signal)
      return (receivedAtUs.get(bytes) as number) - sentAtUs
    }
    const delays = await delaysOf(delayOf, signal)
    for (const { client } of ends) client.terminate()
    return delays
  }
}

/** The same of HTTP/2. */
async function http2Streams(site: Site) {
  const sentAtUs = new Map<string, number>()
  const server = createHttp2Server((request, response) => {
    const bytes = Number(request.url.slice(1))
    sentAtUs.set(request.url, nowUs())
    response.end(Buffer.alloc(bytes))
  })
  const port = await listenLocally(server)
  site.endWith(() => server.close())
  const link = await site.network(startDelay(`http://127.0.0.1:${port}`, LINK))
  return async (priority: object, signal: AbortSignal): Promise<Delays> => {
    const session = connectHttp2(link.url, { settings: { initialWindowSize: WINDOW_BYTES } })
    session.on('connect', () => session.setLocalWindowSize(WINDOW_BYTES))
    session.on('error', () => {})
    const delayOf = async (bytes: number) => {
      const path = `/${bytes}`
      const stream = session.request({ ':path': path, ...priority }).resume()
      await once(stream, 'end', { signal })
      return nowUs() - (sentAtUs.get(path) as number)
    }
    try {
      return await delaysOf(delayOf, signal)
    } finally {
      session.destroy()
    }
  }
}
