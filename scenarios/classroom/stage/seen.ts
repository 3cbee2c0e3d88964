import { Compile } from 'typebox/compile'
import type { LaneSpec, Seen } from '../log/entries.ts'
import { SeenSchema } from './schema.ts'

const LONGEST_MESSAGE = 200
const seen = Compile(SeenSchema)

/**
 * What a page says that it has seen, as the log takes it: of a lane and a tab that there are, at a time within the run.
 * Undefined for what makes no sense.
 * @param nowUs of the log: a page's clock may be ahead by its error, and what it tells has happened.
 */
export function checkSeen(entry: Seen, lanes: readonly LaneSpec[], nowUs: number): Seen | undefined {
  const spec = lanes.find(({ id }) => id === entry.lane)
  if (!spec || !seen.Check(entry) || (entry.tab ?? 1) > (spec.tabs ?? 1)) return undefined
  const atUs = Math.min(Math.max(0, Math.round(entry.atUs)), nowUs)
  if (entry.kind !== 'failed') return { ...entry, atUs }
  return { ...entry, atUs, message: entry.message.slice(0, LONGEST_MESSAGE) }
}
