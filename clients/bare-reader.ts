import { connect, type Socket } from 'node:net'
import { type Failed, obeyParent } from '../server/parent.ts'
import type { ProcessCost } from '../server/process-cost.ts'
import { observeProcess, type Window } from '../server/process-cost.ts'

/**
 * The cheapest load agent there can be in Node.js: a process whose sockets only read. It stands beside the real one
 * to show what measuring costs.
 */
export type ToReader =
  /** `opening` is what each subscriber says first. */
  { type: 'ramp-up'; url: string; opening: string; subscribers: number } | { type: 'measure'; window: Window }

export type FromReader = { type: 'ready' } | { type: 'result'; cost: ProcessCost } | Failed

const sockets: Socket[] = []
/** One for all: nothing is looked at. */
const buffer = Buffer.allocUnsafeSlow(65_536)

obeyParent<ToReader, FromReader>(async (message) => {
  if (message.type === 'ramp-up') {
    const { hostname, port } = new URL(message.url)
    for (let i = 0; i < message.subscribers; i++) {
      const read = Promise.withResolvers<void>()
      const socket = connect({
        ...{ host: hostname, port: Number(port), noDelay: true },
        onread: {
          buffer,
          callback: () => {
            read.resolve()
            return true
          },
        },
      })
      socket.on('error', () => {})
      socket.write(message.opening)
      sockets.push(socket)
      if (i % 50 === 49) await read.promise
    }
    return { type: 'ready' }
  }
  const cost = await observeProcess(message.window)
  for (const socket of sockets) socket.destroy()
  return { type: 'result', cost }
})
