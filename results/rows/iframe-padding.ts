import { type RowOf, rowContract } from './row.ts'

export const iframePaddingRows = rowContract({
  experiment: 'iframe-padding',
  columns: {
    /** Where the stream declares that it is UTF-8. */
    charset: ['header', 'meta', 'nowhere'],
    /** Before the first event. */
    paddingBytes: 'number',
    trial: 'number',
    /** Of the first event, from when the iframe is made. */
    delayUs: 'number',
    /** After which the second event is written. */
    eventIntervalUs: 'number',
  },
})
export type IframePaddingRow = RowOf<typeof iframePaddingRows>
