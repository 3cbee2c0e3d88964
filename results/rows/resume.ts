import { type RowOf, rowContract } from './row.ts'

export const resumeRows = rowContract({
  experiment: 'resume',
  section: 'network',
  columns: {
    technique: 'string',
    /** Whether the subscriber comes back with its cursor. */
    resume: 'boolean',
    /** Whether the server keeps all events, or fewer than an outage holds up. */
    history: ['long', 'short'],
    /** How often the connection was cut, */
    cuts: 'number',
    /** and how often the technique's client failed of it. */
    failures: 'number',
    eventsPublished: 'number',
    eventsLost: 'number',
    eventsTwice: 'number',
    eventsOutOfOrder: 'number',
    /** Of those lost, which the server told the subscriber of. */
    eventsToldLost: 'number',
  },
})
export type ResumeRow = RowOf<typeof resumeRows>
