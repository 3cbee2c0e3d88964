import { entryOf } from '../../server/registry.ts'
import { chosenOf } from '../../server/variant.ts'
import { format } from '../format.ts'
import { list, said, say, type Text } from '../words/say.ts'
import { type Cell, failedDeliveries, type MeasuredScenario, titleOf } from './cells.ts'
import { isFloor } from './conclusions.ts'
import { badgeOf, checkCell } from './gate.ts'
import { mayShow } from './may-show.ts'
import { median } from './median.ts'
import { isPlainHttp, isTwoWay } from './needs.ts'

/** What a reader's application has to keep. What is left out is no matter to it. */
export interface Budget {
  /** The delay that 99 % of events may not exceed. */
  delayMs?: number
  ratePerSecond?: number
  /** At once, of one server process. */
  subscribers?: number
  /** Whether clients send over the same connection. */
  twoWay?: boolean
  /** Whether there is nothing between but what plain HTTP gets through. */
  plainHttp?: boolean
}

export type Fit = 'fits' | 'fails' | 'not measured'

/** How a technique stands to a budget, and by what evidence. */
export interface Judged {
  technique: string
  title: Text
  fit: Fit
  /** Why: of what fails each reason, of what fits the trial that shows it. */
  reasons: Text[]
}

/** What one cell shows of a technique: with so much load it delivered everything, and so late. */
interface Shown {
  subscribers: number
  ratePerSecond: number
  delayUs: number
  scenario: string
  pollIntervalMs: number | undefined
}

/**
 * Judges every technique that was measured. The rule: a technique fits where a valid cell with at least that load kept
 * the delay; it fails where every cell with at most that load was later, or where it cannot do what is asked at all;
 * else nobody has measured it. Rests on two assumptions that are said beside it: that more load is never faster, and that
 * the reader's machine and network are as fast as those of the run.
 */
export function judgeBudget(scenarios: readonly MeasuredScenario[], budget: Budget): Judged[] {
  const cells = scenarios.flatMap(({ cells, scenario }) =>
    cells.filter(isPlain).map((cell) => ({ cell, scenario: scenario.name })),
  )
  const byTechnique = Map.groupBy(cells, ({ cell }) => cell.technique)
  return [...byTechnique].map(([technique, of]) => {
    const shown = of.flatMap(({ cell, scenario }) => shownBy(cell, scenario))
    return { technique, title: titleOf(technique), ...judge(technique, shown, budget) }
  })
}

function judge(technique: string, shown: readonly Shown[], budget: Budget): Pick<Judged, 'fit' | 'reasons'> {
  const cannot = [
    ...(budget.twoWay && !isTwoWay({ technique })
      ? [said('it carries events down only: what a client has to say needs requests beside it')]
      : []),
    ...(budget.plainHttp && !isPlainHttp({ technique })
      ? [
          entryOf(technique)?.carrier === 'tcp'
            ? said('it needs a TCP connection of its own')
            : said('it needs an upgrade, which plain HTTP proxies do not pass'),
        ]
      : []),
  ]
  if (cannot.length > 0) return { fit: 'fails', reasons: cannot }
  const { delayMs = Number.POSITIVE_INFINITY, ratePerSecond = 0, subscribers = 0 } = budget
  const isLate = ({ delayUs }: Shown) => delayUs > delayMs * 1e3
  const covering = shown.filter((one) => one.subscribers >= subscribers && one.ratePerSecond >= ratePerSecond)
  const keeping = covering.filter((one) => !isLate(one)).sort((a, b) => a.delayUs - b.delayUs)[0]
  if (keeping) return { fit: 'fits', reasons: [shownText(keeping)] }
  // A load that the reader does not name is any load: what was late at one of them need not be late at less.
  const easier = shown.filter(
    (one) =>
      (budget.subscribers === undefined || one.subscribers <= subscribers) &&
      (budget.ratePerSecond === undefined || one.ratePerSecond <= ratePerSecond),
  )
  const best = easier.toSorted((a, b) => a.delayUs - b.delayUs)[0]
  if (best && easier.every(isLate)) return { fit: 'fails', reasons: [say`at its best ${shownText(best)}`] }
  return { fit: 'not measured', reasons: [covering.length > 0 ? lateText(covering) : farthestText(shown)] }
}

/** As the technique is by default, with no network between that makes it slower or breaks it. */
function isPlain(cell: Cell): boolean {
  const { network, variant, feed } = cell.point
  return (
    cell.copy === 1 &&
    !isFloor(cell) &&
    !network &&
    chosenOf(variant).length === 0 &&
    feed.source !== 'subscribers' &&
    feed.schedule.kind !== 'silent'
  )
}

function shownBy(cell: Cell, scenario: string): Shown[] {
  const { records, point } = cell
  const { lost, duplicated, reordered } = failedDeliveries(cell)
  const isSearch = point.at === undefined ? false : records.some((record) => record.scenario.search)
  // Trials of a search go beyond what can be had, on purpose: what they delivered in full they have shown.
  const isUsable = isSearch
    ? lost + duplicated + reordered === 0
    : badgeOf(checkCell(cell), 'timed') !== 'not valid'
  const samples = Math.min(...records.map(({ latency }) => latency.n))
  if (!isUsable || !(samples > 0)) return []
  const delays = records.map(({ latency }) => (mayShow(0.99, latency.n) ? latency.p99Us : latency.maxUs))
  const { schedule } = point.feed
  const ratePerSecond =
    schedule.kind === 'bursts'
      ? schedule.burstEvents / (schedule.everyMs / 1e3)
      : schedule.kind === 'silent'
        ? 0
        : schedule.ratePerSecond
  return [
    {
      subscribers: point.load.subscribers,
      ratePerSecond,
      delayUs: median(delays),
      scenario,
      pollIntervalMs: cell.technique === 'short-poll' ? point.load.pollIntervalMs : undefined,
    },
  ]
}

function shownText({ subscribers, ratePerSecond, delayUs, scenario, pollIntervalMs }: Shown): Text {
  const [load, rate] = [subscribers.toLocaleString('en-US'), format.count(ratePerSecond)]
  return pollIntervalMs === undefined
    ? say`99 % within ${format.us(delayUs)} at ${load} subscribers and ${rate} events/s (${scenario})`
    : say`99 % within ${format.us(delayUs)} at ${load} subscribers and ${rate} events/s, polling every ${pollIntervalMs} ms (${scenario})`
}

/** Later than the budget, but with more load than was asked for: less may be in time. */
function lateText(covering: readonly Shown[]): Text {
  const least = covering.toSorted(
    (a, b) => a.subscribers * a.ratePerSecond - b.subscribers * b.ratePerSecond,
  )[0] as Shown
  return say`measured only with more load than that: ${shownText(least)}`
}

function farthestText(shown: readonly Shown[]): Text {
  if (shown.length === 0) return said('no valid cell of this run tells')
  const texts = shown
    .filter(
      (one) =>
        !shown.some(
          (other) =>
            other !== one &&
            other.subscribers >= one.subscribers &&
            other.ratePerSecond >= one.ratePerSecond &&
            (other.subscribers > one.subscribers || other.ratePerSecond > one.ratePerSecond),
        ),
    )
    .map(
      ({ subscribers, ratePerSecond }) =>
        say`${subscribers.toLocaleString('en-US')} subscribers at ${format.count(ratePerSecond)} events/s`,
    )
  return say`measured only up to ${list(unique(texts))}`
}

function unique(texts: readonly Text[]): Text[] {
  return [...new Map(texts.map((text) => [String(text), text])).values()]
}
