import type { Distribution, ResultRecord } from '../../results/record.ts'

/** What is read off one record, by name. Every figure is a pure function of the record; lower is better for all but shares. */
export const figures = {
  /** Median delay from when an event was scheduled to its receipt, microseconds. */
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
  /** CPU time of the server's process per 1,000 delivered events, microseconds. */
  serverCpuUsPer1000Events: ({ server, account }: ResultRecord) =>
    per(server.cpuUs * 1_000, account.delivered),
  /** Resident set size of the server's process at the end of the window. */
  serverRssBytes: ({ server }: ResultRecord) => server.rssBytes,
} as const satisfies Record<string, (record: ResultRecord) => number>

export type FigureName = keyof typeof figures

/** Without a sample there is no delay: not a number, and above all not 0. */
function of(distribution: Distribution, figure: 'p50Us' | 'p99Us' | 'meanUs' | 'maxUs'): number {
  return distribution.n > 0 ? distribution[figure] : Number.NaN
}

/** Without an event there is no cost per event: not a number, which no comparison takes for a winner. */
function per(amount: number, events: number): number {
  return events > 0 ? amount / events : Number.NaN
}

/** Figures that are counted and not timed: they do not scatter with the machine's mood. */
const COUNTED: readonly FigureName[] = [
  'bytesPerEvent',
  'wireBytesPerEvent',
  'packetsPerEvent',
  'bytesUpPerEvent',
  'payloadBytesPerEvent',
  'overheadDownPerEvent',
  'payloadUpPerEvent',
  'overheadUpPerEvent',
  'overheadBytesPerEvent',
  'payloadShare',
  'setupBytes',
  'besidesEventsBytes',
  'requestsPerEvent',
  'requestsPerSecond',
  'bytesPerSecond',
  'emptyAnswerShare',
]

/** What a figure's validity hangs on: see gate.ts. */
export function kindOf(figure: FigureName): 'timed' | 'counted' {
  return COUNTED.includes(figure) ? 'counted' : 'timed'
}
