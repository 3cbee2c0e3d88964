import { longPollBy } from '../techniques/long-poll.ts'
import { libraryPolls } from './shared/poll.ts'

/** Long polling by node:http. */
export default longPollBy(libraryPolls)
