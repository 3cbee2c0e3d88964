import type { LaneSpec, Seen } from '../log/entries.ts'

const LONGEST_MESSAGE = 200

/**
 * What a page says that it has seen, as the log takes it: of a lane and a tab that there are, at a time within the run.
 * Undefined for what makes no sense.
 * @param nowUs of the log: a page's clock may be ahead by its error, and what it tells has happened.
 */
export function checkSeen(entry: Seen, lanes: readonly LaneSpec[], nowUs: number): Seen | undefined {
  const spec = lanes.find(({ id }) => id === entry.lane)
  const { tab = 1 } = entry
  if (!spec || !Number.isFinite(entry.atUs)) return undefined
  if (!Number.isInteger(tab) || tab < 1 || tab > (spec.tabs ?? 1)) return undefined
  const atUs = Math.min(Math.max(0, Math.round(entry.atUs)), nowUs)
  const where = { atUs, lane: spec.id, ...(entry.tab !== undefined && { tab }) }
  switch (entry.kind) {
    case 'asked':
    case 'opened':
      return { ...where, kind: entry.kind }
    case 'answered':
      return isCount(entry.events) ? { ...where, kind: 'answered', events: entry.events } : undefined
    case 'received':
      return isCount(entry.seq) ? { ...where, kind: 'received', seq: entry.seq } : undefined
    case 'gap': {
      const { after, next } = entry
      return isCount(after) && isCount(next) ? { ...where, kind: 'gap', after, next } : undefined
    }
    case 'failed':
      return { ...where, kind: 'failed', message: String(entry.message).slice(0, LONGEST_MESSAGE) }
    case 'probed':
      return entry.state === 'waits' || entry.state === 'answered'
        ? { ...where, kind: 'probed', state: entry.state }
        : undefined
    default:
      return undefined
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
