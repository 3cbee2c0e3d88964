import { type PollClient, pollForEvents } from '../poll.ts'
import { readerPolls } from '../reader-polls.ts'
import type { ClientTechnique } from '../technique.ts'

/** Long polling: the next request leaves as soon as an answer is there; the server does the waiting. */
export const longPollBy =
  (client: PollClient): ClientTechnique =>
  (subscription) =>
    pollForEvents(client, subscription, { path: 'long-poll' })

export default longPollBy(readerPolls)
