import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { Audience } from './audience.ts'
import { type Counters, newCounters, prometheusText } from './counters.ts'
import { PushlabError } from './error.ts'
import { registry } from './registry.ts'
import { defaultSettings, type Feed, type ServerSettings, serverTechnique } from './technique.ts'

export interface ServerOptions {
  feed: Feed
  /** Overrides of the default limits and times. */
  settings?: Partial<ServerSettings>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** What each technique did so far, by its name. */
    techniqueCounters: ReadonlyMap<string, Counters>
  }
}

/** Peers that do not close when asked politely are cut off after this, so that closing takes less than 2 s. */
const CLOSE_GRACE_MS = 1_000

/** Builds the server with every registered technique mounted under its name. It does not listen yet. */
export async function buildServer({ feed, settings: overrides }: ServerOptions): Promise<FastifyInstance> {
  const settings = { ...defaultSettings, ...overrides }
  const app = Fastify({ exposeHeadRoutes: false })
  const byTechnique = new Map<string, Counters>()
  const audiences: Audience[] = []
  app.decorate('techniqueCounters', byTechnique)

  const sockets = new Set<Socket>()
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let cutOff: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    for (const audience of audiences) audience.close()
    cutOff = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, CLOSE_GRACE_MS)
  })
  app.addHook('onClose', async () => clearTimeout(cutOff))

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof PushlabError && error.code === 'BAD_INPUT') {
      return reply.code(400).send({ code: error.code, message: error.message })
    }
    return reply.send(error)
  })

  for (const { name } of registry) {
    const technique = await serverTechnique(name)
    const counters = newCounters()
    const audience = new Audience(feed, technique, settings, counters)
    byTechnique.set(name, counters)
    audiences.push(audience)
    await app.register(technique.plugin, { prefix: `/${name}`, feed, settings, counters, audience })
  }

  app.get('/', () => ({
    service: 'pushlab',
    techniques: registry.map(({ name, title }) => ({ title, url: `/${name}` })),
  }))
  app.get('/health', () => ({
    status: 'ok',
    epochUs: feed.epochUs,
    latestSeq: feed.latestSeq,
    ended: feed.ended,
  }))
  app.get('/metrics', (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(prometheusText(byTechnique)),
  )
  return app
}
