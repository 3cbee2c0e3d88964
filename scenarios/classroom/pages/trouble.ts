import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { RoomClient } from './room-client.ts'
import type { Watch } from './watch.ts'

/** Why the live stage cannot be looked at: the demo is gone, its lanes' server is, or a lane does not open. */
export type Trouble = 'no-room' | 'server-down' | 'no-lanes'

/** A restart is over sooner, and part of a lesson. */
const PATIENCE_MS = 10_000

/** What the page was built with, where that says: a test that waits for trouble need not wait so long. */
function patienceOfPage(): number {
  const asked = document.querySelector<HTMLElement>('[data-patience-ms]')?.dataset.patienceMs
  return asked === undefined ? PATIENCE_MS : Number(asked)
}

/** What is in the way of the live stage, once it has been for `patienceMs`; default 10 s. */
export function lastingTrouble(
  room: RoomClient,
  { calmState }: Watch,
  patienceMs = patienceOfPage(),
): ReadonlySignal<Trouble | undefined> {
  const lasting = signal<Trouble | undefined>(undefined)
  const now = computed((): Trouble | undefined => {
    if (room.connection.value !== 'here') return 'no-room'
    const stage = room.room.value?.stage
    if (stage?.server === 'down') return 'server-down'
    const isSilent = calmState.value?.lanes.some(({ openedUs }) =>
      openedUs.every((atUs) => atUs === undefined),
    )
    return isSilent && stage?.network === 'up' && stage.player !== 'none' ? 'no-lanes' : undefined
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const { value: trouble } = now
    clearTimeout(timer)
    if (trouble === undefined) lasting.value = undefined
    else
      timer = setTimeout(() => {
        lasting.value = trouble
      }, patienceMs)
  })
  return lasting
}
