import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageReader } from './messages.ts'
import { eventText } from './readers/fixture/streams.ts'
import type { Subscription } from './technique.ts'

function reading(read: (messages: MessageReader) => void): unknown {
  const got: unknown[] = []
  const subscription = {
    onEvent: (event) => got.push(['event', event.seq, event.due, event.pub, event.payload()]),
    onOpen: (cursor) => got.push(['open', cursor]),
    onGap: (gap) => got.push(['gap', gap]),
  } as Partial<Subscription> as Subscription
  const messages = new MessageReader(subscription, async () => {})
  let error: string | undefined
  try {
    read(messages)
  } catch (thrown) {
    error = (thrown as Error).message
  }
  return { got, error, failure: messages.failure()?.message }
}

const message = fc.oneof(
  eventText,
  fc.constantFrom(
    '{"cursor":12,"feedId":"feed"}',
    '{"gap":{"after":1,"next":5}}',
    '{"ended":"feed-ended"}',
    '{"ended":"server-closing"}',
    '{"error":{"code":"BAD_INPUT","message":"no"}}',
    '{}',
  ),
)

test('the bytes of messages say what their text says', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (texts) => {
      const byText = reading((messages) => {
        for (const text of texts) messages.read(text)
      })
      const byBytes = reading((messages) => {
        for (const text of texts) {
          const bytes = Buffer.from(`"${text}"`)
          messages.readBytes(bytes, 1, bytes.length - 1)
        }
      })
      expect(byBytes).toEqual(byText)
    }),
    { numRuns: 1_000 },
  )
})
