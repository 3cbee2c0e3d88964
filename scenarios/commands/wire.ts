import { setTimeout as sleep } from 'node:timers/promises'
import { readerOf } from '../../clients/measure/reader.ts'
import { Swarm } from '../../clients/swarm.ts'
import { clientTechnique } from '../../clients/technique.ts'
import { addressFor, buildServer } from '../../server/app.ts'
import { selfSignedCertificate } from '../../server/certificate.ts'
import { nowUs } from '../../server/clock.ts'
import { PushlabError } from '../../server/error.ts'
import { MemoryFeed } from '../../server/feed.ts'
import { doesNotApply, entryOf } from '../../server/registry.ts'
import { defaultSettings, serverTechnique } from '../../server/technique.ts'
import { chosenOf, completeVariant, type Variant } from '../../server/variant.ts'
import { annotate } from '../../server/wire/print.ts'
import { checkTechniques } from '../library.ts'
import type { Point } from '../scenario.ts'

const POLL_INTERVAL_MS = 50
const ARRIVAL_TIMEOUT_MS = 5_000

/** The flags of `pushlab wire`, parsed. */
export interface WireOptions {
  payload: number
  /** Whether the subscriber publishes the event itself. */
  publish?: boolean
  variant: Partial<Variant>
}

/**
 * `pushlab wire TECHNIQUE`: every byte of one subscription and one event, captured on a real socket and explained.
 */
export async function wire(technique: string, options: WireOptions): Promise<void> {
  checkTechniques([technique])
  const variant = completeVariant(options.variant)
  for (const axis of chosenOf(variant)) {
    const reason = doesNotApply(technique, axis)
    if (reason) throw new PushlabError('BAD_INPUT', `${axis} means nothing to ${technique}: ${reason}.`)
  }
  const noWayUp = entryOf(technique)?.deviations?.publish
  if (options.publish && noWayUp)
    throw new PushlabError('BAD_INPUT', `${technique} cannot publish: ${noWayUp}`)
  if (options.publish && options.payload > defaultSettings.maxMessageBytes) {
    throw new PushlabError(
      'BAD_INPUT',
      `A message may have ${defaultSettings.maxMessageBytes} bytes at most. Use a smaller --payload.`,
    )
  }
  const point: Point = {
    feed: { schedule: { kind: 'constant', ratePerSecond: 1 }, payloadBytes: options.payload },
    load: { subscribers: 1, warmUpMs: 0, measureMs: 1, pollIntervalMs: POLL_INTERVAL_MS, holdMs: 1 },
    variant,
  }
  const feed = new MemoryFeed({ payloadBytes: options.payload, binary: variant.payload === 'binary' })
  const app = await buildServer({
    feed,
    settings: { ...variant, subscribersPublish: options.publish ?? false },
    http2: variant.http === '2',
    ...(variant.tls && { certificate: await selfSignedCertificate() }),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const swarm = new Swarm({
    technique: await clientTechnique(technique),
    url: addressFor(app, technique),
    point,
  })
  try {
    await showEvent(swarm, feed, options)
  } finally {
    await swarm.close()
    await app.close()
  }

  const { wire: reading } = await serverTechnique(technique)
  swarm.tap.connections.forEach((connection, i) => {
    const { up, down } = readerOf(reading, variant, connection)
    const [sent, received] = [Buffer.concat(connection.up), Buffer.concat(connection.down)]
    console.log(`Connection ${i + 1}, client to server, ${sent.length} bytes\n`)
    console.log(annotate(sent, up(sent)))
    console.log(`\nConnection ${i + 1}, server to client, ${received.length} bytes\n`)
    console.log(annotate(received, down(received)))
  })
}

async function showEvent(swarm: Swarm, feed: MemoryFeed, { publish }: WireOptions): Promise<void> {
  await swarm.rampUp()
  // A long poll asks again once it has its first cursor, and Socket.IO upgrades: the event has to find them waiting.
  await sleep(2 * POLL_INTERVAL_MS)
  if (publish) swarm.publish(nowUs() - feed.epochUs)
  else feed.publish()
  await swarm.drain(1, ARRIVAL_TIMEOUT_MS)
  if (swarm.probeEvents > 0) return
  const codes = Object.keys(swarm.errors).join(', ') || 'no transport error'
  throw new PushlabError(
    'CHILD_FAILED',
    `The event did not arrive within ${ARRIVAL_TIMEOUT_MS / 1e3} s (${codes}).`,
  )
}
