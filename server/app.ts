import { isUtf8 } from 'node:buffer'
import type { Http2Server } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { Audience } from './audience.ts'
import type { Certificate } from './certificate.ts'
import { type Counters, newCounters, prometheusText } from './counters.ts'
import { PushlabError } from './error.ts'
import type { Feed } from './event.ts'
import { registry, type TechniqueEntry } from './registry.ts'
import { completeSettings, type ServerSettings } from './settings.ts'
import { type HeldPoll, serverTechnique, type TechniqueContext } from './technique.ts'
import { refuseTunnels, upgradeOnlyAt } from './upgrade.ts'
import { checkOrigin, publisher } from './upstream.ts'

export interface ServerOptions {
  feed: Feed
  /** Names of the techniques to mount; default: all of the registry. */
  techniques?: readonly string[]
  /** Overrides of the default limits and times. */
  settings?: Partial<ServerSettings>
  /** Makes it a server of HTTPS. */
  certificate?: Certificate
  /** Offers HTTP/2 to who can, and HTTP/1.1 to the rest; needs a certificate. */
  http2?: boolean
  /** The address that it is going to listen on; default 127.0.0.1. */
  host?: string
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What each technique did so far, by its name. */
    techniqueCounters: ReadonlyMap<string, Counters>
    /** Where techniques listen that have a port of their own, by their name; known once the server is ready. */
    techniqueUrls: ReadonlyMap<string, string>
    /** Where an Upgrade to WebSocket is meant for somebody; elsewhere it is ignored. */
    upgradePaths: Set<string>
    /** Connections of all techniques; over TLS the sockets on both its sides. */
    openSockets: Set<Socket>
    /** Another time limit for long polls, in ms: it holds for those that are held, too, from when they came. */
    changeHold(holdMs: number): void
  }
}

/** Peers that do not close when asked politely are cut off after this, so that closing takes less than 2 s. */
const CLOSE_GRACE_MS = 1_000

const STATUS: Record<string, number> = { BAD_INPUT: 400, FORBIDDEN: 403 }

/** Builds the server, each technique mounted under its name. It does not listen yet. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { feed, host = '127.0.0.1' } = options
  const settings = completeSettings(options.settings)
  const app = newFastify(options, settings)
  const byTechnique = new Map<string, Counters>()
  const urls = new Map<string, string>()
  const audiences: Audience[] = []
  const held = new Set<HeldPoll>()
  app.decorate('techniqueCounters', byTechnique)
  app.decorate('techniqueUrls', urls)
  app.decorate('openSockets', new Set<Socket>())
  app.decorate('upgradePaths', new Set<string>())
  app.decorate('changeHold', (holdMs) => {
    settings.holdMs = holdMs
    for (const poll of held) poll.hold()
  })
  upgradeOnlyAt(app.server, app.upgradePaths)
  refuseTunnels(app.server)
  app.server.on('connection', (socket: Socket) => socket.setNoDelay(settings.noDelay))
  closeInTime(app, () => {
    for (const audience of audiences) audience.close()
  })

  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof PushlabError)) return reply.send(error)
    return reply.code(STATUS[error.code] ?? 500).send({ code: error.code, message: error.message })
  })
  // A body that nobody reads keeps node:http from noticing that its sender has gone. Of a GET it means nothing (RFC 9110 section 9.3.1).
  app.addHook('onRequest', ({ raw, headers }, reply, done) => {
    const hasBody = 'transfer-encoding' in headers || Number(headers['content-length']) > 0
    if (!hasBody || raw.method !== 'GET' || raw.httpVersionMajor !== 1) return done()
    // Of an upgrade nobody else would end the socket.
    reply.header('connection', 'close').raw.once('finish', () => raw.socket.end())
    done(new PushlabError('BAD_INPUT', 'A GET has no body here: publish by POST.'))
  })
  // A message is read by the feed's own rules, whatever type its sender gives it.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  const mounted = registry.filter(({ name }) => options.techniques?.includes(name) ?? true)
  const publish = publisher(feed, settings)
  for (const { name } of mounted) {
    const technique = await serverTechnique(name)
    const counters = newCounters()
    const audience = new Audience(feed, technique, settings, counters)
    byTechnique.set(name, counters)
    audiences.push(audience)
    const announce = (url: string) => void urls.set(name, url)
    const context = { feed, settings, counters, audience, host, publish, held, announce }
    await app.register(technique.plugin, { prefix: `/${name}`, ...context })
    const { prepared } = technique
    if (settings.fanOut === 'library' || !prepared) continue
    const { preparedFront, preparedFraming } = await import('./prepared/front.ts')
    const tuned = new Audience(feed, preparedFraming(technique, prepared), settings, counters)
    audiences.push(tuned)
    await app.register(preparedFront(name, prepared), { ...context, audience: tuned })
  }
  addUpstream(app, publish, settings, mounted)

  app.get('/', () => ({
    service: 'pushlab',
    techniques: mounted.map(({ name, title }) => ({ title, url: urls.get(name) ?? `/${name}` })),
  }))
  app.get('/health', () => ({
    status: 'ok',
    feedId: feed.feedId,
    epochUs: feed.epochUs,
    latestSeq: feed.latestSeq,
    ended: feed.ended,
  }))
  app.get('/metrics', (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(prometheusText(byTechnique)),
  )
  return app
}

/** Where a subscriber of a technique connects to a server that listens. */
export function addressFor(app: FastifyInstance, technique: string): string {
  const own = app.techniqueUrls.get(technique)
  if (own) return own
  const { address, port } = app.server.address() as AddressInfo
  const scheme = 'setSecureContext' in app.server ? 'https' : 'http'
  return `${scheme}://${address.includes(':') ? `[${address}]` : address}:${port}`
}

function newFastify(
  { certificate, http2 = false }: ServerOptions,
  settings: ServerSettings,
): FastifyInstance {
  const common: FastifyServerOptions = { exposeHeadRoutes: false, bodyLimit: settings.maxMessageBytes }
  if (!certificate) return Fastify({ ...common, http: { noDelay: settings.noDelay } })
  // The byte ledger reads TLS 1.3, which is what browsers speak.
  const https = { ...certificate, noDelay: settings.noDelay, minVersion: 'TLSv1.3' as const }
  // The compatibility API gives HTTP/2 the same requests and replies; Fastify types it as another server.
  const secure = http2 ? { http2, https: { ...https, allowHTTP1: true } } : { https }
  return Fastify({ ...common, ...secure } as FastifyServerOptions)
}

/** Subscribers of techniques that are carried by HTTP publish by POST; the others do it on their own connection. */
function addUpstream(
  app: FastifyInstance,
  publish: TechniqueContext['publish'],
  settings: ServerSettings,
  mounted: readonly TechniqueEntry[],
): void {
  for (const { name } of mounted.filter(({ carrier }) => carrier === 'http')) {
    app.post(`/${name}`, (request, reply) => {
      checkOrigin(request, settings.allowedOrigins)
      const { origin } = request.headers
      // Else a page of an allowed origin would be told that it failed (Fetch, CORS protocol).
      if (origin !== undefined) reply.header('access-control-allow-origin', origin).header('vary', 'origin')
      publish(messageOf(request.body as Buffer | undefined, request.headers['content-type']))
      return reply.code(204).send()
    })
  }
}

function messageOf(body: Buffer | undefined, contentType: string | undefined): string | Uint8Array {
  if (!body) throw new PushlabError('BAD_INPUT', 'There is no message in this request.')
  if (contentType === 'application/octet-stream') return body
  if (!isUtf8(body))
    throw new PushlabError('BAD_INPUT', 'A message has to be UTF-8, or application/octet-stream.')
  return body.toString()
}

/** Ends what is open when the server closes, and cuts off in time who does not let go. */
function closeInTime(app: FastifyInstance, endStreams: () => void): void {
  const sockets = app.openSockets
  for (const event of ['connection', 'secureConnection']) {
    app.server.on(event, (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
  }
  const sessions = new Set<{ close(): void }>()
  const server = app.server as unknown as Http2Server
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  let cutOff: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    endStreams()
    for (const session of sessions) session.close()
    cutOff = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, CLOSE_GRACE_MS)
  })
  app.addHook('onClose', async () => clearTimeout(cutOff))
}
