import {
  Agent,
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, type Transform } from 'node:stream'
import { PushlabError } from '../../server/error.ts'
import { asksForWebSocket, refuseTunnels } from '../../server/upgrade.ts'
import { addressOf, type Network, networkOf, Sockets, tunnel } from './network.ts'

export interface HttpProxyOptions {
  /** Whether it knows Upgrade to WebSocket and lets both sides talk on in it after a 101; default true. */
  upgrades?: boolean
  /** What the body of an answer goes through on its way to the subscriber; default nothing, it streams. */
  through?(answer: IncomingMessage): Transform | undefined
}

/** RFC 9110 section 7.6.1: what concerns one connection only, besides what its Connection header names. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']
/** nginx's `keepalive_timeout`. */
const KEEP_ALIVE_MS = 75_000
const REFUSAL = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/**
 * A reverse proxy of HTTP/1.1 that the others are made of. It reads requests and answers, and writes them anew without
 * what belongs to one connection; Host stays as the subscriber sent it, and no Via is added. A stream of
 * indefinite length is passed on in chunks, whatever ended it before. Whatever is not HTTP/1.x is answered 400, and a
 * server that cannot be reached 502.
 * @throws {PushlabError} BAD_INPUT for a target with TLS, which it could not read.
 */
export async function startHttpProxy(
  target: string,
  { upgrades = true, through }: HttpProxyOptions = {},
): Promise<Network> {
  if (new URL(target).protocol === 'https:') {
    throw new PushlabError('BAD_INPUT', `A proxy of HTTP reads no TLS. Give it a server without: ${target}.`)
  }
  const sockets = new Sockets()
  const agent = new Agent({ keepAlive: true })
  const ask = (request: IncomingMessage, headers: string[]): ClientRequest => {
    const { method, url: path } = request
    const asked = httpRequest({ ...addressOf(target), agent, method, path, headers })
    asked.on('socket', (socket) => sockets.track(socket))
    return asked
  }

  // An Upgrade that does not count is one of the headers that a request loses here.
  const shouldUpgradeCallback = (request: IncomingMessage) => upgrades && asksForWebSocket(request)
  const settings = { keepAliveTimeout: KEEP_ALIVE_MS, shouldUpgradeCallback }
  const server = createServer(settings, (request, response) => {
    if (request.httpVersionMajor !== 1) {
      // The parser lets HTTP/0.9 pass, which knows no status.
      refuse(request.socket)
      return
    }
    const chunked = request.headers['transfer-encoding'] ? ['transfer-encoding', 'chunked'] : []
    const asked = ask(request, [...endToEnd(request.rawHeaders), ...chunked])
    asked.on('response', (answer) => answerWith(answer, response, through?.(answer)))
    asked.on('error', () => {
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end()
    })
    response.on('close', () => {
      if (!response.writableFinished) asked.destroy()
    })
    request.pipe(asked)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse(socket as Socket)
  })
  refuseTunnels(server)
  server.on('upgrade', (request, socket, head) => {
    const { upgrade = '' } = request.headers
    const ofUpgrade = ['connection', 'Upgrade', 'upgrade', upgrade]
    const asked = ask(request, [...endToEnd(request.rawHeaders), ...ofUpgrade])
    passUpgrade(asked, request, socket as Socket, head)
  })

  return networkOf(server, target, sockets, () => agent.destroy())
}

/** Headers, names and values in turn, that an intermediary passes on. */
export function endToEnd(rawHeaders: readonly string[]): string[] {
  const fields = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1] ?? ''] as const]))
  const named = fields
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((option) => option.trim())
  const dropped = new Set([...HOP_BY_HOP, ...named])
  return fields.filter(([name]) => !dropped.has(name.toLowerCase())).flat()
}

function refuse(socket: Socket): void {
  socket.write(REFUSAL)
  socket.destroySoon()
}

function answerWith(answer: IncomingMessage, response: ServerResponse, through?: Transform): void {
  response.sendDate = false
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
  // One end that breaks breaks the others: what is cut in the middle must not look complete.
  if (through) {
    pipeline(answer, through, response, () => {})
    return
  }
  // A body without a length may be long in coming.
  if (answer.headers['content-length'] === undefined) response.flushHeaders()
  pipeline(answer, response, () => {})
}

function passUpgrade(asked: ClientRequest, request: IncomingMessage, near: Socket, head: Buffer): void {
  near.on('error', () => {})
  near.on('close', () => asked.destroy())
  asked.on('upgrade', (answer, far, farHead) => {
    const fields = answer.rawHeaders.map((text, i) => (i % 2 ? `${text}\r\n` : `${text}: `))
    near.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${fields.join('')}\r\n`)
    near.write(farHead)
    far.write(head)
    tunnel(near, far as Socket)
  })
  asked.on('response', (answer) => {
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(near)
    response.on('finish', () => near.destroySoon())
    answerWith(answer, response)
  })
  asked.on('error', () => near.destroy())
  asked.end()
}
