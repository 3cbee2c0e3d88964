import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../../clients/chromium.ts'
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

/** A page for experiments to be made in: it has an origin, and nothing else. */
export const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>pushlab</title><body>'

/** A small server of an experiment, on a free port of this machine. */
export interface SmallServer extends AsyncDisposable {
  server: Server
  /** Without a slash at its end: its origin. */
  url: string
}

/** Starts one; disposing of it cuts its connections. */
export async function smallServer(listener: RequestListener): Promise<SmallServer> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
