import type { SampledSums } from '../../results/merge.ts'
import type { Parts } from '../../results/record.ts'
import type { FanOutSums } from '../../server/fan-out.ts'

/**
 * What a delay is made of, put together from what server and load agent have summed up of the same subscribers. Who has not the
 * same events on both sides, by losses or because it connected anew, is left out; undefined where nobody is left.
 */
export function partsOf(sampled: readonly SampledSums[], fanOuts: readonly FanOutSums[]): Parts | undefined {
  const sums = { subscribers: 0, events: 0, lagUs: 0, fanOutUs: 0, delayUs: 0, waitUs: 0, parsingUs: 0 }
  sampled.forEach((arrived, i) => {
    const written = fanOuts[i]
    if (!written || arrived.events === 0 || written.events !== arrived.events) return
    sums.subscribers++
    for (const part of [arrived, { ...written, events: 0 }]) {
      for (const [name, value] of Object.entries(part)) sums[name as keyof typeof sums] += value
    }
  })
  const { subscribers, events } = sums
  if (events === 0) return undefined
  const mean = (us: number) => Math.round((us / events) * 1e3) / 1e3
  return {
    ...{ subscribers, events },
    lagUs: mean(sums.lagUs),
    fanOutUs: mean(sums.fanOutUs),
    wayUs: mean(sums.delayUs - sums.lagUs - sums.fanOutUs),
    waitUs: mean(sums.waitUs),
    parsingUs: mean(sums.parsingUs),
  }
}
