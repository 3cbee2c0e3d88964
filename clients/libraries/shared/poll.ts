import { decodePayload } from '../../../server/payload.ts'
import { received } from '../../messages.ts'
import type { PollClient } from '../../poll.ts'
import { expectOk, get, postTo, readText } from './http.ts'

/** Polls by node:http, and reads their answers by JSON.parse. */
export const libraryPolls: PollClient = (subscription, ask, { onAnswer, onEvent }) => ({
  publish: postTo(subscription, ask.path),
  async get(path, asked) {
    const answer = await get(subscription, path, asked)
    const isNew = answer.status !== 304
    if (isNew) expectOk(answer)
    let body = ''
    await readText(answer, (text) => {
      body += text
    })
    if (isNew) {
      const { cursor: seq, events, ended = false, ...head } = JSON.parse(body)
      onAnswer({ ...head, seq, ended, events: events.length })
      for (const event of events) onEvent(received(decodePayload(event)))
    }
    return { etag: answer.headers.etag, isNew }
  },
})
