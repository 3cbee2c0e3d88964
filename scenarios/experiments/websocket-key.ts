import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { addressOf } from '../../clients/network/network.ts'
import { websocketKeyRows } from '../../results/rows/websocket-key.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { holdsWithin } from './networks/wait.ts'
import { inTurn } from './shared/in-turn.ts'

/** RFC 6455 section 1.3: what a server appends to the key before it hashes it; no secret. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const EVENTS = 5
const PATIENCE_MS = 2_000

const KEYS: Record<string, string | undefined> = {
  '16 random bytes': randomBytes(16).toString('base64'),
  'the example of RFC 6455': 'dGhlIHNhbXBsZSBub25jZQ==',
  '4 bytes': randomBytes(4).toString('base64'),
  none: undefined,
}

/** Opens a WebSocket by hand, on a bare TCP socket, with keys good and bad. */
export const experiment: Experiment<typeof websocketKeyRows> = {
  rows: websocketKeyRows,
  question: 'Whom does Sec-WebSocket-Key keep out?',
  expectation:
    'Nobody who can write 16 bytes in base64: the server only proves with it that it speaks WebSocket.',
  expectedMs: 500,
  async run({ signal }) {
    await using site = new Site()
    const { feed, url } = await site.server()
    const rows = await inTurn(Object.entries(KEYS), async ([key, value]) => {
      const socket = connect(addressOf(url))
      site.endWith(() => socket.destroy())
      let answer = ''
      socket
        .on('error', () => {})
        .on('data', (bytes) => {
          answer += bytes.toString('latin1')
        })
      await once(socket, 'connect', { signal })
      socket.write(
        'GET /websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
          `Sec-WebSocket-Version: 13\r\n${value === undefined ? '' : `Sec-WebSocket-Key: ${value}\r\n`}\r\n`,
      )
      await holdsWithin(PATIENCE_MS, signal, () => answer.includes('\r\n\r\n'))
      const status = Number(answer.slice('HTTP/1.1 '.length).slice(0, 3))
      const proof = createHash('sha1').update(`${value}${GUID}`).digest('base64')
      const received = () => answer.split('"seq":').length - 1
      if (status === 101) {
        for (let i = 0; i < EVENTS; i++) feed.publish()
        await holdsWithin(PATIENCE_MS, signal, () => received() >= EVENTS)
      }
      return {
        key,
        client: 'a bare TCP socket',
        valid: value !== undefined && Buffer.from(value, 'base64').length === 16,
        status,
        proven: answer.includes(proof),
        eventsPublished: status === 101 ? EVENTS : 0,
        eventsReceived: received(),
      }
    })
    return { rows }
  },
}
