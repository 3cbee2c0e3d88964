import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nowUs } from '../server/clock.ts'

/** So much of a direction stays in memory. */
const KEPT_BYTES = 256 * 1024
/** So many pieces are timed: more than an event, or the first seconds of a page, come in, whose times are all that anybody asks for. */
const TIMED_PIECES = 4_096

/**
 * What passed in one direction of a connection, piece by piece. What is old goes to a file that has no name any more, so that a
 * run of an hour needs no more memory than one of a second, and that ends with the process; where no file can be had it stays in memory.
 */
export class Pieces {
  /** The offset after each of the first pieces that were written or read at once, and when it was, monotonic microseconds. */
  readonly ends: number[] = []
  readonly atUs: number[] = []
  readonly #keptBytes: number
  #recent: Uint8Array[] = []
  #recentBytes = 0
  #file: number | undefined
  #filedBytes = 0

  constructor(keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes
  }

  get length(): number {
    return this.#filedBytes + this.#recentBytes
  }

  /** @param piece belongs to the pieces from now on. */
  add(piece: Uint8Array): void {
    this.#recent.push(piece)
    this.#recentBytes += piece.length
    if (this.ends.length < TIMED_PIECES) {
      this.ends.push(this.length)
      this.atUs.push(nowUs())
    }
    if (this.#recentBytes > this.#keptBytes) this.#toFile()
  }

  /** All of it. */
  bytes(): Uint8Array {
    const filed = Buffer.alloc(this.#filedBytes)
    for (let at = 0; this.#file !== undefined && at < filed.length; )
      at += readSync(this.#file, filed, at, filed.length - at, at)
    return Buffer.concat([filed, ...this.#recent])
  }

  #toFile(): void {
    try {
      this.#file ??= namelessFile()
      const bytes = Buffer.concat(this.#recent)
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#filedBytes + at)
      this.#filedBytes += bytes.length
      this.#recent = []
      this.#recentBytes = 0
    } catch {
      // A full disk, no descriptor left: it is tried again with the next piece.
    }
  }
}

function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'pushlab-tap-'))
  try {
    return openSync(join(folder, 'bytes'), 'wx+')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
