import type { StageEntry } from '../log/entries.ts'
import { type LaneTotals, noTotals } from './lanes-messages.ts'

/** What a stage has to remember of its lanes' log when the process that writes it goes and another goes on. */
export class StageAccounts {
  connections = 0
  units = 0
  /** Lane of each connection that is open. */
  readonly #open = new Map<number, string>()
  readonly #totals = new Map<string, LaneTotals>()
  readonly #unitBytes = new Map<string, { up: number; down: number }>()

  add(entry: StageEntry): void {
    switch (entry.kind) {
      case 'connected':
        this.connections = entry.connection
        this.#open.set(entry.connection, entry.lane)
        break
      case 'closed':
        this.#open.delete(entry.connection)
        break
      case 'unit':
        this.units = entry.unit
        this.#bytesOf(entry.lane)[entry.direction] += entry.bytes
        break
      case 'totals':
        this.#totals.set(entry.lane, entry)
    }
  }

  /** The process is gone, and every connection with it: their ends. */
  closeAll(atUs: number): StageEntry[] {
    const closed = [...this.#open].map(
      ([connection, lane]): StageEntry => ({ kind: 'closed', atUs, lane, connection }),
    )
    this.#open.clear()
    return closed
  }

  /**
   * What the next process counts on from: the bytes of all units in the log, and whatever sockets and tap differed by. What
   * the one before had not told when it was killed is in neither.
   */
  totalsOf(lane: string): LaneTotals {
    const { socketUp, socketDown, tappedUp, tappedDown } = this.#totals.get(lane) ?? noTotals
    const { up, down } = this.#bytesOf(lane)
    return {
      socketUp: up + socketUp - tappedUp,
      socketDown: down + socketDown - tappedDown,
      tappedUp: up,
      tappedDown: down,
    }
  }

  #bytesOf(lane: string): { up: number; down: number } {
    const bytes = this.#unitBytes.get(lane) ?? { up: 0, down: 0 }
    this.#unitBytes.set(lane, bytes)
    return bytes
  }
}
