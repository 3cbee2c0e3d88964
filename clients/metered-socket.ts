import { connect, type OnReadOpts, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Variant } from '../server/variant.ts'
import { VisibleStream } from './carriers/visible-stream.ts'
import type { Tap, TappedConnection } from './tap.ts'

/** Who counts what is opened and asked: the meter. */
export interface SocketCounter {
  countRequest(): void
  countConnection(socket: Socket): void
}

/** One subscriber's way to the network: whose count its sockets are on, by which variant, who keeps its bytes, and from where. */
export interface SocketPlan {
  counter: SocketCounter
  variant: Variant
  tap?: Tap | undefined
  localAddress?: string | undefined
}

export interface MeteredSocket {
  socket: Socket
  tapped: TappedConnection | undefined
}

/** A TCP connection that is counted, and tapped where a tap is given. */
export function connectMetered(
  { counter, variant, tap, localAddress }: SocketPlan,
  url: URL,
  onread?: OnReadOpts,
): MeteredSocket {
  const { hostname, port } = url
  const socket = connect({
    host: bareHost(hostname),
    port: Number(port),
    noDelay: variant.noDelay,
    ...(localAddress && { localAddress }),
    ...(onread && { onread }),
  })
  counter.countConnection(socket)
  return { socket, tapped: tap?.watch(socket) }
}

/**
 * TLS above a socket that has not been used yet.
 * @param protocol that ALPN is to agree on (RFC 7301).
 */
export function secured({ socket, tapped }: MeteredSocket, protocol: 'http/1.1' | 'h2'): TLSSocket {
  const secure = connectTls({
    socket: tapped ? new VisibleStream(socket) : socket,
    ALPNProtocols: [protocol],
    minVersion: 'TLSv1.3',
    // Of the server that this bench has just started; nobody has signed its certificate.
    rejectUnauthorized: false,
  })
  secure.on('keylog', (line: Buffer) => tapped?.keyLog.push(line.toString().trim()))
  if (tapped) tapped.protocol = protocol
  secure.on('close', () => socket.destroy())
  socket.on('close', () => secure.destroy())
  return secure
}

/** A URL's host name without the brackets of an IPv6 address, which sockets do not know. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
