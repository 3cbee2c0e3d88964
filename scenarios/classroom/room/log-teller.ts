import type { Stage } from '../log/entries.ts'
import type { FromRoom } from './protocol.ts'

/** Entries of one message at most; one of a unit with its bytes has some 4 KB. */
const MOST_ENTRIES = 200

/** What may wait in the socket before more of the log is given to it. */
const MOST_WAITING_BYTES = 1024 * 1024

/** Where a log is told to. */
export interface LogReader {
  readonly waitingBytes: number
  /** Calls back once the message has left. */
  tell(message: FromRoom, left: () => void): void
}

/**
 * Tells a page the stage's log, from its beginning and on and on, as fast as the page reads: what it has not been told
 * stays in the log and fills no buffer. A new run is told from its own beginning; so is the log to a page that had not
 * read all of it when the stage forgot some, and to all when it was mended.
 */
export class LogTeller {
  readonly #stage: Stage
  readonly #reader: LogReader
  #run: number
  /** Entries of this run that come before the next to tell, forgotten ones too. */
  #next: number
  #forgotten: number
  #mended: number | undefined
  #hasAll = false
  #isStopped = false

  constructor(stage: Stage, reader: LogReader) {
    this.#stage = stage
    this.#reader = reader
    this.#run = stage.run
    this.#forgotten = stage.forgotten ?? 0
    this.#mended = stage.mended
    this.#next = this.#forgotten
  }

  /** Tells what there is now. To be called whenever there may be more. */
  tell(): void {
    const { run, log, forgotten = 0, mended } = this.#stage
    const isAnother = run !== this.#run || mended !== this.#mended
    if (isAnother || (forgotten !== this.#forgotten && !this.#hasAll)) this.#next = forgotten
    this.#run = run
    this.#mended = mended
    this.#forgotten = forgotten
    while (!this.#isStopped && this.#next - forgotten < log.length) {
      this.#hasAll = false
      if (this.#reader.waitingBytes > MOST_WAITING_BYTES) return
      const entries = log.slice(this.#next - forgotten, this.#next - forgotten + MOST_ENTRIES)
      this.#next += entries.length
      this.#reader.tell({ type: 'log', run, entries }, () => this.tell())
    }
    this.#hasAll = true
  }

  stop(): void {
    this.#isStopped = true
  }
}
