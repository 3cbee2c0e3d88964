import type { NetworkPlan } from '../../results/scenario.ts'
import { type Failed, obeyParent } from '../../server/parent.ts'
import { hasLink } from '../connections.ts'
import { startBufferingProxy } from './buffering.ts'
import { startDelay } from './delay.ts'
import { startHttpOnlyProxy } from './http-only.ts'
import { startIdleTimeout } from './idle-timeout.ts'
import type { Network } from './network.ts'
import { startProxyWithoutUpgrade } from './no-upgrade.ts'

/** The process that stands between subscribers and server, driven over its IPC channel. */
export interface ToNetwork {
  type: 'start'
  /** Where the server listens for a technique. */
  target: string
  plan: NetworkPlan
  /** Of the jitter. */
  seed: number
}

/** The URL is where subscribers connect. */
export type FromNetwork = { type: 'listening'; url: string } | Failed

obeyParent<ToNetwork, FromNetwork>(async ({ target, plan, seed }) => {
  const { url } = await startLink(await startProxy(target, plan), plan, seed)
  return { type: 'listening', url }
})

/** A proxy stands near its server, as they do. */
async function startProxy(target: string, plan: NetworkPlan): Promise<{ url: string }> {
  const { proxy = 'none', bufferBytes = 8_192, idleMs = 60_000 } = plan
  const start: Record<typeof proxy, () => Promise<Network> | { url: string }> = {
    none: () => ({ url: target }),
    buffering: () => startBufferingProxy(target, { bufferBytes, honoursNoBuffering: true }),
    'stubborn-buffering': () => startBufferingProxy(target, { bufferBytes, honoursNoBuffering: false }),
    'idle-timeout': () => startIdleTimeout(target, { idleMs }),
    'no-upgrade': () => startProxyWithoutUpgrade(target),
    'http-only': () => startHttpOnlyProxy(target),
  }
  return await start[proxy]()
}

async function startLink(near: { url: string }, plan: NetworkPlan, seed: number): Promise<{ url: string }> {
  if (!hasLink(plan)) return near
  const { roundTripMs = 0, jitterMs = 0, bytesPerSecond } = plan
  const rate = bytesPerSecond !== undefined && { bytesPerSecond }
  return await startDelay(near.url, { delayMs: roundTripMs / 2, jitterMs, seed, ...rate })
}
