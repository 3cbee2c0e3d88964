import type { Page } from 'playwright-core'
import { type IframePaddingRow, iframePaddingRows } from '../../results/rows/iframe-padding.ts'
import type { Experiment, ExperimentContext, Observed } from '../bench/experiment.ts'
import { shuffledRounds } from '../bench/shuffle.ts'
import { inBrowser, openPage, pageServer, type SmallServer } from './shared/in-browser.ts'
import { inTurn } from './shared/in-turn.ts'

const CHARSETS = iframePaddingRows.columns.charset
type Charset = IframePaddingRow['charset']
const PADDINGS_BYTES = [0, 1_024, 4_096] as const

/** The second event follows the first after this time; the page sees the first at once, or not before the second. */
const EVENT_INTERVAL_MS = 1_000

/** An HTML comment of so many bytes. */
function comment(bytes: number): string {
  return bytes === 0 ? '' : `<!--${' '.repeat(bytes - 7)}-->`
}

/** Streams two events, at once and later, to the iframe of `/<charset>/<padding>`. */
function streamServer(): Promise<SmallServer> {
  return pageServer((request, response) => {
    const [, charset, paddingBytes] = (request.url ?? '').split('/')
    response.writeHead(200, {
      'content-type': charset === 'header' ? 'text/html; charset=utf-8' : 'text/html',
      'cache-control': 'no-store',
    })
    const meta = charset === 'meta' ? '<meta charset="utf-8">' : ''
    response.write(
      `<!doctype html>${meta}<body>${comment(Number(paddingBytes))}<script>parent.push(1)</script>\n`,
    )
    const timer = setTimeout(() => response.end(`<script>parent.push(2)</script>\n`), EVENT_INTERVAL_MS)
    return response.on('close', () => clearTimeout(timer))
  })
}

/** From when the iframe is made until its first event calls the page, in microseconds. */
async function firstEventDelayUs(page: Page, charset: Charset, paddingBytes: number): Promise<number> {
  const delayMs: number = await page.evaluate(`new Promise((resolve) => {
    const frame = document.createElement('iframe')
    const started = performance.now()
    globalThis.push = () => {
      resolve(performance.now() - started)
      frame.remove()
      globalThis.push = () => {}
    }
    frame.hidden = true
    frame.src = '/${charset}/${paddingBytes}'
    document.body.append(frame)
  })`)
  return Math.round(delayMs * 1e3)
}

/** Makes the experiment with so many trials of each condition. */
export function observe(
  context: ExperimentContext,
  { trials }: { trials: number },
): Promise<Observed<IframePaddingRow>> {
  return inBrowser(context, async (browser) => {
    await using site = await streamServer()
    const page = await openPage(browser, site.url)
    // A browser's first iframe takes longer than any that follow.
    await firstEventDelayUs(page, 'header', 4_096)
    const cells = CHARSETS.flatMap((charset) =>
      PADDINGS_BYTES.map((paddingBytes) => ({ charset, paddingBytes })),
    )
    return await inTurn(shuffledRounds(cells, trials, context.seed), async (cell) => ({
      ...cell,
      delayUs: await firstEventDelayUs(page, cell.charset, cell.paddingBytes),
      eventIntervalUs: EVENT_INTERVAL_MS * 1e3,
    }))
  })
}

export const experiment: Experiment<typeof iframePaddingRows> = {
  rows: iframePaddingRows,
  question: 'How much padding does an iframe stream need before a browser runs its first event?',
  expectation:
    'None where the character encoding is declared; else a browser may wait for 1,024 bytes to guess it ' +
    'from (HTML, section 13.2.3.2).',
  expectedMs: 5_000,
  needs: 'browser',
  run: (context) => observe(context, { trials: 6 }),
}
