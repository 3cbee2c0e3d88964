import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { type EventSource204Row, eventSource204Rows } from '../../results/rows/event-source-204.ts'
import type { Experiment } from '../bench/experiment.ts'
import { inBrowser, openPage, pageServer } from './shared/in-browser.ts'

const RECONNECTION_MS = 300
/** Three reconnection times: who wants to come back, does so within one. */
const WATCHED_MS = 3 * RECONNECTION_MS

/** Answers the first request with a stream that ends, every later one with `status`, and counts what follows it. */
async function reconnect(browser: Browser, status: 200 | 204): Promise<EventSource204Row> {
  let requests = 0
  const second = Promise.withResolvers<void>()
  await using site = await pageServer((_request, response) => {
    requests++
    if (requests === 2) second.resolve()
    if (requests > 1 && status === 204) return response.writeHead(204).end()
    return response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(`retry: ${RECONNECTION_MS}\ndata: 1\n\n`)
  })
  const page = await openPage(browser, site.url)
  await page.evaluate(`void (globalThis.source = new EventSource('/stream'))`)
  await Promise.race([second.promise, sleep(20 * RECONNECTION_MS)])
  await sleep(WATCHED_MS)
  const readyState: number = await page.evaluate('source.readyState')
  await page.close()
  return {
    status,
    reconnected: requests > 1,
    reconnectionMs: RECONNECTION_MS,
    watchedMs: WATCHED_MS,
    requestsAfter: Math.max(0, requests - 2),
    closed: readyState === 2,
  }
}

export const experiment: Experiment<typeof eventSource204Rows> = {
  rows: eventSource204Rows,
  question: 'Does 204 No Content stop EventSource from coming back?',
  expectation:
    'Yes: any status but 200 fails the connection, and a failed connection is not opened again (HTML, ' +
    'section 9.2).',
  expectedMs: 4_000,
  needs: 'browser',
  run: (context) =>
    inBrowser(context, async (browser) => [await reconnect(browser, 200), await reconnect(browser, 204)]),
}
