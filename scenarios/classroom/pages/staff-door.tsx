import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Said, say } from '../../../report/words/say.ts'
import { t, tb } from './language.ts'
import type { RoomClient, RoomConnectionState } from './room-client.ts'

/** What was refused is read by then, and concerns nobody any more. */
const REFUSAL_STAYS_MS = 10_000

const notices: Readonly<Partial<Record<RoomConnectionState, Said>>> = {
  refused: say`Open the address that the terminal shows now.`,
  over: say`The class is over. To begin another one, start the demo again and open the address that it shows.`,
  lost: say`No connection to the demo. If it has ended, start it again; this page goes on trying.`,
}

/** What stands above a staff's page while it is not, or no longer, in the room. */
export function StaffDoor({ room }: { room: RoomClient }) {
  const refusal = room.refusal.value
  const connection = room.connection.value
  const read = useSignal<object | undefined>(undefined)
  useEffect(() => {
    const timer = setTimeout(() => {
      read.value = refusal
    }, REFUSAL_STAYS_MS)
    return () => clearTimeout(timer)
  }, [refusal])
  const notice = notices[connection]
  if (notice) {
    const isRefused = connection === 'refused'
    return (
      <p class={isRefused ? 'notice bad' : 'notice'} role="alert">
        {isRefused && refusal ? `${tb(refusal.message)} ` : ''}
        {t(notice)}
      </p>
    )
  }
  if (room.room.value === undefined) return <p class="quiet">{t(say`Connecting…`)}</p>
  return refusal && refusal !== read.value ? <p class="notice">{tb(refusal.message)}</p> : null
}
