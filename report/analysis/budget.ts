import { entryOf } from '../../server/registry.ts'
import { format, withRange } from '../format.ts'
import { clauses, list, said, say, type Text } from '../words/say.ts'
import { type MeasuredScenario, titleOf } from './cells.ts'
import {
  amount,
  commonTerms,
  type Load,
  type LoadPoint,
  loadPointsByTechnique,
  type Terms,
} from './load-points.ts'
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

/** borderline: the trials lie on both sides of the budget. shown: nothing was asked for, and so nothing fits. */
export type Fit = 'fits' | 'borderline' | 'fails' | 'not measured' | 'shown'

/** How a technique stands to a budget, and by what evidence. */
export interface Judged {
  technique: string
  title: Text
  fit: Fit
  /** Why: of what it cannot do each reason, else the cell that shows it, with its load. */
  reasons: Text[]
  /** The delay itself, where it is only shown. */
  shown?: Text
  /** What the gate says of that cell; left out where the reason is no measurement. */
  badge?: LoadPoint['badge']
}

type Fitness = Pick<Judged, 'fit' | 'reasons' | 'shown' | 'badge'>

/** What cells are held against: the budget, with what it does not name filled in. */
interface Asked extends Load {
  delayMs: number
  /** Whether the reader named some of the load. */
  isNamed: boolean
  terms: Terms
}

/**
 * Judges every technique that was measured, by the cell whose load is the nearest to what is asked for. A load that is
 * not named is that of the main comparison, one for all techniques. At that very load the cell decides: the technique
 * fits where the interval of its delay ends within the budget, fails where it begins beyond, and is borderline else.
 * From other loads two things are inferred, with care, for more load is not always slower: it fits where the nearest cell
 * with at least as many subscribers and events was in time, and fails where one with at most as many was late, if nothing
 * that bore at least the load of that one was in time. Else nobody has measured it. Takes for granted that the reader's
 * machine and network are as fast as those of the run.
 */
export function judgeBudget(scenarios: readonly MeasuredScenario[], budget: Budget): Judged[] {
  const byTechnique = loadPointsByTechnique(scenarios)
  const terms = commonTerms(scenarios, byTechnique)
  return [...byTechnique].map(([technique, points]) => ({
    technique,
    title: titleOf(technique),
    ...(ability(technique, budget) ??
      (terms && points.length > 0
        ? judge(points, budget, terms)
        : { fit: 'not measured', reasons: [said('no valid cell of this run tells')] })),
  }))
}

/** `100 subscribers and 10 events/s`: what techniques are judged at where no load is named. */
export function commonLoad(scenarios: readonly MeasuredScenario[]): Text {
  const terms = commonTerms(scenarios, loadPointsByTechnique(scenarios))
  return terms ? loadText(terms) : said('none')
}

/** What decides, whatever was measured: what a technique cannot do, and what it does by other means than were measured. */
function ability(technique: string, { twoWay, plainHttp }: Budget): Fitness | undefined {
  const entry = entryOf(technique)
  const isByPolling = plainHttp && entry?.fallback === 'http'
  const cannot: Text[] = []
  if (twoWay && !isTwoWay({ technique }))
    cannot.push(said('it carries events down only: what a client has to say needs requests beside it'))
  if (twoWay && isByPolling)
    cannot.push(said('over plain HTTP it polls: what a client has to say needs requests beside it'))
  if (plainHttp && !isByPolling && !isPlainHttp({ technique })) {
    const upgrade = said('it needs an upgrade, which plain HTTP proxies do not pass')
    cannot.push(entry?.carrier === 'tcp' ? said('it needs a TCP connection of its own') : upgrade)
  }
  if (cannot.length > 0) return { fit: 'fails', reasons: cannot }
  if (!isByPolling) return undefined
  const polls = said('works over plain HTTP by polling; its figures here are those of WebSocket')
  return { fit: 'not measured', reasons: [polls] }
}

function judge(points: readonly LoadPoint[], budget: Budget, terms: Terms): Fitness {
  const { delayMs, ratePerSecond, subscribers, twoWay, plainHttp } = budget
  const isNamed = ratePerSecond !== undefined || subscribers !== undefined
  const asked: Asked = {
    delayMs: delayMs ?? Number.POSITIVE_INFINITY,
    subscribers: subscribers ?? terms.subscribers,
    ratePerSecond: ratePerSecond ?? terms.ratePerSecond,
    isNamed,
    terms,
  }
  if (!isNamed && delayMs === undefined && !twoWay && !plainHttp) return show(points, asked)
  return judgePolls(points, asked) ?? judgeLoad(points, asked)
}

/** Nothing is asked for: what there is at the common load. */
function show(points: readonly LoadPoint[], asked: Asked): Fitness {
  const [there] = points.filter((one) => isThere(one, asked)).sort(nearest(asked))
  if (there) {
    const place = say`at ${placeText(there, asked)} (${sourceText(there)})`
    return { ...fitness('shown', there, place), shown: figureText(there, asked) }
  }
  const [other] = points.toSorted(nearest(asked))
  if (!other) throw new Error('There is something that is shown')
  return fitness('not measured', other, say`the nearest that was measured: ${evidence(other, asked)}`)
}

function judgeLoad(points: readonly LoadPoint[], asked: Asked): Fitness {
  const near = points.toSorted(nearest(asked))
  const there = near.find((one) => isThere(one, asked))
  if (there) return judgeThere(there, asked)
  const more = near.find((one) => bears(one, asked))
  if (more && isKept(more, asked)) return fitness('fits', more, evidence(more, asked))
  const kept = points.filter((one) => isKept(one, asked))
  const late = near
    .filter((one) => isAtMost(one, asked) && isLate(one, asked))
    .find((one) => !kept.some((other) => bears(other, one)))
  if (late) return fitness('fails', late, evidence(late, asked))
  if (!more) return farthest(points, asked)
  if (!isLate(more, asked)) return judgeThere(more, asked)
  const seen = say`at ${placeText(more, asked)} (${sourceText(more)}): ${figureText(more, asked)}`
  return fitness('not measured', more, seen)
}

/** As a cell's interval lies to the budget. */
function judgeThere(one: LoadPoint, asked: Asked): Fitness {
  if (isKept(one, asked)) return fitness('fits', one, evidence(one, asked))
  if (isLate(one, asked)) return fitness('fails', one, evidence(one, asked))
  const why =
    one.figure === 'p99'
      ? say`within the scatter of the trials: ${evidence(one, asked)}`
      : say`too few events or moments for a p99: ${evidence(one, asked)}`
  return fitness('borderline', one, why)
}

/** How near a p99 is to the interval of the polls, as a share of it, where that is what it comes from. */
const NEAR_INTERVAL = 0.25

/**
 * Short polling is as late as its interval, which whoever polls chooses: where that is what the cells show, it is
 * judged by the interval that keeps the budget, and not by one that somebody chose here. Undefined where something else
 * is what makes it late. A sweep of the interval counts at its own load where the reader names none.
 */
function judgePolls(points: readonly LoadPoint[], asked: Asked): Fitness | undefined {
  const polls = points.flatMap((one) => {
    const { pollIntervalMs } = one
    if (pollIntervalMs === undefined) return []
    const off = Math.abs(one.delayUs.value / (pollIntervalMs * 1e3) - 1)
    return off <= NEAR_INTERVAL ? [{ one, pollIntervalMs }] : []
  })
  const { delayMs } = asked
  if (!(delayMs > 0 && Number.isFinite(delayMs)) || polls.length * 2 <= points.length) return undefined
  const byInterval = polls.toSorted(
    (a, b) => b.pollIntervalMs - a.pollIntervalMs || nearest(asked)(a.one, b.one),
  )
  const shortest = byInterval.at(-1) as (typeof polls)[number]
  const downTo = format.count(shortest.pollIntervalMs)
  const there = byInterval.filter(({ one }) => bears(one, asked) || (!asked.isNamed && one.variesInterval))
  const kept = there.find(({ one }) => isKept(one, asked))?.one
  const polling = pollsText(delayMs)
  if (kept) {
    const by = say`needs ${polling}; measured down to ${downTo} ms: ${evidence(kept, asked)}`
    return fitness('fits', kept, by)
  }
  if (delayMs < shortest.pollIntervalMs) {
    const wanted = say`would need ${polling}; measured down to ${downTo} ms`
    return fitness('not measured', shortest.one, wanted)
  }
  const often = there.findLast(({ pollIntervalMs }) => pollIntervalMs <= delayMs)
  if (!often) {
    const wanted = say`needs ${polling}; not measured that often with so much load`
    return fitness('not measured', shortest.one, wanted)
  }
  if (!isLate(often.one, asked)) return judgeThere(often.one, asked)
  const every = format.count(often.pollIntervalMs)
  const wanted = say`would need polls more often than every ${every} ms: ${evidence(often.one, asked)}`
  return fitness('not measured', often.one, wanted)
}

/** `polls every 50 ms or less, that is 20 requests a second and subscriber` */
function pollsText(intervalMs: number): Text {
  const every = intervalMs.toLocaleString('en-US', { maximumSignificantDigits: 6 })
  const requests = (1e3 / intervalMs).toLocaleString('en-US', { maximumSignificantDigits: 3 })
  return requests === '1'
    ? say`polls every ${every} ms or less, that is ${requests} request a second and subscriber`
    : say`polls every ${every} ms or less, that is ${requests} requests a second and subscriber`
}

/** Whether it was at least so much load. */
function bears(one: Load, { subscribers, ratePerSecond }: Load): boolean {
  return one.subscribers >= subscribers && one.ratePerSecond >= ratePerSecond
}

/** Whether it was at most so much load, which a burst is at no time. */
function isAtMost(one: LoadPoint, asked: Asked): boolean {
  return bears(asked, one) && (one.burstEvents === undefined || one.isMain)
}

function isThere(one: LoadPoint, asked: Asked): boolean {
  return bears(one, asked) && isAtMost(one, asked)
}

function isKept({ delayUs }: LoadPoint, { delayMs }: Asked): boolean {
  return delayUs.high <= delayMs * 1e3
}

function isLate({ atLeastUs }: LoadPoint, { delayMs }: Asked): boolean {
  return atLeastUs > delayMs * 1e3
}

/** The nearest load first; at the same load what is most like the main comparison. */
function nearest(asked: Asked): (a: LoadPoint, b: LoadPoint) => number {
  const { terms } = asked
  const apart = (a = 1, b = a) => Math.abs(Math.log(a / b))
  const distance = (one: LoadPoint) => [
    apart(one.subscribers, asked.subscribers) + apart(one.ratePerSecond, asked.ratePerSecond || 1e-6),
    Number(!one.isMain),
    Number(one.isSearch),
    apart(one.payloadBytes, terms.payloadBytes),
    apart(one.pollIntervalMs, terms.pollIntervalMs),
    one.burstEvents ?? 1,
    -one.delayUs.n,
  ]
  return (a, b) => {
    const [one, other] = [distance(a), distance(b)]
    return one.map((value, i) => value - (other[i] as number)).find((off) => Math.abs(off) > 1e-9) ?? 0
  }
}

function fitness(fit: Fit, { badge }: LoadPoint, reason: Text): Fitness {
  return { fit, reasons: [reason], badge }
}

/** `p99 10.5 ms (8.36–13 ms) at 100 subscribers and 10 events/s (steady-feed)` */
function evidence(one: LoadPoint, asked: Asked): Text {
  return say`${figureText(one, asked)} at ${placeText(one, asked)} (${sourceText(one)})`
}

/** `p99 10.5 ms (8.36–13 ms)` */
function figureText({ figure, delayUs }: LoadPoint, { delayMs }: Asked): Text {
  const text = withRange(delayUs, (us) => besideText(us, delayMs * 1e3))
  return figure === 'p99' ? say`p99 ${text}` : say`longest ${text}`
}

/** Enough digits to lie on that side of a limit in words, too, on which it lies. */
function besideText(us: number, limitUs: number): string {
  const text = format.us(us)
  const [, unit = ''] = text.split(' ')
  const unitUs = { µs: 1, ms: 1e3, s: 1e6 }[unit] ?? 1
  const side = Math.sign(us - limitUs)
  for (let digits = 3; digits < 12; digits++) {
    const rounded = Number((us / unitUs).toPrecision(digits))
    if (Math.sign(rounded * unitUs - limitUs) !== side) continue
    return digits === 3 ? text : `${rounded.toLocaleString('en-US', { maximumFractionDigits: 12 })} ${unit}`
  }
  return text
}

/** `100 subscribers and 10 events/s, polling every 1,000 ms` */
function placeText(one: LoadPoint, asked: Asked): Text {
  const { payloadBytes, burstEvents, pollIntervalMs } = one
  return clauses([
    loadText(one),
    ...(burstEvents === undefined ? [] : [say`${burstEvents} at once`]),
    ...(payloadBytes === asked.terms.payloadBytes ? [] : [say`of ${format.bytes(payloadBytes)} each`]),
    ...(pollIntervalMs === undefined ? [] : [say`polling every ${format.count(pollIntervalMs)} ms`]),
    ...relation(one, asked),
  ])
}

function sourceText({ isSearch, scenario }: LoadPoint): Text {
  return isSearch ? said('capacity search') : scenario
}

/** How its load is to what is asked for, where it is another. */
function relation(one: LoadPoint, asked: Asked): Text[] {
  const [isAtLeast, isAtMost] = [bears(one, asked), bears(asked, one)]
  if (isAtLeast === isAtMost) return []
  if (isAtLeast) return [asked.isNamed ? said('more than you ask') : said('more than the common load')]
  return [asked.isNamed ? said('less than you ask') : said('less than the common load')]
}

function loadText({ subscribers, ratePerSecond }: Load): Text {
  return list([subscribersText(subscribers), rateText(ratePerSecond)])
}

function subscribersText(subscribers: number): Text {
  const count = format.count(subscribers)
  return subscribers === 1 ? say`${count} subscriber` : say`${count} subscribers`
}

function rateText(ratePerSecond: number): Text {
  const rate = format.count(ratePerSecond)
  return rate === '1' ? say`${rate} event/s` : say`${rate} events/s`
}

/** Nothing was as much as is asked for: how far it went. */
function farthest(points: readonly LoadPoint[], asked: Asked): Fitness {
  const most = points.filter((one) => !points.some((other) => bears(other, one) && !bears(one, other)))
  const texts = most
    .toSorted((a, b) => a.subscribers - b.subscribers || amount(a) - amount(b))
    .map((one) => say`${subscribersText(one.subscribers)} at ${rateText(one.ratePerSecond)}`)
  return {
    fit: 'not measured',
    reasons: [say`nothing was measured with ${loadText(asked)} or more, only up to ${list(unique(texts))}`],
    badge: most.every(({ badge }) => badge === 'valid') ? 'valid' : 'use with care',
  }
}

function unique(texts: readonly Text[]): Text[] {
  return [...new Map(texts.map((text) => [String(text), text])).values()]
}
