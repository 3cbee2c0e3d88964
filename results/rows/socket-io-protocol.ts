import { type RowOf, rowContract } from './row.ts'

export const socketIoProtocolRows = rowContract({
  experiment: 'socket-io-protocol',
  columns: {
    /** In words; plain ones of WebSocket begin with `ws,`. */
    client: 'string',
    server: ['Socket.IO', 'ws'],
    // Settings of the Socket.IO server, in ms.
    pingInterval: 'number',
    pingTimeout: 'number',
    connectTimeout: 'number',
    eventsPublished: 'number',
    opened: 'boolean',
    /** Received, of whatever kind, and those that are an event to this client. */
    messages: 'number',
    events: 'number',
    /** Why it was over, or `none`. */
    end: 'string',
  },
  optional: {
    /** From its beginning, where it was over. */
    endedAfterUs: 'number',
  },
})
export type SocketIoProtocolRow = RowOf<typeof socketIoProtocolRows>
