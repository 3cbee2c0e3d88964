import { DistributionRecorder } from '../../../clients/measure/distribution.ts'
import { nowUs } from '../../../server/clock.ts'
import { losePackets, since, tcpCounts } from './loss.ts'
import { Site } from './site.ts'
import { holdsWithin, pause } from './wait.ts'

/** The program of packet-loss that runs in a network namespace of its own: prints a row each. */
const LOSSES_PERCENT = [0, 1, 5]
const TECHNIQUES = ['long-poll', 'sse', 'websocket']
const TRIALS = 3
/** Together 1,000 receipts, which a 99th percentile takes. */
const SUBSCRIBERS = 20
const EVENTS = 50
const INTERVAL_MS = 10
/** Two retransmission timeouts and more of Linux's, the second twice as long as the first. */
const DRAIN_MS = 1_500

const signal = AbortSignal.timeout(120_000)
for (let trial = 1; trial <= TRIALS; trial++) {
  for (const technique of TECHNIQUES) {
    for (const lossPercent of LOSSES_PERCENT) {
      await using site = new Site()
      losePackets(0)
      const { feed, url } = await site.server()
      const subscribers = await Promise.all(
        Array.from({ length: SUBSCRIBERS }, () => site.attempt(technique, url, signal)),
      )
      await holdsWithin(5_000, signal, () => subscribers.every(({ openedAfterUs }) => openedAfterUs))
      losePackets(lossPercent)
      const before = tcpCounts()
      const publishedAtUs = new Map<number, number>()
      for (let i = 0; i < EVENTS; i++) {
        publishedAtUs.set(feed.latestSeq + 1, nowUs())
        feed.publish()
        await pause(INTERVAL_MS, signal)
      }
      const haveAll = () => subscribers.every(({ receivedAtUs }) => receivedAtUs.size === EVENTS)
      await holdsWithin(DRAIN_MS, signal, haveAll)
      const counts = since(before)
      losePackets(0)
      const delays = new DistributionRecorder()
      for (const { receivedAtUs } of subscribers) {
        for (const [seq, atUs] of receivedAtUs) delays.add(atUs - (publishedAtUs.get(seq) as number))
      }
      const { n, p50Us, p99Us, maxUs } = delays.summary()
      const row = { technique, lossPercent, trial, events: n, eventsMissing: SUBSCRIBERS * EVENTS - n }
      const delay = { delayP50Us: p50Us, delayP99Us: p99Us, delayMaxUs: maxUs }
      console.log(JSON.stringify({ ...row, ...delay, ...counts }))
    }
  }
}
