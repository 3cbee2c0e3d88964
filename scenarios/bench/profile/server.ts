import { syncBuiltinESMExports } from 'node:module'
import workerThreads, { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * The server as `node server/main.ts` starts it, but for its threads: what a profiler has Node.js load first
 * stays with the main thread. In the thread of the feed's clock the same hooks would write over what they
 * write of the server, into the same file.
 */
class UnprofiledWorker extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    super(file, { ...options, execArgv: [], env: { ...process.env, NODE_OPTIONS: '' } })
  }
}

workerThreads.Worker = UnprofiledWorker
syncBuiltinESMExports()
await import('../../../server/main.ts')
