/** Versions of what a run leaves behind; apart from the schemas, which weigh much, for a page to know them. */
export const RECORD_SCHEMA = 'pushlab/result@5'
export const RUN_SCHEMA = 'pushlab/run@3'

/** What measured all records that do not name it. */
const FIRST_INSTRUMENT = 'library-clients@1'

/** What measures now: another version wherever the same delays or bytes would be measured as others. */
export const INSTRUMENT: string = FIRST_INSTRUMENT

/** What measured a record. */
export function instrumentOf({ instrument = FIRST_INSTRUMENT }: { instrument?: string }): string {
  return instrument
}
