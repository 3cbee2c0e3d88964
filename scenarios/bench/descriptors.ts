import { connectionsPerSubscriber, portsPerAddress, socketsBetween } from '../../clients/connections.ts'
import { descriptorLimit } from '../../clients/measure/environment.ts'
import type { Point } from '../../results/scenario.ts'
import { PushlabError } from '../../server/error.ts'

/** Descriptors that a process needs besides one for each socket. */
export const SPARE_DESCRIPTORS = 200

/** What decides how many sockets a trial opens. */
export interface SocketLoad {
  technique: string
  point: Pick<Point, 'variant' | 'network'> & {
    load: Pick<Point['load'], 'subscribers'>
    feed: Pick<Point['feed'], 'source'>
  }
}

/**
 * Whether this machine has the descriptors and ports for loads, each of which runs in processes of its own: the server's has the sockets
 * of all subscribers, the one between them both ends of each connection, of the link and of the proxy, and load agents have no
 * more than the server.
 * @param limit of a process; null for none.
 * @throws {PushlabError} TOO_FEW_DESCRIPTORS where a process needs more of either, with how many subscribers fit.
 */
export function checkSockets(
  loads: readonly SocketLoad[],
  limit = descriptorLimit(),
  ports = portsPerAddress(),
): void {
  const hungriest = loads.map(needsOf).toSorted((a, b) => b.descriptors - a.descriptors)[0]
  if (hungriest && limit !== null && hungriest.descriptors + SPARE_DESCRIPTORS > limit) {
    const { descriptors, process } = hungriest
    throw new PushlabError(
      'TOO_FEW_DESCRIPTORS',
      `${sayLoad(hungriest)} need ${descriptors + SPARE_DESCRIPTORS} file descriptors in ${process}, and a process may open ${limit} here. ` +
        `Use --subscribers ${fitting(hungriest, limit - SPARE_DESCRIPTORS, descriptors)} or fewer, or raise the limit: ulimit -n`,
    )
  }
  const busiest = loads
    .filter(({ point }) => socketsBetween(point.network) > 0)
    .map(needsOf)
    .toSorted((a, b) => b.connections - a.connections)[0]
  if (busiest && busiest.connections > ports) {
    throw new PushlabError(
      'TOO_FEW_DESCRIPTORS',
      `${sayLoad(busiest)} need ${busiest.connections} ports of the process between them and the server, and an address has ${ports} here. ` +
        `Use --subscribers ${fitting(busiest, ports, busiest.connections)} or fewer, or more ports: sysctl net.ipv4.ip_local_port_range`,
    )
  }
}

interface Needs {
  technique: string
  subscribers: number
  connections: number
  /** In the process that needs most. */
  descriptors: number
  process: string
}

function needsOf({ technique, point }: SocketLoad): Needs {
  const { subscribers } = point.load
  const connections = subscribers * connectionsPerSubscriber(point, technique)
  const between = connections * socketsBetween(point.network)
  const process = between > connections ? 'the process between them and the server' : "the server's process"
  return { technique, subscribers, connections, descriptors: Math.max(connections, between), process }
}

function sayLoad({ technique, subscribers }: Needs): string {
  return `${subscribers} subscribers of ${technique}`
}

function fitting({ subscribers }: Needs, there: number, needed: number): number {
  return Math.max(1, Math.floor((there * subscribers) / needed))
}
