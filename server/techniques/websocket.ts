import fastifyWebsocket from '@fastify/websocket'
import type { RawData, WebSocket } from 'ws'
import type { EndReason, Sink } from '../audience.ts'
import { cursorOf } from '../cursor.ts'
import { PushlabError } from '../error.ts'
import { errorMessage, gapMessage, openingMessage } from '../message.ts'
import { PongGuard } from '../pong-guard.ts'
import { preparedWebSocket } from '../prepared/websocket.ts'
import type { ServerTechnique } from '../technique.ts'
import { checkOrigin } from '../upstream.ts'
import { CLOSE_CODES, refusalCode, SUBPROTOCOL } from '../websocket-codes.ts'
import { overHttp } from '../wire/http.ts'
import { dissectMessage } from '../wire/message.ts'
import { webSocketFrames } from '../wire/websocket-frames.ts'

/**
 * WebSocket: one HTTP request upgraded to a connection of framed messages in both directions (RFC 6455). A peer that
 * answers no ping is cut off.
 */
const websocket: ServerTechnique = {
  frame: ({ data, bytes }) => bytes ?? data,
  frameGap: gapMessage,
  frameOpening: openingMessage,
  prepared: preparedWebSocket,
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
    app.upgradePaths.add(app.prefix).add(`${app.prefix}/`)
    app.route({
      method: 'GET',
      url: '/',
      handler: (request, reply) => {
        // In HTTP/2 there is no Upgrade to ask for (RFC 9113 section 8.6).
        if (request.raw.httpVersionMajor !== 1) {
          throw new PushlabError('BAD_INPUT', 'A WebSocket is to be had over HTTP/1.1 alone.')
        }
        return reply.code(426).headers({ upgrade: 'websocket', connection: 'Upgrade' }).send({
          code: 'UPGRADE_REQUIRED',
          message: 'This is a WebSocket endpoint: open it with new WebSocket(url).',
        })
      },
      preValidation: async (request) => {
        checkOrigin(request, settings.allowedOrigins)
        cursorOf(request)
      },
      wsHandler: (socket, request) => {
        // ws has switched it on.
        request.raw.socket.setNoDelay(settings.noDelay)
        const leave = audience.join(new WebSocketSink(socket, settings.heartbeatMs), cursorOf(request))
        socket.on('close', leave)
        socket.on('message', (message, isBinary) => {
          try {
            publish(isBinary ? bytesOf(message) : message.toString())
          } catch (error) {
            socket.send(errorMessage(error))
            socket.close(refusalCode(error))
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

class WebSocketSink implements Sink {
  readonly #socket: WebSocket
  readonly #guard: PongGuard

  constructor(socket: WebSocket, heartbeatMs: number) {
    this.#socket = socket
    this.#guard = new PongGuard(heartbeatMs, () => socket.terminate())
    socket.on('pong', (content) => this.#guard.pong(content))
    socket.on('close', () => this.#guard.stop())
  }

  write(bytes: Uint8Array, binary: boolean, flushed?: () => void): void {
    this.#socket.send(bytes, { binary }, flushed)
  }

  bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  heartbeat(): void {
    this.#socket.ping(this.#guard.ping())
  }

  end(reason: EndReason): void {
    this.#guard.stop()
    this.#socket.close(CLOSE_CODES[reason], reason)
  }

  destroy(): void {
    this.#socket.terminate()
  }
}

export default websocket
