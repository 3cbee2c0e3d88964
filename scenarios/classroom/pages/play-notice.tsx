import { say } from '../../../report/words/say.ts'
import type { RoomState } from '../room/protocol.ts'
import { t } from './language.ts'
import type { RoomClient } from './room-client.ts'
import { LeavingButton } from './stage/leaving-button.tsx'
import { stageIsHere } from './stage/player.ts'

/** Why the lanes do not play in this window, and how they can. */
export function PlayNotice({ room, player }: { room: RoomClient; player: RoomState['stage']['player'] }) {
  if (!stageIsHere()) {
    return (
      <p class="notice">
        {t(
          say`Lanes play only on the machine that runs the demo. Open this page there, at http://127.0.0.1:${location.port || '80'}, to see them live.`,
        )}
      </p>
    )
  }
  if (player !== 'another') return null
  return (
    <div class="notice row spread">
      <span>{t(say`Another window plays the lanes.`)}</span>
      <LeavingButton onClick={() => room.say({ type: 'play', takeOver: true })}>
        {t(say`Play here`)}
      </LeavingButton>
    </div>
  )
}
