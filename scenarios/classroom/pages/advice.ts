import { type Said, say } from '../../../report/words/say.ts'
import type { Advice } from '../room/protocol.ts'

/** What the share of right votes advises, see adviceFor of scenarios/classroom/room/votes.ts. */
export const adviceWords: Readonly<Record<Advice, Said>> = {
  'too-few-votes': say`Too few votes to advise anything.`,
  're-teach': say`Below 35 % are right: go over the idea once more before you go on.`,
  'discuss-and-revote': say`35 to 70 % are right: let neighbours discuss, then vote again.`,
  'move-on': say`More than 70 % are right: go on, and explain briefly.`,
}
