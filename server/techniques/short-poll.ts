import { cursorOf } from '../cursor.ts'
import { pollAnswerer } from '../poll.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectPollAnswer } from '../wire/poll-answer.ts'

/**
 * Short polling: the client asks on a timer; the answer, at once, is what happened since its cursor, often nothing.
 */
const shortPoll: ServerTechnique = {
  frame: (event) => event.data,
  wire: overHttp({ body: dissectPollAnswer }),
  plugin: async (app, context) => {
    const answer = pollAnswerer(context, shortPoll.frame)
    app.get('/', (request, reply) => {
      context.counters.opened++
      return answer(request, reply, cursorOf(request))
    })
  },
}

export default shortPoll
