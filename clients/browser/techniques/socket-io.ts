import { io } from 'socket.io-client'
import { seqOf } from '../numbering.ts'
import type { BrowserTechnique } from '../technique.ts'

/**
 * Socket.IO: a library on both sides, which begins with long polls and moves to a WebSocket when that can be opened.
 *
 * The browser knows nothing of it. The library, some 40 kB of script, chooses the transport, takes packets apart and
 * answers pings. The page keeps the cursor and says it when it connects. The library would also connect again by itself;
 * here the page does, as for the other techniques.
 */
const socketIo: BrowserTechnique = (subscription) =>
  new Promise((resolve, reject) => {
    const { url, cursor, signal } = subscription
    let seq = cursor?.seq ?? 0
    let ended: string | undefined
    subscription.onAsk()
    const socket = io(url, {
      path: '/socket-io/',
      auth: cursor ? { lastEventId: String(cursor.seq), feedId: cursor.feedId } : {},
      transports: subscription.socketIo === 'websocket' ? ['websocket'] : ['polling', 'websocket'],
      forceNew: true,
      reconnection: false,
    })
    socket.on('opening', (from: number, feedId: string) => {
      seq = from
      subscription.onOpen({ seq, feedId })
    })
    socket.on('event', (event: unknown) => {
      seq = seqOf(event, seq)
      subscription.onEvent(seq, JSON.stringify(event))
    })
    socket.on('gap', ({ after, next }: { after: number; next: number }) => {
      seq = next - 1
      subscription.onGap(after, next)
    })
    socket.on('ended', (reason: string) => {
      ended = reason
    })
    socket.on('connect_error', ({ message }) => reject(new Error(`The server was not reached: ${message}.`)))
    socket.on('disconnect', (reason) => {
      if (ended === 'feed-ended') resolve()
      else reject(new Error(`The connection broke: ${reason}.`))
    })
    signal.onabort = () => {
      resolve()
      socket.removeAllListeners().disconnect()
    }
  })

export default socketIo
