import { type RowOf, rowContract } from './row.ts'

export const proxiesRows = rowContract({
  experiment: 'proxies',
  section: 'network',
  columns: {
    technique: 'string',
    proxy: ['none', 'TCP tunnel', 'HTTP only', 'drops Upgrade', 'buffering', 'stubborn buffering'],
    /** Whether it is asked over TLS. */
    tls: 'boolean',
    trial: 'number',
    opened: 'boolean',
    /** Whether the last event came. */
    delivered: 'boolean',
    /** Code of the failure, or `none`. */
    failure: 'string',
  },
  optional: {
    /** From when it was begun, where that happened. */
    openedAfterUs: 'number',
    failedAfterUs: 'number',
  },
})
export type ProxiesRow = RowOf<typeof proxiesRows>
