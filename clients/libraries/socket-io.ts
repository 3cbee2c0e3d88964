import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client'
import { PushlabError } from '../../server/error.ts'
import { asText, decodePayload } from '../../server/payload.ts'
import { received } from '../messages.ts'
import type { ClientTechnique, Publish } from '../technique.ts'
import { agentOf } from './shared/metered-agent.ts'

/**
 * Socket.IO's own client, with its defaults but for what the harness needs: one connection a subscriber, and no
 * reconnecting.
 */
const socketIo: ClientTechnique = (subscription) => {
  const { url, door, cursor, signal } = subscription
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const { socketIo: transports, perMessageDeflate } = door.variant
    // The types are those of the browser's build; Node's takes an agent.
    const options: Partial<ManagerOptions & SocketOptions> = {
      agent: agentOf(door) as unknown as boolean,
      path: '/socket-io/',
      transportOptions: {
        polling: { extraHeaders: door.headers('fetch', new URL(url)) },
        websocket: { extraHeaders: door.headers('websocket', new URL(url)) },
      },
      ...(transports === 'websocket' && { transports: ['websocket'] }),
      ...(perMessageDeflate && { perMessageDeflate: { threshold: 0 } }),
      ...(cursor && { auth: { lastEventId: String(cursor.seq), feedId: cursor.feedId } }),
      forceNew: true,
      reconnection: false,
    }
    const socket = io(url, options)
    const end = (error?: unknown) => {
      signal.removeEventListener('abort', abort)
      socket.disconnect()
      if (error) reject(error)
      else resolve()
    }
    const abort = () => end(signal.reason)
    signal.addEventListener('abort', abort, { once: true })

    socket.on('event', (data) => subscription.onEvent(received(decodePayload(data))))
    socket.on('gap', subscription.onGap)
    const publish: Publish = async (message) => void socket.emit('publish', JSON.parse(asText(message)))
    socket.on('opening', (seq, feedId) => subscription.onOpen({ seq, feedId }, publish))
    let ended: unknown
    socket.on('ended', (reason) => {
      ended = reason
    })
    let refusal: PushlabError | undefined
    socket.on('refused', ({ code, message }) => {
      refusal = new PushlabError(code, message)
    })
    socket.on('connect_error', (error) => {
      const { data } = error as Error & { data?: { code?: string } }
      end(Object.assign(error, { code: data?.code ?? 'NOT_ACCEPTED' }))
    })
    socket.on('disconnect', (reason) => {
      if (ended === 'feed-ended') end()
      else end(refusal ?? new PushlabError('STREAM_ENDED', `The socket was disconnected: ${reason}.`))
    })
  })
}

export default socketIo
