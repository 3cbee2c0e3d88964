import { rowContract } from './row.ts'

export const eventSourceRedirectsRows = rowContract({
  experiment: 'event-source-redirects',
  columns: {
    /** The redirect's; 200 is the control, a stream that is there without one. */
    status: 'number',
    /** Whether an event came from where it points to. */
    followed: 'boolean',
  },
})
