import type { Page } from 'playwright-core'
import { WebSocketServer } from 'ws'
import { type CrossOriginRow, crossOriginRows } from '../../results/rows/cross-origin.ts'
import { startServer } from '../../server/local-server.ts'
import type { Experiment } from '../bench/experiment.ts'
import {
  getsMessage,
  inBrowser,
  openPage,
  pageServer,
  type SmallServer,
  smallServer,
} from './shared/in-browser.ts'

const WAIT_MS = 3_000

/** A server that checks no Origin and sends no CORS headers; it says `hello` by both. */
async function carelessServer(origins: (string | undefined)[]): Promise<SmallServer> {
  const site = await smallServer((request, response) => {
    origins.push(request.headers.origin)
    response.setHeader('content-type', 'text/plain').end('hello')
  })
  new WebSocketServer({ server: site.server }).on('connection', (socket, { headers }) => {
    origins.push(headers.origin)
    socket.send('hello')
  })
  return site
}

/** Whether a page may read the answer to a fetch. */
function reads(page: Page, url: string): Promise<boolean> {
  return page.evaluate(`fetch(${JSON.stringify(url)}, { signal: AbortSignal.timeout(${WAIT_MS}) })
    .then((response) => response.text())
    .then((text) => text.length > 0, () => false)`)
}

export const experiment: Experiment<typeof crossOriginRows> = {
  rows: crossOriginRows,
  question: 'May a page open a WebSocket to a server of another origin?',
  expectation:
    'Yes: browsers send the Origin and leave it to the server to refuse (RFC 6455, section 10.2); of a ' +
    'fetch they keep the answer from the page unless the server allows it (Fetch, CORS protocol).',
  expectedMs: 3_000,
  needs: 'browser',
  run: (context) =>
    inBrowser(context, async (browser) => {
      await using site = await pageServer()
      const origins: (string | undefined)[] = []
      await using careless = await carelessServer(origins)
      const closed = await startServer()
      const open = await startServer({}, { allowedOrigins: [site.url] })
      try {
        const page = await openPage(browser, site.url)
        const same = await openPage(browser, careless.url)
        const websocket = async (server: CrossOriginRow['server'], url: string): Promise<CrossOriginRow> => ({
          means: 'WebSocket',
          server,
          received: await getsMessage(page, `new WebSocket('${url.replace('http', 'ws')}')`, WAIT_MS),
        })
        const rows: CrossOriginRow[] = [
          await websocket('checks no origin', careless.url),
          await websocket('does not list the origin', `${closed.url}/websocket`),
          await websocket('lists the origin', `${open.url}/websocket`),
          { means: 'fetch', server: 'without CORS headers', received: await reads(page, careless.url) },
          { means: 'fetch', server: 'of the same origin', received: await reads(same, careless.url) },
        ]
        return rows
      } finally {
        await closed.app.close()
        await open.app.close()
      }
    }),
}
