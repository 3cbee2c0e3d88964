import { useSignal } from '@preact/signals'
import { said, say } from '../../../report/words/say.ts'
import { registry } from '../../../server/registry.ts'
import type { RoomState } from '../room/protocol.ts'
import { t } from './language.ts'
import type { RoomClient } from './room-client.ts'

/** Techniques that a browser can run: those with a page-side twin, which the page was told when it was built. */
function playable() {
  const names = document.querySelector<HTMLElement>('[data-techniques]')?.dataset.techniques?.split(' ') ?? []
  return registry.filter(({ name }) => names.includes(name))
}

/** All lanes to choose from. The stage begins anew when others are put on it. */
export function Sandbox({ room, state }: { room: RoomClient; state: RoomState }) {
  const { lanes, settings } = state.stage
  const playing = new Set(lanes.map(({ technique }) => technique))
  const chosen = useSignal<ReadonlySet<string> | undefined>(undefined)
  const now = chosen.value ?? playing
  const isSame = now.size === playing.size && [...now].every((name) => playing.has(name))
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (now.size === 0) return
        const names = playable().filter(({ name }) => now.has(name))
        room.say({
          type: 'begin',
          setup: { lanes: names.map(({ name }) => ({ id: name, technique: name })), settings },
        })
        chosen.value = undefined
      }}
    >
      <fieldset class="stack lane-choice">
        <legend>{t(say`Lanes`)}</legend>
        {playable().map(({ name, title }) => (
          <label class="row" key={name}>
            <input
              type="checkbox"
              checked={now.has(name)}
              onChange={({ currentTarget }) => {
                const next = new Set(now)
                if (currentTarget.checked) next.add(name)
                else next.delete(name)
                chosen.value = next
              }}
            />
            <span>{t(said(title))}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="main" aria-disabled={isSame || now.size === 0 ? 'true' : undefined}>
        {t(say`Begin with ${now.size} lanes`)}
      </button>
    </form>
  )
}
