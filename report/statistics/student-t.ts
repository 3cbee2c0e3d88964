/** Lanczos coefficients for g = 7 (Godfrey 2001): the logarithm of the gamma function to about 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/**
 * Two-sided p-value of Student's t: the probability of a value at least as far from 0 with `degrees` of freedom, by
 * the regularized incomplete beta function I_x(degrees/2, 1/2) at x = degrees / (degrees + t^2). Our own few lines,
 * because the packages that have it bring 200 others.
 */
export function studentTwoSidedP(t: number, degrees: number): number {
  if (Number.isNaN(t) || degrees < 1) return Number.NaN
  if (!Number.isFinite(t)) return 0
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** The t that is exceeded, on either side together, with probability `p`: by bisection. */
export function studentQuantile(p: number, degrees: number): number {
  let [low, high] = [0, 1e6]
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2
    if (studentTwoSidedP(middle, degrees) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** I_x(a, b) by its continued fraction, evaluated with Lentz's method (DLMF 8.17.22). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  const tiny = 1e-300
  let [f, c, d] = [1, 1, 0]
  for (let i = 0; i <= 300; i++) {
    const m = Math.floor(i / 2)
    const numerator =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + numerator * d
    d = 1 / (Math.abs(d) < tiny ? tiny : d)
    c = 1 + numerator / (Math.abs(c) < tiny ? tiny : c)
    f *= c * d
    if (Math.abs(1 - c * d) < 1e-14) break
  }
  return front * (f - 1)
}

function logGamma(z: number): number {
  const x = z - 1
  const sum = LANCZOS.reduce(
    (total, coefficient, i) => (i === 0 ? coefficient : total + coefficient / (x + i)),
    0,
  )
  const t = x + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum)
}
