import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { PushlabError } from '../../server/error.ts'

/** An address of this machine in a network, and its adapter. */
export interface OwnAddress {
  address: string
  device: string
  /** Whether this machine reaches the world by it; or whether it is of a container, a virtual machine or a tunnel, or of nobody. */
  kind: 'default-route' | 'network' | 'unlikely'
}

/** Where the room listens, and what it is called by those who come. */
export interface RoomAddress {
  /** To listen on, each at the same port. */
  hosts: string[]
  /** What students type: the address in the local network, or 127.0.0.1. */
  shown: string
  /** The same, where it is in a network. */
  own?: OwnAddress
  /** This machine's other addresses in networks, one of which may be the students'. */
  others: OwnAddress[]
  /** Host names that a request may be for; others are refused, see the room's defence against DNS rebinding. */
  names: string[]
}

/** Adapters of containers, virtual machines and tunnels, where no class is. */
const VIRTUAL =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|lxc|lxd|podman|cni|flannel|cali|tun|tap|utun|wg|tailscale|zt)/i
/** RFC 3927: an address that an adapter gave itself, for nobody else did. */
const LINK_LOCAL = /^169\.254\./

/**
 * The room is on this machine alone unless it is asked into the local network.
 * @param lan true: every IPv4 address of this machine, and the likeliest to be the class's network is shown; or one of its own, and
 * nothing is heard on the others.
 * @param routes as Linux tells them in /proc/net/route.
 * @throws {PushlabError} BAD_INPUT where this machine has no such address.
 */
export function roomAddress(
  lan: boolean | string = false,
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
  routes: string = readRoutes(),
): RoomAddress {
  const here = ['127.0.0.1', 'localhost']
  if (lan === false) return { hosts: ['127.0.0.1'], shown: '127.0.0.1', others: [], names: here }
  const found = addressesIn(interfaces, routes)
  const own = found.map(({ address }) => address)
  if (typeof lan === 'string' && !own.includes(lan)) {
    throw new PushlabError(
      'BAD_INPUT',
      `${lan} is no address of this machine in a network. ${own.length > 0 ? `Its addresses: ${own.join(', ')}.` : 'It has none: connect it first, or leave --lan out.'}`,
    )
  }
  const chosen = typeof lan === 'string' ? found.find(({ address }) => address === lan) : found[0]
  if (chosen === undefined) {
    throw new PushlabError(
      'BAD_INPUT',
      'This machine is in no network that students could come from. Connect it first, or leave --lan out: everything works on this machine alone.',
    )
  }
  const { address: shown } = chosen
  const others = found.filter(({ address }) => address !== shown)
  // The teacher's own browser comes by 127.0.0.1, and a socket of one address would not hear it.
  if (typeof lan === 'string')
    return { hosts: ['127.0.0.1', lan], shown, own: chosen, others, names: [...here, lan] }
  return { hosts: ['0.0.0.0'], shown, own: chosen, others, names: [...here, ...own] }
}

/** The likeliest first: the one by which this machine reaches the world, and virtual ones and those that nobody gave last. */
function addressesIn(interfaces: ReturnType<typeof networkInterfaces>, routes: string): OwnAddress[] {
  const ways = defaultRoutes(routes)
  const wayOf = (device: string) => ways.indexOf(device.replace(/:.*/, ''))
  const kindOf = (address: string, device: string): OwnAddress['kind'] => {
    // A tunnel may be the default route, and still the class is in the network around it.
    if (LINK_LOCAL.test(address) || VIRTUAL.test(device)) return 'unlikely'
    return wayOf(device) < 0 ? 'network' : 'default-route'
  }
  const rank = ({ device, kind }: OwnAddress) =>
    (kind === 'unlikely' ? 1e6 : 0) + (wayOf(device) < 0 ? 1e3 : wayOf(device))
  return Object.entries(interfaces)
    .flatMap(([device, addresses = []]) => addresses.map((address) => ({ device, ...address })))
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address, device }) => ({ address, device, kind: kindOf(address, device) }))
    .toSorted((a, b) => rank(a) - rank(b))
}

/** The adapters of the default routes, the one that the system takes first. */
function defaultRoutes(routes: string): string[] {
  return routes
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000')
    .toSorted((a, b) => Number(a[6]) - Number(b[6]))
    .map(([device = '']) => device)
}

function readRoutes(): string {
  try {
    return readFileSync('/proc/net/route', 'utf8')
  } catch {
    // Another system: the adapters' own order has to do.
    return ''
  }
}

/** How long an address holds before this machine is asked again: it asks for every request. */
const HOLDS_MS = 3_000

/**
 * The same as it is now: a network gives a machine another address when it pleases (DHCP), and the class is to find it there.
 * While there is none, the last one holds.
 * @throws {PushlabError} BAD_INPUT as `roomAddress` does, at first.
 */
export function followAddress(
  lan: boolean | string | undefined,
  interfaces: typeof networkInterfaces = networkInterfaces,
  nowMs: () => number = () => performance.now(),
): () => RoomAddress {
  let known = roomAddress(lan, interfaces())
  let sinceMs = nowMs()
  return () => {
    if (nowMs() - sinceMs < HOLDS_MS) return known
    sinceMs = nowMs()
    try {
      known = roomAddress(lan, interfaces())
    } catch {
      // The network is away.
    }
    return known
  }
}
