import { WebSocket } from 'ws'
import { PushlabError } from '../../server/error.ts'
import { lastEventIdQuery } from '../http.ts'
import type { ClientTechnique } from '../technique.ts'

/** WebSocket: one message an event. The server's first message is the cursor that it starts from. */
const websocket: ClientTechnique = (subscription) => {
  const { url, agent, cursor, signal } = subscription
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const address = new URL(`websocket${lastEventIdQuery(cursor)}`, url.replace('http', 'ws'))
    const socket = new WebSocket(address, 'pushlab.v1', { agent, perMessageDeflate: false })
    const abort = () => {
      reject(signal.reason)
      socket.terminate()
    }
    signal.addEventListener('abort', abort, { once: true })

    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      if (message.seq !== undefined) subscription.onEvent(message)
      else if (message.cursor !== undefined) subscription.onOpen(message.cursor)
      else if (message.gap) subscription.onGap(message.gap)
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
