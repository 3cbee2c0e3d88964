import { PushlabError } from '../../server/error.ts'
import { lastEventIdQuery } from '../http.ts'
import { MessageReader } from '../messages.ts'
import { EventBytes } from '../readers/event-bytes.ts'
import type { ClientTechnique } from '../technique.ts'
import { openWebSocket } from '../web-socket.ts'

/** WebSocket: one message an event. The server's first message is the cursor that it starts from. */
const websocket: ClientTechnique = async (subscription) => {
  const { url, door, cursor, signal, onEvent } = subscription
  const messages = new MessageReader(subscription, async (message) => socket.send(message))
  const event = new EventBytes()
  const socket = openWebSocket(door, {
    url: new URL(`websocket${lastEventIdQuery(cursor)}`, url),
    subprotocol: 'pushlab.v1',
    deflate: door.variant.perMessageDeflate,
    signal,
    onText: messages.readBytes,
    onBinary: (bytes, start, end) => {
      event.takeBinary(bytes, start, end)
      onEvent(event)
    },
  })
  const { code, reason } = await socket.closed
  if (code !== 1000) throw new PushlabError(`WEBSOCKET_${code}`, `The socket closed with ${code} ${reason}.`)
}

export default websocket
