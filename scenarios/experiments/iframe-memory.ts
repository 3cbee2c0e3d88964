import type { Socket } from 'node:net'
import type { Browser, CDPSession } from 'playwright-core'
import { type IframeMemoryRow, iframeMemoryRows } from '../../results/rows/iframe-memory.ts'
import { startServer } from '../../server/local-server.ts'
import type { Experiment, ExperimentContext, Observed } from '../bench/experiment.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import { holdsWithin } from './networks/wait.ts'
import { inBrowser, openPage } from './shared/in-browser.ts'
import { inTurn } from './shared/in-turn.ts'

/** How the page subscribes: it counts events, and keeps none of them. */
const SUBSCRIBE = {
  'iframe-stream': `
    globalThis.push = () => { globalThis.events++ }
    globalThis.pushOpen = globalThis.pushGap = globalThis.pushEnd = () => {}
    const frame = Object.assign(document.createElement('iframe'), { src: '/iframe-stream', hidden: true })
    document.body.append(frame)`,
  sse: `
    globalThis.source = new EventSource('/sse')
    source.onmessage = ({ data }) => { JSON.parse(data); globalThis.events++ }`,
} satisfies Record<Technique, string>
type Technique = IframeMemoryRow['technique']

/** Written in one go: less than what the server holds for one subscriber. */
const BATCH_EVENTS = 250

interface Extent {
  trials: number
  /** Numbers of events after which the page is weighed, ascending. */
  weighedAfter: readonly number[]
}

const SUBSCRIBE_TIMEOUT_MS = 10_000

/** One page that subscribes to one fresh server, weighed after more and more events of 100 bytes. */
async function grow(
  browser: Browser,
  { technique, trial }: Pick<IframeMemoryRow, 'technique' | 'trial'>,
  { weighedAfter }: Extent,
  signal: AbortSignal,
): Promise<IframeMemoryRow[]> {
  const { app, url, feed } = await startServer()
  const sockets: Socket[] = []
  app.server.on('connection', (socket: Socket) => sockets.push(socket))
  const context = await browser.newContext()
  try {
    const page = await openPage(context, `${url}/health`)
    const session = await context.newCDPSession(page)
    await page.evaluate(`{ globalThis.events = 0; ${SUBSCRIBE[technique]} }`)
    if (!(await holdsWithin(SUBSCRIBE_TIMEOUT_MS, signal, () => feed.subscriberCount === 1)))
      throw new Error(`The page did not subscribe within ${SUBSCRIBE_TIMEOUT_MS} ms.`)
    const rows: IframeMemoryRow[] = []
    for (const events of weighedAfter) {
      while (feed.latestSeq < events) {
        for (let i = 0; i < BATCH_EVENTS && feed.latestSeq < events; i++) feed.publish()
        const isReceived = `events === ${feed.latestSeq}`
        await page.waitForFunction(isReceived, undefined, { polling: 20, timeout: 30_000 })
      }
      const bytes = sockets.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0)
      rows.push({ technique, trial, events, bytes, ...(await weigh(session)) })
    }
    return rows
  } finally {
    await context.close()
    await app.close()
  }
}

/** After a collection: what is left is held. */
async function weigh(
  session: CDPSession,
): Promise<Pick<IframeMemoryRow, 'nodes' | 'scriptHeapBytes' | 'domHeapBytes'>> {
  await session.send('HeapProfiler.collectGarbage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  // The protocol's types lag behind: Blink's own heap holds the DOM, V8's what scripts made.
  const { usedSize, embedderHeapUsedSize } = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number
    embedderHeapUsedSize: number
  }
  return { nodes, scriptHeapBytes: usedSize, domHeapBytes: embedderHeapUsedSize }
}

/** Makes the experiment to an extent. */
export function observe(context: ExperimentContext, extent: Extent): Promise<Observed<IframeMemoryRow>> {
  const cells = iframeMemoryRows.columns.technique.map((technique) => ({ technique }))
  return inBrowser(context, (browser) =>
    inTurn(shuffledRounds(cells, extent.trials, context.seed), (cell) =>
      grow(browser, cell, extent, context.signal),
    ),
  )
}

export const experiment: Experiment<typeof iframeMemoryRows> = {
  rows: iframeMemoryRows,
  question: 'What does a page hold after more and more events of an iframe stream, and of EventSource?',
  expectation:
    'An iframe is one document that is never over: each event leaves a script element in it. EventSource ' +
    'leaves nothing, and its bytes grow alike.',
  expectedMs: 8_000,
  needs: 'browser',
  run: (context) => observe(context, { trials: 3, weighedAfter: [0, 1_000, 2_000, 3_000, 4_000, 5_000] }),
}
