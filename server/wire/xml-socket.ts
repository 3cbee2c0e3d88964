import { delimitedMessages } from './message.ts'

/** XMLSocket: each message ends with a NUL, in both directions. */
export const dissectXmlSocket = delimitedMessages('\0', 'NUL')
