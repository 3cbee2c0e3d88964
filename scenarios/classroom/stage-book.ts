import type { StageEntry, Unit } from '../../server/classroom/stage-log.ts'

export interface BookLimits {
  /** So many entries are kept; default 200,000, about 70 MB. */
  entries?: number
  /** So many of the latest units keep their bytes and spans; default 4,000. */
  detailedUnits?: number
}

/** Forgetting goes over the whole log: it is done for so large a part of it at once. */
const FORGOTTEN_SHARE = 0.1

/**
 * The log of one run, bounded. Of units beyond the latest few thousand only the numbers are kept: their bytes (`shown`) and
 * `spans` become empty. Beyond the most entries the oldest units, and what pages have received, are forgotten, a tenth of the
 * log at a time; what was published stays as long as there is anything else, and what was changed always.
 */
export class StageBook {
  #entries: StageEntry[] = []
  #forgotten = 0
  /** Where units stand that have their bytes, the oldest first. */
  #detailed: number[] = []
  readonly #mostEntries: number
  readonly #mostDetailed: number

  constructor({ entries = 200_000, detailedUnits = 4_000 }: BookLimits = {}) {
    this.#mostEntries = entries
    this.#mostDetailed = detailedUnits
  }

  get entries(): readonly StageEntry[] {
    return this.#entries
  }

  /** How many entries are there no more. */
  get forgotten(): number {
    return this.#forgotten
  }

  add(entry: StageEntry): void {
    if (entry.kind === 'unit') this.#detailed.push(this.#entries.length)
    this.#entries.push(entry)
    if (this.#detailed.length > this.#mostDetailed) this.#strip(this.#detailed.shift() as number)
    if (this.#entries.length > this.#mostEntries) this.#forget()
  }

  /** Listeners may hold the same entry: it is replaced, not changed. */
  #strip(at: number): void {
    this.#entries[at] = { ...(this.#entries[at] as Unit), shown: '', spans: [] }
  }

  #forget(): void {
    const before = this.#entries.length
    let left = Math.ceil(this.#mostEntries * FORGOTTEN_SHARE)
    const forget = (kinds: ReadonlySet<StageEntry['kind']>) => {
      this.#entries = this.#entries.filter(({ kind }) => left <= 0 || !kinds.has(kind) || left-- <= 0)
    }
    forget(passing)
    // Where there is nothing else, at many hours of the highest rate.
    forget(staying)
    this.#forgotten += before - this.#entries.length
    this.#detailed = this.#entries.flatMap((entry, i) =>
      entry.kind === 'unit' && entry.spans.length > 0 ? [i] : [],
    )
  }
}

const passing: ReadonlySet<StageEntry['kind']> = new Set(['unit', 'asked', 'answered', 'received', 'totals'])
const staying: ReadonlySet<StageEntry['kind']> = new Set([
  'published',
  'connected',
  'closed',
  'page',
  'failed',
])
