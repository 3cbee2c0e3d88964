import { entryOf } from '../../server/registry.ts'
import { dueTimesBefore } from '../../server/schedule.ts'
import type { Variant } from '../../server/variant.ts'
import type { Point } from '../scenario.ts'

/** From here on Node.js makes one chunk of what is written to a response in one turn: nodejs/node#64987. */
const FIRST = { major: 26, minor: 9 }

/** Whether this version of Node.js joins chunks. One before writes a chunk for each write. */
export function joinsChunks(node = ''): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number)
  return major > FIRST.major || (major === FIRST.major && minor >= FIRST.minor)
}

/** Whether node:http makes the chunks that a technique's events are, and not frames, lines or prepared ones. */
export function isChunked(technique: string, variant: Variant): boolean {
  const entry = entryOf(technique)
  const isStream = entry?.family === 'stream' && entry.carrier === 'http'
  return isStream && variant.http === '1.1' && variant.fanOut === 'library'
}

/** How near to each other two instants of the window lie at which events are due; infinite where there is only one. */
export function nearestUs({ feed, load: { warmUpMs, measureMs } }: Pick<Point, 'feed' | 'load'>): number {
  const due = dueTimesBefore(feed.schedule, (warmUpMs + measureMs) * 1e3).filter((us) => us >= warmUpMs * 1e3)
  return due.reduce((nearest, us, i) => {
    const gapUs = us - (due[i - 1] ?? -Infinity)
    return gapUs > 0 ? Math.min(nearest, gapUs) : nearest
  }, Infinity)
}
