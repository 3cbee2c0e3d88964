import type { Cursor } from '../../server/event.ts'

/**
 * The number of an event. It says so itself, as "seq", but for those of less than 16 bytes: a JSON string such as "hello"
 * has no room for a number, and is the one after `previous`.
 */
export function seqOf(event: unknown, previous: number): number {
  return (event as { seq?: number }).seq ?? previous + 1
}

/** The headers that say which event the page had last, and of which feed; none before the first. */
export function lastEventId(cursor: Cursor | undefined): Record<string, string> {
  return cursor ? { 'Last-Event-ID': String(cursor.seq), 'Feed-Id': cursor.feedId ?? '' } : {}
}

/** The same in an address, where a page cannot set headers; `before` is `&` behind another argument. */
export function lastEventIdQuery(cursor: Cursor | undefined, before = '?'): string {
  return cursor ? `${before}lastEventId=${cursor.seq}&feedId=${cursor.feedId ?? ''}` : ''
}
