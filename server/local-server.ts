import { addressFor } from './app.ts'
import { type Certificate, selfSignedCertificate } from './certificate.ts'
import type { FeedOptions } from './feed.ts'
import { type Served, serve } from './serve.ts'
import type { ServerSettings } from './settings.ts'
import { defaultVariant, type Variant } from './variant.ts'

/** A server in this process, on a free port of this machine, whose feed publishes when it is told. */
export interface LocalServer extends Served {
  /** Where a technique's subscribers connect. */
  urlOf(technique: string): string
}

let certificate: Certificate | undefined

/** @param variant what the server offers; its subscribers have to be told the same. */
export async function startServer(
  feed: FeedOptions = {},
  settings: Partial<ServerSettings> = {},
  variant: Variant = defaultVariant,
): Promise<LocalServer> {
  if (variant.tls) certificate ??= await selfSignedCertificate()
  const served = await serve({ feed, settings, variant, ...(certificate && { certificate }) })
  return { ...served, urlOf: (technique) => addressFor(served.app, technique) }
}
