import { pollForEvents } from '../poll.ts'
import type { ClientTechnique } from '../technique.ts'

/** Long polling: the next request leaves as soon as an answer is there; the server does the waiting. */
const longPoll: ClientTechnique = (subscription) => pollForEvents(subscription, { path: 'long-poll' })

export default longPoll
