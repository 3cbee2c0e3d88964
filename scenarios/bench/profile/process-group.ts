import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How long a group has, once asked to end, before it is killed, unless it is given longer. */
const END_GRACE_MS = 3_000
const KEPT_CHARACTERS = 4_000

/** How a command ended. */
export interface Ended {
  /** Exit code; null where a signal ended it. */
  code: number | null
  /** True where the time limit ended it. */
  timedOut: boolean
  /** The end of what it wrote, to either output. */
  output: string
}

/**
 * A command with all that it starts, however deep: npm starts a shell, that a tool, that a server and a load.
 * They are one process group, so that none is left when the command is over.
 */
export class ProcessGroup {
  /** Resolves when the command and all that it started are gone. */
  readonly ended: Promise<Ended>
  readonly #process: ChildProcess
  #output = ''
  #timedOut = false
  #over = false
  #killTimer: NodeJS.Timeout | undefined
  #onOutput: () => void = () => {}

  /** @param signal ends it early, as the time limit does. */
  constructor(
    [file = '', ...args]: string[],
    {
      timeLimitMs,
      signal,
      ...where
    }: { timeLimitMs: number; signal: AbortSignal; cwd: string; env?: NodeJS.ProcessEnv },
  ) {
    signal.throwIfAborted()
    this.#process = spawn(file, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT_CHARACTERS)
        this.#onOutput()
      })
    }
    const timer = setTimeout(() => {
      this.#timedOut = true
      this.end()
    }, timeLimitMs)
    const end = () => this.end()
    signal.addEventListener('abort', end, { once: true })
    this.ended = this.#whenOver().finally(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    })
  }

  /** Resolves once it has written such a text, or is over. */
  async wrote(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onOutput = () => {
      if (this.#output.includes(text)) resolve()
    }
    this.#onOutput()
    await Promise.race([promise, this.ended])
  }

  /** Asks all of it to end, as Ctrl-C does, and kills what has not in time. */
  end(graceMs = END_GRACE_MS): void {
    if (this.#over) return
    this.#signal('SIGINT')
    clearTimeout(this.#killTimer)
    this.#killTimer = setTimeout(() => this.#signal('SIGKILL'), graceMs)
  }

  async #whenOver(): Promise<Ended> {
    const closed = once(this.#process, 'close').catch(() => {})
    let failure = ''
    const [code] = await once(this.#process, 'exit').catch((error: Error) => {
      failure = error.message
      return [null]
    })
    // What the command left behind would keep its outputs open, and run on.
    this.#signal('SIGKILL')
    this.#over = true
    clearTimeout(this.#killTimer)
    await closed
    return { code, timedOut: this.#timedOut, output: failure || this.#output.trim() }
  }

  #signal(signal: 'SIGINT' | 'SIGKILL'): void {
    // Without a process ID it never started; an error says that nobody is left.
    if (this.#process.pid === undefined) return
    try {
      process.kill(-this.#process.pid, signal)
    } catch {}
  }
}
