import { advance } from '../log/advance.ts'
import type { StageEntry, Unit } from '../log/entries.ts'
import { foldedOf } from '../log/folded.ts'
import type { StageState } from '../log/state.ts'

export interface BookLimits {
  /** So many entries are kept; default 200,000, about 70 MB. */
  entries?: number
  /** So many of the latest units keep their bytes and spans; default 4,000. */
  detailedUnits?: number
}

/** Some minutes of a lesson: half a second for a page to fold. */
const MOST_MENDED = 50_000
/** Forgetting goes over the whole log: it is done for so large a part of it at once. */
const FORGOTTEN_SHARE = 0.01
/** So large a part of the log is its beginning, which lessons look back at, and is kept. */
const BEGINNING_SHARE = 0.1

/**
 * The log of one run, bounded. Of units beyond the latest few thousand only the numbers are kept: their bytes (`shown`) and
 * `spans` become empty. Beyond the most entries those units, and what pages have seen, that follow the beginning are
 * forgotten, and how each lane stood behind them is told in one entry instead: who reads this log comes to the same counters
 * as who has read all of it. What was published stays as long as there is anything else, and what was changed always.
 */
export class StageBook {
  #entries: StageEntry[] = []
  #forgotten = 0
  /** Where units stand that have their bytes, the oldest first. */
  #detailed: number[] = []
  /** After everything up to where the log was last folded. */
  #folded: StageState | undefined
  /** So many entries of the log are in `#folded`. */
  #foldedEntries = 0
  readonly #mostEntries: number
  readonly #mostDetailed: number
  /** So many entries are. */
  readonly #beginning: number

  constructor({ entries = 200_000, detailedUnits = 4_000 }: BookLimits = {}) {
    this.#mostEntries = entries
    this.#beginning = Math.max(1, Math.floor(entries * BEGINNING_SHARE))
    this.#mostDetailed = detailedUnits
  }

  get entries(): readonly StageEntry[] {
    return this.#entries
  }

  /** How many entries there are fewer than have been added. */
  get forgotten(): number {
    return this.#forgotten
  }

  add(entry: StageEntry): void {
    if (entry.kind === 'unit') this.#detailed.push(this.#entries.length)
    this.#entries.push(entry)
    // What will be folded anyway, at once: the feed's schedule, which is in this process, should not wait for it later.
    if (this.#entries.length <= this.#beginning) {
      this.#folded = advance(this.#folded, [entry])
      this.#foldedEntries = this.#entries.length
    }
    if (this.#detailed.length > this.#mostDetailed) this.#strip(this.#detailed.shift() as number)
    if (this.#entries.length > this.#mostEntries) this.#forget()
  }

  /**
   * What the page that plays the lanes has seen since it began to was told too early by so much: mends it, but for a log so
   * long that its readers would be busy for a while. Returns whether it did.
   */
  mend(shiftUs: number, nowUs: number): boolean {
    if (this.#entries.length > MOST_MENDED || this.#forgotten > 0) return false
    const since = this.#entries.findLastIndex(
      (entry) => entry.kind === 'player' && entry.isHere && entry.isHidden === undefined,
    )
    this.#entries = this.#entries.map((entry, i) =>
      i < since || !sights.has(entry.kind)
        ? entry
        : { ...entry, atUs: Math.min(Math.max(0, entry.atUs + shiftUs), nowUs) },
    )
    this.#folded = advance(undefined, this.#entries.slice(0, this.#foldedEntries))
    return true
  }

  /** Listeners may hold the same entry: it is replaced, not changed. */
  #strip(at: number): void {
    this.#entries[at] = { ...(this.#entries[at] as Unit), shown: '', spans: [] }
  }

  #forget(): void {
    const before = this.#entries
    const beginning = this.#beginning
    const lanes = before[0]?.kind === 'began' ? before[0].lanes.length : 0
    let left = Math.ceil(this.#mostEntries * FORGOTTEN_SHARE) + lanes
    let end = Math.max(beginning, this.#foldedEntries)
    while (end < before.length && left > 0) if (passing.has((before[end++] as StageEntry).kind)) left--
    this.#folded = advance(this.#folded, before.slice(this.#foldedEntries, end))
    const { atUs = 0, lanes: states = [] } = this.#folded ?? {}
    const kept = before.filter(({ kind }, i) => {
      if (i < beginning || i >= end) return i < beginning
      if (passing.has(kind) || kind === 'folded') return false
      // Where there is nothing else, at many hours of the highest rate.
      return left <= 0 || !staying.has(kind) || left-- <= 0
    })
    const folded = states.map((lane) => foldedOf(lane, atUs))
    this.#entries = [...kept, ...folded, ...before.slice(end)]
    this.#foldedEntries = kept.length + folded.length
    this.#forgotten += before.length - this.#entries.length
    this.#detailed = this.#entries.flatMap((entry, i) =>
      entry.kind === 'unit' && entry.spans.length > 0 ? [i] : [],
    )
  }
}

/** What pages tell. */
const sights: ReadonlySet<StageEntry['kind']> = new Set([
  ...(['asked', 'opened', 'answered', 'received', 'gap', 'failed', 'probed'] as const),
])
/** What a folded entry tells of. */
const passing: ReadonlySet<StageEntry['kind']> = new Set([
  ...(['unit', 'asked', 'answered', 'received', 'gap', 'totals'] as const),
])
const staying: ReadonlySet<StageEntry['kind']> = new Set([
  ...(['published', 'connected', 'closed', 'page', 'opened', 'failed', 'probed', 'player', 'clock'] as const),
])
