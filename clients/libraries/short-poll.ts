import { shortPollBy } from '../techniques/short-poll.ts'
import { libraryPolls } from './shared/poll.ts'

/** Short polling by node:http. */
export default shortPollBy(libraryPolls)
