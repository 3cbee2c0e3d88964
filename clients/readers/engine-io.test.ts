import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePayload } from '../../server/payload.ts'
import socketIo from '../../server/techniques/socket-io.ts'
import { EngineIoReader } from './engine-io.ts'
import {
  cuts,
  eventText,
  mutated,
  mutations,
  type Outcome,
  outcomeOf,
  readCut,
  readWhole,
} from './fixture/streams.ts'

const ofEvent = ({ seq, due, pub }: { seq: number; due?: number | undefined; pub?: number | undefined }) => [
  'event',
  seq,
  due,
  pub,
]

function reading(read: (reader: EngineIoReader) => void): Outcome {
  return outcomeOf((got) => {
    read(
      new EngineIoReader({
        onOpen: (handshake) => got.push(['open', handshake]),
        onPing: (content) => got.push(['ping', content]),
        onPong: (content) => got.push(['pong', content]),
        onConnect: () => got.push(['connect']),
        onConnectError: (error) => got.push(['refused', error]),
        onDisconnect: () => got.push(['disconnect']),
        onEvent: (event) => got.push([...ofEvent(event), event.payload()]),
        onMessage: (name, args) => got.push([name, args]),
      }),
    )
  })
}

/** The protocol as its pages say it, by a table. */
const packets: [RegExp, (content: string) => unknown[]][] = [
  [/^0(.*)$/s, (json) => ['open', JSON.parse(json)]],
  [/^1()/, () => ['disconnect']],
  [/^2(.*)$/s, (content) => ['ping', content]],
  [/^3(.*)$/s, (content) => ['pong', content]],
  [/^40()/, () => ['connect']],
  [/^41()/, () => ['disconnect']],
  [/^44(.*)$/s, (json) => ['refused', JSON.parse(json)]],
  [
    /^42(.*)$/s,
    (json) => {
      const [name, ...args] = JSON.parse(json)
      if (name !== 'event') return [name, args]
      const payload = decodePayload(args[0])
      return [...ofEvent(payload), payload]
    },
  ],
]
function byTable(packet: string): unknown[][] {
  if (/^6/.test(packet)) return []
  for (const [form, read] of packets) {
    const found = form.exec(packet)
    if (found) return [read(found[1] as string)]
  }
  throw new Error('No packet.')
}

const packet = fc.oneof(
  {
    weight: 4,
    arbitrary: eventText.map(
      (data) => `4${socketIo.frame({ seq: 1, data, scheduledAtUs: 0, publishedAtUs: 0 })}`,
    ),
  },
  fc.constantFrom(
    '0{"sid":"a","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}',
    '1',
    '2',
    '2probe',
    '3probe',
    '40{"sid":"b"}',
    '41',
    '44{"message":"no","data":{"code":"BAD_INPUT"}}',
    '42["gap",{"after":1,"next":5}]',
    '42["opening",12,"feed"]',
    '42["ended","feed-ended"]',
    '42["refused",{"code":"BAD_INPUT","message":"no"}]',
    '42["event",{"seq":1},{"seq":2}]',
    '42["event"]',
    '42[]',
    '43[]',
    '45',
    '6',
    '7',
  ),
)
const body = fc.array(packet, { minLength: 1, maxLength: 6 }).map((all) => Buffer.from(all.join('\x1e')))
const damaged = fc
  .tuple(body, mutations)
  .map(([bytes, list]) => mutated(bytes, list))
  // Nothing at the end is taken for nothing, where the protocol's own parser sees a packet without a type.
  .filter((bytes) => bytes.length > 0 && bytes.at(-1) !== 0x1e)

test('the packets of a poll are the same wherever its body is cut, damaged or not', () => {
  fc.assert(
    fc.property(fc.oneof(body, damaged), cuts, (bytes, pieces) => {
      const whole = reading((reader) => {
        readWhole(reader, bytes)
        reader.end()
      })
      const expected = outcomeOf((got) => {
        for (const text of bytes.toString().split('\x1e')) got.push(...byTable(text))
      })
      expect(whole).toEqual(expected)
      const cut = reading((reader) => {
        readCut(reader, bytes, pieces)
        reader.end()
      })
      expect(cut).toEqual(whole)
    }),
    { numRuns: 2_000 },
  )
})

test('a message of a WebSocket is one packet', () => {
  fc.assert(
    fc.property(packet, (text) => {
      const bytes = Buffer.from(`x${text}]`)
      expect(reading((reader) => reader.packet(bytes, 1, bytes.length - 1))).toEqual(
        outcomeOf((got) => got.push(...byTable(text))),
      )
    }),
  )
})
