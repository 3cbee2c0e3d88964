import type { FastifyRequest } from 'fastify'
import { cursorOf } from '../cursor.ts'
import { PushlabError } from '../error.ts'
import { holder, pollAnswerer } from '../poll.ts'
import type { ServerTechnique } from '../technique.ts'
import { overHttp } from '../wire/http.ts'
import { dissectScriptAnswer } from '../wire/script-answer.ts'

/**
 * A name or a path of names, and short: whatever else a callback could hold would be run as a script of this server's
 * origin, or, at some hundred characters, be taken for a Flash movie (CVE-2014-4671).
 */
const CALLBACK = /^(?=.{1,64}$)[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/

/**
 * JSONP polling: a long poll whose answer is a script that calls a function of the page, because script elements
 * could always load from other origins. The page removes the element and adds the next.
 */
const jsonpPoll: ServerTechnique = {
  frame: (event) => event.data,
  wire: overHttp({ body: dissectScriptAnswer }),
  plugin: async (app, context) => {
    const answer = pollAnswerer(context, jsonpPoll.frame, {
      contentType: 'text/javascript; charset=utf-8',
      wrap: (json, request) => `${callbackOf(request)}(${json});`,
    })
    const polls = holder(context, answer)
    app.addHook('onRequest', async (_request, reply) => {
      // No browser shall take the answer for anything but a script.
      reply.header('x-content-type-options', 'nosniff')
    })
    app.get('/', (request, reply) => {
      callbackOf(request)
      return polls.receive(request, reply, cursorOf(request))
    })
    app.addHook('preClose', polls.close)
  },
}

/** @throws {PushlabError} BAD_INPUT */
function callbackOf({ query }: FastifyRequest): string {
  const { callback } = query as Record<string, unknown>
  if (typeof callback === 'string' && CALLBACK.test(callback)) return callback
  throw new PushlabError(
    'BAD_INPUT',
    'JSONP needs ?callback=name: a JavaScript name, or names joined by dots, of 64 characters at most.',
  )
}

export default jsonpPoll
