import { type RowOf, rowContract } from './row.ts'

export const crossOriginRows = rowContract({
  experiment: 'cross-origin',
  columns: {
    /** By which a page asks a server of another origin. */
    means: ['WebSocket', 'fetch'],
    /** The same fetch by a page of that origin is a control. */
    server: [
      'checks no origin',
      'does not list the origin',
      'lists the origin',
      'without CORS headers',
      'of the same origin',
    ],
    /** Whether the page received what the server said. */
    received: 'boolean',
  },
})
export type CrossOriginRow = RowOf<typeof crossOriginRows>
