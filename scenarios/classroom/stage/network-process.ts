import { type Between, LaneNetwork } from './network.ts'

/** The process in which a stage's networks are, driven over its IPC channel: delay and buffering cost the lanes no CPU. */
export type ToStageNetwork =
  /** Puts a gate before each of these lanes, by their URLs. Once. */
  | { type: 'open'; id: number; targets: string[]; between: Between; isCut: boolean }
  | { type: 'change'; id: number; between: Between }
  | { type: 'cut'; id: number }
  | { type: 'mend'; id: number }

export type FromStageNetwork =
  /** What was asked for is done. `ports` of the gates, in the order of the lanes. */
  { type: 'answer'; id: number; ports: number[] } | { type: 'failed'; id: number; reason: string }

let networks: LaneNetwork[] = []
let working: Promise<void> = Promise.resolve()

process.on('message', (message: ToStageNetwork) => {
  const { id } = message
  working = working
    .then(() => perform(message))
    .then(
      () => send({ type: 'answer', id, ports: networks.map(({ port }) => port) }),
      (error: Error) => send({ type: 'failed', id, reason: error.message }),
    )
})
process.once('disconnect', () => process.exit())
// Ctrl-C reaches the whole process group; when to end is the parent's business.
process.on('SIGINT', () => {})

async function perform(message: ToStageNetwork): Promise<void> {
  if (message.type === 'open') networks = message.targets.map((target) => new LaneNetwork(target))
  for (const network of networks) {
    if (message.type === 'open' || message.type === 'change') await network.change(message.between)
    if (message.type === 'mend' || (message.type === 'open' && !message.isCut)) await network.listen()
    if (message.type === 'cut') await network.cut()
  }
}

function send(message: FromStageNetwork): void {
  if (process.connected) process.send?.(message, () => {})
}
