import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import type { Phase } from '../room/protocol.ts'
import { announce } from './announcer.tsx'
import { t } from './language.ts'
import type { RoomClient } from './room-client.ts'

const REFRESH_MS = 200
/** How long a discussion takes, and a vote. */
const secondsOf = (phase: Phase) => (phase === 'discuss' ? 120 : 60)
const MORE_SECONDS = 30

/** Seconds that are left until then on the host's clock; undefined before the room has told its time. */
function secondsLeft(room: RoomClient, endsAtUs: number): number | undefined {
  const { value: clock } = room.clock
  if (!clock) return undefined
  const nowMs = performance.timeOrigin + performance.now() + clock.offsetMs
  return Math.max(0, Math.ceil((endsAtUs / 1_000 - nowMs) / 1_000))
}

/** The clock that runs down, as everybody sees it. */
export function Countdown({ room, endsAtUs }: { room: RoomClient; endsAtUs: number | undefined }) {
  const left = useSignal<number | undefined>(undefined)
  useEffect(() => {
    if (endsAtUs === undefined) return
    const look = () => {
      const before = left.peek()
      left.value = secondsLeft(room, endsAtUs)
      if (left.peek() === 0 && before !== undefined && before > 0) announce(t(say`Time is up.`))
    }
    look()
    const timer = setInterval(look, REFRESH_MS)
    return () => {
      clearInterval(timer)
      left.value = undefined
    }
  }, [endsAtUs])
  const { value: seconds } = left
  if (endsAtUs === undefined || seconds === undefined) return null
  return (
    <p class="countdown" role="timer">
      {seconds === 0 ? t(say`Time is up.`) : clockText(seconds)}
    </p>
  )
}

/** Starts the clock, gives some more time, or stops it. */
export function CountdownButtons({
  room,
  phase,
  endsAtUs,
}: {
  room: RoomClient
  phase: Phase
  endsAtUs: number | undefined
}) {
  const start = (seconds: number) => room.say({ type: 'timer', seconds })
  if (endsAtUs === undefined) {
    const seconds = secondsOf(phase)
    return (
      <button type="button" onClick={() => start(seconds)}>
        {t(say`Clock ${clockText(seconds)}`)}
      </button>
    )
  }
  return (
    <>
      <button type="button" onClick={() => start((secondsLeft(room, endsAtUs) ?? 0) + MORE_SECONDS)}>
        {t(say`${MORE_SECONDS} s more`)}
      </button>
      <button type="button" onClick={() => start(0)}>
        {t(say`Stop the clock`)}
      </button>
    </>
  )
}

/** Starts the clock of a phase, or stops it. */
export function toggleCountdown(room: RoomClient): void {
  const { value: state } = room.room
  if (!state || !hasCountdown(state.phase)) return
  room.say({ type: 'timer', seconds: state.endsAtUs === undefined ? secondsOf(state.phase) : 0 })
}

/** Where a class votes or discusses. */
export function hasCountdown(phase: Phase): boolean {
  return phase === 'predict' || phase === 'discuss' || phase === 'transfer'
}

/** `1:05` */
function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
