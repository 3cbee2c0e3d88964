import type { Socket } from 'node:net'
import fastifyWebsocket from '@fastify/websocket'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { asksForWebSocket, refuseTunnels } from '../../../server/upgrade.ts'
import { isOriginOf } from '../../../server/upstream.ts'
import { type ConnectionContext, RoomConnection } from './connection.ts'
import { Gate } from './gate.ts'
import { defaultRoomLimits } from './limits.ts'
import { addRoomPages, type RoomPages, roomHeaders, sendText } from './page-routes.ts'
import { Places } from './places.ts'
import { Room, type RoomOptions } from './room.ts'
import { roomTexts } from './texts.ts'
import { WaitingRoom } from './waiting.ts'

export interface RoomAppOptions extends RoomOptions {
  pages: RoomPages
  /** Of staff; see keys.ts. */
  key: string
  /** Every host name by which the room may be asked for, in lower case. Called for each request. */
  names: () => readonly string[]
}

declare module 'fastify' {
  interface FastifyInstance {
    room: Room
  }
}

/** A request's head that takes longer is nobody's browser. */
const HEAD_MS = 10_000
/** How often Node.js looks for such; its default is half a minute. */
const LOOK_MS = 1_000
/** Neither does a browser take so long to take a byte of its answer. */
const READ_MS = 10_000

const CLOSE_GRACE_MS = 1_000

/**
 * Builds the room's server: its pages, and the WebSocket `/room` for them. It does not listen yet. It sets no cookie,
 * takes no body and lets no page of another origin in.
 */
export async function buildRoom(options: RoomAppOptions): Promise<FastifyInstance> {
  const limits = { ...defaultRoomLimits, ...options.limits }
  const room = new Room(options)
  const gate = new Gate(options.key, limits)
  const app = Fastify({
    forceCloseConnections: true,
    keepAliveTimeout: 5_000,
    requestTimeout: HEAD_MS,
    connectionTimeout: READ_MS,
    http: {
      ...{ headersTimeout: HEAD_MS, connectionsCheckingInterval: LOOK_MS },
      shouldUpgradeCallback: asksForWebSocket,
    },
    // An address that cannot be decoded; the default answer repeats it.
    frameworkErrors: (_error, request, reply) => {
      // Of an upgrade nobody else would end the socket.
      reply.raw.once('finish', () => request.raw.socket.end())
      sendText(
        (reply as FastifyReply).code(400).headers({ ...roomHeaders, connection: 'close' }),
        roomTexts.notFound,
      )
    },
  })
  refuseTunnels(app.server)
  app.decorate('room', room)
  const places = new Places<Socket>(limits)
  boundSockets(app, places)
  const waiting = new WaitingRoom<RoomConnection>(limits.waiting)
  await addSocket(app, { room, gate, waiting, places, limits }, () => guard(app, options.names))
  addRoomPages(app, options.pages, gate, () => room.votes())
  app.setNotFoundHandler((_request, reply) => sendText(reply.code(404), roomTexts.notFound))
  app.setErrorHandler((_error, _request, reply) => sendText(reply.code(500), roomTexts.failed))
  return app
}

/** What holds for every request, also for those that nothing here answers. */
function guard(app: FastifyInstance, names: () => readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(roomHeaders)
    // A page of somebody else whose name was bound to this address after it was loaded (DNS rebinding) asks for that name. The port
    // says nothing: browsers leave the default one out, and behind a tunnel it is another.
    const name = request.headers.host?.toLowerCase().replace(/:\d+$/, '') ?? ''
    if (!names().includes(name)) {
      return sendText(reply.code(421), roomTexts.wrongHost)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendText(
        reply.code(405).headers({ allow: 'GET, HEAD', connection: 'close' }),
        roomTexts.noSuchMethod,
      )
    }
  })
}

/**
 * The guard comes after the plugin, which ends the sockets of upgrades that a hook has answered if it has seen them
 * before, and before everything else.
 */
async function addSocket(
  app: FastifyInstance,
  context: ConnectionContext,
  addGuard: () => void,
): Promise<void> {
  const { room, limits } = context
  const connections = new Set<RoomConnection>()
  const heartbeat = setInterval(() => {
    for (const connection of connections) connection.heartbeat()
  }, limits.heartbeatMs)
  heartbeat.unref()
  await app.register(fastifyWebsocket, {
    options: { maxPayload: limits.staffMessageBytes },
    preClose(done) {
      clearInterval(heartbeat)
      for (const connection of connections) connection.goAway()
      room.close()
      this.websocketServer.close()
      done()
    },
  })
  addGuard()
  app.addHook('onRequest', async ({ ws, routeOptions, headers: { origin, host } }, reply) => {
    if (!ws) return
    if (routeOptions.url !== '/room') return sendText(reply.code(404), roomTexts.notFound)
    // The same-origin policy does not hold for WebSocket. The host has been checked, so that this is a page of the room.
    if (!isOriginOf(`http://${host}`, origin)) {
      return sendText(reply.code(403), roomTexts.wrongOrigin)
    }
  })
  app.route({
    method: 'GET',
    url: '/room',
    handler: (_request, reply) =>
      sendText(reply.code(426).headers({ upgrade: 'websocket', connection: 'Upgrade' }), roomTexts.upgrade),
    wsHandler: (socket, request) => {
      request.raw.socket.setNoDelay(true)
      const connection = new RoomConnection(socket, request.raw.socket, context)
      connections.add(connection)
      socket.on('close', () => connections.delete(connection))
    },
  })
}

/** Ends sockets that are too many, before anything is read; those that another listener hands on count, too. */
function boundSockets(app: FastifyInstance, places: Places<Socket>): void {
  app.server.on('connection', (socket: Socket) => {
    const { remoteAddress = '', localAddress = '' } = socket
    socket.once('close', () => places.leave(socket))
    places.enter(socket, remoteAddress, localAddress)?.destroy()
  })
  let cutOff: NodeJS.Timeout | undefined
  // Who does not let go when the room closes is cut off, so that closing takes less than 2 s.
  app.addHook('preClose', async () => {
    cutOff = setTimeout(() => {
      for (const socket of places.peers) socket.destroy()
    }, CLOSE_GRACE_MS)
  })
  app.addHook('onClose', async () => clearTimeout(cutOff))
}
