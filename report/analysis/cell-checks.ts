import { PACKET_HEADER_BYTES } from '../../results/model/prediction.ts'
import type { ResultRecord } from '../../results/record.ts'
import { LIBRARY_INSTRUMENT } from '../../results/versions.ts'
import { entryOf } from '../../server/registry.ts'
import { textOf } from '../columns.ts'
import { median } from '../statistics/median.ts'
import { pairedRatio } from '../statistics/ratio.ts'
import { say } from '../words/say.ts'
import { type Cell, failedDeliveries, figureOf } from './cells.ts'
import { compressedSides } from './compressed.ts'
import { all, type Finding, percent, timed } from './finding.ts'
import { ledgerFault } from './ledger-fault.ts'
import { probeExcess } from './probe-excess.ts'
import {
  AGENT_CPU,
  AGENTS_APART,
  DRIFT,
  DRIFT_LEVEL,
  faultAbove,
  INSTRUMENT,
  OTHERS_CPU,
  PUBLISHED,
  REPEATED,
  SAMPLES_FOR_DRIFT,
  TRIALS_FOR_INTERVAL,
  TRIALS_FOR_RANGE,
  UNEXPLAINED,
} from './rules.ts'
import { mayShareChunks } from './shared-chunks.ts'

type CellCheck = (cell: Checked) => Finding | undefined

/** A cell of which the gate has said nothing yet. */
type Checked = Omit<Cell, 'findings' | 'ofRun'>

/** The checks of the honesty gate that look at one cell, each for itself. */
export const cellChecks: CellCheck[] = [
  function deliveries(cell) {
    const failed = failedDeliveries(cell)
    const { lost, duplicated, reordered } = failed
    if (lost + duplicated + reordered === 0) return undefined
    const meant = cell.records[0]?.scenario.breaks ?? []
    const isMeant = (['lost', 'duplicated', 'reordered'] as const).every(
      (how) => failed[how] === 0 || meant.includes(how),
    )
    return {
      check: 'deliveries',
      // What was meant is the result: what it spares was counted well, and timed on those that arrived.
      touches: isMeant ? timed('use with care') : all('not valid'),
      reason: say`${lost} events lost, ${duplicated} duplicated, ${reordered} reordered: its delays are those of the events that survived.`,
      remedy: isMeant
        ? 'The scenario means it: read it as its result.'
        : 'Lower the load until nothing is lost, or find out who loses it.',
    }
  },
  function ledger(cell) {
    const fault = cell.records.map(ledgerFault).find((text) => text !== undefined)
    if (!fault) return undefined
    return {
      check: 'ledger',
      touches: { counted: 'not valid' },
      reason: say`Bytes of the tapped subscriber are not accounted for: ${fault}.`,
      remedy: 'The dissector or the technique is wrong: see npx pushlab wire.',
    }
  },
  function probe(cell) {
    const off = Math.max(...cell.records.map(probeExcess))
    if (off <= 0) return undefined
    return {
      check: 'probe',
      touches: { counted: 'not valid' },
      reason: say`The tapped subscriber's bytes per event differ from the swarm's by ${off.toFixed(2)} more than the edges of the window explain.`,
      remedy: 'Measure longer, so that the window holds more events.',
    }
  },
  function repeatable(cell) {
    const { low, high, value } = figureOf(cell, 'bytesPerEvent')
    const spread = (high - low) / value
    const exact = isCountedExactly(cell)
    if (!(spread > (exact ? REPEATED.exact : REPEATED.timed))) return undefined
    return {
      check: 'repeatable',
      touches: { counted: exact ? 'not valid' : 'use with care' },
      reason: exact
        ? say`Bytes per event differ by ${percent(spread)} between trials, where the same was to be counted.`
        : say`Bytes per event differ by ${percent(spread)} between trials, more than the edges of the window explain.`,
      remedy: 'Measure longer; for streams, look for reconnects and heartbeats within the window.',
    }
  },
  function kernelLedger(cell) {
    const measured = figureOf(cell, 'wireBytesPerEvent').value
    const unexplained = Math.max(...cell.records.map(unexplainedByPackets))
    const predicted = cell.records[0]?.prediction.wireBytesPerEvent ?? Number.NaN
    // One acknowledgement more or less per event is the kernel's to decide.
    const beyond =
      Math.abs(measured - predicted) -
      PACKET_HEADER_BYTES * Math.max(1, figureOf(cell, 'requestsPerEvent').value)
    if (!(unexplained > UNEXPLAINED) && !(beyond > 0)) return undefined
    return {
      check: 'kernel ledger',
      touches: { wire: 'use with care' },
      reason:
        unexplained > UNEXPLAINED
          ? say`The interface counted ${percent(unexplained)} of bytes that neither the sockets nor the headers of its packets explain.`
          : say`The interface counted ${measured.toFixed(0)} bytes per event with TCP/IP headers, and the model says ${predicted.toFixed(0)}.`,
      remedy: 'Look for retransmissions and for segments that were merged or split: ip -s link, nstat.',
    }
  },
  function published(cell) {
    const scheduled = sum(cell, ({ eventsScheduled }) => eventsScheduled)
    const share = sum(cell, ({ eventsPublished }) => eventsPublished) / scheduled
    if (scheduled === 0 || share >= PUBLISHED.care) return undefined
    return {
      check: 'published',
      touches: all(share < PUBLISHED.notValid ? 'not valid' : 'use with care'),
      reason: say`Of the events that were scheduled, ${percent(share)} were published.`,
      remedy: 'Who publishes cannot keep up: lower the rate or the number of subscribers.',
    }
  },
  function clock(cell) {
    const earliest = Math.min(
      ...cell.records.flatMap((r) =>
        r.latency.n > 0 ? [r.latencyFromPublished.minUs, r.feedLag.minUs] : [],
      ),
    )
    if (!(earliest < 0)) return undefined
    return {
      check: 'clock',
      touches: timed('not valid'),
      delaysAlone: true,
      reason: say`An event was received ${Math.abs(earliest).toFixed(0)} µs before it was published: the processes' clocks disagree.`,
      remedy: 'Run server and load on one host, without a virtual clock of their own.',
    }
  },
  function trials(cell) {
    const n = cell.records.length
    const planned = cell.records[0]?.scenario.trials ?? n
    // What is planned to count times nothing, whatever is missing.
    if (planned < TRIALS_FOR_RANGE || n >= Math.max(planned, TRIALS_FOR_INTERVAL)) return undefined
    return {
      check: 'trials',
      touches: timed(n < TRIALS_FOR_RANGE ? 'not valid' : 'use with care'),
      reason:
        n < planned ? say`${n} of ${planned} trials were measured.` : say`${n} trials have no 95 % interval.`,
      remedy: say`Measure with --trials ${TRIALS_FOR_INTERVAL} or more.`,
    }
  },
  function agentCpu(cell) {
    const share = median(cell.records.map(({ agent }) => agent.cpuUs / agent.elapsedUs))
    const fault = faultAbove(share, AGENT_CPU)
    if (!fault) return undefined
    return {
      check: 'agent CPU',
      touches: timed(fault),
      reason: say`The load agent used ${percent(share)} of one core: it, and not the server, may be what is late.`,
      remedy: 'Lower the number of subscribers or the rate.',
    }
  },
  function others(cell) {
    const shares = cell.records.flatMap(({ others }) => (others ? others.cpuUs / others.availableUs : []))
    const share = shares.length > 0 ? median(shares) : 0
    const fault = faultAbove(share, OTHERS_CPU)
    if (!fault) return undefined
    return {
      check: 'others’ CPU',
      touches: timed(fault),
      reason: say`Other programs, or the hypervisor, used ${percent(share)} of this machine's CPU time.`,
      remedy: 'Close what else runs (top shows it), and measure again.',
    }
  },
  function agents(cell) {
    const { off, agent, of } = farthestAgent(cell)
    const fault = faultAbove(off, AGENTS_APART)
    if (!fault) return undefined
    return {
      check: 'load agents',
      touches: timed(fault),
      delaysAlone: true,
      reason: say`Load agent ${agent} of ${of} differs from the others in every trial, by ${percent(off)} or more, in its median delay or in what its subscribers got.`,
      remedy: 'Give each load agent a core of its own: take fewer (--agents), or see what holds this one up.',
    }
  },
  function bound(cell) {
    const halfUs = figureOf(cell, 'boundP50Us').value / 2
    const share = halfUs / Math.max(1, figureOf(cell, 'p50Us').value)
    const fault = faultAbove(share, INSTRUMENT)
    if (!fault) return undefined
    return {
      check: 'instrument’s bound',
      // Comparisons are checked pair by pair: see comparison.ts.
      touches: { absolute: fault },
      delaysAlone: true,
      reason: say`When an event arrived is known to within ${textOf('boundP50Us')(halfUs)} either way, the median, which is ${percent(share)} of the median delay.`,
      remedy:
        'Delays may be off by so much, for the load agent was busy or had no core when events came: lower the number of subscribers or the rate.',
    }
  },
  function reader(cell) {
    // Records that a library read in a reader's place say so; where none of the run could, none does.
    const isInPlace = ({ instrument, point: { variant } }: ResultRecord) =>
      instrument === LIBRARY_INSTRUMENT && variant.client === 'reader'
    if (!cell.records.some(isInPlace)) return undefined
    return {
      check: 'reader',
      touches: { compared: 'not valid' },
      delaysAlone: true,
      reason: 'A client library read its events: its work is in the delays, and nothing of the others’.',
      remedy: 'Give the technique a reader, or compare its bytes and CPU time alone.',
    }
  },
  function agentLoop(cell) {
    // Where the bound is known, it says more.
    if (cell.records.every(({ latency, bound }) => latency.n === 0 || bound)) return undefined
    const share = (of: (record: ResultRecord) => number) =>
      median(cell.records.map((record) => of(record) / Math.max(1, record.latency.p50Us)))
    const usual = share(({ agent }) => agent.loopDelayP50Us)
    const worst = share(({ agent }) => agent.loopDelayP99Us)
    if (usual <= INSTRUMENT.notValid && worst <= INSTRUMENT.care) return undefined
    return {
      check: 'agent event loop',
      // Comparisons are checked pair by pair: see comparison.ts.
      touches: { absolute: usual > INSTRUMENT.notValid ? 'not valid' : 'use with care' },
      delaysAlone: true,
      reason: say`The load agent's event loop was late by ${percent(worst)} of the median delay at its p99, ${percent(usual)} at its median.`,
      remedy:
        "That much of a delay can be the agent's, which receives all subscribers' events one after the other: lower their number, and read the delay as a ratio to the floor.",
    }
  },
  function steady(cell) {
    const records = cell.records.filter(({ latency }) => latency.n >= SAMPLES_FOR_DRIFT)
    const { value, p } = pairedRatio(records.map(({ thirdsP50Us: [first, , last] }) => [last, first]))
    const off = Math.abs(value - 1)
    // The few events of a third scatter by more than the bounds: a change counts when the trials agree on it.
    if (!(off > DRIFT.care && p < DRIFT_LEVEL.care)) return undefined
    return {
      check: 'steady',
      touches: timed(off > DRIFT.notValid && p < DRIFT_LEVEL.notValid ? 'not valid' : 'use with care'),
      reason: say`The median delay changed by ${percent(value - 1)} from the first to the last third of the window.`,
      remedy: 'Warm up longer (--warm-up 3s); if it still changes, something grows.',
    }
  },
  function transport(cell) {
    const codes = cell.records.flatMap(({ errors }) =>
      Object.entries(errors).map(([code, times]) => `${code} x ${times}`),
    )
    const { stall, breaks } = cell.records[0]?.scenario ?? {}
    // What a scenario does to connections, it means; a link that is only slow does nothing to them.
    const { proxy = 'none' } = cell.point.network ?? {}
    if (codes.length === 0 || stall || breaks || proxy !== 'none') return undefined
    return {
      check: 'transport',
      touches: all('use with care'),
      reason: say`Connections failed: ${[...new Set(codes)].join(', ')}.`,
      remedy: 'See whether the server or a limit of the system closed them.',
    }
  },
]

/** The load agent, 1 for the first, that differs most from the median of the others: by which share at least in every trial. */
function farthestAgent({ records }: Checked): { agent: number; of: number; off: number } {
  const of = Math.min(...records.map(({ agents }) => agents?.length ?? 1))
  type Agent = NonNullable<ResultRecord['agents']>[number]
  const delay = ({ p50Us }: Agent) => p50Us
  const share = ({ delivered, subscribers }: Agent) => delivered / subscribers
  const differences = Array.from({ length: of > 1 ? of : 0 }, (_, i) =>
    [delay, share].map((figure) => {
      const ratios = records.map(
        ({ agents = [] }) => figure(agents[i] as Agent) / median(agents.toSpliced(i, 1).map(figure)),
      )
      return { agent: i + 1, of, off: Math.max(0, Math.min(...ratios) - 1, 1 - Math.max(...ratios)) }
    }),
  )
  return differences.flat().reduce((far, one) => (one.off > far.off ? one : far), { agent: 0, of, off: 0 })
}

/** Share of the kernel's bytes that is neither TCP payload counted by the sockets nor the headers of its packets. */
function unexplainedByPackets({ kernel, traffic: { window } }: ResultRecord): number {
  if (!kernel || kernel.bytes === 0) return 0
  const explained = window.bytesUp + window.bytesDown + kernel.packets * PACKET_HEADER_BYTES
  return Math.abs(kernel.bytes - explained) / kernel.bytes
}

function sum({ records }: Checked, of: (record: ResultRecord) => number): number {
  return records.reduce((total, record) => total + of(record), 0)
}

/**
 * Whether every event of every trial has to cost the same bytes. Not so of polls and of what subscribers send, which
 * cross the window's edges; of compression, which sees other times in each trial; of TLS, whose records may hold several
 * events; nor of chunks that late events share.
 */
function isCountedExactly({ technique, point, records }: Checked): boolean {
  const { feed, variant } = point
  const isCompressed = records.some((record) => compressedSides(record).down)
  const isOfItsOwn = entryOf(technique)?.family !== 'poll' && !records.some(mayShareChunks)
  return isOfItsOwn && feed.source !== 'subscribers' && !isCompressed && !variant.tls
}
