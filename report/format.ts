import type { Estimate } from './analysis/estimate.ts'

/** Numbers in words, with their unit and three significant figures. */
export const format = {
  us: (us: number) =>
    us >= 999_500
      ? `${significant(us / 1e6)} s`
      : us >= 999.5
        ? `${significant(us / 1e3)} ms`
        : `${significant(us)} µs`,
  bytes: (bytes: number) => (bytes >= 10_000 ? `${significant(bytes / 1e3)} kB` : `${exact(bytes)} B`),
  megabytes: (bytes: number) => `${significant(bytes / 1e6)} MB`,
  count: (count: number) => exact(count),
  percent: (share: number) => `${significant(share * 100)} %`,
} as const

export type Format = (value: number) => string

/** `4.2 ms (3.9 ms to 4.6 ms)`: the value and the range of its trials. A range of equal ends is left out. */
export function withRange({ value, low, high }: Estimate, text: Format): string {
  if (!Number.isFinite(value)) return '-'
  return text(low) === text(high) ? text(value) : `${text(value)} (${text(low)} to ${text(high)})`
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
