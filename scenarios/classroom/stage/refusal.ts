import type { Said } from '../../../report/words/say.ts'
import { PushlabError } from '../../../server/error.ts'
import { roomTexts } from '../room/texts.ts'

/** What errors of the stage say to people in the room. */
const texts = new WeakMap<PushlabError, Said>()

/** BAD_INPUT for something that the stage cannot be asked for; its message is the English text. */
export function stageRefusal(text: Said): PushlabError {
  const error = new PushlabError('BAD_INPUT', String(text))
  texts.set(error, text)
  return error
}

/** Of a child process that ended, was too slow or made a mistake. */
const OF_PROCESSES: ReadonlySet<string> = new Set(['CHILD_FAILED', 'TIMED_OUT', 'INTERNAL'])

/**
 * Why the stage did not do something, for people. What processes say of themselves is for whoever runs the demo: of that
 * only the kind is told.
 */
export function stageRefusalText(error: unknown): Said {
  if (!(error instanceof PushlabError)) return roomTexts.stageFailed
  if (OF_PROCESSES.has(error.code)) return roomTexts.lanesFailed
  if (error.code === 'FORBIDDEN') return roomTexts.stageClosed
  return texts.get(error) ?? roomTexts.stageFailed
}
