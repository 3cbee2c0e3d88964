import type { StageEntry } from '../log/entries.ts'
import { Lanes } from './lanes.ts'
import type { FromLanes, OpenLanes, ToLanes } from './lanes-messages.ts'
import { ReplicaFeed } from './replica-feed.ts'

/**
 * The process that serves the lanes of a stage, driven over its IPC channel: it can crash and come back while the feed, which
 * is the stage's, goes on. It ends when the stage is gone, however it went.
 */

/** The log travels in batches of so many milliseconds' worth; the stage adds as much. */
const BATCH_MS = 25
const TOTALS_MS = 1_000

let run = 0
let feed: ReplicaFeed | undefined
let lanes: Lanes | undefined
let batch: StageEntry[] = []
/** What is asked for is done one after the other. */
let working: Promise<void> = Promise.resolve()

const send = (message: FromLanes, sent?: () => void) => {
  if (process.connected) process.send?.(message, undefined, {}, () => sent?.())
  else sent?.()
}

process.on('message', (message: ToLanes) => {
  if (message.type === 'event') feed?.append(message.event)
  else if (message.type === 'leave') leave()
  else if (message.type === 'open') {
    // At once: the next message may be its next event.
    const opened = new ReplicaFeed(message.epochUs, message.history)
    feed = opened
    work(message.id, () => open(message, opened))
  } else if (message.type === 'hold') work(message.id, () => lanes?.hold(message.holdMs))
  else if (message.type === 'cut') work(message.id, cut)
  else work(message.id, () => lanes?.listen())
})
process.once('disconnect', () => process.exit())
// Ctrl-C reaches the whole process group; when to end is the parent's business.
process.on('SIGINT', () => {})
setInterval(flush, BATCH_MS)
setInterval(() => lanes?.writeTotals(), TOTALS_MS)

async function open(plan: OpenLanes, opened: ReplicaFeed): Promise<void> {
  await lanes?.cut()
  lanes = undefined
  flush()
  run = plan.run
  lanes = await Lanes.open(plan, opened, (entry) => {
    // Sockets of an earlier run may be the last to close.
    if (plan.run === run) batch.push(entry)
  })
}

async function cut(): Promise<void> {
  await lanes?.cut()
  lanes?.writeTotals()
}

function work(id: number, task: () => Promise<void> | undefined): void {
  working = working.then(task).then(
    () => send({ type: 'answer', id, ports: lanes?.ports ?? [] }),
    (error: Error) => send({ type: 'failed', id, reason: error.message }),
  )
}

function flush(sent?: () => void): void {
  const entries = batch
  batch = []
  if (entries.length > 0) send({ type: 'log', run, entries }, sent)
  else sent?.()
}

function leave(): void {
  lanes?.writeRest()
  lanes?.writeTotals()
  flush(() => process.exit(1))
}
