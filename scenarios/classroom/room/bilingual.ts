import { inBoth, type Text } from '../../../report/words/say.ts'
import { chinese } from '../words/catalogue.ts'
import type { Bilingual } from './protocol.ts'

/** A text as the room sends it: the page chooses its language. */
export function bilingual(text: Text): Bilingual {
  return inBoth(text, chinese)
}
