import type { Answer } from '../analysis/needs.ts'
import { list, said, say, sentences, type Text } from '../words/say.ts'

/** What the picks come to, a sentence for those who win the same: by figures alone, for what they can is in the table. */
export function pickSentences(answers: readonly Answer[]): Text {
  const told = answers.filter(({ need, picks }) => !need.among && picks.length > 0)
  const groups = Map.groupBy(told, ({ picks }) =>
    picks
      .map(({ technique }) => technique)
      .sort()
      .join(),
  )
  const voided = new Map(
    answers.flatMap((answer) => (answer.voided ?? []).map((cell) => [cell.technique, cell.title])),
  )
  if (groups.size === 0) return answers[0]?.because ?? said('Nothing can be picked.')
  return sentences([
    ...[...groups.values()]
      .toSorted((a, b) => b.length - a.length)
      .map((group) => {
        const [titles, goals] = [
          group[0]?.picks.map(({ title }) => title) ?? [],
          group.map(({ need }) => need.goal),
        ]
        return titles.length === 1
          ? say`Pick ${titles[0] ?? ''} for ${list(goals)}.`
          : say`${list(titles)} are tied for ${list(goals)}.`
      }),
    ...(voided.size > 0 ? [say`Not ranked, for not valid: ${list([...voided.values()])}.`] : []),
  ])
}
