import { MessageReader } from '../messages.ts'
import { lastEventIdQuery } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/** What a close code says (RFC 6455, section 7.4.1). */
const CLOSED: Record<number, string> = {
  1001: 'The server is going away.',
  1006: 'The connection broke, or was never opened.',
  1007: 'The server could not read a message.',
  1008: 'The server did not accept a message.',
  1011: 'The server had a fault.',
}

/**
 * WebSocket: a request that becomes a connection of messages, in both directions.
 *
 * The browser does the opening handshake, takes frames apart, masks its own and answers pings. The page keeps the cursor,
 * and has to open another when the connection breaks: nothing reconnects by itself.
 */
const websocket: BrowserTechnique = (subscription) =>
  new Promise((resolve, reject) => {
    const { url, cursor, signal } = subscription
    subscription.onAsk()
    const address = `${url.replace('http', 'ws')}/websocket${lastEventIdQuery(cursor)}`
    const socket = new WebSocket(address, 'pushlab.v1')
    const messages = new MessageReader(subscription)
    socket.onmessage = ({ data }) => messages.read(data)
    socket.onclose = ({ code }) => {
      if (code === 1000) resolve()
      else reject(new Error(CLOSED[code] ?? `The socket was closed with code ${code}.`))
    }
    signal.onabort = () => {
      // Its last messages are nobody's any more.
      socket.onmessage = null
      socket.close()
      resolve()
    }
  })

export default websocket
