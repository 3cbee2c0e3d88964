import { setTimeout as sleep } from 'node:timers/promises'
import { nowUs } from '../../server/clock.ts'
import { type PollClient, Poller, pollForEvents } from '../poll.ts'
import { readerPolls } from '../reader-polls.ts'
import type { ClientTechnique, Subscription } from '../technique.ts'

const ASK = { path: 'short-poll' }

/** Short polling, by one of the timers that pages use. */
export const shortPollBy =
  (client: PollClient): ClientTechnique =>
  (subscription) => {
    const { pollIntervalMs, signal, door } = subscription
    switch (door.variant.pollTimer) {
      case 'timeout':
        return pollForEvents(client, subscription, ASK, () => sleep(pollIntervalMs, undefined, { signal }))
      case 'interval':
        return pollByInterval(client, subscription)
      default:
        return pollForEvents(client, subscription, ASK, () => nextTick(subscription))
    }
  }

/**
 * As setInterval does it: the next request leaves although the answer before is still awaited, so that a slow answer
 * is overtaken, and events come twice.
 */
function pollByInterval(client: PollClient, subscription: Subscription): Promise<void> {
  const poller = new Poller(client, subscription, ASK)
  let over = false
  const polling = new Promise<void>((resolve, reject) => {
    const tick = () => {
      poller.poll().then((ended) => ended && resolve(), reject)
    }
    const loop = async () => {
      // A second poll without a cursor would start later than the first, and lose what came between them.
      if (await poller.poll()) resolve()
      while (!over) {
        await nextTick(subscription)
        if (!over) tick()
      }
    }
    loop().catch(reject)
  })
  return polling.finally(() => {
    over = true
  })
}

/** Resolves at the next time t with t = pollPhaseMs modulo pollIntervalMs. */
async function nextTick({ pollIntervalMs, pollPhaseMs, signal }: Subscription): Promise<void> {
  const nowMs = nowUs() / 1e3
  const ticks = Math.floor((nowMs - pollPhaseMs) / pollIntervalMs) + 1
  await sleep(Math.ceil(pollPhaseMs + ticks * pollIntervalMs - nowMs), undefined, { signal })
}

export default shortPollBy(readerPolls)
