import type { ResultRecord } from '../../results/record.ts'
import type { Text } from '../words/say.ts'
import type { Cell, Verdict } from './claim.ts'
import { behind } from './evidence.ts'

/** What repeated trials answer to a question: yes in every one, no in every one, or they do not agree. */
export type Answer = 'yes' | 'no' | 'unclear'

/** Whether a condition holds in every trial of a cell, or in none. */
export function everyTrial(cell: Cell, holds: (record: ResultRecord) => boolean): Answer {
  return answerOf(cell.records.map(holds))
}

/** Yes where all are true, no where none is. */
export function answerOf(answers: readonly boolean[]): Answer {
  if (answers.every(Boolean)) return 'yes'
  return answers.some(Boolean) ? 'unclear' : 'no'
}

/** Whether all of several conditions hold: one that does not in any trial is enough to say no. */
export function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no'
  return answers.includes('unclear') ? 'unclear' : 'yes'
}

/** The verdict on a claim that says just what was asked. */
export const verdictOf: Record<Answer, Verdict> = {
  yes: 'held',
  no: 'did not hold',
  unclear: 'inconclusive',
}

/** ` at a round trip of 100 ms`; nothing where the scenario has no sweep. */
export function positionOf({ point }: Cell): Text {
  return point.at ? behind(point.at) : ''
}
