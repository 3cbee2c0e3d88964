import { readFileSync } from 'node:fs'
import type { NetworkPlan, Point } from '../results/scenario.ts'
import { entryOf } from '../server/registry.ts'

/**
 * Connections of one subscriber at its worst: Socket.IO has two polls and the WebSocket that it goes over to; who
 * publishes by POST needs a second one while a poll or a stream holds the first.
 */
export function connectionsPerSubscriber(
  { feed, variant }: Pick<Point, 'variant'> & { feed: Pick<Point['feed'], 'source'> },
  technique: string,
): number {
  if (technique === 'socket-io' && variant.socketIo === 'upgrade') return 3
  const posts =
    feed.source === 'subscribers' && variant.http === '1.1' && entryOf(technique)?.carrier === 'http'
  return posts ? 2 : 1
}

/** Whether a network has a link that is slower than loopback. */
export function hasLink({ roundTripMs = 0, jitterMs = 0, bytesPerSecond }: NetworkPlan): boolean {
  return roundTripMs > 0 || jitterMs > 0 || bytesPerSecond !== undefined
}

/**
 * Sockets of the process between subscribers and server for each connection: both ends of the link, and of the proxy behind it; 0
 * where nothing lies between.
 */
export function socketsBetween(network: NetworkPlan = {}): number {
  const { proxy = 'none' } = network
  return (hasLink(network) ? 2 : 0) + (proxy === 'none' ? 0 : 2)
}

/** How many connections one local address can have to one port of a server; Linux's default is 28,232. */
export function portsPerAddress(): number {
  try {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    const [low = 0, high = 0] = range.trim().split(/\s+/).map(Number)
    return high - low + 1
  } catch {
    return 28_232
  }
}

/**
 * From which local address a subscriber connects: to 127.0.0.1 from 127.0.0.2 and on where the addresses before have no port left;
 * undefined where it is the system's to choose.
 * @param number of the subscriber, 0 for the first. @param perAddress how many subscribers an address has ports for.
 */
export function localAddressOf(url: string, number: number, perAddress: number): string | undefined {
  const address = Math.floor(number / perAddress)
  return address > 0 && new URL(url).hostname === '127.0.0.1' ? `127.0.0.${1 + address}` : undefined
}
