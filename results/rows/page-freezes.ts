import { type RowOf, rowContract } from './row.ts'

export const pageFreezesRows = rowContract({
  experiment: 'page-freezes',
  columns: {
    /**
     * What the page does every 100 ms. The synchronous poll, of what the server holds for 50 ms, is the control: it has
     * to show as a freeze.
     */
    poll: ['none', 'short poll', 'synchronous poll'],
    trial: 'number',
    /** Of the page's event loop, whose delays are these. */
    turns: 'number',
    p50Us: 'number',
    p99Us: 'number',
    maxUs: 'number',
    /** Answered. */
    polls: 'number',
  },
})
export type PageFreezesRow = RowOf<typeof pageFreezesRows>
