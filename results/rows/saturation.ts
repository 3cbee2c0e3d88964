import { type RowOf, rowContract } from './row.ts'

export const saturationRows = rowContract({
  experiment: 'saturation',
  section: 'server',
  columns: {
    technique: 'string',
    answer: ['empty', 'one event'],
    connections: 'number',
    trial: 'number',
    requestsPerSecond: 'number',
    /** Heads and bodies of answers alone, without requests and TCP/IP headers. */
    bytesPerSecond: 'number',
    answers: 'number',
    errors: 'number',
    /** Answers with another status than 2xx. */
    non2xx: 'number',
  },
})
export type SaturationRow = RowOf<typeof saturationRows>
