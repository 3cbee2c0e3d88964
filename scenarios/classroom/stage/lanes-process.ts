import { failedBy, obeyParent, tellParent } from '../../../server/parent.ts'
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
let working: Promise<unknown> = Promise.resolve()

obeyParent<ToLanes, FromLanes>((message) => {
  if (message.type === 'event') feed?.append(message.event)
  else if (message.type === 'leave') leave()
  else if (message.type === 'open') {
    // At once: the next message may be its next event.
    const opened = new ReplicaFeed(message)
    feed = opened
    return work(message.id, () => open(message, opened))
  } else if (message.type === 'hold') return work(message.id, () => lanes?.hold(message.holdMs))
  else if (message.type === 'cut') return work(message.id, cut)
  else return work(message.id, () => lanes?.listen())
  return undefined
})
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

function work(id: number, task: () => unknown): Promise<FromLanes> {
  const done = working.then(task).then(
    (): FromLanes => ({ type: 'answer', id, ports: lanes?.ports ?? [] }),
    (error): FromLanes => ({ ...failedBy(error), id }),
  )
  working = done
  return done
}

function flush(sent?: () => void): void {
  const entries = batch
  batch = []
  if (entries.length > 0) tellParent<FromLanes>({ type: 'log', run, entries }, sent)
  else sent?.()
}

function leave(): void {
  lanes?.writeRest()
  lanes?.writeTotals()
  flush(() => process.exit(1))
}
