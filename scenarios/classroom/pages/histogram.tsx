import { say } from '../../../report/words/say.ts'
import { t } from './language.ts'
import { letterOf } from './options.tsx'

export interface HistogramProps {
  options: readonly string[]
  /** Votes for each option, and of the round before, where there was one. */
  counts: readonly number[]
  before?: readonly number[]
  /** Marked where it may be known. */
  right?: number
  /** What this page itself has voted for. */
  own?: number
  /** Of each option, why it is right, or wrong, where that may be known. */
  whys?: readonly string[]
}

/** How a class has voted: as text, and as bars that say nothing besides. */
export function Histogram({ options, counts, before, right, own, whys }: HistogramProps) {
  const votes = sum(counts)
  // The one that most have to be talked out of, where nobody's own is known.
  const wrong = counts.map((count, i) => (i === right ? -1 : count))
  const unfolded = own ?? wrong.indexOf(Math.max(...wrong))
  return (
    <ol class="votes">
      {options.map((text, i) => {
        const count = counts[i] ?? 0
        const share = percent(count, votes)
        return (
          <li key={text} class={`${i === own ? 'own' : ''} ${i === right ? 'right' : ''}`}>
            <span class="letter">{letterOf(i)}</span>
            <span>{text}</span>
            <span class="share">
              {before ? t(say`${percent(before[i] ?? 0, sum(before))} %, now ${share} %`) : `${share} %`}
              <span class="quiet"> {t(count === 1 ? say`(1 vote)` : say`(${count} votes)`)}</span>
            </span>
            <div class="bar" aria-hidden="true">
              <span style={{ width: `${share}%` }} />
            </div>
            {(i === right || i === own) && (
              <span class="marks">
                {i === right && <span class="mark-right">✓ {t(say`This is right.`)}</span>}{' '}
                {i === own && <span class="mark-own">{t(say`You chose this.`)}</span>}
              </span>
            )}
            {whys?.[i] !== undefined && (
              <details class="why" open={i === unfolded}>
                <summary>{i === right ? t(say`Why is it right?`) : t(say`Why is it wrong?`)}</summary>
                {whys[i]}
              </details>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}

function percent(count: number, votes: number): number {
  return votes === 0 ? 0 : Math.round((100 * count) / votes)
}
