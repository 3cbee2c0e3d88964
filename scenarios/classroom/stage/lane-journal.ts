import type { Wire } from '../../../server/technique.ts'
import { sumClasses } from '../../../server/wire/span.ts'
import { ConnectionUnits, type WireUnit } from '../../../server/wire/units.ts'
import type { StageEntry, Unit } from '../log/entries.ts'
import { EventNumbers } from './event-numbers.ts'

/** A unit's first bytes go into the log. */
const SHOWN_BYTES = 2_048
/** Where a lane's page is. */
export const PAGE_PATH = '/lane'

/** What a stage has counted so far; shared by its lanes. */
export interface StageCounts {
  connections: number
  units: number
}

/** Writes what passes the sockets of one lane into the stage's log. */
export class LaneJournal {
  readonly #lane: string
  readonly #wire: Wire
  readonly #epochUs: number
  readonly #counts: StageCounts
  readonly #write: (entry: StageEntry) => void
  readonly #numbers = new EventNumbers()
  /** Bytes that the lane's page took, which are in no counter. */
  readonly page = { up: 0, down: 0 }

  constructor(
    lane: string,
    wire: Wire,
    epochUs: number,
    counts: StageCounts,
    write: (entry: StageEntry) => void,
  ) {
    this.#lane = lane
    this.#wire = wire
    this.#epochUs = epochUs
    this.#counts = counts
    this.#write = write
  }

  /** Microseconds after the stage's epoch. */
  since(atUs: number): number {
    return Math.max(0, Math.round(atUs - this.#epochUs))
  }

  /**
   * A connection was accepted. It is told with its first unit: a browser opens some in advance and never uses them, and the
   * one that loads the lane's page is not told at all.
   */
  open(acceptedUs: number): ConnectionJournal {
    let connection: number | undefined
    let pageBytes = 0
    const units = new ConnectionUnits(this.#wire, (unit) => {
      if (isOfPage(unit)) {
        pageBytes += unit.bytes.length
        this.page[unit.direction] += unit.bytes.length
        if (unit.direction === 'up') return
        this.#write({ kind: 'page', atUs: this.since(unit.atUs), lane: this.#lane, bytes: pageBytes })
        pageBytes = 0
        return
      }
      if (connection === undefined) {
        connection = ++this.#counts.connections
        this.#write({ kind: 'connected', atUs: this.since(acceptedUs), lane: this.#lane, connection })
      }
      this.#write(this.#unit(unit, connection))
    })
    return {
      up: (bytes, atUs) => units.up(bytes, atUs),
      down: (bytes, atUs) => units.down(bytes, atUs),
      close: (atUs) => {
        units.close()
        if (connection === undefined) return
        this.#write({ kind: 'closed', atUs: this.since(atUs), lane: this.#lane, connection })
      },
    }
  }

  #unit(unit: WireUnit, connection: number): Unit {
    const { bytes, spans, direction, what, about, fromUs, atUs } = unit
    const sums = Object.entries(sumClasses(spans)).filter(([, sum]) => sum > 0)
    const shown = bytes.subarray(0, SHOWN_BYTES)
    return {
      kind: 'unit',
      atUs: this.since(atUs),
      fromUs: this.since(fromUs),
      lane: this.#lane,
      connection,
      unit: ++this.#counts.units,
      direction,
      what,
      ...(about !== undefined && { about }),
      bytes: bytes.length,
      sums: Object.fromEntries(sums),
      events: this.#numbers.of(unit, connection),
      shown: Buffer.from(shown.buffer, shown.byteOffset, shown.byteLength).toString('base64'),
      spans: spans
        .filter(({ start }) => start < shown.length)
        .map(({ start, end, class: byteClass, label }) => [
          start,
          Math.min(end, shown.length),
          byteClass,
          label,
        ]),
    }
  }
}

/** What is written of one connection. Times are monotonic microseconds. */
export interface ConnectionJournal {
  up(bytes: Uint8Array, atUs: number): void
  down(bytes: Uint8Array, atUs: number): void
  close(atUs: number): void
}

function isOfPage({ target }: WireUnit): boolean {
  return target !== undefined && new RegExp(`^${PAGE_PATH}(?:\\?|$)`).test(target)
}
