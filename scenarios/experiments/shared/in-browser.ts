import { createServer, type RequestListener, type Server } from 'node:http'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../../../clients/chromium.ts'
import { listenLocally } from '../../../clients/network/network.ts'
import type { Row } from '../../../results/observation.ts'
import { type ExperimentContext, type Observed, Unavailable } from '../../bench/experiment.ts'

/**
 * Makes an experiment in a headless Chromium, which is gone when this settles.
 * @throws {Unavailable} where none can be started.
 */
export async function inBrowser<Of extends Row>(
  { signal }: ExperimentContext,
  observe: (browser: Browser) => Promise<Of[]>,
  launch = launchBrowser,
): Promise<Observed<Of>> {
  signal.throwIfAborted()
  const browser = await launch().catch((error: Error) => {
    throw new Unavailable(error.message)
  })
  // Whatever waits for the page rejects then.
  const close = () => void browser.close()
  signal.addEventListener('abort', close)
  try {
    return { rows: await observe(browser), participants: { Chromium: browser.version() } }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', close)
    await browser.close()
  }
}

/** Opens a page in a tab of its own. */
export async function openPage(browser: Browser | BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  return page
}

/** Whether a page gets a message in time from what an expression opens: a WebSocket or an EventSource. */
export function getsMessage(page: Page, opened: string, withinMs: number): Promise<boolean> {
  return page.evaluate(`new Promise((resolve) => {
    const source = ${opened}
    const settle = (got) => { source.close(); resolve(got) }
    source.onmessage = () => settle(true)
    source.onerror = () => settle(false)
    setTimeout(settle, ${withinMs}, false)
  })`)
}

/** A small server of an experiment, on a free port of this machine. */
export interface SmallServer extends AsyncDisposable {
  server: Server
  /** Without a slash at its end: its origin. */
  url: string
}

/** Starts one; disposing of it cuts its connections. */
export async function smallServer(listener: RequestListener): Promise<SmallServer> {
  const server = createServer(listener)
  const url = `http://127.0.0.1:${await listenLocally(server)}`
  return {
    server,
    url,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A page for experiments to be made in: it has an origin, and nothing else. */
const emptyPage: RequestListener = (_request, response) => {
  const page = '<!doctype html><meta charset="utf-8"><title>pushlab</title><body>'
  response.setHeader('content-type', 'text/html').end(page)
}

/** Starts a small server that has an empty page at `/`. */
export function pageServer(listener = emptyPage): Promise<SmallServer> {
  return smallServer((request, response) => (request.url === '/' ? emptyPage : listener)(request, response))
}
