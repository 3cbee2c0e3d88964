import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { until } from '../server/fixture/until.ts'
import { type LocalServer, startServer } from '../server/local-server.ts'
import { registry, whyNot } from '../server/registry.ts'
import type { ServerSettings } from '../server/settings.ts'
import { completeVariant, defaultVariant, type Variant } from '../server/variant.ts'
import type { HostileState, ToHostileServer } from './fixture/hostile-server.ts'
import { KINDS, type Kind, kindsFor, malformed, masked, maskedHead } from './fixture/malformed.ts'
import { speak } from './fixture/malformed-peer.ts'
import { subscribe, type TestSubscriber } from './fixture/subscriber.ts'

/** Peers that mean harm: each is refused with a clear code, costs the server little, and nobody else notices. */

const running: { server?: LocalServer; neighbour?: TestSubscriber } = {}
afterEach(async () => {
  running.neighbour?.stop()
  await running.neighbour?.done
  await running.server?.app.close()
})

/** More than the kernel's buffers of both ends of a connection take. */
const ENDLESS_BYTES = 100e6
/** What kernel and server may have taken of it when the server hangs up. */
const BOUNDED_BYTES = 20e6

interface Attack {
  technique: string
  what: string
  /** Resolves with how the server answered. */
  attack(server: LocalServer): Promise<unknown>
  expected: unknown
  variant?: Partial<Variant>
  settings?: Partial<ServerSettings>
}

const overHttp = registry.filter(({ carrier }) => carrier !== 'tcp').map(({ name }) => name)
const withPost = registry.filter(({ carrier }) => carrier === 'http').map(({ name }) => name)

const attacks: Attack[] = [
  ...overHttp.map((technique) => ({
    technique,
    what: 'request headers of 40 kB',
    attack: async ({ url }: LocalServer) => {
      const headers = { cookie: 'x'.repeat(40_000) }
      return (await fetch(`${url}/${technique}/?callback=a`, { headers })).status
    },
    expected: 431,
  })),
  ...[...withPost, 'bare-tcp', 'websocket'].map(
    (technique): Attack => ({
      technique,
      what: 'a GET with a body, which nobody would read',
      attack: ({ url }) =>
        new Promise((resolve) => {
          const asked = request(`${url}/${technique}?callback=a`, { headers: { 'content-length': 5 } })
          asked.on('response', ({ statusCode }) => {
            resolve(statusCode)
            asked.destroy()
          })
          asked.on('error', () => {}).end('12345')
        }),
      expected: 400,
    }),
  ),
  ...withPost.flatMap((technique): Attack[] => [
    {
      technique,
      what: 'a message that says it has 100 MB',
      attack: ({ url }) =>
        rawAnswer(url, `POST /${technique} HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n`),
      expected: 'HTTP/1.1 413 Payload Too Large',
    },
    {
      technique,
      what: 'a message in chunks that never ends',
      attack: ({ url }) =>
        endless(
          url,
          `POST /${technique} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`,
          chunk(65_536),
        ),
      // Who goes on writing may lose the answer to the reset that follows it.
      expected: expect.toBeOneOf(['', 'HTTP/1.1 413 Payload Too Large']),
    },
    ...(
      [
        ['a message that is not UTF-8', Buffer.from('{"seq":0,"pad":"\xff\xfe"}', 'latin1'), 400],
        ['a message that is not JSON', '<script>', 400],
        ['an event with a number of its own', '{"seq":7}', 400],
        ['a time that is none', '{"seq":0,"due":"now"}', 400],
        ['a time of another age', `{"seq":0,"due":${Number.MIN_SAFE_INTEGER}}`, 400],
        ['nothing', '', 400],
      ] as const
    ).map(([what, body, expected]) => ({
      technique,
      what,
      attack: async ({ url }: LocalServer) =>
        (await fetch(`${url}/${technique}`, { method: 'POST', body })).status,
      expected,
    })),
    {
      technique,
      what: 'a message of a page of another origin',
      attack: async ({ url }) => {
        const headers = { origin: 'https://evil.example' }
        return (await fetch(`${url}/${technique}`, { method: 'POST', body: '{"seq":0}', headers })).status
      },
      expected: 403,
    },
  ]),
  ...[
    '</script><script>alert(1)</script>',
    'a;b',
    'a()',
    'a.',
    '',
    'x'.repeat(65),
    'a\u2028b',
    '1a',
    'a[0]',
  ].map(
    (callback): Attack => ({
      technique: 'jsonp-poll',
      what: `the callback ${JSON.stringify(callback)}`,
      attack: async ({ url }) => {
        const answer = await fetch(`${url}/jsonp-poll?callback=${encodeURIComponent(callback)}`)
        const { headers, status } = answer
        const text = await answer.text()
        return [
          status,
          headers.get('content-type'),
          headers.get('x-content-type-options'),
          text.includes('<'),
        ]
      },
      expected: [400, 'application/json; charset=utf-8', 'nosniff', false],
    }),
  ),
  ...(
    [
      ['a frame without a mask', Buffer.from([0x81, 0x02, 0x68, 0x69]), 1002],
      ['a frame that says it has 100 MB', maskedHead(0x81, ENDLESS_BYTES), 1009],
      ['text that is not UTF-8', masked(0x81, Buffer.from([0xc3, 0x28])), 1007],
      ['an opcode that does not exist', masked(0x83, Buffer.from('hi')), 1002],
      ['a continuation of nothing', masked(0x80, Buffer.from('hi')), 1002],
      ['a ping in two parts', masked(0x09, Buffer.from('hi')), 1002],
      ['a message that is not JSON', masked(0x81, Buffer.from('hi')), 1007],
      ['a binary message that is no event', masked(0x82, Buffer.from('hi')), 1007],
      ['compression that was not agreed', masked(0xc1, Buffer.from('hi')), 1002],
    ] as const
  ).map(
    ([what, frame, expected]): Attack => ({
      technique: 'websocket',
      what,
      attack: ({ url }) => closeCode(url, 'websocket', (socket) => void socket.write(frame)),
      expected,
    }),
  ),
  {
    technique: 'websocket',
    what: 'a message in fragments that never ends',
    attack: ({ url }) =>
      closeCode(url, 'websocket', (socket) => {
        socket.write(masked(0x01, Buffer.alloc(1_000)))
        for (let i = 0; i < 100; i++) socket.write(masked(0x00, Buffer.alloc(1_000)))
      }),
    expected: 1009,
  },
  {
    technique: 'websocket',
    what: 'a message that blows up when it is inflated',
    attack: async ({ url }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/websocket`, {
        perMessageDeflate: { threshold: 0 },
      })
      await once(socket, 'open')
      socket.send('a'.repeat(50e6))
      return (await once(socket, 'close'))[0]
    },
    expected: 1009,
    variant: { perMessageDeflate: true },
  },
  ...(
    [
      ['a policy request that never ends', '<policy-file-request'.padEnd(100_000, ' '), 'too long'],
      ['something else than it speaks', 'GET / HTTP/1.1\r\n\r\n\0', 'The first message is'],
      ['a cursor that is none', '<subscribe lastEventId="-1"/>\0', 'whole number'],
      [
        'a message that is not UTF-8',
        Buffer.from('<subscribe/>\0{"seq":0,"pad":"\xff"}\0', 'latin1'),
        'UTF-8',
      ],
      ['a message that is not JSON', '<subscribe/>\0<chat/>\0', 'JSON'],
    ] as const
  ).map(
    ([what, said, expected]): Attack => ({
      technique: 'xml-socket',
      what,
      attack: ({ urlOf }) => lastMessage(urlOf('xml-socket'), said),
      expected: expect.stringContaining(expected),
    }),
  ),
  {
    technique: 'xml-socket',
    what: 'nothing at all',
    attack: ({ urlOf }) => lastMessage(urlOf('xml-socket'), ''),
    expected: expect.stringContaining('Nothing was asked for'),
    settings: { greetingMs: 1_000 },
  },
  {
    technique: 'xml-socket',
    what: 'a message that never ends',
    attack: ({ urlOf }) => endless(urlOf('xml-socket'), '<subscribe/>\0', Buffer.alloc(65_536, 'x')),
    // Who goes on writing may lose the answer to the reset that follows it.
    expected: expect.stringMatching(/^($|\{"cursor":1\})/),
  },
  ...(
    [
      ['a packet that is none', '4' + 'nonsense'],
      ['a packet of a type that does not exist', '49'],
      ['an Engine.IO packet that is none', 'x'],
      ['an event that is not JSON', '42[1,'],
      ['an event before it has connected', '42["publish",{}]'],
      [
        'a binary event whose parts are text',
        '451-["publish",{"_placeholder":true,"num":0}]',
        '42["publish",{}]',
      ],
    ] as const
  ).map(
    ([what, ...packets]): Attack => ({
      technique: 'socket-io',
      what,
      attack: ({ url }) =>
        closeCode(url, 'socket-io/?EIO=4&transport=websocket', (socket) => {
          for (const packet of packets) socket.write(masked(0x81, Buffer.from(packet)))
        }),
      // Engine.IO closes without saying why.
      expected: expect.toBeOneOf([1005, 1006]),
    }),
  ),
  {
    technique: 'socket-io',
    what: 'a frame that says it has 100 MB',
    attack: ({ url }) =>
      closeCode(url, 'socket-io/?EIO=4&transport=websocket', (socket) => {
        socket.write(maskedHead(0x81, ENDLESS_BYTES))
      }),
    expected: 1009,
  },
  ...(
    [
      ['a session that does not exist', 'EIO=4&transport=polling&sid=nobody', 400],
      ['a transport that does not exist', 'EIO=4&transport=pigeon', 400],
    ] as const
  ).map(
    ([what, query, expected]): Attack => ({
      technique: 'socket-io',
      what,
      attack: async ({ url }) => (await fetch(`${url}/socket-io/?${query}`)).status,
      expected,
    }),
  ),
  {
    technique: 'sse',
    what: 'request headers of 400 kB over HTTP/2',
    attack: ({ url }) =>
      new Promise((resolve) => {
        const session = connectHttp2(url, { rejectUnauthorized: false })
        const stream = session.request({ ':path': '/sse', cookie: 'x'.repeat(400_000) })
        stream.on('response', (head) => resolve(head[':status']))
        stream.on('error', () => resolve('refused'))
        session.on('error', () => resolve('refused'))
        stream.on('close', () => session.destroy())
      }),
    expected: expect.toBeOneOf([431, 'refused']),
    variant: { http: '2' },
  },
  ...['websocket', 'bare-tcp'].map(
    (technique): Attack => ({
      technique,
      what: 'a request over HTTP/2, where it is not to be had',
      attack: ({ url }) =>
        new Promise((resolve) => {
          const session = connectHttp2(url, { rejectUnauthorized: false })
          const stream = session.request({ ':path': `/${technique}` })
          stream.on('response', (head) => resolve(head[':status']))
          stream
            .on('error', resolve)
            .on('close', () => session.destroy())
            .resume()
        }),
      expected: 400,
      variant: { http: '2' },
    }),
  ),
  {
    technique: 'sse',
    what: 'plain text where TLS is spoken',
    attack: async ({ url }) => (await rawAnswer(url, 'GET /sse HTTP/1.1\r\nHost: a\r\n\r\n')).length,
    // An alert at most.
    expected: expect.toBeOneOf([0, 7]),
    variant: { tls: true },
  },
]

/** The same against streams that are written past node:http and ws, on a port of their own. */
const attacksOnPrepared = attacks
  .filter(({ technique, variant }) => !variant && !whyNot(technique, completeVariant({ fanOut: 'prepared' })))
  .map(({ technique, what, attack, expected, settings = {} }): Attack => {
    const toItsPort = (server: LocalServer) => attack({ ...server, url: server.urlOf(technique) })
    const variant = { fanOut: 'prepared' as const }
    return {
      technique,
      what: `${what}, by a prepared fan-out`,
      attack: toItsPort,
      expected,
      variant,
      settings,
    }
  })

describe.each([...attacks, ...attacksOnPrepared])(
  '$technique, sent $what',
  ({ technique, attack, expected, variant = {}, settings = {} }) => {
    test('refuses it, and its other subscribers go on', async () => {
      const complete = completeVariant({ ...defaultVariant, ...variant })
      running.server = await startServer({}, { subscribersPublish: true, ...settings }, complete)
      const { feed, app, urlOf } = running.server
      running.neighbour = await subscribe(technique, urlOf(technique), { variant: complete })
      const { events, failures } = running.neighbour
      feed.publish()
      await until('the neighbour has the first event', () => events.length === 1)

      expect(await attack(running.server)).toEqual(expected)

      feed.publish()
      await until('the neighbour has the next event', () => events.length === 2)
      expect(feed.latestSeq).toBe(2)
      expect(failures).toEqual([])
      const counters = app.techniqueCounters.get(technique)
      await until('only the neighbour is left', () => (counters?.open ?? 0) <= 1)
    })
  },
)

/** How many times a hundred malformed conversations with each technique, and which. */
const HUNDREDS = Number(process.env.PUSHLAB_HOSTILE_HUNDREDS ?? 1)
const SEED = Number(process.env.PUSHLAB_HOSTILE_SEED ?? 26)
/**
 * What they may leave behind, 3 kB each at most if they are a thousand: compiled code, some events in the history, and sessions of
 * HTTP/2, which a timer of Fastify's holds for 72 s after their end.
 */
const LEFT_BYTES = 3e6

describe('malformed conversations', () => {
  let child: ChildProcess
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => {})
  beforeAll(() => {
    const server = fileURLToPath(new URL('./fixture/hostile-server.ts', import.meta.url))
    child = fork(server, { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.on('exit', (code) => ended.reject(new Error(`The servers' process ended with ${code}.`)))
  })
  afterAll(async () => {
    if (!child.connected) return
    child.disconnect()
    await once(child, 'exit')
  })

  async function tell(type: ToHostileServer['type'] = 'tell'): Promise<HostileState> {
    const answer = Promise.withResolvers<HostileState>()
    child.once('message', answer.resolve)
    child.send({ type })
    return Promise.race([answer.promise, ended.promise])
  }

  test.each(registry.map(({ name }) => name))(
    '%s: each hundred leaves nothing behind, and its other subscribers miss nothing',
    async (technique) => {
      const kinds = kindsFor(technique)
      const { servers: listening } = await tell()
      const urlOf = (kind: Kind) => listening[kind].urls[technique] as string
      const neighbours = new Map<Kind, TestSubscriber>()
      for (const kind of kinds) {
        const neighbour = await subscribe(technique, urlOf(kind), { variant: KINDS[kind] })
        neighbours.set(kind, neighbour)
        onTestFinished(() => {
          neighbour.stop()
          return neighbour.done
        })
      }
      const { servers } = await tell()
      const servedAlone = (state: HostileState) =>
        kinds.every((kind) => (state.servers[kind].open[technique] ?? 0) <= 1)
      await tell('publish')
      const before = await tell('measure')
      let boundBytes = before.memoryBytes + LEFT_BYTES
      for (let hundred = 0; hundred < HUNDREDS; hundred++) {
        const conversations = malformed(technique, 100, SEED + hundred)
        const peers = await Promise.all(conversations.map((said) => speak(said, urlOf(said.kind))))
        await tell('publish')
        const leaving = peers.filter(({ isLeaving }) => isLeaving)
        await until('who has said that nothing follows is let go', () =>
          leaving.every(({ isOver }) => isOver()),
        )
        for (const { end } of peers) await end()
        const { servers: published } = await tell('publish')
        for (const [kind, { events, failures, gaps }] of neighbours) {
          const { latestSeq } = published[kind]
          await until('the neighbour has all', () => events.at(-1)?.seq === latestSeq)
          const first = servers[kind].latestSeq + 1
          expect(events.map(({ seq }) => seq)).toEqual(
            Array.from({ length: latestSeq - first + 1 }, (_, i) => first + i),
          )
          expect([failures, gaps]).toEqual([[], []])
        }
        await until('all is let go', async () => {
          const state = await tell()
          // A neighbour that polls may have had no connection when it was looked before; what leaks, grows beyond that.
          return servedAlone(state) && state.descriptors <= before.descriptors + kinds.length
        })
        const { memoryBytes, mistakes } = await tell('measure')
        expect(mistakes).toEqual([])
        expect(memoryBytes).toBeLessThan(boundBytes)
        if (hundred === 0) boundBytes = memoryBytes + LEFT_BYTES
      }
    },
    60_000 + HUNDREDS * 20_000,
  )
})

/** Everything that the server sends before it closes, as text. */
function rawAnswer(url: string, sent: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const socket = dial(url)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text.split('\r\n')[0] as string))
    if (sent.length > 0) socket.write(sent)
  })
}

/** The last NUL-terminated message before the server closes. */
async function lastMessage(url: string, sent: string | Uint8Array): Promise<string> {
  return (await rawAnswer(url, sent)).split('\0').at(-2) ?? ''
}

/** Writes without end, until the server closes; it has to before it has taken much. */
function endless(url: string, head: string, piece: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = dial(url)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.write(head)
    const more = () => {
      if (socket.bytesWritten - socket.writableLength > BOUNDED_BYTES)
        reject(new Error('The server takes it all.'))
      else if (!socket.destroyed) socket.write(piece, () => setImmediate(more))
    }
    more()
    socket.on('error', () => {})
    socket.on('close', () => resolve(text.split('\r\n')[0] as string))
  })
}

/** The code of the close frame that answers what is written after a WebSocket's opening handshake. */
function closeCode(url: string, path: string, write: (socket: Socket) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/${path}`)
    socket.on('upgrade', ({ socket: raw }) => setImmediate(() => write(raw)))
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}

function dial(url: string): Socket {
  return connect(Number(new URL(url).port), '127.0.0.1')
}

function chunk(bytes: number): Uint8Array {
  return Buffer.from(`${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`)
}
