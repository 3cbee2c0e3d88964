import { type RowOf, rowContract } from './row.ts'

export const websocketKeyRows = rowContract({
  experiment: 'websocket-key',
  columns: {
    /** In words. */
    key: 'string',
    client: 'string',
    /** Whether the key is 16 bytes in base64, as RFC 6455 wants it. */
    valid: 'boolean',
    /** Of the answer to the opening handshake. */
    status: 'number',
    /** Whether the answer has the hash of the key. */
    proven: 'boolean',
    eventsPublished: 'number',
    eventsReceived: 'number',
  },
})
export type WebsocketKeyRow = RowOf<typeof websocketKeyRows>
