import { expect, test } from 'vitest'
import type { FeedEvent } from '../../../server/event.ts'
import { defaultSettings } from '../../../server/settings.ts'
import type { ServerTechnique } from '../../../server/technique.ts'
import iframeStream from '../../../server/techniques/iframe-stream.ts'
import longPoll from '../../../server/techniques/long-poll.ts'
import multipartStream from '../../../server/techniques/multipart-stream.ts'
import socketIo from '../../../server/techniques/socket-io.ts'
import sse from '../../../server/techniques/sse.ts'
import type { Dissector } from '../../../server/wire/span.ts'
import { EventNumbers } from './event-numbers.ts'

const hello = (seq: number): FeedEvent => ({ seq, data: '"hello"', scheduledAtUs: 0, publishedAtUs: 0 })
const HEAD = 'HTTP/1.1 200 OK\r\n\r\n'

/** A unit of what a server writes as a body. */
const unit = (dissect: Dissector, text: string, target = '/') => {
  const bytes = Buffer.from(HEAD + text)
  return {
    direction: 'down',
    what: 'response',
    target,
    bytes,
    spans: dissect(bytes),
    fromUs: 0,
    atUs: 0,
  } as const
}

/** An opening, two events, a gap and another, as a stream writes them. */
const talk = ({ frame, frameGap, frameOpening }: ServerTechnique): string =>
  [
    frameOpening?.(7, 'f00d42', defaultSettings),
    frame(hello(8)),
    frame(hello(9)),
    frameGap?.({ after: 9, next: 15 }),
    frame(hello(15)),
    frame({ ...hello(16), data: '{"seq":16}' }),
    frame(hello(17)),
  ].join('')

test.each([
  ['sse', sse],
  ['iframe-stream', iframeStream],
  ['multipart-stream', multipartStream],
])('events of %s without a number are counted on from its opening, and from its gaps', (_, technique) => {
  const numbers = new EventNumbers()
  expect(numbers.of(unit(technique.wire.down, talk(technique)), 1)).toEqual([8, 9, 15, 16, 17])
})

test('those in the answer to a poll are counted back from its cursor', () => {
  const { down } = longPoll.wire
  const numbers = new EventNumbers()
  expect(numbers.of(unit(down, '{"cursor":9,"feedId":"f00d42","events":["hello","hello"]}'), 1)).toEqual([
    8, 9,
  ])
  const gap = '{"cursor":12,"gap":{"after":9,"next":12},"events":["hello"]}'
  expect(numbers.of(unit(down, gap), 2)).toEqual([12])
  expect(numbers.of(unit(down, '{"cursor":12,"events":[]}'), 2)).toEqual([])
})

test('those of Socket.IO are counted by session, on whatever connection they pass', () => {
  const { down } = socketIo.wire
  const numbers = new EventNumbers()
  const [mine, other] = ['/socket-io/?EIO=4&sid=a-1', '/socket-io/?sid=b_2&EIO=4']
  const event = '42["event","hello"]'
  expect(numbers.of(unit(down, `40{"sid":"x"}\x1e42["opening",3,"f00d42"]\x1e${event}`, mine), 1)).toEqual([
    4,
  ])
  expect(numbers.of(unit(down, '42["opening",30]', other), 1)).toEqual([])
  expect(numbers.of(unit(down, event, mine), 2)).toEqual([5])
  expect(numbers.of(unit(down, event, other), 3)).toEqual([31])
})
