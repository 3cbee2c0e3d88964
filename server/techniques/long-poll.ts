import { cursorOf } from '../cursor.ts'
import { pollAnswerer } from '../poll.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectPollAnswer } from '../wire/poll-answer.ts'

/**
 * Long polling: the server holds the request until there is an event or the hold is over, then answers with the
 * whole batch, and the client asks again at once (RFC 6202 section 2). A first request without a cursor is answered
 * at once, so that the client has one.
 * Initiated by: the client, once per batch. Resumed by: the cursor in every request. Ends when: the client stops.
 */
const longPoll: ServerTechnique = {
  frame: (event) => event.data,
  wire: overHttp({ body: dissectPollAnswer }),
  plugin: async (app, context) => {
    const { feed, settings, counters } = context
    const answer = pollAnswerer(context, longPoll.frame)
    const held = new Set<() => void>()
    let closing = false

    app.get('/', (request, reply) => {
      const cursor = cursorOf(request)
      counters.opened++
      if (cursor !== feed.latestSeq || feed.ended || closing) return answer(reply, cursor)

      counters.open++
      const release = () => {
        if (!held.delete(release)) return
        counters.open--
        unsubscribe()
        clearTimeout(timer)
        reply.raw.off('close', release)
        // All events that were published in this turn belong to one batch.
        queueMicrotask(() => {
          if (!reply.raw.destroyed) answer(reply, cursor)
        })
      }
      held.add(release)
      const unsubscribe = feed.subscribe({ onEvent: release, onEnd: release })
      const timer = setTimeout(release, settings.holdMs)
      reply.raw.on('close', release)
      return reply
    })

    app.addHook('preClose', async () => {
      closing = true
      for (const release of [...held]) release()
    })
  },
}

export default longPoll
