import { type Failed, failedBy, obeyParent } from '../../../server/parent.ts'
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
  { type: 'answer'; id: number; ports: number[] } | (Failed & { id: number })

let networks: LaneNetwork[] = []
let working: Promise<unknown> = Promise.resolve()

obeyParent<ToStageNetwork, FromStageNetwork>((message) => {
  const { id } = message
  const done = working
    .then(() => perform(message))
    .then(
      (): FromStageNetwork => ({ type: 'answer', id, ports: networks.map(({ port }) => port) }),
      (error): FromStageNetwork => ({ ...failedBy(error), id }),
    )
  working = done
  return done
})

async function perform(message: ToStageNetwork): Promise<void> {
  if (message.type === 'open') networks = message.targets.map((target) => new LaneNetwork(target))
  for (const network of networks) {
    if (message.type === 'open' || message.type === 'change') await network.change(message.between)
    if (message.type === 'mend' || (message.type === 'open' && !message.isCut)) await network.listen()
    if (message.type === 'cut') await network.cut()
  }
}
