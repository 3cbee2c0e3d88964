import {
  type EventSourceRedirectsRow,
  eventSourceRedirectsRows,
} from '../../results/rows/event-source-redirects.ts'
import type { Experiment } from '../bench/experiment.ts'
import { EMPTY_PAGE, inBrowser, smallServer } from './shared/in-browser.ts'

/** 200 is the control: a stream that is there without a redirect. */
const STATUSES = [200, 301, 302, 303, 307, 308] as const
const WAIT_MS = 3_000

/** Answers `/<status>` with that status and the stream's address, and the stream with one event. */
function answer(path: string): { status: number; headers: Record<string, string>; body: string } {
  if (path === '/') return { status: 200, headers: { 'content-type': 'text/html' }, body: EMPTY_PAGE }
  const stream = path === '/stream' || path === '/200'
  if (stream) return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: 'data: 1\n\n' }
  return { status: Number(path.slice(1)), headers: { location: '/stream' }, body: '' }
}

export const experiment: Experiment<typeof eventSourceRedirectsRows> = {
  rows: eventSourceRedirectsRows,
  question: 'Which redirects does EventSource follow?',
  expectation:
    'All of them: since Fetch (WHATWG) has become its way to ask, its redirect mode is "follow", whatever ' +
    'the status.',
  expectedMs: 2_000,
  run: (context) =>
    inBrowser(context, async (browser) => {
      await using site = await smallServer((request, response) => {
        const { status, headers, body } = answer(request.url ?? '')
        response.writeHead(status, headers).write(body)
        // A stream stays open: EventSource would only come back.
        if (!body.startsWith('data')) response.end()
      })
      const page = await browser.newPage()
      await page.goto(site.url)
      const rows: EventSourceRedirectsRow[] = []
      for (const status of STATUSES) {
        const followed: boolean = await page.evaluate(`new Promise((resolve) => {
          const source = new EventSource('/${status}')
          const settle = (followed) => { source.close(); resolve(followed) }
          source.onmessage = () => settle(true)
          source.onerror = () => settle(false)
          setTimeout(settle, ${WAIT_MS}, false)
        })`)
        rows.push({ status, followed })
      }
      return rows
    }),
}
