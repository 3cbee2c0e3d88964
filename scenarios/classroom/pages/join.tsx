import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { say } from '../../../report/words/say.ts'
import { announce } from './announcer.tsx'
import { t, tb } from './language.ts'
import type { RoomClient } from './room-client.ts'

interface JoinProps {
  room: RoomClient | undefined
  typed: Signal<string>
  onJoin(code: string): void
}

/** The door of the room: a field for the code that is on the wall, and why it did not open. */
export function Join({ room, typed, onJoin }: JoinProps) {
  const connection = room?.connection.value
  const refusal = room?.refusal.value
  const isWaiting = connection === 'connecting' || connection === 'here'
  const problem =
    refusal !== undefined
      ? tb(refusal.message)
      : connection === 'lost'
        ? t(say`The room does not answer. This page goes on trying.`)
        : undefined
  useEffect(() => {
    if (problem !== undefined) announce(problem)
  }, [problem])
  return (
    <form
      class="join stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.value.trim() !== '') onJoin(typed.value.trim())
      }}
    >
      <h1>{t(say`Join the class`)}</h1>
      {problem !== undefined && <p class="notice bad">{problem}</p>}
      <label class="stack">
        <span>{t(say`Code on the wall`)}</span>
        <input
          type="text"
          class="code"
          value={typed}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value
          }}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={20}
        />
      </label>
      <button type="submit" class="main" aria-disabled={isWaiting ? 'true' : undefined}>
        {isWaiting ? t(say`Joining…`) : t(say`Join`)}
      </button>
    </form>
  )
}
