/**
 * The number of an event. It says so itself, as "seq", but for those of less than 16 bytes: a JSON string such as "hello"
 * has no room for a number, and is the one after `previous`.
 */
export function seqOf(event: unknown, previous: number): number {
  return (event as { seq?: number }).seq ?? previous + 1
}

/** The header that says which event the page had last; none before the first. */
export function lastEventId(cursor: number | undefined): Record<string, string> {
  return cursor === undefined ? {} : { 'Last-Event-ID': String(cursor) }
}

/** The same in an address, where a page cannot set headers; `before` is `&` behind another argument. */
export function lastEventIdQuery(cursor: number | undefined, before = '?'): string {
  return cursor === undefined ? '' : `${before}lastEventId=${cursor}`
}
