import type { Browser } from 'playwright-core'
import { type EventSourceSixRow, eventSourceSixRows } from '../../results/rows/event-source-six.ts'
import { startServer } from '../../server/local-server.ts'
import { defaultVariant } from '../../server/variant.ts'
import type { Experiment } from '../bench/experiment.ts'
import { inBrowser, openPage } from './shared/in-browser.ts'

const ASKED = 7
/** Whatever a browser opens on this machine, it opens within this time. */
const WAIT_MS = 2_000

async function openMany(browser: Browser, http: '1.1' | '2'): Promise<EventSourceSixRow> {
  const { app, url } = await startServer({}, {}, { ...defaultVariant, tls: http === '2', http })
  // Nobody has signed the server's certificate.
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  try {
    const page = await openPage(context, `${url}/health`)
    const seen: { open: number; answered: boolean; answeredAfterClosing: boolean } =
      await page.evaluate(`(async () => {
        const sources = Array.from({ length: ${ASKED} }, () => new EventSource('/sse'))
        const ask = () => fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(${WAIT_MS}) })
          .then((response) => response.ok, () => false)
        const isOpen = ({ readyState }) => readyState === EventSource.OPEN
        const started = performance.now()
        while (!sources.every(isOpen) && performance.now() - started < ${WAIT_MS})
          await new Promise((resolve) => setTimeout(resolve, 20))
        const open = sources.filter(isOpen).length
        const answered = await ask()
        // Those that wait are gone first: they would take the place of one that closes.
        for (const source of sources) if (!isOpen(source)) source.close()
        sources.find(isOpen)?.close()
        return { open, answered, answeredAfterClosing: await ask() }
      })()`)
    return { http, asked: ASKED, waitedMs: WAIT_MS, ...seen }
  } finally {
    await context.close()
    await app.close()
  }
}

export const experiment: Experiment<typeof eventSourceSixRows> = {
  rows: eventSourceSixRows,
  question: 'How many EventSources to one origin does a browser open, and what of its other requests?',
  expectation:
    'Six connections per origin over HTTP/1.1, which the seventh and every fetch wait for; over HTTP/2 one ' +
    'connection carries them all.',
  expectedMs: 6_000,
  needs: 'browser',
  run: (context) =>
    inBrowser(context, async (browser) => [await openMany(browser, '1.1'), await openMany(browser, '2')]),
}
