import type { Badge } from '../analysis/finding.ts'
import { worst } from '../analysis/gate.ts'
import { type Format, format, rangeText } from '../format.ts'
import { said, say, type Text } from '../words/say.ts'
import type { Claim, Evidence, EvidenceNumber, Judgement, Unit, Verdict } from './claim.ts'
import { claims } from './index.ts'

/** A claim and what it came to. */
export interface Judged {
  claim: Claim
  judgement: Judgement
  /** The worst badge of what it rests on: a verdict is no surer than its evidence. Not measured where it rests on nothing. */
  badge: Badge
}

/** Every claim's judgement from what a run left behind. */
export function judgeAll(evidence: Evidence): Judged[] {
  return claims.map((claim) => {
    const judgement = claim.judge(evidence)
    return { claim, judgement, badge: worst(judgement.numbers.map(({ badge }) => badge)) }
  })
}

/** How a verdict looks: in words and shape, never by colour alone. */
export const verdictMarks: Record<Verdict, { className: string; mark: string }> = {
  held: { className: 'good', mark: '✓' },
  'did not hold': { className: 'bad', mark: '✕' },
  depends: { className: 'care', mark: '±' },
  inconclusive: { className: 'care', mark: '?' },
  'not tested here': { className: 'none', mark: '–' },
}

/** A verdict with the badge of its evidence: `held (use with care)`. */
export function verdictText({ judgement: { verdict }, badge }: Judged): Text {
  return badge === 'valid' || badge === 'not measured'
    ? said(verdict)
    : say`${said(verdict)} (${said(badge)})`
}

/** How many claims came to what, most telling first: `12 held, 9 did not hold, 5 depend`. */
export function verdictCounts(judged: readonly Judged[]): { verdict: Verdict; count: number }[] {
  const verdicts = Object.keys(verdictMarks) as Verdict[]
  return verdicts
    .map((verdict) => ({
      verdict,
      count: judged.filter(({ judgement }) => judgement.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0)
}

const texts: Record<Unit, Format> = {
  us: format.us,
  bytes: format.bytes,
  count: format.count,
  share: format.percent,
  ratio: (ratio) => `${Number(ratio.toPrecision(3))}`,
  perSecond: (count) => `${format.count(count)} /s`,
}

/** A value with its unit. */
export function unitText(value: number, unit: Unit): string {
  return texts[unit](value)
}

/** A figure of a judgement in words: `51.2 ms (50.9–51.6 ms, min-max of 3), expected 50 ms`. */
export function numberText(number: EvidenceNumber): Text {
  const text = texts[number.unit]
  if (!Number.isFinite(number.value)) return said('none')
  const measured = measuredText(number, text)
  return number.expected === undefined ? measured : say`${measured}, expected ${text(number.expected)}`
}

function measuredText(number: EvidenceNumber, text: Format): Text {
  const value = text(number.value)
  const range = rangeText(number, text).slice(1, -1)
  if (range === '') return value
  return number.interval === '95 %'
    ? say`${value} (${range}, 95 % interval of ${number.n})`
    : say`${value} (${range}, min-max of ${number.n})`
}
