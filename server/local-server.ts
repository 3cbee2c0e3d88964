import type { FastifyInstance } from 'fastify'
import { addressFor, buildServer } from './app.ts'
import { type Certificate, selfSignedCertificate } from './certificate.ts'
import { type FeedOptions, MemoryFeed } from './feed.ts'
import type { ServerSettings } from './settings.ts'
import { defaultVariant, type Variant } from './variant.ts'

/** A server in this process, on a free port of this machine, whose feed publishes when it is told. */
export interface LocalServer {
  feed: MemoryFeed
  app: FastifyInstance
  /** Of its HTTP. */
  url: string
  /** Where a technique's subscribers connect. */
  urlOf(technique: string): string
}

let certificate: Certificate | undefined

/** @param variant what the server offers; its subscribers have to be told the same. */
export async function startServer(
  feedOptions: FeedOptions = {},
  settings: Partial<ServerSettings> = {},
  variant: Variant = defaultVariant,
): Promise<LocalServer> {
  const feed = new MemoryFeed({ ...feedOptions, binary: variant.payload === 'binary' })
  if (variant.tls) certificate ??= await selfSignedCertificate()
  const { noDelay, contentCoding, perMessageDeflate, conditional } = variant
  const app = await buildServer({
    feed,
    settings: { noDelay, contentCoding, perMessageDeflate, conditional, ...settings },
    ...(variant.tls && certificate && { certificate }),
    http2: variant.http === '2',
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { feed, app, url: addressFor(app, ''), urlOf: (technique) => addressFor(app, technique) }
}
