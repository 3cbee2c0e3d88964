import { type ByteClass, byteClasses } from '../../../server/wire/span.ts'
import type { Folded } from './entries.ts'
import { countOf, listOf, runsOf } from './runs.ts'
import type { LaneState } from './state.ts'
import { traceOf } from './trace.ts'

/** What has to be known of a lane so that its log can go on from here without what was before. */
export function foldedOf(lane: LaneState, atUs: number): Folded {
  const trace = traceOf(lane)
  const up = lane.sumsUp ?? lane.sums
  const sums = (of: (byteClass: ByteClass) => number) =>
    Object.fromEntries(byteClasses.map((name) => [name, of(name)]).filter(([, bytes]) => bytes !== 0))
  return {
    ...{ kind: 'folded', atUs, lane: lane.spec.id },
    ...{ requests: lane.requests, handshakes: lane.handshakes ?? 0 },
    ...{ answers: lane.answers, emptyAnswers: lane.emptyAnswers },
    ...{ bytesUp: lane.bytesUp, bytesDown: lane.bytesDown },
    sumsUp: sums((name) => up[name]),
    sumsDown: sums((name) => lane.sums[name] - up[name]),
    tabs: lane.isOpen.map((isOpen, i) => {
      const [openedUs, toldUs] = [lane.openedUs[i], trace.toldUs[i]]
      return {
        ...{ isOpen, hasCursor: trace.hasCursor[i] ?? false, received: structuredClone(trace.has[i] ?? []) },
        ...(openedUs !== undefined && { openedUs }),
        ...(toldUs !== undefined && { toldUs }),
      }
    }),
    passedSeq: trace.passedSeq,
    lost: runsOf(lane.lost),
    duplicated: runsOf(lane.duplicated),
    early: [...trace.early],
  }
}

/** Goes on from how a lane stood. What is not in it, how the lane began, is as the entries before have told. */
export function takeFolded(lane: LaneState, folded: Folded): void {
  const { requests, handshakes, answers, emptyAnswers, bytesUp, bytesDown, tabs } = folded
  Object.assign(lane, { requests, answers, emptyAnswers, bytesUp, bytesDown, bytes: bytesUp + bytesDown })
  if (handshakes > 0) lane.handshakes = handshakes
  for (const name of byteClasses) {
    const up = folded.sumsUp[name] ?? 0
    if (lane.sumsUp) lane.sumsUp[name] = up
    lane.sums[name] = up + (folded.sumsDown[name] ?? 0)
  }
  lane.openedUs = lane.isOpen.map((_, i) => tabs[i]?.openedUs)
  lane.isOpen = lane.isOpen.map((_, i) => tabs[i]?.isOpen ?? false)
  lane.lost = listOf(folded.lost)
  lane.duplicated = listOf(folded.duplicated)
  const trace = traceOf(lane)
  trace.has = lane.isOpen.map((_, i) => structuredClone(tabs[i]?.received ?? []))
  const received = countOf(trace.has[0] ?? [])
  if (received > 0) lane.receivedCount = received
  // When they were lost nobody knows any more.
  trace.lostUs = new Map(lane.lost.map((seq) => [seq, trace.lostUs.get(seq) ?? folded.atUs]))
  trace.passedSeq = folded.passedSeq
  trace.hasOwn = trace.has.map((runs) => runs.length > 0)
  trace.hasCursor = tabs.map(({ hasCursor }) => hasCursor)
  tabs.forEach(({ toldUs }, i) => {
    if (toldUs !== undefined) trace.toldUs[i] = toldUs
  })
  trace.early = [...folded.early]
  trace.tapped = undefined
  // Between these and what comes next there is much that nobody knows.
  lane.units = []
  lane.latestCarriages = []
  trace.requests = []
}
