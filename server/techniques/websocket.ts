import fastifyWebsocket from '@fastify/websocket'
import type { RawData, WebSocket } from 'ws'
import type { EndReason, Sink } from '../audience.ts'
import { cursorOf } from '../cursor.ts'
import { PushlabError } from '../error.ts'
import { errorMessage, gapMessage, openingMessage } from '../message.ts'
import type { ServerTechnique } from '../technique.ts'
import { checkOrigin } from '../upstream.ts'
import { overHttp } from '../wire/http.ts'
import { dissectMessage } from '../wire/message.ts'
import { webSocketFrames } from '../wire/websocket-frames.ts'

const SUBPROTOCOL = 'pushlab.v1'

/** RFC 6455 section 7.4.1: 1000 means done, 1001 that the server is going away and the client may come back. */
const CLOSE_CODES: Record<EndReason, number> = { 'feed-ended': 1000, 'server-closing': 1001 }
/** Section 7.4.1: 1007 for data that make no sense within a message, 1008 for a message that breaks a policy. */
const REFUSAL_CODES: Record<string, number> = { BAD_INPUT: 1007, FORBIDDEN: 1008 }

/**
 * WebSocket: one HTTP request upgraded to a connection of framed messages in both directions (RFC 6455). A peer that
 * answers no ping is cut off.
 */
const websocket: ServerTechnique = {
  frame: ({ data, bytes }) => bytes ?? data,
  frameGap: gapMessage,
  frameOpening: openingMessage,
  wire: overHttp({ upgraded: webSocketFrames(dissectMessage) }),
  plugin: async (app, { settings, audience, publish }) => {
    await app.register(fastifyWebsocket, {
      options: {
        maxPayload: settings.maxMessageBytes,
        // The threshold is ws's own, 1,024 bytes, which would leave most events alone.
        perMessageDeflate: settings.perMessageDeflate && { threshold: 0 },
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
      preValidation: async (request) => {
        checkOrigin(request, settings.allowedOrigins)
        cursorOf(request)
      },
      wsHandler: (socket, request) => {
        // ws has switched it on.
        request.raw.socket.setNoDelay(settings.noDelay)
        const leave = audience.join(socketSink(socket), cursorOf(request))
        socket.on('close', leave)
        socket.on('message', (message, isBinary) => {
          try {
            publish(isBinary ? bytesOf(message) : message.toString())
          } catch (error) {
            const code = error instanceof PushlabError ? REFUSAL_CODES[error.code] : undefined
            socket.send(errorMessage(error))
            socket.close(code ?? 1011)
          }
        })
        // ws has already answered a malformed frame with the right close code.
        socket.on('error', () => {})
      },
    })
  },
}

/** ws gives one Buffer a message unless it is told otherwise. */
function bytesOf(message: RawData): Uint8Array {
  return message as Buffer
}

function socketSink(socket: WebSocket): Sink {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  return {
    write: (bytes, binary, flushed) => socket.send(bytes, { binary }, flushed),
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
