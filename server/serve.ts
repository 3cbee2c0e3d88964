import type { FastifyInstance } from 'fastify'
import { addressFor, buildServer } from './app.ts'
import type { Certificate } from './certificate.ts'
import type { Conditions } from './conditions.ts'
import { type FeedOptions, MemoryFeed } from './feed.ts'
import type { ServerSettings } from './settings.ts'
import { defaultVariant, type Variant } from './variant.ts'

/** What a server is to be. */
export interface ServePlan {
  feed?: FeedOptions
  /** What it offers; its subscribers have to be told the same. */
  variant?: Variant
  /** Overrides of the default limits and times, and of the variant. */
  settings?: Partial<ServerSettings>
  /** Names of the techniques to mount; default: all of the registry. */
  techniques?: readonly string[]
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0, which takes a free one. */
  port?: number
  /** Default: made now, where the variant has TLS. */
  certificate?: Certificate
}

/** A server that listens. */
export interface Served {
  feed: MemoryFeed
  app: FastifyInstance
  /** Of its HTTP. */
  url: string
}

/** Builds a server with a feed of its own, and listens. Rejects with the system's error where it cannot. */
export async function serve(plan: ServePlan): Promise<Served> {
  const { variant = defaultVariant, host = '127.0.0.1', port = 0, techniques } = plan
  const { tls, http } = variant
  const feed = new MemoryFeed({ ...plan.feed, binary: variant.payload === 'binary' })
  const app = await buildServer({
    feed,
    host,
    http2: http === '2',
    ...(techniques && { techniques }),
    ...(tls && {
      certificate: plan.certificate ?? (await (await import('./certificate.ts')).selfSignedCertificate()),
    }),
    settings: { ...variant, ...plan.settings },
  })
  await app.listen({ host, port, backlog: 4096 })
  return { feed, app, url: addressFor(app, '') }
}

/** The plan of a server of one technique at a point, alone, so that another's libraries are not in its memory. */
export function planAt(technique: string, { feed, load, variant, network }: Conditions): ServePlan {
  return {
    techniques: [technique],
    feed: { payloadBytes: feed.payloadBytes },
    variant,
    settings: {
      holdMs: load.holdMs,
      ...(load.heartbeatMs !== undefined && { heartbeatMs: load.heartbeatMs }),
      subscribersPublish: feed.source === 'subscribers',
      // Behind a proxy XMLSocket has another port than its server knows of.
      ...(network && { policyPorts: ['*'] }),
    },
  }
}
