import { type RowOf, rowContract } from './row.ts'

export const websocketIdleRows = rowContract({
  experiment: 'websocket-idle',
  section: 'network',
  columns: {
    /** Between two pings of the server. */
    heartbeatMs: 'number',
    /** Of silence, after which the proxy closes. */
    idleTimeoutMs: 'number',
    watchedMs: 'number',
    trial: 'number',
    opened: 'boolean',
    /** Whether it was open, and failed then. */
    broke: 'boolean',
    /** Code of the failure, or `none`. */
    failure: 'string',
    /** Received of the one that is published at the end. */
    eventsAfterwards: 'number',
  },
  optional: {
    /** How long what broke had been open. */
    openForUs: 'number',
  },
})
export type WebsocketIdleRow = RowOf<typeof websocketIdleRows>
