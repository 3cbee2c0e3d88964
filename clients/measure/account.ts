import type { Account, Histogram, Timeline } from '../../results/record.ts'
import type { Window } from '../../server/process-cost.ts'
import { DistributionRecorder } from './distribution.ts'
import { TimelineRecorder } from './timeline.ts'

/** One thing received: which subscriber, which event, when (microseconds on the monotonic clock). */
export interface Receipt {
  subscriber: number
  seq: number
  receivedAtUs: number
}

export interface Accounting {
  account: Account
  /** Receipt - scheduledAtUs. */
  latency: Histogram
  /** Receipt - publishedAtUs. */
  latencyFromPublished: Histogram
  /** publishedAtUs - scheduledAtUs. */
  feedLag: Histogram
  /** Latency by when the events were due. */
  timeline: Timeline
  /** Median latency of the events due in the first, the middle and the last third of the window. */
  thirdsP50Us: [number, number, number]
}

/**
 * What became of the events due in a window. Samples are chosen by when an event was scheduled, not by when it
 * arrived: otherwise late events would fall out of the percentiles. Only a first receipt is a latency sample; an
 * event is reordered when its subscriber already had a later one. Nothing is interpolated or corrected.
 *
 * @param receipts in the order of receipt, from the swarm's start to its end.
 * @param publications [scheduledAtUs, publishedAtUs] of event 1, 2, 3, ...
 * @param subscribers how many there are; each is owed every event of the window.
 */
export function accountFor(
  receipts: Iterable<Receipt>,
  publications: readonly (readonly [number, number])[],
  window: Window,
  subscribers: number,
): Accounting {
  const latency = new DistributionRecorder()
  const latencyFromPublished = new DistributionRecorder()
  const feedLag = new DistributionRecorder()
  const timeline = new TimelineRecorder(window)
  const thirds = [new DistributionRecorder(), new DistributionRecorder(), new DistributionRecorder()] as const
  const thirdUs = (window.endUs - window.startUs) / 3
  const inWindow = publications.map(
    ([scheduledAtUs]) => scheduledAtUs >= window.startUs && scheduledAtUs < window.endUs,
  )
  publications.forEach(([scheduledAtUs, publishedAtUs], i) => {
    if (inWindow[i]) feedLag.add(publishedAtUs - scheduledAtUs)
  })

  const events = publications.length
  const received = new Uint8Array(subscribers * events)
  const latestSeq = new Uint32Array(subscribers)
  const account: Account = {
    expected: feedLag.count * subscribers,
    delivered: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
  }
  for (const { subscriber, seq, receivedAtUs } of receipts) {
    const publication = publications[seq - 1]
    const later = seq < (latestSeq[subscriber] as number)
    latestSeq[subscriber] = Math.max(seq, latestSeq[subscriber] as number)
    if (!publication || !inWindow[seq - 1]) continue
    const slot = subscriber * events + seq - 1
    if (received[slot]) {
      account.duplicated++
      continue
    }
    received[slot] = 1
    account.delivered++
    if (later) account.reordered++
    const [scheduledAtUs] = publication
    const delayUs = receivedAtUs - scheduledAtUs
    latency.add(delayUs)
    timeline.add(scheduledAtUs, delayUs)
    thirds[Math.min(2, Math.floor((scheduledAtUs - window.startUs) / thirdUs))]?.add(delayUs)
    latencyFromPublished.add(receivedAtUs - publication[1])
  }
  account.lost = account.expected - account.delivered
  return {
    account,
    latency: latency.summary(),
    latencyFromPublished: latencyFromPublished.summary(),
    feedLag: feedLag.summary(),
    timeline: timeline.summary(),
    thirdsP50Us: [thirds[0].summary().p50Us, thirds[1].summary().p50Us, thirds[2].summary().p50Us],
  }
}
