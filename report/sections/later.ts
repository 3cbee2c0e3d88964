/** What stands where a table is made from the embedded records when the reader opens it. */
export const WITH_SCRIPTS =
  'This table is made from the records in this file when scripts run; without them pushlab report and the files beside this one have the same figures.'
