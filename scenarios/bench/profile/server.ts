import { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads, { Worker, type WorkerOptions } from 'node:worker_threads'
import type { ProfileLoad } from '../../../clients/profile-load.ts'

/**
 * A server that publishes by itself, as the profiler's file says. What a profiler has Node.js load first stays with the
 * main thread: in the thread of the feed's clock the same hooks would write over what they write of the server, into the
 * same file.
 */
class UnprofiledWorker extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    super(file, { ...options, execArgv: [], env: { ...process.env, NODE_OPTIONS: '' } })
  }
}

workerThreads.Worker = UnprofiledWorker
syncBuiltinESMExports()

const [file = ''] = process.argv.slice(2)
const { technique, url, point }: ProfileLoad = JSON.parse(readFileSync(file, 'utf8'))
const { serve, planAt } = await import('../../../server/serve.ts')
const { publishAlone } = await import('../../../server/alone.ts')
publishAlone(
  await serve({ ...planAt(technique, point), port: Number(new URL(url).port) }),
  point.feed.schedule,
)
