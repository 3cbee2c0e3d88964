import { setTimeout as sleep } from 'node:timers/promises'
import { Swarm } from '../../clients/swarm.ts'
import { clientTechnique } from '../../clients/technique.ts'
import { buildServer } from '../../server/app.ts'
import { MemoryFeed } from '../../server/feed.ts'
import { serverTechnique } from '../../server/technique.ts'
import { annotate } from '../../server/wire/print.ts'
import { checkTechniques } from '../library.ts'

const POLL_INTERVAL_MS = 50
const ARRIVAL_TIMEOUT_MS = 5_000

/** `pushlab wire TECHNIQUE`: every byte of one subscription and one event, captured on a real socket and explained. */
export async function wire(technique: string, { payload }: { payload: number }): Promise<void> {
  checkTechniques([technique])
  const feed = new MemoryFeed({ payloadBytes: payload })
  const app = await buildServer({ feed })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const swarm = new Swarm({
    technique: await clientTechnique(technique),
    url,
    payloadBytes: payload,
    load: { subscribers: 1, warmUpMs: 0, measureMs: 1, pollIntervalMs: POLL_INTERVAL_MS, holdMs: 1 },
  })
  await swarm.rampUp()
  // A long poll asks again once it has its first cursor: the event has to find it waiting.
  await sleep(2 * POLL_INTERVAL_MS)
  feed.publish()
  await swarm.drain(1, ARRIVAL_TIMEOUT_MS)
  await swarm.close()
  await app.close()

  const { up, down } = (await serverTechnique(technique)).wire
  swarm.tap.connections.forEach((connection, i) => {
    const [sent, received] = [Buffer.concat(connection.up), Buffer.concat(connection.down)]
    console.log(`Connection ${i + 1}, client to server, ${sent.length} bytes\n`)
    console.log(annotate(sent, up(sent)))
    console.log(`\nConnection ${i + 1}, server to client, ${received.length} bytes\n`)
    console.log(annotate(received, down(received)))
  })
}
