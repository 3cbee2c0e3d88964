/** Versions of what a run leaves behind; apart from the schemas, which weigh much, for a page to know them. */
export const RECORD_SCHEMA = 'pushlab/result@5'
export const RUN_SCHEMA = 'pushlab/run@3'
