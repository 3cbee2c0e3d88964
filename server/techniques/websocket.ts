import fastifyWebsocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { EndReason, Sink } from '../audience.ts'
import { cursorOf } from '../cursor.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectWebSocketFrames } from '../wire/websocket-frames.ts'

const SUBPROTOCOL = 'pushlab.v1'
/** Clients have nothing to say here but control frames, of at most 125 bytes. */
const MAX_MESSAGE_BYTES = 4096

/** RFC 6455 section 7.4.1: 1000 means done, 1001 that the server is going away and the client may come back. */
const CLOSE_CODES: Record<EndReason, number> = { 'feed-ended': 1000, 'server-closing': 1001 }

/**
 * WebSocket: one HTTP request upgraded to a connection of framed messages in both directions (RFC 6455).
 * Initiated by: the client, once. Resumed by: the cursor in the URL, for a browser can set no header here.
 * Ends when: either side closes, with a code that says why; a peer that answers no ping is cut off.
 */
const websocket: ServerTechnique = {
  frame: ({ data }) => data,
  frameGap: (gap) => JSON.stringify({ gap }),
  frameOpening: (cursor) => JSON.stringify({ cursor }),
  wire: overHttp({ upgraded: dissectWebSocketFrames }),
  plugin: async (app, { settings, audience }) => {
    await app.register(fastifyWebsocket, {
      options: {
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
        handleProtocols: (offered: Set<string>) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
      },
      // The audience ends the sockets, with a code that says why.
      preClose(done) {
        this.websocketServer.close()
        done()
      },
    })
    app.route({
      method: 'GET',
      url: '/',
      handler: (_request, reply) =>
        reply.code(426).headers({ upgrade: 'websocket', connection: 'Upgrade' }).send({
          code: 'UPGRADE_REQUIRED',
          message: 'This is a WebSocket endpoint: open it with new WebSocket(url).',
        }),
      preValidation: async (request, reply) => {
        if (!originAllowed(request, settings.allowedOrigins)) {
          return reply.code(403).send({
            code: 'ORIGIN_REFUSED',
            message: `Pages of ${request.headers.origin} may not open this WebSocket. Start the server with --allow-origin to let them.`,
          })
        }
        cursorOf(request)
      },
      wsHandler: (socket, request) => {
        const leave = audience.join(socketSink(socket), cursorOf(request))
        socket.on('close', leave)
        socket.on('message', () => socket.close(1008, 'This feed takes no messages'))
        // ws has already answered a malformed frame with the right close code.
        socket.on('error', () => {})
      },
    })
  },
}

/**
 * WebSocket is not bound by the same-origin policy: the server has to check. A request without an Origin does not
 * come from a web page and is let in.
 */
function originAllowed({ headers }: FastifyRequest, allowed: string[]): boolean {
  const { origin, host } = headers
  if (origin === undefined || allowed.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

function socketSink(socket: WebSocket): Sink {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  return {
    write: (bytes, flushed) => socket.send(bytes, { binary: false }, flushed),
    bufferedBytes: () => socket.bufferedAmount,
    heartbeat: () => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    },
    end: (reason) => socket.close(CLOSE_CODES[reason], reason),
    destroy: () => socket.terminate(),
  }
}

export default websocket
