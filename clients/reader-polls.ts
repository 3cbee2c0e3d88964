import { DISCARD } from './carriers/exchange.ts'
import { expectStatus, postTo } from './http.ts'
import type { PollClient } from './poll.ts'
import { PollAnswerReader } from './readers/poll-answer.ts'

/** Polls through the subscriber's door, whose answers a reader reads. */
export const readerPolls: PollClient = (subscription, { path, callback }, { onAnswer, onEvent }) => {
  const { url, door, signal } = subscription
  // Mostly one, which reads one answer after the other.
  const free: PollAnswerReader[] = []
  // Where the cursor goes in headers, the address is the same each time, and parsing it is a tenth of what a poll costs here.
  let address = { asked: '', url: new URL(url) }
  const addressOf = (asked: string) => {
    if (asked !== address.asked) address = { asked, url: new URL(asked, url) }
    return address.url
  }
  return {
    publish: postTo(subscription, path),
    async get(asked, how) {
      const reader = free.pop() ?? new PollAnswerReader(onAnswer, onEvent, callback)
      let etag: string | undefined
      let isNew = true
      await door.ask(
        { method: 'GET', url: addressOf(asked), ...how },
        (status, headers) => {
          etag = headers.get('etag')
          isNew = status !== 304
          if (!isNew) return DISCARD
          expectStatus(status, 200)
          return (bytes, start, end) => reader.read(bytes, start, end)
        },
        signal,
      )
      if (isNew) reader.end()
      free.push(reader)
      return { etag, isNew }
    },
  }
}
