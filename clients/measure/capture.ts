import { setTimeout as sleep } from 'node:timers/promises'
import type { Point } from '../../results/scenario.ts'
import { addressFor, buildServer } from '../../server/app.ts'
import { selfSignedCertificate } from '../../server/certificate.ts'
import { nowUs } from '../../server/clock.ts'
import { PushlabError } from '../../server/error.ts'
import { MemoryFeed } from '../../server/feed.ts'
import { entryOf } from '../../server/registry.ts'
import { serverTechnique, type Wire } from '../../server/technique.ts'
import { defaultVariant, type Variant } from '../../server/variant.ts'
import type { Span } from '../../server/wire/span.ts'
import { Swarm } from '../swarm.ts'
import type { Tap } from '../tap.ts'
import { type ClientTechnique, clientTechnique } from '../technique.ts'
import { readerOf } from './reader.ts'

const POLL_INTERVAL_MS = 50
/** A stream has settled when nothing has passed for so long: Socket.IO lets who upgrades wait for up to 100 ms. */
const QUIET_MS = 200
const SETTLE_TIMEOUT_MS = 2_000
const ARRIVAL_TIMEOUT_MS = 5_000

export interface CaptureOptions {
  /** Exact length of the encoded event. */
  payloadBytes: number
  variant?: Variant
  /** Whether the subscriber publishes the event itself; default: the server does. */
  publish?: boolean
}

/** Every byte of one subscription and one event. */
export interface Capture {
  /** In the order of connecting. */
  connections: CapturedConnection[]
  /** When the event was published, and when the subscriber had parsed it, monotonic microseconds. */
  publishedAtUs: number
  receivedAtUs: number
}

export interface CapturedConnection {
  /** When its socket began to connect, monotonic microseconds. */
  beganAtUs: number
  /** Client to server. */
  up: CapturedStream
  /** Server to client. */
  down: CapturedStream
}

/** One direction of a connection. */
export interface CapturedStream {
  bytes: Uint8Array
  /** What its bytes are there for. */
  spans: Span[]
  /** The offset after each piece that was written or read at once, and when it was, monotonic microseconds. */
  pieces: { end: number; atUs: number }[]
}

/**
 * Captures one subscription and one event of a technique on real sockets of this machine, in this process.
 * @throws {PushlabError} CHILD_FAILED where the event does not arrive.
 */
export async function captureEvent(
  technique: string,
  { payloadBytes, variant = defaultVariant, publish = false }: CaptureOptions,
): Promise<Capture> {
  const point: Point = {
    feed: { schedule: { kind: 'constant', ratePerSecond: 1 }, payloadBytes },
    load: { subscribers: 1, warmUpMs: 0, measureMs: 1, pollIntervalMs: POLL_INTERVAL_MS, holdMs: 1 },
    variant,
  }
  const feed = new MemoryFeed({ payloadBytes, binary: variant.payload === 'binary' })
  const app = await buildServer({
    feed,
    techniques: [technique],
    settings: { ...variant, subscribersPublish: publish },
    http2: variant.http === '2',
    ...(variant.tls && { certificate: await selfSignedCertificate() }),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const twin = await clientTechnique(technique, variant.client)
  let receivedAtUs: number | undefined
  const noting: ClientTechnique = (subscription) =>
    twin({
      ...subscription,
      onEvent: (event) => {
        receivedAtUs ??= nowUs()
        subscription.onEvent(event)
      },
    })
  const swarm = new Swarm({ technique: noting, url: addressFor(app, technique), point })
  let publishedAtUs: number
  try {
    await swarm.rampUp()
    await settle(technique, swarm.tap)
    publishedAtUs = nowUs()
    if (publish) swarm.publish(publishedAtUs - feed.epochUs)
    else feed.publish()
    await swarm.drain(1, ARRIVAL_TIMEOUT_MS)
    if (receivedAtUs === undefined) throw notArrived(swarm)
  } finally {
    await swarm.close()
    await app.close()
  }

  const { wire } = await serverTechnique(technique)
  return { connections: readTap(swarm.tap, wire, variant), publishedAtUs, receivedAtUs }
}

/** Reads what a tap has kept so far. */
export function readTap(tap: Tap, wire: Wire, variant: Variant): CapturedConnection[] {
  return tap.connections.map((connection) => {
    const read = readerOf(wire, variant, connection)
    const streamOf = (direction: 'up' | 'down'): CapturedStream => {
      const { ends, atUs } = connection[direction]
      const bytes = connection[direction].bytes()
      const pieces = ends.map((end, i) => ({ end, atUs: atUs[i] as number }))
      return { bytes, spans: read[direction](bytes), pieces }
    }
    return { beganAtUs: connection.beganAtUs, up: streamOf('up'), down: streamOf('down') }
  })
}

/** When the byte at an offset passed, monotonic microseconds. */
export function passedAtUs({ pieces }: CapturedStream, offset: number): number {
  return pieces.find(({ end }) => offset < end)?.atUs ?? Number.POSITIVE_INFINITY
}

/** The event has to find a poll that asks with a cursor, and a stream that says no more of itself. */
async function settle(technique: string, tap: Tap): Promise<void> {
  if (entryOf(technique)?.family === 'poll') {
    await sleep(2 * POLL_INTERVAL_MS)
    return
  }
  const untilUs = nowUs() + SETTLE_TIMEOUT_MS * 1e3
  const latestUs = () =>
    Math.max(...tap.connections.flatMap(({ up, down }) => [up.atUs.at(-1) ?? 0, down.atUs.at(-1) ?? 0]))
  while (nowUs() - latestUs() < QUIET_MS * 1e3 && nowUs() < untilUs) await sleep(10)
}

function notArrived({ errors }: Swarm): PushlabError {
  const codes = Object.keys(errors).join(', ') || 'no transport error'
  const what = `The event did not arrive within ${ARRIVAL_TIMEOUT_MS / 1e3} s (${codes}).`
  return new PushlabError('CHILD_FAILED', what)
}
