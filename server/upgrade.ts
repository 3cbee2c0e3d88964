import type { IncomingMessage, Server } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import type { Duplex } from 'node:stream'

/**
 * Whether a request asks for WebSocket, the one protocol that is spoken here besides HTTP. An Upgrade to another, as Java's
 * HttpClient and `curl --http2` offer h2c, is no reason to keep silent: "A server MAY ignore a received Upgrade header field" (RFC 9110
 * section 7.8), and then answers as if there were none.
 */
export function asksForWebSocket({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}

/** Has a server ignore each Upgrade but those to WebSocket at these paths. Asked for each request: paths may be added. */
export function upgradeOnlyAt(server: Server, paths: ReadonlySet<string>): void {
  const shouldUpgradeCallback = (request: IncomingMessage) =>
    asksForWebSocket(request) && paths.has(request.url?.split('?', 1)[0] ?? '')
  // What node:http takes as an option node:http2 does not, for those who speak HTTP/1.1 to it.
  Object.assign(server, { shouldUpgradeCallback })
}

const NOT_IMPLEMENTED = 'HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** Answers who takes a server for a proxy and asks for a tunnel: node:http would cut the connection without a word. */
export function refuseTunnels(server: Server): void {
  server.on('connect', (_request, peer: Duplex | Http2ServerResponse) => {
    peer.on('error', () => {})
    // node:http2 gives an answer to write here, where HTTP/2 is spoken.
    if ('writeHead' in peer) peer.writeHead(501).end()
    // Nobody reads what follows, and so nobody would notice that the peer has gone.
    else peer.end(NOT_IMPLEMENTED, () => peer.destroy())
  })
}
