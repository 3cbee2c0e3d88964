import { TRIALS_FOR_INTERVAL } from './analysis/rules.ts'
import type { Estimate } from './statistics/estimate.ts'
import type { Ratio } from './statistics/ratio.ts'

/** Numbers in words, with their unit and three significant figures. */
export const format = {
  us: (us: number) =>
    us >= 999_500
      ? `${significant(us / 1e6)} s`
      : us >= 999.5
        ? `${significant(us / 1e3)} ms`
        : `${significant(us)} µs`,
  bytes: (bytes: number) => (bytes >= 9_999.5 ? `${significant(bytes / 1e3)} kB` : `${significant(bytes)} B`),
  /** Of what is estimated and not counted: a byte more or less is not known. */
  kilobytes: (bytes: number) => `${significant(bytes / 1e3)} kB`,
  megabytes: (bytes: number) => `${significant(bytes / 1e6)} MB`,
  count: (count: number) => exact(count),
  percent: (share: number) => `${significant(share * 100)} %`,
} as const

export type Format = (value: number) => string

/** `4.2 ms (3.9–4.6 ms)`: the value and the range of its trials, where it is one. */
export function withRange(estimate: Estimate, text: Format): string {
  const range = rangeText(estimate, text)
  return `${valueText(estimate, text)}${range && ` ${range}`}`
}

export function valueText({ value }: Estimate, text: Format): string {
  return Number.isFinite(value) ? text(value) : '-'
}

/** `(3.9–4.6 ms)`; nothing where both ends are the same. A unit that both have is said once. */
export function rangeText({ value, low, high }: Estimate, text: Format): string {
  const span = spanText(low, high, text)
  return !Number.isFinite(value) || span === text(low) ? '' : `(${span})`
}

/** `3.9–4.6 ms`; the one where both are the same in words. */
export function spanText(low: number, high: number, text: Format): string {
  const [from, to] = [text(low), text(high)]
  if (from === to) return from
  const [amount, unit] = from.split(' ')
  return `${unit === to.split(' ')[1] ? amount : from}–${to}`
}

/** `1.20×`, `53×`: the same in every language. */
export function times(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(ratio >= 2 ? 1 : 2)}×`
}

/** What a ratio is over the rounds: ` (3.2–5.3×)`, its 95 % interval or with fewer than 6 trials its extremes; else nothing. */
export function timesRange({ low, high, n, extremes }: Ratio): string {
  const [from, to] = n >= TRIALS_FOR_INTERVAL ? [low, high] : (extremes ?? [Number.NaN, Number.NaN])
  const [first, last] = [times(from), times(to)]
  return Number.isFinite(from + to) && first !== last ? ` (${first.slice(0, -1)}–${last})` : ''
}

function significant(value: number): string {
  if (value === 0) return '0'
  return Math.abs(value) >= 100 ? grouped(Math.round(value)) : Number(value.toPrecision(3)).toString()
}

/** Up to two decimals, thousands set apart. */
function exact(value: number): string {
  return grouped(Math.round(value * 100) / 100)
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}
