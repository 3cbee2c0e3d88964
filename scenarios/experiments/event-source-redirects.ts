import { eventSourceRedirectsRows } from '../../results/rows/event-source-redirects.ts'
import type { Experiment } from '../bench/experiment.ts'
import { getsMessage, inBrowser, openPage, pageServer } from './shared/in-browser.ts'
import { inTurn } from './shared/in-turn.ts'

/** 200 is the control: a stream that is there without a redirect. */
const STATUSES = [200, 301, 302, 303, 307, 308] as const
const WAIT_MS = 3_000

export const experiment: Experiment<typeof eventSourceRedirectsRows> = {
  rows: eventSourceRedirectsRows,
  question: 'Which redirects does EventSource follow?',
  expectation:
    'All of them: since Fetch (WHATWG) has become its way to ask, its redirect mode is "follow", whatever ' +
    'the status.',
  expectedMs: 2_000,
  needs: 'browser',
  run: (context) =>
    inBrowser(context, async (browser) => {
      await using site = await pageServer(({ url = '' }, response) => {
        // A stream stays open: EventSource would only come back.
        if (url === '/stream' || url === '/200')
          response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
        else response.writeHead(Number(url.slice(1)), { location: '/stream' }).end()
      })
      const page = await openPage(browser, site.url)
      return await inTurn(STATUSES, async (status) => ({
        status,
        followed: await getsMessage(page, `new EventSource('/${status}')`, WAIT_MS),
      }))
    }),
}
