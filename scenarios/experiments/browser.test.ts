import { expect, test } from 'vitest'
import { startBrowser } from '../../clients/fixture/browser.ts'
import type { Row } from '../../results/observation.ts'
import { Unavailable } from '../bench/experiment.ts'
import { experiment as crossOrigin } from './cross-origin.ts'
import { experiment as stop } from './event-source-204.ts'
import { experiment as failures } from './event-source-failures.ts'
import { experiment as redirects } from './event-source-redirects.ts'
import { experiment as six } from './event-source-six.ts'
import { observe as observeMemory } from './iframe-memory.ts'
import { observe as observePadding } from './iframe-padding.ts'
import { observe as observeFreezes } from './page-freezes.ts'
import { inBrowser, openPage } from './shared/in-browser.ts'

/** Says so loudly where there is none, or fails. */
const found = await startBrowser()
await found?.close()
const inChromium = test.runIf(found)

const context = () => ({ seed: 1, signal: AbortSignal.timeout(120_000) })

inChromium('EventSource follows every redirect', async () => {
  const { rows, participants } = await redirects.run(context())
  expect(rows.map(({ status, followed }) => [status, followed])).toEqual(
    [200, 301, 302, 303, 307, 308].map((status) => [status, true]),
  )
  expect(participants?.Chromium).toMatch(/^\d+\./)
})

inChromium('EventSource does not ask again after a 204, and does after a 200', async () => {
  const { rows } = await stop.run(context())
  expect(rows).toMatchObject([
    { status: 200, reconnected: true, closed: false },
    { status: 204, reconnected: true, requestsAfter: 0, closed: true },
  ])
  expect(rows[0]?.requestsAfter).toBeGreaterThan(0)
})

inChromium('EventSource comes back after network errors, and not after a wrong answer', async () => {
  const { rows } = await failures.run(context())
  expect(rows.map(({ failure, met, requestsAfter }) => [failure, met, Number(requestsAfter) > 0])).toEqual([
    ['end of the stream', true, true],
    ['connection reset', true, true],
    ['connection refused', true, true],
    ['status 500', true, false],
    ['wrong content type', true, false],
  ])
})

inChromium('six EventSources open over HTTP/1.1 and hold up a fetch, and all over HTTP/2', async () => {
  const { rows } = await six.run(context())
  expect(rows).toMatchObject([
    { http: '1.1', asked: 7, open: 6, answered: false, answeredAfterClosing: true },
    { http: '2', asked: 7, open: 7, answered: true },
  ])
})

inChromium('an iframe stream leaves three nodes an event in its page, and EventSource none', async () => {
  const { rows } = await observeMemory(context(), { trials: 1, weighedAfter: [0, 200, 400] })
  const nodes = (technique: string) =>
    rows.filter((row) => row.technique === technique).map((row) => row.nodes)
  const [before, ...after] = nodes('iframe-stream').map(Number)
  // A page that has just begun may get some nodes of its own besides; from then on there are those of the events alone.
  const [first = 0, second = 0] = after
  expect(second - first).toBe(600)
  expect(first - Number(before)).toBeGreaterThanOrEqual(600)
  expect(first - Number(before)).toBeLessThan(620)
  expect(new Set(nodes('sse')).size).toBe(1)
  expect(rows.every(({ scriptHeapBytes, domHeapBytes }) => scriptHeapBytes && domHeapBytes)).toBe(true)
})

inChromium('every first event of an iframe stream is seen, whatever its padding', async () => {
  const { rows } = await observePadding(context(), { trials: 1 })
  expect(rows).toHaveLength(9)
  for (const { delayUs } of rows) expect(delayUs).toBeGreaterThan(0)
})

inChromium('a page polls while its event loop is watched', async () => {
  const { rows } = await observeFreezes(context(), { trials: 1, measureMs: 500 })
  const byPoll = new Map(rows.map((row) => [row.poll, row]))
  expect(byPoll.get('none')?.polls).toBe(0)
  expect(byPoll.get('short poll')?.polls).toBeGreaterThan(0)
  expect(byPoll.get('synchronous poll')?.polls).toBeGreaterThan(0)
  for (const { turns } of rows) expect(turns).toBeGreaterThan(0)
})

inChromium('a page of another origin is refused a WebSocket by the server alone', async () => {
  const { rows } = await crossOrigin.run(context())
  expect(rows).toEqual([
    { means: 'WebSocket', server: 'checks no origin', received: true },
    { means: 'WebSocket', server: 'does not list the origin', received: false },
    { means: 'WebSocket', server: 'lists the origin', received: true },
    { means: 'fetch', server: 'without CORS headers', received: false },
    { means: 'fetch', server: 'of the same origin', received: true },
  ])
})

inChromium('an experiment that is interrupted rejects', async () => {
  const abort = new AbortController()
  const running = inBrowser({ seed: 1, signal: abort.signal }, async (browser) => {
    const page = await openPage(browser, 'about:blank')
    abort.abort(new Error('interrupted'))
    return page.evaluate<Row[]>('new Promise(() => {})')
  })
  await expect(running).rejects.toThrow('interrupted')
})

test('an experiment is unavailable where no browser starts', async () => {
  const none = () => Promise.reject(new Error('No Chromium could be started.'))
  const running = inBrowser(context(), async () => [], none)
  await expect(running).rejects.toThrow(new Unavailable('No Chromium could be started.'))
  await expect(running).rejects.toBeInstanceOf(Unavailable)
})
