import { type Change, type Changes, type Outcome, outcomes, type Place } from '../analysis/compare.ts'
import { percent } from '../analysis/finding.ts'
import { atPosition } from '../axis.ts'
import { columnOf } from '../columns.ts'
import { times, timesRange } from '../format.ts'
import { median } from '../statistics/median.ts'
import { clauses, parts, said, say, type Text } from '../words/say.ts'

/** What stands of a change in a row: the figure's name, both values, their ratio and the outcome, each in words. */
export function changeTexts({ figure, before, after, ratio, seenFrom, outcome }: Change) {
  const { heading: name, text } = columnOf(figure)
  const value = (amount: number) => (Number.isFinite(amount) ? text(amount) : '-')
  return {
    name,
    before: value(before),
    after: value(after),
    ratio: ratioText(ratio),
    outcome:
      outcome === 'not told apart' && Number.isFinite(seenFrom)
        ? say`not told apart: ${ratio.n} trials see differences from about ${percent(seenFrom)} on`
        : said(outcome),
  }
}

/** `1.20× (1.10–1.31×)`; from nothing there is no ratio. */
function ratioText(ratio: Change['ratio']): Text {
  if (ratio.value === Number.POSITIVE_INFINITY) return said('from nothing')
  return Number.isNaN(ratio.value) ? '-' : `${times(ratio.value)}${timesRange(ratio)}`
}

const COUNTS: Record<Outcome, (count: number) => Text> = {
  worse: (count) => say`${count} worse`,
  'newly not valid': (count) => say`${count} newly not valid`,
  better: (count) => say`${count} better`,
  'not told apart': (count) => say`${count} not told apart`,
  'not valid': (count) => say`${count} not valid`,
  'not recorded': (count) => say`${count} not recorded`,
  'same within noise': (count) => say`${count} the same within noise`,
}

/** What came out of a comparison, in sentences: how many of which outcome, what is gone, and what it could have seen. */
export function changesSentences({ changes, gone, added, instruments }: Changes): Text[] {
  const count = (outcome: Outcome) => changes.filter((change) => change.outcome === outcome).length
  // Those are always told, for they are what a reader looks for.
  const counts = outcomes
    .filter((outcome) => ['worse', 'better', 'same within noise'].includes(outcome) || count(outcome) > 0)
    .map((outcome) => COUNTS[outcome](count(outcome)))
  const isUnharmed = !changes.some(({ figure, outcome }) => figure.endsWith('Share') && outcome === 'worse')
  const delays = changes.filter(({ figure, seenFrom }) => figure === 'p50Us' && Number.isFinite(seenFrom))
  return [
    say`${clauses(counts)}.`,
    ...(isUnharmed ? [said('No event was newly lost, duplicated or reordered.')] : []),
    ...(gone.length > 0
      ? [say`Gone, for the new run has nothing of them: ${parts(gone.map(placeText))}.`]
      : []),
    ...(added.length > 0 ? [say`Only in the new run: ${parts(added.map(placeText))}.`] : []),
    ...(instruments
      ? [say`Delays are not compared, for ${instruments[0]} and ${instruments[1]} measured them.`]
      : []),
    ...(delays.length > 0
      ? [
          say`Of median delays differences from about ${percent(median(delays.map(({ seenFrom }) => seenFrom)))} on would have been seen in half of the cells.`,
        ]
      : []),
  ]
}

/** `steady-feed, WebSocket with 100 subscribers` */
export function placeText({ scenario, cell: { title, point } }: Place): Text {
  return point.at ? say`${scenario}, ${title} ${atPosition(point.at)}` : say`${scenario}, ${title}`
}
