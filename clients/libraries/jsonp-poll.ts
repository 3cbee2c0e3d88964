import { lastEventIdQuery } from '../http.ts'
import { pollForEvents } from '../poll.ts'
import type { ClientTechnique } from '../technique.ts'

const CALLBACK = 'push'

/** JSONP polling: runs each answer as a browser's script element would, which calls the page's function. */
const jsonpPoll: ClientTechnique = (subscription) =>
  pollForEvents(subscription, {
    path: 'jsonp-poll',
    // A script element cannot set headers.
    request: (cursor) => ({
      path: `jsonp-poll?callback=${CALLBACK}${lastEventIdQuery(cursor, '&')}`,
      initiator: 'script',
    }),
    json: (script) => script.slice(CALLBACK.length + 1, -');'.length),
  })

export default jsonpPoll
