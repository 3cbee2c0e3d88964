import { describe, expect, test } from 'vitest'
import fetchStream from '../../server/techniques/fetch-stream.ts'
import longPoll from '../../server/techniques/long-poll.ts'
import websocket from '../../server/techniques/websocket.ts'
import xmlSocket from '../../server/techniques/xml-socket.ts'
import type { Dissector } from '../../server/wire/span.ts'
import type { CapturedStream } from './capture.ts'
import { type Interval, intervalsOf } from './intervals.ts'

const GET = 'GET /poll HTTP/1.1\r\n\r\n'
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 24\r\n\r\n{"cursor":0,"events":[]}'
const EVENT = '{"seq":1}'

/** What passed, piece by piece, each with its time in microseconds. */
function stream(dissect: Dissector, ...passed: [number, string][]): CapturedStream {
  let end = 0
  const pieces = passed.map(([atUs, text]) => {
    end += text.length
    return { end, atUs }
  })
  const bytes = Buffer.from(passed.map(([, text]) => text).join(''), 'latin1')
  return { bytes, spans: dissect(bytes), pieces }
}

const brief = ({ kind, fromUs, toUs, bytes, open }: Interval) =>
  [kind, fromUs, toUs, ...(bytes === undefined ? [] : [bytes]), ...(open ? ['open'] : [])].join(' ')
const options = { carrier: 'http' as const, connectUs: 100, endUs: 2_000 }

describe('the intervals of a connection', () => {
  test('of polls are requests, waits and answers in turn, the last wait open', () => {
    const { up, down } = longPoll.wire
    const connection = {
      beganAtUs: 1_000,
      up: stream(up, [1_001, GET], [1_400, GET], [1_900, GET]),
      down: stream(down, [1_300, ANSWER.slice(0, 30)], [1_350, ANSWER.slice(30)], [1_800, ANSWER]),
    }
    const { length } = ANSWER
    expect(intervalsOf(connection, options).map(brief)).toEqual([
      'connect 1000 1100',
      // Taken before the connection was open, and sent when it was.
      `request 1100 1100 ${GET.length}`,
      'wait 1100 1300',
      `receive 1300 1350 ${length}`,
      `request 1400 1400 ${GET.length}`,
      'wait 1400 1800',
      `receive 1800 1800 ${length}`,
      `request 1900 1900 ${GET.length}`,
      'wait 1900 2000 open',
    ])
  })

  test('of a stream are one request and its chunks', () => {
    const { up, down } = fetchStream.wire
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
    const chunk = `a\r\n${EVENT}\n\r\n`
    const connection = {
      beganAtUs: 0,
      up: stream(up, [0, GET]),
      down: stream(down, [200, head + chunk], [500, chunk.slice(0, 5)], [510, chunk.slice(5)]),
    }
    expect(intervalsOf(connection, options).map(brief)).toEqual([
      'connect 0 100',
      `request 100 100 ${GET.length}`,
      'wait 100 200',
      `receive 200 200 ${head.length}`,
      `receive 200 200 ${chunk.length}`,
      `receive 500 510 ${chunk.length}`,
    ])
  })

  test('of a WebSocket are its opening handshake and frames, which nothing answers', () => {
    const { up, down } = websocket.wire
    const request = 'GET / HTTP/1.1\r\nupgrade: websocket\r\n\r\n'
    const switching = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n'
    const frame = `\x81${String.fromCharCode(EVENT.length)}${EVENT}`
    const connection = {
      beganAtUs: 0,
      up: stream(up, [100, request], [600, '\x8a\x80mask']),
      down: stream(down, [200, switching], [500, frame + frame]),
    }
    expect(intervalsOf(connection, { ...options, carrier: 'websocket' }).map(brief)).toEqual([
      'connect 0 100',
      `request 100 100 ${request.length}`,
      'wait 100 200',
      `receive 200 200 ${switching.length}`,
      `receive 500 500 ${frame.length}`,
      `receive 500 500 ${frame.length}`,
      'request 600 600 6',
    ])
  })

  test('of XMLSocket are its messages', () => {
    const { up, down } = xmlSocket.wire
    const connection = {
      beganAtUs: 0,
      up: stream(up, [100, '<subscribe/>\0']),
      down: stream(down, [200, '{"cursor":0}\0'], [500, `${EVENT}\0`], [600, `${EVENT}\0`]),
    }
    expect(intervalsOf(connection, { ...options, carrier: 'tcp' }).map(brief)).toEqual([
      'connect 0 100',
      'request 100 100 13',
      'wait 100 200',
      'receive 200 200 13',
      'receive 500 500 10',
      'receive 600 600 10',
    ])
  })

  test('of one on which nothing passed are its connecting', () => {
    const { up, down } = longPoll.wire
    const connection = { beganAtUs: 0, up: stream(up), down: stream(down) }
    expect(intervalsOf(connection, options).map(brief)).toEqual(['connect 0 100'])
  })
})
