import { type Said, say } from '../../../report/words/say.ts'
import type { Advice, RoomState } from '../room/protocol.ts'

const words: Readonly<Record<Advice, Said>> = {
  'too-few-votes': say`Too few votes to advise anything.`,
  're-teach': say`Below 35 % are right: go over the idea once more, then vote again.`,
  'discuss-and-revote': say`35 to 70 % are right: let neighbours discuss, then vote again.`,
  'move-on': say`More than 70 % are right: go on, and explain briefly.`,
}

/**
 * What the share of right votes advises, see adviceFor of scenarios/classroom/room/votes.ts: where that is still to be
 * done, and in agreement with `nextMove`.
 */
export function adviceOf({ phase, round, advice }: RoomState): Said | undefined {
  if (!advice || (phase !== 'predict' && phase !== 'discuss')) return undefined
  if (round < 2 || advice === 'move-on' || advice === 'too-few-votes') return words[advice]
  return say`Not more than 70 % are right after the second vote: let them see it, and explain it in full.`
}
