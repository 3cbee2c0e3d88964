import { startHttpProxy } from './http-proxy.ts'
import type { Network } from './network.ts'

/**
 * A proxy of HTTP/1.1 that knows no other protocol: it drops Connection, and with it Upgrade, as RFC 9110 section 7.6.1
 * tells every intermediary to. The opening handshake of a WebSocket reaches the server as a plain GET.
 */
export function startProxyWithoutUpgrade(target: string): Promise<Network> {
  return startHttpProxy(target, { upgrades: false })
}
