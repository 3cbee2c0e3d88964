import { studentQuantile } from './student-t.ts'

/** How much one quantity grows with another. */
export interface Slope {
  /** Growth of y for each unit of x. */
  value: number
  /** 95 % interval. */
  low: number
  high: number
  standardError: number
  /** Number of points. */
  n: number
}

/** A line through two positions fits always; only a third one can contradict it. */
const LEAST_POSITIONS = 3

/**
 * The slope of the straight line through points by ordinary least squares, with the interval that Student's t
 * gives it for n - 2 degrees of freedom. Undefined for fewer than three different x.
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope | undefined {
  if (new Set(points.map(([x]) => x)).size < LEAST_POSITIONS) return undefined
  const n = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  const squares = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const value = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / squares
  const residuals = points.reduce((sum, [x, y]) => sum + (y - meanY - value * (x - meanX)) ** 2, 0)
  const standardError = Math.sqrt(residuals / (n - 2) / squares)
  const reach = studentQuantile(0.05, n - 2) * standardError
  return { value, low: value - reach, high: value + reach, standardError, n }
}

/**
 * What one slope is above another. Its interval reaches from the ends of theirs that are nearest to those
 * that are farthest, which covers the difference with 95 % or more.
 */
export function slopeDifference(minuend: Slope, subtrahend: Slope): Slope {
  return {
    value: minuend.value - subtrahend.value,
    low: minuend.low - subtrahend.high,
    high: minuend.high - subtrahend.low,
    standardError: Math.hypot(minuend.standardError, subtrahend.standardError),
    n: Math.min(minuend.n, subtrahend.n),
  }
}
