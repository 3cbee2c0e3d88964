/** Versions of what a run leaves behind; apart from the schemas, which weigh much, for a page to know them. */
export const RECORD_SCHEMA = 'pushlab/result@5'
export const RUN_SCHEMA = 'pushlab/run@3'

/** Twins that use client libraries: a delay ends when the library has parsed. What measured all records that name nothing. */
export const LIBRARY_INSTRUMENT = 'library-clients@1'

/** The load's own readers: a delay ends when the event has arrived. Another version wherever the same would be measured as another. */
export const INSTRUMENT = 'readers@1'

/** What measured a record. */
export function instrumentOf({ instrument = LIBRARY_INSTRUMENT }: { instrument?: string }): string {
  return instrument
}

/** What read a record's events: its instrument, or an application's library in the instrument's place. */
export function readerOf(record: { instrument?: string; point: { variant: { client: string } } }): string {
  return record.point.variant.client === 'library' ? LIBRARY_INSTRUMENT : instrumentOf(record)
}
