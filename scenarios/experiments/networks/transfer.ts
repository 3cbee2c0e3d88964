import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { WebSocket } from 'ws'
import { listenLocally } from '../../../clients/network/network.ts'
import type { TcpOrderRow } from '../../../results/rows/tcp-order.ts'
import { startWebSockets } from './web-sockets.ts'

const TOTAL_BYTES = 8_000_000
const MAX_WRITE_BYTES = 64_000
const WORD_BYTES = 4

export type Carrier = TcpOrderRow['carrier']

/** What is written: 8 MB in which every 4 bytes are their own number, cut into writes of random length. */
export function newWrites(seed: number): Buffer[] {
  const bytes = Buffer.alloc(TOTAL_BYTES)
  for (let at = 0; at < TOTAL_BYTES; at += WORD_BYTES) bytes.writeUInt32BE(at / WORD_BYTES, at)
  const random = mersenne(seed)
  const writes: Buffer[] = []
  for (let at = 0; at < TOTAL_BYTES; ) {
    const end = Math.min(TOTAL_BYTES, at + uniformInt(random, 1, MAX_WRITE_BYTES))
    writes.push(bytes.subarray(at, end))
    at = end
  }
  return writes
}

/** Sends the writes over one connection of this machine, and compares what is read, and in which pieces. */
export async function transfer(
  carrier: Carrier,
  writes: readonly Buffer[],
  signal: AbortSignal,
): Promise<Omit<TcpOrderRow, 'lossPercent' | 'trial'>> {
  const reads = await (carrier === 'TCP' ? overTcp : overWebSocket)(writes, signal)
  const sent = Buffer.concat(writes)
  const received = Buffer.concat(reads)
  let outOfOrderBytes = 0
  for (let at = 0; at < sent.length; at++) if (sent[at] !== received[at]) outOfOrderBytes++
  const written = new Set(rangesOf(writes))
  return {
    carrier,
    sentBytes: sent.length,
    receivedBytes: received.length,
    outOfOrderBytes,
    writes: writes.length,
    reads: reads.length,
    readsThatAreWrites: rangesOf(reads).filter((range) => written.has(range)).length,
  }
}

/** Where each piece begins and ends within the whole. */
function rangesOf(pieces: readonly Buffer[]): string[] {
  let at = 0
  return pieces.map(({ length }) => {
    const start = at
    at += length
    return `${start}-${at}`
  })
}

async function overTcp(writes: readonly Buffer[], signal: AbortSignal): Promise<Buffer[]> {
  const server = createServer({ noDelay: true }, (socket: Socket) => {
    socket.on('error', () => {})
    for (const bytes of writes) socket.write(bytes)
    socket.end()
  })
  const reads: Buffer[] = []
  const socket = connect(await listenLocally(server), '127.0.0.1')
  try {
    socket.on('data', (bytes) => reads.push(bytes))
    await once(socket, 'end', { signal })
  } finally {
    socket.destroy()
    server.close()
  }
  return reads
}

async function overWebSocket(writes: readonly Buffer[], signal: AbortSignal): Promise<Buffer[]> {
  const { server, url } = await startWebSockets()
  server.on('connection', (socket) => {
    socket.on('error', () => {})
    for (const bytes of writes) socket.send(bytes)
    socket.close()
  })
  const reads: Buffer[] = []
  const socket = new WebSocket(url, { perMessageDeflate: false })
  try {
    socket.on('message', (bytes: Buffer) => reads.push(bytes))
    await once(socket, 'close', { signal })
  } finally {
    socket.terminate()
    server.close()
  }
  return reads
}
