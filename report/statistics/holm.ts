/**
 * Holm's correction for a family of tests (Holm 1979, A simple sequentially rejective multiple test procedure): the
 * adjusted p-values, in the order given. Comparing each with 0.05 keeps the chance of even one false difference in the
 * whole family at 5 %. NaN, a test that could not be made, counts as no difference: 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, i) => ({ p: Number.isNaN(p) ? 1 : p, i })).sort((a, b) => a.p - b.p)
  const adjusted: number[] = []
  let largest = 0
  order.forEach(({ p, i }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (order.length - rank)))
    adjusted[i] = largest
  })
  return adjusted
}
