import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import {
  type EventSourceFailuresRow,
  eventSourceFailuresRows,
} from '../../results/rows/event-source-failures.ts'
import type { Experiment } from '../bench/experiment.ts'
import { inBrowser, openPage, pageServer, type SmallServer } from './shared/in-browser.ts'
import { inTurn } from './shared/in-turn.ts'

const RECONNECTION_MS = 100
/** Ten reconnection times: a browser may wait for longer than it was told, and longer still the more it failed. */
const WATCHED_MS = 10 * RECONNECTION_MS

/** A browser that has not asked for the stream by then will not. */
const ASKED_WITHIN_MS = 10_000

const FAILURES = eventSourceFailuresRows.columns.failure
type Failure = EventSourceFailuresRow['failure']

/** Opens a stream, breaks it, answers what reconnects as the failure says, and counts who comes back after that. */
async function breakStream(
  browser: Browser,
  failure: Failure,
  signal: AbortSignal,
): Promise<EventSourceFailuresRow> {
  let requests = 0
  let stream: ServerResponse | undefined
  const opened = Promise.withResolvers<void>()
  await using site = await pageServer((_request, response) => {
    requests++
    if (requests > 1 && failure === 'status 500') return response.writeHead(500).end()
    const contentType = requests > 1 && failure === 'wrong content type' ? 'text/plain' : 'text/event-stream'
    response.writeHead(200, { 'content-type': contentType }).write(`retry: ${RECONNECTION_MS}\ndata: 1\n\n`)
    if (requests > 1) return response.end()
    stream = response
    return opened.resolve()
  })
  const page = await openPage(browser, site.url)
  const received: boolean = await page.evaluate(`new Promise((resolve) => {
    globalThis.source = new EventSource('/stream')
    source.onmessage = () => resolve(true)
    setTimeout(resolve, 5000, false)
  })`)
  await Promise.race([opened.promise, tooLate(signal)])
  const answered = await breakAs(failure, site, stream as ServerResponse)
  await sleep(WATCHED_MS)
  const readyState: number = await page.evaluate('source.readyState')
  await page.close()
  return {
    failure,
    met: received && requests >= answered,
    watchedMs: WATCHED_MS,
    requestsAfter: Math.max(0, requests - answered),
    closed: readyState === 2,
  }
}

/** Rejects once a browser should have asked for the stream, or when the experiment is ended. */
async function tooLate(signal: AbortSignal): Promise<never> {
  await sleep(ASKED_WITHIN_MS, undefined, { signal, ref: false })
  throw new Error(`The browser did not ask for the stream within ${ASKED_WITHIN_MS / 1e3} s.`)
}

/** @returns how many requests belong to the failure itself: those after it are retries. */
async function breakAs(failure: Failure, { server }: SmallServer, stream: ServerResponse): Promise<number> {
  if (failure === 'connection reset') {
    ;(stream.socket as Socket).resetAndDestroy()
    return 1
  }
  if (failure === 'connection refused') {
    const { port } = server.address() as AddressInfo
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    await sleep(3 * RECONNECTION_MS)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return 1
  }
  stream.end()
  // A browser comes back after the end of a stream, and meets the failure then.
  return failure === 'end of the stream' ? 1 : 2
}

export const experiment: Experiment<typeof eventSourceFailuresRows> = {
  rows: eventSourceFailuresRows,
  question: 'After which failures does EventSource come back?',
  expectation:
    'After network errors and the end of the stream; not after a status but 200 or a content type but ' +
    'text/event-stream, which fail the connection for good (HTML, section 9.2).',
  expectedMs: 7_000,
  needs: 'browser',
  run: (context) =>
    inBrowser(context, (browser) =>
      inTurn(FAILURES, (failure) => breakStream(browser, failure, context.signal)),
    ),
}
