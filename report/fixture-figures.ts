import { decodeFromCompressedBase64 } from 'hdr-histogram-js'
import type { ResultRecord } from '../results/record.ts'

/**
 * The figures of a report, computed anew for tests from the definitions in words and by other means than the report's:
 * nothing here is shared with what it is to check, but the library that reads histograms.
 */

/** What a number is written in. */
export type Unit = 'us' | 'bytes' | 'kilobytes' | 'count' | 'share' | 'megabytes' | 'times'

/** Three significant figures, with its unit; bytes and counts below 10 kB to the hundredth. */
export function written(value: number, unit: Unit): string {
  switch (unit) {
    case 'us':
      if (value < 999.5) return `${threeFigures(value)} µs`
      return value < 999_500 ? `${threeFigures(value / 1e3)} ms` : `${threeFigures(value / 1e6)} s`
    case 'bytes':
      return value < 10_000 ? `${hundredths(value)} B` : `${threeFigures(value / 1e3)} kB`
    case 'kilobytes':
      return `${threeFigures(value / 1e3)} kB`
    case 'count':
      return hundredths(value)
    case 'share':
      return `${threeFigures(100 * value)} %`
    case 'megabytes':
      return `${threeFigures(value / 1e6)} MB`
    case 'times':
      return `${value < 2 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : value.toFixed(0)}×`
  }
}

function threeFigures(value: number): string {
  if (value >= 100) return thousands(Math.round(value))
  // 4.20e+0: the digits that count, without zeros at their end.
  return String(Number(value.toExponential(2)))
}

function hundredths(value: number): string {
  return thousands(Math.round(value * 100) / 100)
}

export function thousands(value: number): string {
  const [whole = '', part] = String(value).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`)
}

/** `(3.9–4.6 ms)`; nothing where both are written alike. */
export function writtenRange(low: number, high: number, unit: Unit): string {
  const [from, to] = [written(low, unit), written(high, unit)]
  if (from === to) return ''
  const [, unitOfFrom] = from.split(' ')
  const isShared = unitOfFrom === to.split(' ')[1]
  return `(${isShared ? from.split(' ')[0] : from}–${to})`
}

export function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  return n === 0 ? Number.NaN : ((sorted[(n - 1) >> 1] as number) + (sorted[n >> 1] as number)) / 2
}

/** The interval of the median by order statistics from six values on, with exact binomials; else the extremes. */
export function rangeOf(values: readonly number[]): [low: number, high: number] {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  let rank = 1
  // P(B < k) of a binomial(n, 1/2): the largest k with at most 2.5 % on each side.
  for (let k = 1; 2 * k <= n; k++) {
    let below = 0n
    for (let i = 0; i < k; i++) below += choose(n, i)
    if (Number(2n * below) / 2 ** n <= 0.05) rank = k
  }
  return [sorted[rank - 1] as number, sorted[n - rank] as number]
}

function choose(n: number, k: number): bigint {
  let ways = 1n
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i)
  return ways
}

/** The geometric mean of paired ratios with the interval and the p-value of Student's t on their logarithms. */
export function pairedRatio(pairs: readonly (readonly [number, number])[]) {
  const logs = pairs.map(([one, other]) => Math.log(one) - Math.log(other))
  const n = logs.length
  const mean = logs.reduce((sum, log) => sum + log, 0) / n
  const error = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (n - 1) / n)
  const value = Math.exp(mean)
  const ratios = pairs.map(([one, other]) => one / other)
  const extremes = { n, least: Math.min(...ratios), most: Math.max(...ratios) }
  if (n < 2 || Number.isNaN(error))
    return { value, low: Number.NaN, high: Number.NaN, p: Number.NaN, ...extremes }
  if (error < 1e-12) return { value, low: value, high: value, p: Math.abs(mean) < 1e-12 ? 1 : 0, ...extremes }
  const reach = error * quantile(n - 1)
  return {
    value,
    low: Math.exp(mean - reach),
    high: Math.exp(mean + reach),
    p: beyond(Math.abs(mean / error), n - 1),
    ...extremes,
  }
}

/** Two-sided probability of Student's t: with u = sqrt(degrees) tan a the density is cos(a)^(degrees - 1). */
export function beyond(t: number, degrees: number): number {
  const area = (from: number) => {
    const steps = 2_000
    const width = (Math.PI / 2 - from) / steps
    let sum = 0
    // Simpson's rule.
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
      sum += weight * Math.abs(Math.cos(from + i * width)) ** (degrees - 1)
    }
    return (sum * width) / 3
  }
  return area(Math.atan(t / Math.sqrt(degrees))) / area(0)
}

const quantiles = new Map<number, number>()

/** The t that 5 % lie beyond. */
export function quantile(degrees: number): number {
  const known = quantiles.get(degrees)
  if (known !== undefined) return known
  let [low, high] = [0, 1_000]
  while (high - low > 1e-10) {
    const t = (low + high) / 2
    if (beyond(t, degrees) > 0.05) low = t
    else high = t
  }
  quantiles.set(degrees, low)
  return low
}

/** Whether each difference of a family stands after Holm's correction at 5 %: step down until the first that does not. */
export function standing(pValues: readonly number[]): boolean[] {
  const order = pValues.map((p, i) => ({ p: Number.isNaN(p) ? 1 : p, i })).sort((a, b) => a.p - b.p)
  const stands = pValues.map(() => false)
  for (const [step, { p, i }] of order.entries()) {
    if (p * (order.length - step) >= 0.05) break
    stands[i] = true
  }
  return stands
}

/** The slope of least squares with its 95 % interval. */
export function slope(points: readonly (readonly [number, number])[]) {
  const n = points.length
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / n) as [
    number,
    number,
  ]
  const xx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  const value = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / xx
  const rest = points.reduce((sum, [x, y]) => sum + (y - (my + value * (x - mx))) ** 2, 0)
  const reach = quantile(n - 2) * Math.sqrt(rest / (n - 2) / xx)
  return { value, low: value - reach, high: value + reach }
}

/** What each trial's histogram says at a quantile, and how many samples the smallest of them holds. */
export function trialsAt(records: readonly ResultRecord[]) {
  const histograms = records
    .filter(({ latency }) => latency.n > 0)
    .map(({ latency }) => decodeFromCompressedBase64(latency.hdr))
  return {
    n: histograms.length === 0 ? 0 : Math.min(...histograms.map(({ totalCount }) => totalCount)),
    at: (share: number) => histograms.map((histogram) => histogram.getValueAtPercentile(share * 100)),
  }
}

/** How many samples a quantile takes for ten of them to lie beyond it. */
export function samplesFor(share: number): number {
  return Math.round(10 / (1 - share))
}

/** One figure of a trial, by what the report's columns and charts call it, with its unit. */
export const figureByHeading: Record<
  string,
  { unit: Unit; of: (record: ResultRecord) => number; least?: number }
> = {
  'Delay, median': { unit: 'us', of: ({ latency }) => where(latency.n, latency.p50Us) },
  'Delay, p99': { unit: 'us', of: ({ latency }) => where(latency.n, latency.p99Us), least: 1_000 },
  'Delay, mean': { unit: 'us', of: ({ latency }) => where(latency.n, latency.meanUs) },
  'Delay, longest': { unit: 'us', of: ({ latency }) => where(latency.n, latency.maxUs) },
  'Delay from publication, median': {
    unit: 'us',
    of: ({ latencyFromPublished }) => where(latencyFromPublished.n, latencyFromPublished.p50Us),
  },
  'Delay from publication, p99': {
    unit: 'us',
    of: ({ latencyFromPublished }) => where(latencyFromPublished.n, latencyFromPublished.p99Us),
    least: 1_000,
  },
  'Round trip, median': { unit: 'us', of: ({ roundTrip }) => where(roundTrip?.n, roundTrip?.p50Us) },
  'Round trip, p99': {
    unit: 'us',
    of: ({ roundTrip }) => where(roundTrip?.n, roundTrip?.p99Us),
    least: 1_000,
  },
  'Bytes per event': { unit: 'bytes', of: (record) => perEvent(record, bytes(record)) },
  'Bytes per event with TCP/IP headers': {
    unit: 'bytes',
    of: (record) => perEvent(record, record.kernel?.bytes),
  },
  'Packets per event': { unit: 'count', of: (record) => perEvent(record, record.kernel?.packets) },
  'Overhead per event': {
    unit: 'bytes',
    of: (record) => perEvent(record, bytes(record) - payload(record)),
  },
  'Payload share': {
    unit: 'share',
    of: (record) => (bytes(record) > 0 ? payload(record) / bytes(record) : Number.NaN),
  },
  'Requests per event': {
    unit: 'count',
    of: (record) => perEvent(record, record.traffic.window.requests),
  },
  'Requests per second': { unit: 'count', of: (record) => perSecond(record, record.traffic.window.requests) },
  'Bytes/s per subscriber': { unit: 'bytes', of: (record) => perSecond(record, bytes(record)) },
  'Empty answers': {
    unit: 'share',
    of: ({ traffic: { window } }) => (window.requests === 0 ? 0 : window.emptyAnswers / window.requests),
  },
  'Bytes to set up': {
    unit: 'bytes',
    of: ({ traffic: { setup }, point }) => (setup.bytesUp + setup.bytesDown) / point.load.subscribers,
  },
  'Bytes besides events': {
    unit: 'bytes',
    of: ({ ledger: { total } }) => {
      const besides = (side: typeof total.up) => side.header + side.handshake + side.control + side.tls
      return besides(total.up) + besides(total.down)
    },
  },
  'Server CPU per 1,000 events': {
    unit: 'us',
    of: ({ server, account }) =>
      account.delivered === 0 ? Number.NaN : server.cpuUs / (account.delivered / 1_000),
  },
  'Server memory (RSS)': { unit: 'megabytes', of: ({ server }) => server.rssBytes },
}

function where(n: number | undefined, value: number | undefined): number {
  return n === undefined || value === undefined || n === 0 ? Number.NaN : value
}

function bytes({ traffic: { window } }: ResultRecord): number {
  return window.bytesDown + window.bytesUp
}

/** In both directions. */
function payload({ traffic: { window }, point }: ResultRecord): number {
  return window.messages * point.feed.payloadBytes + window.payloadBytes
}

function perEvent({ traffic: { window } }: ResultRecord, amount: number | undefined): number {
  return amount === undefined || window.events === 0 ? Number.NaN : amount / window.events
}

function perSecond({ point: { load } }: ResultRecord, amount: number): number {
  return (amount * 1e3) / load.measureMs / load.subscribers
}
