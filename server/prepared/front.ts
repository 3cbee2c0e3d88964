import { once } from 'node:events'
import { maxHeaderSize } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { FastifyPluginAsync } from 'fastify'
import { cursorOf } from '../cursor.ts'
import type { Framing } from '../framing.ts'
import type { Prepared, StreamRequest, TechniqueContext } from '../technique.ts'

/** A technique's framing, and each of its messages in its envelope. */
export function preparedFraming(framing: Framing, { envelope }: Prepared): Framing {
  const { frameGap, frameOpening } = framing
  return {
    frame: (event) => envelope(framing.frame(event)),
    ...(frameGap && { frameGap: (gap) => envelope(frameGap(gap)) }),
    ...(frameOpening && { frameOpening: (...args) => envelope(frameOpening(...args)) }),
  }
}

/**
 * A port of a technique's own, whose prepared streams leave node:http before it begins: what a response of it costs for each subscriber
 * is not paid. Whatever else is asked there, or not in one piece, node:http answers as it would on its own port.
 */
export function preparedFront(name: string, prepared: Prepared): FastifyPluginAsync<TechniqueContext> {
  return async (app, context) => {
    const { audience, settings, host, announce } = context
    const accept = (socket: Socket, bytes: Buffer) => {
      const request = streamRequest(socket, bytes)
      if (request?.path !== `/${name}`) return undefined
      try {
        const cursor = cursorOf(request)
        const head = prepared.accept(request, context, cursor)
        return head === undefined ? undefined : { head, cursor }
      } catch {
        // The library says what is wrong.
        return undefined
      }
    }
    const serve = (socket: Socket, bytes: Buffer) => {
      const accepted = accept(socket, bytes)
      if (!accepted) {
        socket.unshift(bytes)
        app.server.emit('connection', socket)
        return
      }
      socket.on('end', endToo)
      const sink = prepared.open(socket, context)
      // Head and opening in one segment, as the library sends them.
      socket.cork()
      socket.write(accepted.head)
      socket.on('close', audience.join(sink, accepted.cursor))
      socket.uncork()
    }
    // As node:http has it: a peer that has said all may still read.
    const server = createServer({ allowHalfOpen: true, noDelay: settings.noDelay }, (socket) => {
      app.openSockets.add(socket)
      socket.on('close', () => app.openSockets.delete(socket))
      socket.on('error', ignore)
      socket.setTimeout(settings.greetingMs, cut)
      socket.once('end', endToo)
      socket.once('data', (bytes) => {
        socket.setTimeout(0, cut)
        socket.off('end', endToo)
        serve(socket, bytes)
      })
    })
    app.addHook('onReady', async () => {
      server.listen({ port: 0, host, backlog: 4096 })
      await once(server, 'listening')
      const { address, port } = server.address() as AddressInfo
      announce(`http://${address.includes(':') ? `[${address}]` : address}:${port}`)
    })
    app.addHook('onClose', async () => void server.close())
  }
}

function ignore(): void {}

function cut(this: Socket): void {
  this.destroy()
}

function endToo(this: Socket): void {
  this.end()
}

/** A GET without a body, alone in its piece (RFC 9112 sections 3 and 5). */
const PLAIN_GET =
  /^GET (\/[^\s?#]*)(?:\?([^\s#]*))? HTTP\/1\.1\r\n((?:[!#$%&'*+.^_`|~\w-]+:[\t -~\x80-\xff]*\r\n)+)\r\n$/
const OF_A_BODY = ['content-length', 'transfer-encoding', 'expect']

/** The request that a piece holds and nothing else; undefined where it is anything but a plain one. */
function streamRequest(socket: Socket, bytes: Buffer): StreamRequest | undefined {
  if (bytes.length > maxHeaderSize) return undefined
  const [, path, query, section] = PLAIN_GET.exec(bytes.toString('latin1')) ?? []
  if (path === undefined || section === undefined) return undefined
  const fields = section
    .slice(0, -2)
    .split('\r\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
  const headers = unambiguous(fields)
  const parameters = unambiguous([...new URLSearchParams(query)])
  if (!headers?.host || !parameters || OF_A_BODY.some((name) => name in headers)) return undefined
  return { path, query: parameters, headers, socket }
}

function unambiguous(entries: [string, string][]): Record<string, string> | undefined {
  const object = Object.fromEntries(entries)
  return Object.keys(object).length === entries.length ? object : undefined
}
