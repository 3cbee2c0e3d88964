import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Point } from '../results/scenario.ts'
import { PushlabError } from '../server/error.ts'
import { entryOf } from '../server/registry.ts'
import { Swarm } from './swarm.ts'
import { clientTechnique } from './technique.ts'

/** What subscribes to a server that is being profiled, and for how long; it stands in a file. */
export interface ProfileLoad {
  technique: string
  /** Where the server's HTTP listens. */
  url: string
  point: Point
  /** From when all have been accepted until they leave. */
  holdMs: number
}

/** Where the technique listens: the server tells which has a port of its own. */
async function addressOf({ technique, url }: ProfileLoad): Promise<string> {
  if (entryOf(technique)?.carrier !== 'tcp') return url
  const { techniques } = (await (await fetch(url)).json()) as { techniques: { url: string }[] }
  const own = techniques[0]?.url ?? ''
  return own.startsWith('/') ? url : own
}

// A program of its own, `node clients/profile-load.ts FILE`: a profiler starts it once the server listens.
const [file = ''] = process.argv.slice(2)
const plan: ProfileLoad = JSON.parse(readFileSync(file, 'utf8'))
try {
  const { technique, point, holdMs } = plan
  const url = await addressOf(plan)
  const swarm = new Swarm({ technique: await clientTechnique(technique), url, point })
  await swarm.rampUp()
  await sleep(holdMs)
  const { events } = swarm.traffic()
  await swarm.close()
  const errors = Object.entries(swarm.errors).map(([code, times]) => `, ${code} x ${times}`)
  console.log(`Load: ${point.load.subscribers} subscribers received ${events} events${errors.join('')}.`)
} catch (error) {
  console.error(error instanceof PushlabError ? error.message : error)
  process.exitCode = 1
}
// What is kept alive for a next request shall not keep the profiler waiting.
process.exit()
