import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { parseCursor } from '../cursor.ts'
import { delimitedReader } from '../delimited.ts'
import { PushlabError } from '../error.ts'
import { errorMessage, gapMessage, openingMessage } from '../message.ts'
import { delimitedStream, StreamSink } from '../stream-sink.ts'
import type { ServerTechnique, TechniqueContext } from '../technique.ts'
import { dissectXmlSocket } from '../wire/xml-socket.ts'

const NUL = '\0'
const STREAM = delimitedStream(NUL)
const POLICY_REQUEST = '<policy-file-request/>'
const SUBSCRIBE = /^<subscribe(?: lastEventId="([^"]*)")?(?: feedId="([^"]*)")?\/>$/
const MAX_GREETING_BYTES = 256

/**
 * XMLSocket, history: the TCP socket of Adobe Flash, whose messages end with a NUL each. Before a movie might connect
 * the player asked the same port for a policy file, in the same manner.
 */
const xmlSocket: ServerTechnique = {
  frame: ({ data }) => data + NUL,
  frameGap: (gap) => gapMessage(gap) + NUL,
  frameOpening: (cursor, feedId) => openingMessage(cursor, feedId) + NUL,
  wire: { up: dissectXmlSocket, down: dissectXmlSocket },
  plugin: async (app, context) => {
    const { host, announce, settings } = context
    const sockets = new Set<Socket>()
    const server = createServer({ noDelay: settings.noDelay }, (socket) => {
      for (const open of [sockets, app.openSockets]) {
        open.add(socket)
        socket.on('close', () => open.delete(socket))
      }
      socket.on('error', () => {})
      serve(socket, context)
    })
    app.get('/', (_request, reply) =>
      reply.code(426).send({
        code: 'UPGRADE_REQUIRED',
        message: `This technique does not speak HTTP: connect to ${addressOf(server.address() as AddressInfo)}.`,
      }),
    )
    app.addHook('onReady', async () => {
      server.listen(0, host)
      await once(server, 'listening')
      announce(addressOf(server.address() as AddressInfo))
    })
    app.addHook('onClose', async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
  },
}

function serve(socket: Socket, { audience, publish, settings }: TechniqueContext): void {
  let subscribed = false
  let leave = () => {}
  /** Says something last; a peer that does not close its side then is not waited for. */
  const endWith = (text: string) => {
    leave()
    socket.end(text + NUL, () => socket.destroySoon())
  }
  const refuse = (error: unknown) => endWith(errorMessage(error))
  const greeting = setTimeout(() => {
    refuse(new PushlabError('BAD_INPUT', `Nothing was asked for within ${settings.greetingMs} ms.`))
  }, settings.greetingMs)
  socket.on('close', () => clearTimeout(greeting))

  const greet = (message: string) => {
    clearTimeout(greeting)
    if (message.length > MAX_GREETING_BYTES) throw tooLong
    if (message === POLICY_REQUEST) {
      endWith(policyOf(socket, settings.policyPorts))
      return
    }
    const [matches, cursor, feedId] = SUBSCRIBE.exec(message) ?? []
    if (matches === undefined)
      throw new PushlabError('BAD_INPUT', `The first message is ${POLICY_REQUEST} or <subscribe/>.`)
    subscribed = true
    leave = audience.join(new StreamSink(socket, STREAM), parseCursor(cursor, feedId))
    socket.on('close', leave)
  }
  const tooLong = new PushlabError('BAD_INPUT', 'The message is too long.')
  const onMessage = (message: string) => {
    if (socket.writableEnded) return
    try {
      // What is not UTF-8 has been replaced by U+FFFD.
      if (message.includes('\ufffd')) throw new PushlabError('BAD_INPUT', 'A message has to be UTF-8.')
      if (subscribed) publish(message)
      else greet(message)
    } catch (error) {
      refuse(error)
    }
  }
  socket.on(
    'data',
    delimitedReader(onMessage, {
      delimiter: 0,
      maxBytes: settings.maxMessageBytes,
      onTooLong: () => refuse(tooLong),
    }),
  )
}

/** Lets movies of this host connect to this port, and to no other but those it was told. */
function policyOf({ localAddress, localPort }: Socket, others: readonly string[]): string {
  const ports = others.includes('*') ? '*' : [localPort, ...others].join(',')
  return `<?xml version="1.0"?><cross-domain-policy><allow-access-from domain="${localAddress}" to-ports="${ports}"/></cross-domain-policy>`
}

function addressOf({ address, port }: AddressInfo): string {
  return `tcp://${address.includes(':') ? `[${address}]` : address}:${port}`
}

export default xmlSocket
