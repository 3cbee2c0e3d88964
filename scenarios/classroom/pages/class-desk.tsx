import { type Said, say } from '../../../report/words/say.ts'
import type { RoomState } from '../room/protocol.ts'
import { t } from './language.ts'
import type { RoomClient } from './room-client.ts'

/** How many students are here, so that it agrees with how many have voted. */
export function hereText({ students: { here }, tallies, voters }: RoomState): Said {
  const hands = tallies.at(-1)?.hands?.reduce((sum, some) => sum + some, 0) ?? 0
  const gone = voters - hands - here
  if (gone > 0) return say`${here} of ${here + gone} students still here`
  return here === 1 ? say`1 student here` : say`${here} students here`
}

/** Begins with another class. */
export function NewClass({ room, onBegin }: { room: RoomClient; onBegin?: () => void }) {
  return (
    <div class="row">
      <button
        type="button"
        onClick={() => {
          room.say({ type: 'new-class' })
          onBegin?.()
        }}
      >
        {t(say`New class`)}
      </button>
      <span class="quiet">
        {t(say`It forgets votes and students and takes another code. For a minute it can be undone.`)}
      </span>
    </div>
  )
}

/** That a new class has begun, and how to go back. */
export function ClassNotice({ room }: { room: RoomClient }) {
  if (!room.room.value?.canUndo) return null
  return (
    <p class="notice row spread" role="status">
      {t(say`This is a new class, with another code.`)}
      <button type="button" onClick={() => room.say({ type: 'undo' })}>
        {t(say`Back to the class before`)}
      </button>
    </p>
  )
}
