import { type RowOf, rowContract } from './row.ts'

export const nginxInFrontRows = rowContract({
  experiment: 'nginx-in-front',
  section: 'network',
  columns: {
    /** Of nginx, in words. */
    configuration: 'string',
    technique: 'string',
    trial: 'number',
    opened: 'boolean',
    /** Code of the failure, or `none`. */
    failure: 'string',
    eventsPublished: 'number',
    /** Until shortly after the last of them was published. */
    eventsReceivedInTime: 'number',
  },
  optional: {
    /** Of those received in time, where there are any. */
    delayP50Us: 'number',
    delayMaxUs: 'number',
  },
})
export type NginxInFrontRow = RowOf<typeof nginxInFrontRows>
