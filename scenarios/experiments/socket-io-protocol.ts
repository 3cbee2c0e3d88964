import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { type SocketIoProtocolRow, socketIoProtocolRows } from '../../results/rows/socket-io-protocol.ts'
import { nowUs } from '../../server/clock.ts'
import type { Experiment } from '../bench/experiment.ts'
import { Site } from './networks/site.ts'
import { startSocketIo, TIMES } from './networks/socket-io-server.ts'
import { pause } from './networks/wait.ts'
import { startWebSockets } from './networks/web-sockets.ts'

const INTERVAL_MS = 50
/** Twice what the server gives a peer to say that it speaks the protocol. */
const WATCHED_MS = 2 * TIMES.connectTimeout + 500

/** What became of one client. */
type Seen = Pick<SocketIoProtocolRow, 'opened' | 'messages' | 'events' | 'end' | 'endedAfterUs'>

/** Lets clients of WebSocket and of Socket.IO meet servers of the other kind. */
export const experiment: Experiment<typeof socketIoProtocolRows> = {
  rows: socketIoProtocolRows,
  question: 'Can a plain WebSocket client talk to a Socket.IO server, and the other way round?',
  expectation:
    'No: Socket.IO has a handshake, heartbeats and packets of its own, of which WebSocket carries the bytes.',
  expectedMs: 3_500,
  async run({ signal }) {
    await using site = new Site()
    const server = await startSocketIo(site)
    const plain = await startWebSockets()
    site.endWith(plain.close)
    const plainUrl = plain.url.replace('ws', 'http')
    const ws = server.url.replace('http', 'ws')
    const engine = `${ws}/socket.io/?EIO=4&transport=websocket`
    const clients: [Pick<SocketIoProtocolRow, 'client' | 'server'>, Seen][] = [
      [{ client: 'stock Socket.IO', server: 'Socket.IO' }, stockClient(site, server.url)],
      [{ client: 'ws, at /', server: 'Socket.IO' }, plainClient(site, ws)],
      [{ client: 'ws, at /socket.io/', server: 'Socket.IO' }, plainClient(site, `${ws}/socket.io/`)],
      [{ client: 'ws, with EIO=4&transport=websocket', server: 'Socket.IO' }, plainClient(site, engine)],
      [
        { client: 'ws that writes the packets itself', server: 'Socket.IO' },
        plainClient(site, engine, speak),
      ],
      [{ client: 'stock Socket.IO', server: 'ws' }, stockClient(site, plainUrl)],
    ]
    let published = 0
    for (const startUs = nowUs(); nowUs() - startUs < WATCHED_MS * 1e3; published++) {
      server.io.emit('event', { seq: published + 1 })
      for (const socket of plain.clients) socket.send(JSON.stringify({ seq: published + 1 }))
      await pause(INTERVAL_MS, signal)
    }
    const rows = clients.map(([who, seen]) => ({ ...who, ...TIMES, eventsPublished: published, ...seen }))
    return { rows }
  },
}

function stockClient(site: Site, url: string): Seen {
  const seen: Seen = { opened: false, messages: 0, events: 0, end: 'none' }
  const startUs = nowUs()
  const socket = io(url, { reconnection: false, forceNew: true })
  site.endWith(() => socket.disconnect())
  const end = (why: string) => {
    seen.end = why
    seen.endedAfterUs = nowUs() - startUs
  }
  socket.on('connect', () => {
    seen.opened = true
  })
  socket.io.on('packet', () => seen.messages++)
  socket.on('event', () => seen.events++)
  socket.on('connect_error', ({ message }) => end(message))
  socket.on('disconnect', end)
  return seen
}

/** @param onMessage what it does with a message besides counting it; returns whether that was an event. */
function plainClient(
  site: Site,
  url: string,
  onMessage: (text: string, socket: WebSocket) => boolean = isEvent,
): Seen {
  const seen: Seen = { opened: false, messages: 0, events: 0, end: 'none' }
  const startUs = nowUs()
  const socket = new WebSocket(url)
  site.endWith(() => socket.terminate())
  socket.on('open', () => {
    seen.opened = true
  })
  socket.on('message', (data) => {
    seen.messages++
    if (onMessage(data.toString(), socket)) seen.events++
  })
  socket.on('error', ({ message }) => {
    seen.end = message
  })
  socket.on('close', (code) => {
    if (seen.end === 'none') seen.end = `closed with ${code}`
    seen.endedAfterUs = nowUs() - startUs
  })
  return seen
}

/** What a client of WebSocket expects: the event as it was published. */
function isEvent(text: string): boolean {
  return text.startsWith('{"seq":')
}

/** Engine.IO's open (0) and ping (2), Socket.IO's CONNECT (40) and EVENT (42), by hand. */
function speak(text: string, socket: WebSocket): boolean {
  if (text.startsWith('0')) socket.send('40')
  if (text === '2') socket.send('3')
  return text.startsWith('42["event",')
}
