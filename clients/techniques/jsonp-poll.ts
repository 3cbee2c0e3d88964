import { lastEventIdQuery } from '../http.ts'
import { pollForEvents } from '../poll.ts'
import { readerPolls } from '../reader-polls.ts'
import type { ClientTechnique } from '../technique.ts'

const CALLBACK = 'push'

/** JSONP polling: runs each answer as a browser's script element would, which calls the page's function. */
const jsonpPoll: ClientTechnique = (subscription) =>
  pollForEvents(readerPolls, subscription, {
    path: 'jsonp-poll',
    // A script element cannot set headers.
    request: (cursor) => ({
      path: `jsonp-poll?callback=${CALLBACK}${lastEventIdQuery(cursor, '&')}`,
      initiator: 'script',
    }),
    callback: CALLBACK,
  })

export default jsonpPoll
