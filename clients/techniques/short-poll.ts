import { setTimeout as sleep } from 'node:timers/promises'
import { nowUs } from '../../server/clock.ts'
import { pollForEvents } from '../poll.ts'
import type { ClientTechnique } from '../technique.ts'

/** Short polling on a fixed timer: a request leaves at every tick, unless the answer before is still awaited. */
const shortPoll: ClientTechnique = (subscription) => {
  const { pollIntervalMs, pollPhaseMs, signal } = subscription
  return pollForEvents(subscription, 'short-poll', async () => {
    const nowMs = nowUs() / 1e3
    const ticks = Math.floor((nowMs - pollPhaseMs) / pollIntervalMs) + 1
    await sleep(Math.ceil(pollPhaseMs + ticks * pollIntervalMs - nowMs), undefined, { signal })
  })
}

export default shortPoll
