import type { Page } from 'playwright-core'
import { type PageFreezesRow, pageFreezesRows } from '../../results/rows/page-freezes.ts'
import { startServer } from '../../server/local-server.ts'
import type { Experiment, ExperimentContext, Observed } from '../bench/experiment.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import { inBrowser, openPage } from './shared/in-browser.ts'
import { inTurn } from './shared/in-turn.ts'

const POLL_INTERVAL_MS = 100
/** How long the server holds what the synchronous request of the control asks for. */
const HOLD_MS = 50
/** A timer of the page asks for its turn again after this: 4 ms is the least that browsers grant a nested one. */
const TURN_MS = 5

/** What the page does every 100 ms. */
const POLLS = {
  none: '',
  'short poll': `fetch('/short-poll?lastEventId=' + cursor, { cache: 'no-store' })
    .then((response) => response.json())
    .then((answer) => { cursor = answer.cursor; polls++ })`,
  'synchronous poll': `{
    const request = new XMLHttpRequest()
    request.open('GET', '/long-poll?lastEventId=' + cursor, false)
    request.send()
    cursor = JSON.parse(request.responseText).cursor
    polls++
  }`,
} as const satisfies Record<Poll, string>
type Poll = PageFreezesRow['poll']

interface Extent {
  trials: number
  measureMs: number
}

type Seen = Omit<PageFreezesRow, 'poll' | 'trial'>

/** Delays of a page's event loop: how much later than asked for a timer has its turn. */
function pageDelays(page: Page, poll: Poll, cursor: number, measureMs: number): Promise<Seen> {
  return page.evaluate(`new Promise((resolve) => {
    let cursor = ${cursor}
    let polls = 0
    const delays = []
    const poller = setInterval(() => { ${POLLS[poll]} }, ${POLL_INTERVAL_MS})
    const started = performance.now()
    const turn = (due) => {
      const now = performance.now()
      delays.push(Math.max(0, Math.round((now - due) * 1e3)))
      if (now - started < ${measureMs}) return setTimeout(turn, ${TURN_MS}, now + ${TURN_MS})
      clearInterval(poller)
      delays.sort((a, b) => a - b)
      // Nearest rank.
      const percentile = (q) => delays[Math.ceil(q * delays.length) - 1]
      const [p50Us, p99Us, maxUs] = [0.5, 0.99, 1].map(percentile)
      resolve({ turns: delays.length, p50Us, p99Us, maxUs, polls })
    }
    setTimeout(turn, ${TURN_MS}, started + ${TURN_MS})
  })`)
}

/** Makes the experiment to an extent. */
export function observe(
  context: ExperimentContext,
  { trials, measureMs }: Extent,
): Promise<Observed<PageFreezesRow>> {
  return inBrowser(context, async (browser) => {
    const { app, url, feed } = await startServer({}, { holdMs: HOLD_MS })
    let quiet = false
    const publishing = setInterval(() => {
      if (!quiet) feed.publish()
    }, POLL_INTERVAL_MS)
    try {
      const page = await openPage(browser, `${url}/health`)
      const cells = pageFreezesRows.columns.poll.map((poll) => ({ poll }))
      return await inTurn(shuffledRounds(cells, trials, context.seed), async (cell) => {
        // An event would release what the server is to hold.
        quiet = cell.poll === 'synchronous poll'
        return { ...cell, ...(await pageDelays(page, cell.poll, feed.latestSeq, measureMs)) }
      })
    } finally {
      clearInterval(publishing)
      await app.close()
    }
  })
}

export const experiment: Experiment<typeof pageFreezesRows> = {
  rows: pageFreezesRows,
  question: 'Does a page freeze while it polls?',
  expectation:
    'No: fetch works beside the event loop, which is busy with an answer for well under 5 ms. Only a ' +
    'synchronous XMLHttpRequest would stop it.',
  expectedMs: 56_000,
  needs: 'browser',
  run: (context) => observe(context, { trials: 3, measureMs: 6_000 }),
}
