import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a demo that ended without being asked to left behind, so that the next one goes on with the same class. */
export interface Kept {
  key: string
  room: unknown
}

/** A lesson later it is another class. */
const LONGEST_KEPT_MS = 3 * 3_600_000

/** The file of a demo's port. Only its owner may read it: the key is in it. */
export class KeptRoom {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** What was left behind within the last three hours; undefined where nothing was, or nothing that can be read. */
  read(now = Date.now()): Kept | undefined {
    try {
      if (now - statSync(this.#file).mtimeMs > LONGEST_KEPT_MS) return undefined
      const kept: Partial<Kept> | null = JSON.parse(readFileSync(this.#file, 'utf8'))
      return typeof kept?.key === 'string' && kept.key.length >= 16
        ? { key: kept.key, room: kept.room }
        : undefined
    } catch {
      return undefined
    }
  }

  /** Whole or not at all: a crash in the middle leaves the one before. */
  write(kept: Kept): void {
    mkdirSync(dirname(this.#file), { recursive: true })
    const next = `${this.#file}.next`
    writeFileSync(next, JSON.stringify(kept), { mode: 0o600 })
    renameSync(next, this.#file)
  }

  /** The class is over. */
  remove(): void {
    for (const file of [this.#file, `${this.#file}.next`]) {
      try {
        rmSync(file, { force: true })
      } catch {
        // A disk that can only be read by now keeps it for the next demo, for some hours.
      }
    }
  }
}

/** Deletes what demos of other ports have left behind longer ago than a class is kept: there are keys in it. */
export function sweepKept(folder: string, now = Date.now()): void {
  for (const name of globSync('*.json*', { cwd: folder })) {
    if (!/^\d+\.json(\.next)?$/.test(name)) continue
    const file = join(folder, name)
    try {
      if (now - statSync(file).mtimeMs > LONGEST_KEPT_MS) rmSync(file)
    } catch {
      // Somebody else was faster, or it is not ours to delete.
    }
  }
}
