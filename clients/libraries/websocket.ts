import { WebSocket } from 'ws'
import { PushlabError } from '../../server/error.ts'
import { decodePayload } from '../../server/payload.ts'
import { lastEventIdQuery } from '../http.ts'
import { MessageReader, received } from '../messages.ts'
import type { ClientTechnique } from '../technique.ts'
import { agentOf } from './shared/metered-agent.ts'

/** WebSocket: one message an event. The server's first message is the cursor that it starts from. */
const websocket: ClientTechnique = (subscription) => {
  const { url, door, cursor, signal } = subscription
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const address = new URL(`websocket${lastEventIdQuery(cursor)}`, url.replace('http', 'ws'))
    const { variant } = door
    const socket = new WebSocket(address, 'pushlab.v1', {
      agent: agentOf(door),
      headers: door.headers('websocket', address),
      perMessageDeflate: variant.perMessageDeflate && { threshold: 0 },
    })
    const abort = () => {
      reject(signal.reason)
      socket.terminate()
    }
    signal.addEventListener('abort', abort, { once: true })

    socket.on('upgrade', ({ socket: raw }) => raw.setNoDelay(variant.noDelay))
    const messages = new MessageReader(
      subscription,
      (message) =>
        new Promise((sent, failed) => {
          socket.send(message, (error) => (error ? failed(error) : sent()))
        }),
    )
    socket.on('message', (data, isBinary) => {
      if (isBinary) subscription.onEvent(received(decodePayload(data)))
      else messages.read(data.toString())
    })
    socket.on('unexpected-response', (_request, response) => {
      const { statusCode = 0 } = response
      reject(
        new PushlabError(`HTTP_${statusCode}`, `The server answered ${statusCode} instead of upgrading.`),
      )
      socket.terminate()
    })
    socket.on('error', reject)
    socket.on('close', (code, reason) => {
      signal.removeEventListener('abort', abort)
      if (code === 1000) resolve()
      else reject(new PushlabError(`WEBSOCKET_${code}`, `The socket closed with ${code} ${reason}.`))
    })
  })
}

export default websocket
