import { type RowOf, rowContract } from './row.ts'

export const socketIoTransportRows = rowContract({
  experiment: 'socket-io-transport',
  columns: {
    client: ['stock', 'transports: websocket'],
    path: ['direct', 'a proxy that drops Upgrade'],
    trial: 'number',
    /** The transport that the first request names, or `none`. */
    firstRequest: 'string',
    /** The client's transport at first and at last; `none` where it could not connect. */
    begunWith: 'string',
    endedWith: 'string',
  },
  optional: {
    /** From the client's beginning, where there was an upgrade. */
    upgradedAfterUs: 'number',
    // Of the first message, where one came.
    firstMessageOver: 'string',
    firstMessageAfterUs: 'number',
    /** Both directions. */
    bytesBeforeFirstMessage: 'number',
    requestsBeforeFirstMessage: 'number',
  },
})
export type SocketIoTransportRow = RowOf<typeof socketIoTransportRows>
