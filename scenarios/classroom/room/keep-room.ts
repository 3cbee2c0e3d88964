import { type Said, say } from '../../../report/words/say.ts'
import { PushlabError } from '../../../server/error.ts'
import { Coalesced } from './coalesce.ts'
import type { Kept, KeptRoom } from './kept.ts'
import type { Room } from './room.ts'

const KEPT_EVERY_MS = 1_000

/**
 * Keeps a room from now on, after each change and once a second at most. A disk that does not take it is told of once: the
 * class goes on without.
 * @returns how to stop it.
 */
export function keepRoom(
  kept: Pick<KeptRoom, 'write'>,
  key: string,
  room: Pick<Room, 'snapshot' | 'onChange'>,
  tell: (text: Said) => void,
): () => void {
  let isTold = false
  const keep = new Coalesced(() => {
    try {
      kept.write({ key, room: room.snapshot() })
    } catch (error) {
      if (!isTold) {
        tell(
          say`The class cannot be kept on this disk (${(error as Error).message}): if the demo is broken off, the next one begins anew. The class itself goes on.`,
        )
      }
      isTold = true
    }
  }, KEPT_EVERY_MS)
  const stopListening = room.onChange(() => keep.ask())
  keep.ask()
  return () => {
    stopListening()
    keep.stop()
  }
}

/**
 * Goes on with a room that was kept. Returns false where it cannot be read, which is no reason not to begin another. Where
 * only its stage could not be set up, the class is here, and that is told.
 */
export async function resumeRoom(
  room: Pick<Room, 'restore'>,
  left: Kept,
  tell: (text: Said) => void,
): Promise<boolean> {
  try {
    await room.restore(left.room)
  } catch (error) {
    if (!(error instanceof PushlabError)) throw error
    if (error.code === 'BAD_INPUT') return false
    tell(
      say`The class is here again, but its stage could not be set up: ${error.message} To set it up, go to another phase and back.`,
    )
  }
  return true
}
