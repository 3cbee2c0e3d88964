import { delimitedMessages } from './message.ts'

/** One JSON value a line. */
export const dissectLines = delimitedMessages('\n', 'line feed')
