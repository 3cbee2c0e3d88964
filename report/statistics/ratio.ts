import { studentQuantile, studentTwoSidedP } from './student-t.ts'

/** How many times one figure is another. */
export interface Ratio {
  /** 1.2 says that the first is a fifth larger: the geometric mean of the ratios, or what is read from all trials together. */
  value: number
  /** 95 % interval. */
  low: number
  high: number
  /** Two-sided p-value of "they are the same". NaN where there are fewer than two values. */
  p: number
  /** Number of pairs; of values that are not paired those of the smaller group. */
  n: number
  /** The two that divide to it: geometric means over the trials, or what is read from all of them together. */
  of: [numerator: number, denominator: number]
  /** Of pairs: the smallest ratio of one of them, and the largest. */
  extremes?: [number, number]
}

/** The geometric mean; 0 where any value is 0, not a number of none. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}

/**
 * Ratio of paired values: trials of one round, neighbours in time, so that a slow minute of the machine hits both.
 * Student's t on the logarithms of the ratios; their mean's exponential is the geometric mean of the ratios.
 */
export function pairedRatio(pairs: readonly (readonly [number, number])[]): Ratio {
  const n = pairs.length
  const side = (which: 0 | 1) => geometricMean(pairs.map((pair) => pair[which]))
  const logs = pairs.map(([numerator, denominator]) => Math.log(numerator / denominator))
  const { mean, variance } = moments(logs)
  const ratios = pairs.map(([numerator, denominator]) => numerator / denominator)
  return {
    ...fromLogs(mean, Math.sqrt(variance / n), n - 1),
    n,
    of: [side(0), side(1)],
    ...(n > 0 && { extremes: [Math.min(...ratios), Math.max(...ratios)] }),
  }
}

/**
 * Ratio of values that are not paired, of two runs for example: Welch's t on the logarithms, which does not take the
 * two for equally scattered, with the degrees of freedom of Welch and Satterthwaite.
 */
export function unpairedRatio(numerators: readonly number[], denominators: readonly number[]): Ratio {
  const a = moments(numerators.map(Math.log))
  const b = moments(denominators.map(Math.log))
  const [va, vb] = [a.variance / numerators.length, b.variance / denominators.length]
  const degrees =
    va + vb === 0
      ? numerators.length + denominators.length - 2
      : (va + vb) ** 2 / (va ** 2 / (numerators.length - 1) + vb ** 2 / (denominators.length - 1))
  return {
    ...fromLogs(a.mean - b.mean, Math.sqrt(va + vb), degrees),
    n: Math.min(numerators.length, denominators.length),
    of: [geometricMean(numerators), geometricMean(denominators)],
  }
}

/** A ratio from its logarithm and the standard error of that. */
export function fromLogs(
  difference: number,
  standardError: number,
  degrees: number,
): Omit<Ratio, 'n' | 'of' | 'extremes'> {
  const value = Math.exp(difference)
  if (!(degrees >= 1) || Number.isNaN(standardError))
    return { value, low: Number.NaN, high: Number.NaN, p: Number.NaN }
  // Counted figures do not scatter: then any difference is one.
  if (standardError < 1e-12)
    return { value, low: value, high: value, p: Math.abs(difference) < 1e-12 ? 1 : 0 }
  const reach = studentQuantile(0.05, degrees) * standardError
  return {
    value,
    low: Math.exp(difference - reach),
    high: Math.exp(difference + reach),
    p: studentTwoSidedP(difference / standardError, degrees),
  }
}

/** Mean and unbiased sample variance. */
export function moments(values: readonly number[]): { mean: number; variance: number } {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) }
}
