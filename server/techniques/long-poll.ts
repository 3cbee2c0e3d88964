import { cursorOf } from '../cursor.ts'
import { holder, pollAnswerer } from '../poll.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectPollAnswer } from '../wire/poll-answer.ts'

/**
 * Long polling: the server holds the request until there is an event or the hold is over, then answers with the
 * whole batch, and the client asks again at once (RFC 6202 section 2).
 */
const longPoll: ServerTechnique = {
  frame: (event) => event.data,
  wire: overHttp({ body: dissectPollAnswer }),
  plugin: async (app, context) => {
    const polls = holder(context, pollAnswerer(context, longPoll.frame))
    app.get('/', (request, reply) => polls.receive(request, reply, cursorOf(request)))
    app.addHook('preClose', polls.close)
  },
}

export default longPoll
