import { startHttpProxy } from './http-proxy.ts'
import type { Network } from './network.ts'

/**
 * A firewall that lets out what begins as HTTP/1.x and answers all else with 400, then closes: protocols that own
 * their TCP connection do not get through. What HTTP itself upgrades to, WebSocket, does: startProxyWithoutUpgrade is
 * for that.
 */
export function startHttpOnlyProxy(target: string): Promise<Network> {
  return startHttpProxy(target)
}
