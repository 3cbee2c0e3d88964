import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientTechnique, Publish, Subscription } from './technique.ts'

const RETRY_MS = 250

/**
 * Keeps a subscription going: when the transport fails it is counted and, after a pause, opened again from the last
 * event received, until the feed is over or `signal` aborts. Never rejects. The same for every technique, so that
 * none gets a better reconnect than another. What is published goes by the connection of the moment.
 * @param onFailure called with the error's code, `ECONNRESET` for example.
 * @param retryMs the pause before the next try; default 250 ms.
 */
export async function follow(
  technique: ClientTechnique,
  subscription: Subscription,
  onFailure: (code: string) => void,
  retryMs = RETRY_MS,
): Promise<void> {
  const { signal } = subscription
  let { cursor } = subscription
  let publish: Publish | undefined
  while (!signal.aborted) {
    try {
      return await technique({
        ...subscription,
        ...(cursor && { cursor }),
        onOpen: (from, up) => {
          cursor = { ...from }
          const isFirst = !publish
          publish = up
          if (isFirst) subscription.onOpen(from, (message) => (publish as Publish)(message))
        },
        onEvent: (event) => {
          // In place: an object for each event would be the load agent's work.
          cursor ??= { seq: 0 }
          cursor.seq = event.seq
          subscription.onEvent(event)
        },
      })
    } catch (error) {
      if (signal.aborted) return
      const { code, name } = error as NodeJS.ErrnoException
      onFailure(code ?? name)
      await sleep(retryMs, undefined, { signal }).catch(() => {})
    }
  }
}
