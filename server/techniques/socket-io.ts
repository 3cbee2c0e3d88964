import { Server, type Socket as SocketIoSocket } from 'socket.io'
import type { WebSocket } from 'ws'
import type { Sink } from '../audience.ts'
import { parseCursor } from '../cursor.ts'
import { PushlabError } from '../error.ts'
import type { ServerTechnique } from '../technique.ts'
import { checkOrigin } from '../upstream.ts'
import { dissectPacket, dissectPayload } from '../wire/engine-io.ts'
import { overHttp } from '../wire/http.ts'
import { webSocketFrames } from '../wire/websocket-frames.ts'

const PATH = '/socket-io/'
/** More than the packet's types and its event's name around a message. */
const PACKET_BYTES = 64

/**
 * Socket.IO: a library with a protocol of its own above long polling and WebSocket, Engine.IO below it. By default it
 * starts with polls and upgrades when it can. Resumed as its tutorial does it, by an offset in the handshake.
 */
const socketIo: ServerTechnique = {
  // An EVENT packet (type 2) of the main namespace, as `socket.emit('event', data)` makes it.
  frame: ({ data }) => packet('event', data),
  frameGap: (gap) => packet('gap', JSON.stringify(gap)),
  frameOpening: (cursor, feedId) => packet('opening', `${cursor},${JSON.stringify(feedId)}`),
  wire: overHttp({ body: dissectPayload, request: dissectPayload, upgraded: webSocketFrames(dissectPacket) }),
  plugin: async (app, { settings, audience, publish }) => {
    const io = new Server({
      path: PATH,
      serveClient: false,
      // Otherwise it would cut off what other techniques upgrade.
      destroyUpgrade: false,
      // A message stands within a packet here; its own length is checked as everywhere.
      maxHttpBufferSize: settings.maxMessageBytes + PACKET_BYTES,
      ...(settings.allowedOrigins.length > 0 && { cors: { origin: settings.allowedOrigins } }),
      pingInterval: settings.heartbeatMs,
      perMessageDeflate: settings.perMessageDeflate && { threshold: 0 },
      httpCompression: false,
      allowRequest: (request, answer) => {
        try {
          checkOrigin(request, settings.allowedOrigins)
          answer(null, true)
        } catch (error) {
          answer((error as PushlabError).message, false)
        }
      },
    })
    io.use((socket, next) => {
      try {
        const { lastEventId, feedId } = socket.handshake.auth
        socket.data.cursor = parseCursor(lastEventId, feedId)
        next()
      } catch (error) {
        next(Object.assign(error as Error, { data: { code: (error as PushlabError).code } }))
      }
    })
    io.on('connection', (socket) => {
      socket.conn.on('upgrade', () => rawSocket(socket)?.setNoDelay(settings.noDelay))
      rawSocket(socket)?.setNoDelay(settings.noDelay)
      const leave = audience.join(socketSink(socket), socket.data.cursor)
      socket.on('disconnect', leave)
      socket.on('publish', (message: unknown) => {
        try {
          publish(JSON.stringify(message) ?? '')
        } catch (error) {
          const { code, message: text } =
            error instanceof PushlabError ? error : { code: 'BAD_INPUT', message: 'This is no message.' }
          socket.emit('refused', { code, message: text })
          socket.disconnect(true)
        }
      })
    })
    app.upgradePaths.add(PATH)
    app.addHook('onReady', async () => {
      // @fastify/websocket answers every upgrade, also those that are not its own.
      const others = app.server.listeners('upgrade') as ((...args: unknown[]) => void)[]
      app.server.removeAllListeners('upgrade')
      io.attach(app.server)
      for (const other of others) {
        app.server.on('upgrade', (request, ...rest) => {
          if (!request.url?.startsWith(PATH)) other.call(app.server, request, ...rest)
        })
      }
    })
    app.addHook('onClose', async () => {
      io.engine.close()
    })
  },
}

function packet(event: string, json: string): string {
  return `2["${event}",${json}]`
}

/** The stock Engine.IO socket writes what has been encoded once, instead of Socket.IO's encoding it for each. */
function socketSink(socket: SocketIoSocket): Sink {
  const { conn } = socket
  return {
    write: (bytes, _binary, flushed) => void conn.send(textOf(bytes), {}, flushed),
    bufferedBytes: () => {
      const { writeBuffer } = conn as unknown as { writeBuffer: { data?: string }[] }
      const waiting = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
      return waiting + (webSocketOf(socket)?.bufferedAmount ?? 0)
    },
    // Engine.IO pings by itself.
    heartbeat: () => {},
    end: (reason) => {
      socket.emit('ended', reason)
      socket.disconnect(true)
    },
    destroy: () => {
      conn.close(true)
      webSocketOf(socket)?.terminate()
    },
  }
}

const texts = new WeakMap<Uint8Array, string>()

/** The audience hands every subscriber the same bytes; Engine.IO would send bytes as a binary message. */
function textOf(bytes: Uint8Array): string {
  let text = texts.get(bytes)
  if (text === undefined) {
    text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
    texts.set(bytes, text)
  }
  return text
}

/** The WebSocket that the connection has been upgraded to, if it has. */
function webSocketOf({ conn }: SocketIoSocket): WebSocket | undefined {
  return (conn.transport as unknown as { socket?: WebSocket }).socket
}

function rawSocket(socket: SocketIoSocket) {
  return (webSocketOf(socket) as unknown as { _socket?: import('node:net').Socket } | undefined)?._socket
}

export default socketIo
