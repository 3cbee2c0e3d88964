/**
 * The coefficient of determination R^2 of a straight line through points: the share of y's variance that the
 * line of least squares explains, 0 to 1. 1 where y does not vary; NaN where x does not.
 */
export function determination(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const sum = (of: (x: number, y: number) => number) =>
    points.reduce((total, [x, y]) => total + of(x - meanX, y - meanY), 0)
  const [xx, xy, yy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_x, y) => y * y)]
  if (yy === 0 && xx > 0) return 1
  return xy ** 2 / (xx * yy)
}
