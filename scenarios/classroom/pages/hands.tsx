import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import type { RoomState } from '../room/protocol.ts'
import { isOfThisMachine } from './invitation.tsx'
import { t } from './language.ts'
import { letterOf } from './options.tsx'
import type { RoomClient } from './room-client.ts'

/** The room tells a change four times a second. */
const ANSWERED_MS = 1_000

/** Whether hands are how a class votes: phones cannot come in, and nobody has. */
export function votesByHand({ joinUrl, students }: RoomState): boolean {
  return isOfThisMachine(joinUrl) && students.joined === 0
}

/** A field for each answer, for the hands that somebody has counted. They count beside the votes of phones. */
export function Hands({ room, state }: { room: RoomClient; state: RoomState }) {
  const { ballot } = state
  /** What was typed, until the room has surely answered: what it has is shown then. */
  const typed = useSignal<{ ballot: string; counts: readonly number[] } | undefined>(undefined)
  const hands = state.tallies.find((tally) => tally.ballot === ballot?.id)?.hands
  useEffect(() => {
    const timer = setTimeout(() => {
      typed.value = undefined
    }, ANSWERED_MS)
    return () => clearTimeout(timer)
  }, [typed.value])
  if (!ballot) return null
  const own = typed.value?.ballot === ballot.id ? typed.value.counts : hands
  const counts = ballot.options.map((_, i) => own?.[i] ?? 0)
  return (
    <fieldset class="hands stack">
      <legend>{t(say`Show of hands`)}</legend>
      <p class="quiet">
        {t(say`All close their eyes and raise a hand for one answer. Write down how many hands you see.`)}
      </p>
      <div class="row">
        {counts.map((count, i) => (
          <label class="row" key={letterOf(i)}>
            <span class="letter">{letterOf(i)}</span>
            <input
              type="number"
              min="0"
              max="999"
              inputMode="numeric"
              aria-label={t(say`Hands for ${letterOf(i)}`)}
              value={count === 0 ? '' : count}
              onInput={({ currentTarget }) => {
                const given = Math.min(999, Math.max(0, Math.trunc(currentTarget.valueAsNumber || 0)))
                const now = counts.map((before, other) => (other === i ? given : before))
                typed.value = { ballot: ballot.id, counts: now }
                room.say({ type: 'hands', ballot: ballot.id, counts: now })
              }}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
