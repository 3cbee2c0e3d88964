import { createServer, Socket } from 'node:net'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { nowUs } from '../../server/clock.ts'
import { Agenda } from './agenda.ts'
import { DelayLine, delaysMs } from './delay-line.ts'
import { addressOf, type Network, networkOf, Sockets } from './network.ts'

export interface DelayOptions {
  /** How long a packet is under way, in each direction; a round trip takes twice as long. */
  delayMs: number
  /** A packet's delay is uniform in [delayMs, delayMs + jitterMs); default 0. */
  jitterMs?: number
  /** What a connection can carry in each direction: bytes of its TCP stream, without headers; default no limit. */
  bytesPerSecond?: number
  /** Of the jitter; default 1. */
  seed?: number
}

/** Beyond so much under way in one direction of a connection nothing more is read: about a TCP window. */
const MAX_HELD_BYTES = 1_048_576
/** On a link with a limit bytes travel by the TCP payload of an Ethernet packet, with timestamps (RFC 7323). */
const SEGMENT_BYTES = 1_448

/**
 * A link with a delay, jitter and a limited rate, for anything on TCP. There is no loss.
 *
 * Setting up a connection costs what it would: the kernel accepts a subscriber at once, but what it sends before a SYN
 * and its SYN-ACK would have crossed the link counts as sent when they have, after two delays (RFC 9293, section
 * 3.5). It reaches the server one delay later, and only then, when the ACK would have come, is the server connected
 * to. So an answer to the first request comes after four delays, as over a real link, and to one on the same
 * connection after two. A server that refuses is told of as a reset, after four delays instead of two.
 *
 * What is sent to and fro while TCP goes on (acknowledgements, slow start) costs nothing here, so that a large answer
 * is faster than over a real link until the rate limits it. 1 MiB may be under way: at most that a delay.
 *
 * Jitter has a sequence of its own for each connection, by the order of connecting, and direction. One number goes to
 * what one read from a socket gives, or to each segment on a link with a limited rate.
 */
export function startDelay(target: string, options: DelayOptions): Promise<Network> {
  const { delayMs, jitterMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY, seed = 1 } = options
  const seeds = mersenne(seed)
  const newDelays = () => delaysMs(delayMs, jitterMs, uniformInt(seeds, 0, 0x7fffffff))
  const sockets = new Sockets()
  const agenda = new Agenda()

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = new Socket({ allowHalfOpen: true }).setNoDelay(true)
    sockets.track(far)
    const [up, down] = [newDelays(), newDelays()]
    const openUs = nowUs() + (up.next().value + down.next().value) * 1e3
    const lineUp = new DelayLine(agenda, up, bytesPerSecond)
    // First on the line, and so what follows waits for it.
    lineUp.send(openUs, 0, () => far.connect(addressOf(target)))
    const lineDown = new DelayLine(agenda, down, bytesPerSecond)
    const segmentBytes = Number.isFinite(bytesPerSecond) ? SEGMENT_BYTES : Number.POSITIVE_INFINITY
    pass(near, far, segmentBytes, lineUp)
    pass(far, near, segmentBytes, lineDown)
  })

  return networkOf(server, target, sockets, () => agenda.stop())
}

/** Sends all that comes from one socket over a line to the other: bytes, the end, and a reset. */
function pass(from: Socket, to: Socket, segmentBytes: number, line: DelayLine): void {
  let heldBytes = 0
  from.on('data', (chunk: Buffer) => {
    heldBytes += chunk.length
    if (heldBytes > MAX_HELD_BYTES) from.pause()
    const sentUs = nowUs()
    for (let start = 0; start < chunk.length; start += segmentBytes) {
      const segment = chunk.subarray(start, start + segmentBytes)
      const taken = () => {
        heldBytes -= segment.length
        if (heldBytes <= MAX_HELD_BYTES && from.isPaused()) from.resume()
      }
      line.send(sentUs, segment.length, () => to.write(segment, taken))
    }
  })
  from.on('end', () => line.send(nowUs(), 0, () => to.end()))
  from.on('error', () => line.send(nowUs(), 0, () => to.resetAndDestroy()))
}
