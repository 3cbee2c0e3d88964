import { startBufferingProxy } from '../../clients/network/buffering.ts'
import { startHttpOnlyProxy } from '../../clients/network/http-only.ts'
import { startIdleTimeout } from '../../clients/network/idle-timeout.ts'
import type { Network } from '../../clients/network/network.ts'
import { startProxyWithoutUpgrade } from '../../clients/network/no-upgrade.ts'
import { type ProxiesRow, proxiesRows } from '../../results/rows/proxies.ts'
import type { LocalServer } from '../../server/local-server.ts'
import { completeVariant } from '../../server/variant.ts'
import type { Experiment } from '../bench/experiment.ts'
import { isSettled } from './networks/attempt.ts'
import { Site } from './networks/site.ts'
import { holdsWithin } from './networks/wait.ts'
import { inTurn } from './shared/in-turn.ts'

const TRIALS = 6
const EVENTS = 10
/** Whoever has not opened by then does not open. */
const PATIENCE_MS = 1_000
const TECHNIQUES = ['long-poll', 'sse', 'websocket', 'socket-io', 'xml-socket']

const PROXIES: Record<ProxiesRow['proxy'], (target: string) => Promise<Network>> = {
  none: async (target) => ({ url: target, close: async () => {} }),
  'TCP tunnel': (target) => startIdleTimeout(target, { idleMs: 60_000 }),
  'HTTP only': startHttpOnlyProxy,
  'drops Upgrade': startProxyWithoutUpgrade,
  buffering: (target) => startBufferingProxy(target),
  'stubborn buffering': (target) => startBufferingProxy(target, { honoursNoBuffering: false }),
}

/** Tries one technique after the other through every kind of proxy, and WebSocket over TLS through a tunnel. */
export const experiment: Experiment<typeof proxiesRows> = {
  rows: proxiesRows,
  question: 'Which technique gets through which proxy?',
  expectation:
    'WebSocket needs a proxy that passes Upgrade on, a protocol of its own on TCP one that ' +
    'does not read HTTP at all.',
  expectedMs: 9_000,
  async run({ signal }) {
    await using site = new Site()
    const rows = await inTurn(TECHNIQUES, async (technique) => {
      const paths = proxiesRows.columns.proxy.map((proxy): Omit<Path, 'technique'> => ({ proxy, tls: false }))
      if (technique === 'websocket') paths.push({ proxy: 'TCP tunnel', tls: true })
      const seen = paths.map(async ({ proxy, tls }) => {
        // One each: events of another path would fill this one's buffer.
        const server = await site.server({}, { policyPorts: ['*'] }, completeVariant({ tls }))
        const { url } = await site.network(PROXIES[proxy](server.urlOf(technique)))
        return await tries(site, server, { path: { technique, proxy, tls }, url, signal })
      })
      return (await Promise.all(seen)).flat()
    })
    return { rows }
  },
}

type Path = Pick<ProxiesRow, 'technique' | 'proxy' | 'tls'>

async function tries(
  site: Site,
  { feed }: LocalServer,
  { path, url, signal }: { path: Path; url: string; signal: AbortSignal },
): Promise<ProxiesRow[]> {
  const rows: ProxiesRow[] = []
  for (let trial = 1; trial <= TRIALS; trial++) {
    const variant = completeVariant({ tls: path.tls })
    const tried = await site.attempt(path.technique, url, signal, { variant })
    await holdsWithin(PATIENCE_MS, signal, () => isSettled(tried))
    for (let i = 0; i < EVENTS; i++) feed.publish()
    const delivered = () => tried.receivedAtUs.has(feed.latestSeq)
    await holdsWithin(tried.openedAfterUs === undefined ? 0 : PATIENCE_MS, signal, delivered)
    await tried.end()
    const { openedAfterUs, failedAfterUs, failure = 'none' } = tried
    rows.push({
      ...{ ...path, trial, opened: openedAfterUs !== undefined, delivered: delivered(), failure },
      ...(openedAfterUs !== undefined && { openedAfterUs }),
      ...(failedAfterUs !== undefined && { failedAfterUs }),
    })
  }
  return rows
}
