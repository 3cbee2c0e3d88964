import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PushlabError } from '../../server/error.ts'
import type { Window } from '../../server/process-cost.ts'

const SOURCE = fileURLToPath(new URL('ruler.c', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/pushlab/', import.meta.url))
const ANSWER_TIMEOUT_MS = 15_000
const STOP_GRACE_MS = 3_000
const FIELDS = 5

export type RulerTechnique = 'long-poll' | RulerStream
export type RulerStream = (typeof RULER_STREAMS)[number]
/** The streams that it reads: all but Socket.IO. */
export const RULER_STREAMS = [
  'sse',
  'websocket',
  'iframe-stream',
  'fetch-stream',
  'multipart-stream',
  'xml-socket',
] as const

/** An event due in the window, as one subscriber got it. */
export interface RulerRow {
  /** From 0, in the order of joining. */
  subscriber: number
  seq: number
  /** As the event says: microseconds after the feed's epoch. */
  dueUs: number
  /** When the ruler had read it, monotonic microseconds. */
  readUs: number
  /** When the kernel had taken it in, likewise; undefined where the stamp may be of other bytes: it is left out. */
  kernelUs: number | undefined
}

export interface Ruled {
  /** What all its subscribers got since it began to measure, whenever it was due; bytes of the TCP stream. */
  bytesRead: number
  eventsRead: number
  rows: RulerRow[]
}

/**
 * Starts the independent client that the load agent is checked by, ruler.c, against a server that listens in the clear.
 * @throws {PushlabError} NOT_INSTALLED where it cannot be built here.
 */
export async function startRuler(technique: RulerTechnique, url: string): Promise<Ruler> {
  const { hostname, port } = new URL(url)
  return new Ruler(spawn(await builtRuler(), [technique, hostname, port]))
}

/** A ruler's process. It ends with its standard input, so that it does not outlive this one, however this one ends. */
export class Ruler {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #ended: Promise<void>
  #hasEnded = false
  #output: Buffer[] = []
  #stderr = ''
  #wake: () => void = () => {}

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#process = child
    child.stdout.on('data', (bytes: Buffer) => {
      this.#output.push(bytes)
      this.#wake()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
    // A ruler that is gone is noticed by whoever waits for its answer.
    child.stdin.on('error', () => {})
    child.on('error', ({ message }) => {
      this.#stderr += message
    })
    this.#ended = new Promise((resolve) => {
      child.on('close', () => {
        this.#hasEnded = true
        this.#wake()
        resolve()
      })
    })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /**
   * Resolves once the server has accepted so many more subscribers, one after the other.
   * @throws {PushlabError} CHILD_FAILED, with what went wrong; TIMED_OUT after 15 s.
   */
  async join(subscribers: number): Promise<void> {
    await this.#tell(`join ${subscribers}`)
  }

  /** Begins to count, and to keep the events that are due in a window, which may lie ahead; throws as `join` does. */
  async measure(epochUs: number, { startUs, endUs }: Window): Promise<void> {
    await this.#tell(`measure ${epochUs} ${startUs} ${endUs}`)
  }

  /** Ends it, and gives what it saw; throws as `join` does. */
  async finish(): Promise<Ruled> {
    this.#process.stdin.write('finish\n')
    await this.#until('finish', () => this.#hasEnded && this.#process.exitCode === 0)
    const output = Buffer.concat(this.#output)
    const headEnd = output.indexOf('\n') + 1
    const [, rows = 0, bytesRead = 0, eventsRead = 0] = output
      .toString('latin1', 0, headEnd)
      .split(' ')
      .map(Number)
    const body = output.subarray(headEnd)
    return {
      bytesRead,
      eventsRead,
      rows: Array.from({ length: rows }, (_, row) => {
        const field = (i: number) => body.readDoubleLE((row * FIELDS + i) * 8)
        const [subscriber, seq, dueUs, readUs] = [field(0), field(1), field(2), field(3)]
        return { subscriber, seq, dueUs, readUs, kernelUs: field(4) || undefined }
      }),
    }
  }

  /** Resolves once it is gone; kills it if it has not ended in 3 s. */
  async stop(): Promise<void> {
    this.#process.stdin.end()
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_GRACE_MS)
    await this.#ended
    clearTimeout(timer)
  }

  async #tell(command: string): Promise<void> {
    this.#process.stdin.write(`${command}\n`)
    await this.#until(command, () => Buffer.concat(this.#output).includes('ready\n'))
    this.#output = []
  }

  async #until(what: string, holds: () => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
    deadline.addEventListener('abort', () => this.#wake())
    while (!holds()) {
      if (this.#hasEnded) throw new PushlabError('CHILD_FAILED', this.#stderr.trim() || 'ruler: ended')
      if (deadline.aborted)
        throw new PushlabError(
          'TIMED_OUT',
          `ruler: no answer to "${what}" within ${ANSWER_TIMEOUT_MS / 1e3} s`,
        )
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

/**
 * The path of the program, built from its source of the moment; a built one is kept.
 * @throws {PushlabError} NOT_INSTALLED where it cannot be built here.
 */
export async function builtRuler(): Promise<string> {
  const compiler = process.env.CC || 'cc'
  const [file = '', ...flags] = compiler.split(' ')
  const build = createHash('sha256')
    .update(`${compiler}\n`)
    .update(await readFile(SOURCE))
  const program = `${CACHE}ruler-${build.digest('hex').slice(0, 16)}`
  if (existsSync(program)) return program
  await mkdir(CACHE, { recursive: true })
  // Others may build at the same time: each its own, and the name is given to a whole one.
  const own = `${program}.${process.pid}`
  try {
    await promisify(execFile)(file, [...flags, '-std=gnu11', '-O2', '-o', own, SOURCE])
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string }
    const why = code === 'ENOENT' ? `there is no ${file}` : `${compiler} failed:\n${stderr.trim()}\n`
    throw new PushlabError(
      'NOT_INSTALLED',
      `The ruler is written in C for Linux, and ${why}. Install a compiler (on Debian: apt-get install gcc libc6-dev), ` +
        'or name yours: CC=clang.',
    )
  }
  await rename(own, program)
  return program
}
