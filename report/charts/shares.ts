import { type Cell, failedDeliveries, isFloor, type MeasuredScenario } from '../analysis/cells.ts'
import { isValid } from '../analysis/gate.ts'
import { lateCount } from '../analysis/merged.ts'
import { format } from '../format.ts'
import { partColors } from '../palette.ts'
import { list, said, say, sentences, type Text } from '../words/say.ts'
import type { ChartSpec } from './spec.ts'
import { axisOf } from './techniques.ts'

/** What people take for at once, and for soon; ms. */
const [AT_ONCE, SOON] = [50, 200]

const CLASSES = [
  { name: say`within ${AT_ONCE} ms`, color: partColors.payload },
  { name: say`within ${SOON} ms`, color: partColors.payloadUp },
  { name: said('later'), color: partColors.down },
  { name: said('lost'), color: partColors.up },
]

/** Of the events that were due in all trials, how many came at once, soon, later and not at all. */
function sharesOf(cell: Cell): number[] {
  const { lost } = failedDeliveries(cell)
  const sum = (of: (latency: Cell['records'][number]['latency']) => number) =>
    cell.records.reduce((total, { latency }) => total + of(latency), 0)
  const n = sum((latency) => latency.n)
  const [late, later] = [AT_ONCE, SOON].map((ms) => sum((latency) => lateCount(latency, ms * 1e3))) as [
    number,
    number,
  ]
  return [n - late, late - later, later, lost].map((count) => count / (n + lost))
}

/** One bar a technique, of shares. */
export function sharesChart(id: string, { cells }: MeasuredScenario): ChartSpec {
  const shown = cells
    .filter((cell) => cell.copy === 1 && cell.records.some(({ latency }) => latency.n > 0))
    .map((cell) => ({ cell, shares: sharesOf(cell) }))
  return {
    id,
    kind: 'bar',
    question: said('How many events came in time?'),
    conclusion: conclusionOf(shown),
    x: axisOf(
      shown.map(({ cell }) => cell),
      'p50Us',
    ),
    y: { title: said('Share of the events that were due, %') },
    isShare: true,
    stacked: true,
    series: CLASSES.map(({ name, color }, part) => ({
      name,
      color,
      points: shown.map(({ shares }, x) => {
        const share = shares[part] as number
        return { x, y: share * 100, text: format.percent(share) }
      }),
    })),
  }
}

/** Who was not always in time. */
function conclusionOf(shown: readonly { cell: Cell; shares: readonly number[] }[]): Text {
  const told = shown.filter(({ cell }) => !isFloor(cell) && isValid(cell, 'p50Us'))
  if (told.length === 0) return said('No delay here is valid.')
  const late = told.filter(({ shares: [atOnce = 0] }) => atOnce < 0.9995)
  if (late.length === 0) return say`Every technique brought its events within ${AT_ONCE} ms.`
  const others = told.length - late.length
  return sentences([
    say`Within ${AT_ONCE} ms came ${list(late.map(({ cell, shares: [atOnce = 0] }) => say`${format.percent(atOnce)} with ${cell.title}`))}.`,
    ...(others > 0 ? [said('With all others it was all of them.')] : []),
  ])
}
