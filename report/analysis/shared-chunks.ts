import { isChunked, joinsChunks, nearestUs } from '../../results/model/shared-chunks.ts'
import type { ResultRecord } from '../../results/record.ts'

/**
 * Whether events that were not due at once may have shared a chunk, which costs less than one for each. Where Node.js joins
 * chunks, a feed that is late publishes several events in one turn. How late a proxy was nobody knows.
 */
export function mayShareChunks({ technique, point, feedLag, environment }: ResultRecord): boolean {
  if (!joinsChunks(environment.versions.node) || !isChunked(technique, point.variant)) return false
  const { proxy = 'none' } = point.network ?? {}
  return proxy !== 'none' || feedLag.maxUs >= nearestUs(point)
}
