import type { StageEntry } from '../../../server/classroom/stage-log.ts'

/** A log of the stage that was taken while a lesson ran, for the day on which it does not. */
export interface Recording {
  schema: 'pushlab/recording@1'
  /** Id of the lesson. */
  lesson: string
  /** ISO 8601. */
  recordedAt: string
  entries: StageEntry[]
}
