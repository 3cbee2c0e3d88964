import { networkInterfaces } from 'node:os'
import { PushlabError } from '../../server/error.ts'

/** Where the room listens, and what it is called by those who come. */
export interface RoomAddress {
  /** To listen on, each at the same port. */
  hosts: string[]
  /** What students type: the address in the local network, or 127.0.0.1. */
  shown: string
  /** Host names that a request may be for; others are refused, see the room's defence against DNS rebinding. */
  names: string[]
}

/**
 * The room is on this machine alone unless it is asked into the local network.
 * @param lan true: every IPv4 address of this machine, and the first that is not internal is shown; or one of its own, and
 * nothing is heard on the others.
 * @throws {PushlabError} BAD_INPUT where this machine has no such address.
 */
export function roomAddress(
  lan: boolean | string = false,
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): RoomAddress {
  const here = ['127.0.0.1', 'localhost']
  if (lan === false) return { hosts: ['127.0.0.1'], shown: '127.0.0.1', names: here }
  const own = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  if (typeof lan === 'string' && !own.includes(lan)) {
    throw new PushlabError(
      'BAD_INPUT',
      `${lan} is no address of this machine in a network. ${own.length > 0 ? `Its addresses: ${own.join(', ')}.` : 'It has none: connect it first, or leave --lan out.'}`,
    )
  }
  const shown = typeof lan === 'string' ? lan : own[0]
  if (shown === undefined) {
    throw new PushlabError(
      'BAD_INPUT',
      'This machine is in no network that students could come from. Connect it first, or leave --lan out: everything works on this machine alone.',
    )
  }
  // The teacher's own browser comes by 127.0.0.1, and a socket of one address would not hear it.
  if (typeof lan === 'string') return { hosts: ['127.0.0.1', lan], shown, names: [...here, lan] }
  return { hosts: ['0.0.0.0'], shown, names: [...here, ...own] }
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
