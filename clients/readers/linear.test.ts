import { afterEach, expect, test } from 'vitest'
import { encodePayload, MAX_PAYLOAD_BYTES } from '../../server/payload.ts'
import { DelimitedReader } from './delimited.ts'
import { EngineIoReader } from './engine-io.ts'
import { EventStreamReader } from './event-stream.ts'
import { MultipartReader } from './multipart.ts'
import { PollAnswerReader } from './poll-answer.ts'
import type { Reader } from './reader.ts'
import { ResponseReader } from './response.ts'
import { ScriptPageReader } from './script-page.ts'
import { WebSocketReader } from './websocket.ts'

const EVENT = encodePayload(1, 2, 3, MAX_PAYLOAD_BYTES)
const HEAD = Buffer.of(0x81, 127, 0, 0, 0, 0, 0, 0x10, 0, 0)

/** A reader of each protocol, which counts what it hands on, and its stream with one event of 1 MB. */
const readers: [string, string | Uint8Array, (onEvent: () => void) => Reader & { end?(): void }][] = [
  ['lines', `${EVENT}\n`, (onEvent) => new DelimitedReader(onEvent)],
  ['an event stream', `id: 1\ndata: ${EVENT}\n\n`, (onEvent) => new EventStreamReader(onEvent)],
  ['parts', `X: y\r\n\r\n${EVENT}\r\n`, (onEvent) => new MultipartReader(onEvent)],
  ['calls', `<script>parent.push(${EVENT})</script>\n`, (onEvent) => new ScriptPageReader(onEvent)],
  [
    'an answer to a poll',
    `{"cursor":1,"feedId":"f","events":[${EVENT}]}`,
    (onEvent) => new PollAnswerReader(() => {}, onEvent),
  ],
  [
    'Engine.IO packets',
    `42["event",${EVENT}]`,
    (onEvent) =>
      new EngineIoReader({ onEvent } as unknown as ConstructorParameters<typeof EngineIoReader>[0]),
  ],
  [
    'frames',
    Buffer.concat([HEAD, Buffer.from(EVENT)]),
    (onEvent) =>
      new WebSocketReader({
        onMessage: onEvent,
        onPing() {},
        onClose() {},
        takeMark: () => undefined,
        onError() {},
      }),
  ],
  [
    'chunks',
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n${EVENT}\r\n0\r\n\r\n`,
    (onEvent) => new ResponseReader({ onHead() {}, onBody() {}, onEnd: onEvent }),
  ],
]

const { set } = Uint8Array.prototype
afterEach(() => {
  Uint8Array.prototype.set = set
})

test.each(readers)(
  '%s: an event of 1 MB is copied a bounded number of times, in pieces of 1 kB or byte by byte',
  (_name, stream, make) => {
    const bytes = Buffer.from(stream as string)
    let copied = 0
    Uint8Array.prototype.set = function (from, at) {
      copied += from.length
      set.call(this, from, at)
    }
    for (const size of [1_000, 1]) {
      let events = 0
      const reader = make(() => {
        events++
      })
      copied = 0
      for (let at = 0; at < bytes.length; at += size)
        reader.read(bytes, at, Math.min(bytes.length, at + size))
      reader.end?.()
      expect(events).toBe(1)
      // Once for the seam, and once more at most while that doubles; in an event stream so for the line and for its data.
      expect(copied / bytes.length).toBeLessThan(5.1)
    }
  },
)
