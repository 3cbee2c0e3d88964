import type { Distribution, ResultRecord } from '../../results/record.ts'

/** Not a number: the trial has no such figure. Undefined: the record is of a time that did not record it. */
type Figure = (record: ResultRecord) => number | undefined

/** What is read off one record, by name. Every figure is a pure function of the record; lower is better for all but shares. */
export const figures = {
  /** Median delay from when an event was scheduled to its arrival, microseconds. */
  p50Us: ({ latency }: ResultRecord) => of(latency, 'p50Us'),
  p99Us: ({ latency }: ResultRecord) => of(latency, 'p99Us'),
  meanUs: ({ latency }: ResultRecord) => of(latency, 'meanUs'),
  maxUs: ({ latency }: ResultRecord) => of(latency, 'maxUs'),
  /** Median delay from when an event was published: without the feed's own lag, microseconds. */
  publishedP50Us: ({ latencyFromPublished }: ResultRecord) => of(latencyFromPublished, 'p50Us'),
  publishedP99Us: ({ latencyFromPublished }: ResultRecord) => of(latencyFromPublished, 'p99Us'),
  /** Where subscribers publish: median time until a message is back at its sender; not a number elsewhere. Microseconds. */
  roundTripP50Us: ({ roundTrip }: ResultRecord) => (roundTrip ? of(roundTrip, 'p50Us') : Number.NaN),
  roundTripP99Us: ({ roundTrip }: ResultRecord) => (roundTrip ? of(roundTrip, 'p99Us') : Number.NaN),
  /** How much shorter a delay may be than it is said to be, for all that the load agent can tell: the median, microseconds. */
  boundP50Us: ({ bound }: ResultRecord) => bound && of(bound, 'p50Us'),
  /** Median time from an event's arrival until the client had parsed it, microseconds. */
  clientCostP50Us: ({ clientCost }: ResultRecord) => clientCost && of(clientCost, 'p50Us'),
  /** Bytes of the TCP stream in both directions per delivered event, over the window. */
  bytesPerEvent: ({ traffic: { window } }: ResultRecord) =>
    per(window.bytesUp + window.bytesDown, window.events),
  /** The same with TCP/IP headers, as the kernel counted them; not a number where it could not. */
  wireBytesPerEvent: ({ kernel, traffic: { window } }: ResultRecord) =>
    kernel ? per(kernel.bytes, window.events) : Number.NaN,
  packetsPerEvent: ({ kernel, traffic: { window } }: ResultRecord) =>
    kernel ? per(kernel.packets, window.events) : Number.NaN,
  bytesUpPerEvent: ({ traffic: { window } }: ResultRecord) => per(window.bytesUp, window.events),
  payloadBytesPerEvent: ({ traffic: { window } }: ResultRecord) => per(window.payloadBytes, window.events),
  /** What comes down besides payload. */
  overheadDownPerEvent: ({ traffic: { window } }: ResultRecord) =>
    per(window.bytesDown - window.payloadBytes, window.events),
  /** Payload that subscribers send up. */
  payloadUpPerEvent: ({ point, traffic: { window } }: ResultRecord) =>
    per(window.messages * point.feed.payloadBytes, window.events),
  /** What goes up besides. */
  overheadUpPerEvent: ({ point, traffic: { window } }: ResultRecord) =>
    per(window.bytesUp - window.messages * point.feed.payloadBytes, window.events),
  /** All that is no payload, in both directions. */
  overheadBytesPerEvent: (record: ResultRecord) => {
    const { bytesUp, bytesDown, payloadBytes, messages, events } = record.traffic.window
    const payload = payloadBytes + messages * record.point.feed.payloadBytes
    return per(bytesUp + bytesDown - payload, events)
  },
  /** Payload's share of all bytes in both directions, 0 to 1. Higher is better. */
  payloadShare: (record: ResultRecord) => {
    const { bytesUp, bytesDown, payloadBytes, messages } = record.traffic.window
    return per(payloadBytes + messages * record.point.feed.payloadBytes, bytesUp + bytesDown)
  },
  requestsPerEvent: ({ traffic: { window } }: ResultRecord) => per(window.requests, window.events),
  /** Requests of one subscriber per second. */
  requestsPerSecond: ({ traffic: { window }, point: { load } }: ResultRecord) =>
    window.requests / load.subscribers / (load.measureMs / 1e3),
  /** Bytes in both directions for one subscriber per second. */
  bytesPerSecond: ({ traffic: { window }, point: { load } }: ResultRecord) =>
    (window.bytesUp + window.bytesDown) / load.subscribers / (load.measureMs / 1e3),
  /** Bytes in both directions for one subscriber until it was accepted. */
  setupBytes: ({ traffic: { setup }, point: { load } }: ResultRecord) =>
    (setup.bytesUp + setup.bytesDown) / load.subscribers,
  /** Bytes of one subscriber, the probe, that are there for no event: from its first byte to its last. */
  besidesEventsBytes: ({ ledger: { total } }: ResultRecord) =>
    [total.up, total.down].reduce(
      (sum, { header, handshake, control, tls }) => sum + header + handshake + control + tls,
      0,
    ),
  /** Share of requests that brought no event, 0 to 1; 0 where there were no requests. */
  emptyAnswerShare: ({ traffic: { window } }: ResultRecord) =>
    window.requests > 0 ? window.emptyAnswers / window.requests : 0,
  /** Of the events due, those that did not arrive, arrived more than once, or out of order; 0 to 1. */
  lostShare: ({ account }: ResultRecord) => per(account.lost, account.expected),
  duplicatedShare: ({ account }: ResultRecord) => per(account.duplicated, account.expected),
  reorderedShare: ({ account }: ResultRecord) => per(account.reordered, account.expected),
  /** CPU time of the server's process per 1,000 delivered events, microseconds. */
  serverCpuUsPer1000Events: ({ server, account }: ResultRecord) =>
    per(server.cpuUs * 1_000, account.delivered),
  /** The same of the load agent's, which is every subscriber's client. */
  agentCpuUsPer1000Events: ({ agent, account }: ResultRecord) => per(agent.cpuUs * 1_000, account.delivered),
  /** Resident set size of the server's process at the end of the window. */
  serverRssBytes: ({ server }: ResultRecord) => server.rssBytes,
} as const satisfies Record<string, Figure>

export type FigureName = keyof typeof figures

/** Without a sample there is no delay: not a number, and above all not 0. */
function of(distribution: Distribution, figure: 'p50Us' | 'p99Us' | 'meanUs' | 'maxUs'): number {
  return distribution.n > 0 ? distribution[figure] : Number.NaN
}

/** Without an event there is no cost per event: not a number, which no comparison takes for a winner. */
function per(amount: number, events: number): number {
  return events > 0 ? amount / events : Number.NaN
}

/**
 * What a figure's validity hangs on (see gate.ts): whether events arrived, what was counted of the stream or on the wire,
 * a delay, or what it cost the server.
 */
export type Kind = 'delivery' | 'counted' | 'wire' | 'delay' | 'cost'

const KINDS: Partial<Record<FigureName, Kind>> = {
  lostShare: 'delivery',
  duplicatedShare: 'delivery',
  reorderedShare: 'delivery',
  wireBytesPerEvent: 'wire',
  packetsPerEvent: 'wire',
  p50Us: 'delay',
  p99Us: 'delay',
  meanUs: 'delay',
  maxUs: 'delay',
  publishedP50Us: 'delay',
  publishedP99Us: 'delay',
  roundTripP50Us: 'delay',
  roundTripP99Us: 'delay',
  boundP50Us: 'delay',
  clientCostP50Us: 'delay',
  serverCpuUsPer1000Events: 'cost',
  agentCpuUsPer1000Events: 'cost',
  serverRssBytes: 'cost',
}

export function kindOf(figure: FigureName): Kind {
  return KINDS[figure] ?? 'counted'
}

/** Whether a figure scatters with the machine's mood. */
export function isTimedKind(kind: Kind): boolean {
  return kind === 'delay' || kind === 'cost'
}

/** The percentile that a figure is: it takes events and moments enough; undefined where it is none, or always told. */
export function quantileOf(figure: FigureName): number | undefined {
  return figure.endsWith('P99Us') ? 0.99 : mergedQuantileOf(figure)
}

/** The percentile that a figure is of the delays of all trials together, whose histograms are kept; undefined elsewhere. */
export function mergedQuantileOf(figure: FigureName): number | undefined {
  return figure === 'p99Us' ? 0.99 : undefined
}

/** A figure of a record; not a number where there is none, or where the record is of a time that did not record it. */
export function valueIn(record: ResultRecord, figure: FigureName): number {
  return (figures[figure] as Figure)(record) ?? Number.NaN
}

/** Whether the record is of a time that recorded what a figure is read off. */
export function isRecorded(record: ResultRecord, figure: FigureName): boolean {
  return (figures[figure] as Figure)(record) !== undefined
}
