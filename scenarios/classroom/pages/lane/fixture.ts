import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { buildServer } from '../../../../server/app.ts'
import type { Feed, FeedEvent } from '../../../../server/event.ts'
import { MemoryFeed } from '../../../../server/feed.ts'
import { until } from '../../../../server/fixture/until.ts'
import type { ServerSettings } from '../../../../server/settings.ts'
import { type BuiltPage, buildPage } from '../../bundle.ts'
import { buildLanePage } from '../../lane-page.ts'
import type { LaneSight } from '../../log/entries.ts'
import type { FromLane, ToLane } from './messages.ts'

/** An iframe's stream shows so often that it lives, and a page waits longer for it than a busy machine is late. */
const HEARTBEAT_MS = 500
const PAGE_HEARTBEAT_MS = 2_000
/** For whatever is waited for. */
const PATIENCE_MS = 20_000

/** A server of one lane, and its feed, which outlives it. */
export interface LaneServer {
  readonly port: number
  readonly feed: Feed
  /** Targets of all requests but the page's own, in order; upgrades too. */
  requests: string[]
  /** What each of them said it had last, in its header. */
  headers: (string | undefined)[]
  openSockets(): number
  /** Cuts every connection, as a broken network does. */
  destroySockets(): void
  /** Stops listening, and cuts. */
  close(): Promise<void>
}

export interface LaneServerOptions {
  technique: string
  feed?: Feed
  port?: number
  settings?: Partial<ServerSettings>
  page: BuiltPage
}

export async function startLane({
  technique,
  feed = new MemoryFeed(),
  port = 0,
  settings,
  page,
}: LaneServerOptions): Promise<LaneServer> {
  const app = await buildServer({
    feed,
    techniques: [technique],
    settings: {
      retryMs: 100,
      // Elsewhere a heartbeat may cut off a page that is only slow to answer it.
      ...(technique === 'iframe-stream' && { heartbeatMs: HEARTBEAT_MS }),
      ...settings,
    },
  })
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const headers: (string | undefined)[] = []
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const note = (url: string | undefined, lastEventId: string | string[] | undefined) => {
    if (!url || url === '/lane') return
    requests.push(url)
    headers.push(lastEventId as string | undefined)
  }
  app.get('/lane', (_request, reply) =>
    // Its connection is not one of the technique's.
    reply
      .headers({ 'content-security-policy': page.csp, connection: 'close' })
      .type('text/html')
      .send(page.html),
  )
  app.get('/lane/probe', (_request, reply) => reply.code(204).send())
  await app.listen({ port, host: '127.0.0.1' })
  // Not before: Socket.IO keeps those that were there from its own requests.
  for (const kind of app.server.listenerCount('upgrade') > 0 ? ['request', 'upgrade'] : ['request']) {
    app.server.on(kind, ({ url, headers }: IncomingMessage) => note(url, headers['last-event-id']))
  }
  const destroySockets = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    port: (app.server.address() as AddressInfo).port,
    feed,
    requests,
    headers,
    openSockets: () => sockets.size,
    destroySockets,
    close: async () => {
      const closing = app.close()
      destroySockets()
      await closing
    },
  }
}

/** A feed of events that are too small for a number. */
export function helloFeed(): Feed {
  const feed = new MemoryFeed({ payloadBytes: 16 })
  const events = new Map<number, FeedEvent>()
  const hello = (event: FeedEvent): FeedEvent => {
    const small = events.get(event.seq) ?? { ...event, data: '"hello"' }
    events.set(event.seq, small)
    return small
  }
  return {
    feedId: feed.feedId,
    epochUs: feed.epochUs,
    get latestSeq() {
      return feed.latestSeq
    },
    ended: false,
    publish: () => hello(feed.publish()),
    since: (cursor, maxBytes) => {
      const batch = feed.since(cursor, maxBytes)
      return { ...batch, events: batch.events.map(hello) }
    },
    subscribe: ({ onEvent, onEnd }) => feed.subscribe({ onEvent: (event) => onEvent(hello(event)), onEnd }),
  }
}

export type Told = { port: number } & FromLane

/** A page around lanes, on a port of its own, that writes down what they tell. */
export interface Around {
  origin: string
  lanePage: BuiltPage
  /** Opens it in a tab of its own. */
  open(browser: Browser): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  page: Page
  /** What consoles said in the page and its frames, in anger. */
  complaints: string[]
  /** Puts a lane's page into a frame. */
  add(port: number, technique: string, origin?: string): Promise<void>
  say(port: number, message: ToLane): Promise<void>
  start(port: number, settings?: Partial<ToLane & { type: 'start' }>): Promise<void>
  told(): Promise<Told[]>
  /** What the lanes, or the one at a port, have seen. */
  seen(port?: number): Promise<LaneSight[]>
  /** Waits until they have seen something. */
  untilSeen(what: string, holds: (seen: LaneSight[]) => boolean, port?: number): Promise<LaneSight[]>
  close(): Promise<void>
}

const AROUND = `<!doctype html><title>around</title><link rel="icon" href="data:,"><script>
told = []
addEventListener('message', ({ origin, data }) => {
  told.push({ port: Number(new URL(origin).port), atHereMs: performance.timeOrigin + performance.now(), ...data })
})
frames_ = {}
add = (port, hash) => {
  const frame = document.createElement('iframe')
  frame.width = frame.height = 1
  frame.src = 'http://127.0.0.1:' + port + '/lane#' + hash
  frames_[port] = frame
  document.body.append(frame)
}
say = (port, message) => frames_[port].contentWindow.postMessage(message, 'http://127.0.0.1:' + port)
</script><body>`

export async function startAround(): Promise<Around> {
  const app: FastifyInstance = Fastify()
  app.get('/', (_request, reply) => reply.type('text/html').send(AROUND))
  app.get('/ping', () => 'pong')
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const lanePage = await buildLanePage([origin])
  return {
    origin,
    lanePage,
    open: (browser) => openTab(browser, origin),
    close: async () => {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

export async function openTab(browser: Browser, address: string): Promise<Tab> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(address)
  const own = new URL(address).origin
  const told = () => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told)
  const seen = async (port?: number) =>
    (await told()).flatMap((one) =>
      one.type === 'seen' && (port === undefined || one.port === port) ? [one.what] : [],
    )
  const say = (port: number, message: ToLane) =>
    page.evaluate(
      ([to, what]) => (globalThis as unknown as { say(port: number, what: unknown): void }).say(to, what),
      [port, message] as const,
    )
  return {
    page,
    complaints,
    add: async (port, technique, origin = own) => {
      await page.evaluate(
        ([to, hash]) => (globalThis as unknown as { add(port: number, hash: string): void }).add(to, hash),
        [port, `technique=${technique}&origin=${origin}`] as const,
      )
      if (origin === own)
        await until('a lane is ready', async () =>
          (await told()).some((one) => one.type === 'ready' && one.port === port),
        )
    },
    say,
    start: (port, settings) =>
      say(port, {
        type: 'start',
        pollIntervalMs: 50,
        socketIo: 'upgrade',
        forgetful: false,
        tabs: 1,
        cursors: [],
        heartbeatMs: PAGE_HEARTBEAT_MS,
        ...settings,
      }),
    told,
    seen,
    untilSeen: async (what, holds, port) => {
      let latest: LaneSight[] = []
      try {
        await until(
          what,
          async () => {
            latest = await seen(port)
            return holds(latest)
          },
          PATIENCE_MS,
        )
      } catch (error) {
        throw new Error(`${(error as Error).message}: ${JSON.stringify(latest.slice(-12))} ${complaints}`)
      }
      return latest
    },
    close: () => context.close(),
  }
}

/** Serves a page that is built from a module of clients/browser. */
export async function startPage(entry: string): Promise<{ origin: string; close(): Promise<void> }> {
  const built = await buildPage({
    entry,
    title: 'pushlab',
    csp: ["connect-src 'self'", 'frame-src http://127.0.0.1:* http://localhost:*'],
  })
  const app = Fastify()
  app.get('/', (_request, reply) =>
    reply.header('content-security-policy', built.csp).type('text/html').send(built.html),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    close: async () => {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

/** Numbers of the events among what was seen, in order. */
export function received(seen: readonly LaneSight[]): number[] {
  return seen.flatMap((sight) => (sight.kind === 'received' ? [sight.seq] : []))
}

export function count(seen: readonly LaneSight[], kind: LaneSight['kind']): number {
  return seen.filter((sight) => sight.kind === kind).length
}
