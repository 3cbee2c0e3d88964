import { type Format, format, rangeText } from '../format.ts'
import type { Claim, Evidence, EvidenceNumber, Judgement, Unit, Verdict } from './claim.ts'
import { claims } from './index.ts'

/** A claim and what it came to. */
export interface Judged {
  claim: Claim
  judgement: Judgement
}

/** Every claim's judgement from what a run left behind. */
export function judgeAll(evidence: Evidence): Judged[] {
  return claims.map((claim) => ({ claim, judgement: claim.judge(evidence) }))
}

/** How a verdict looks: in words and shape, never by colour alone. */
export const verdictMarks: Record<Verdict, { className: string; mark: string }> = {
  held: { className: 'good', mark: '✓' },
  'did not hold': { className: 'bad', mark: '✕' },
  depends: { className: 'care', mark: '±' },
  inconclusive: { className: 'care', mark: '?' },
  'not tested here': { className: 'none', mark: '–' },
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

/** A figure of a judgement in words: `51.2 ms (50.9 to 51.6 ms, min-max of 3), expected 50 ms`. */
export function numberText(number: EvidenceNumber): string {
  const text = texts[number.unit]
  if (!Number.isFinite(number.value)) return 'none'
  const range = rangeText(number, text)
  const interval = number.interval === '95 %' ? '95 % interval' : 'min-max'
  const spread = range && ` (${range.slice(1, -1)}, ${interval} of ${number.n})`
  const expected = number.expected === undefined ? '' : `, expected ${text(number.expected)}`
  return `${text(number.value)}${spread}${expected}`
}
