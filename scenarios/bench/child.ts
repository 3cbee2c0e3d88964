import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PushlabError } from '../../server/error.ts'

const STOP_GRACE_MS = 3_000
const KEPT_STDERR_CHARACTERS = 2_000

/**
 * A child process that is driven by messages over IPC. It ends by itself when the channel closes, so that none
 * outlives its parent, not even one that is killed.
 */
export class Child<Sent extends { type: string }, Received extends { type: string }> {
  readonly pid: number | undefined
  readonly #name: string
  readonly #process: ChildProcess
  readonly #inbox: Received[] = []
  readonly #exited: Promise<unknown>
  #ended = false
  #stderr = ''
  #wake: () => void = () => {}

  /**
   * @param module URL of the TypeScript file to run with this Node.js.
   * @param nodeFlags of Node.js itself: `--expose-gc`.
   */
  constructor(module: URL, args: string[] = [], nodeFlags: string[] = []) {
    const file = fileURLToPath(module)
    this.#name = basename(file)
    this.#process = fork(file, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...nodeFlags],
      serialization: 'advanced',
    })
    this.pid = this.#process.pid
    this.#process.on('message', (message: Received) => {
      this.#inbox.push(message)
      this.#wake()
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS)
    })
    // Not `close`: it does not come after a disconnect from this side.
    const ends = [once(this.#process, 'exit'), once(this.#process.stderr as Readable, 'close')]
    this.#exited = Promise.all(ends).then(() => {
      this.#ended = true
      this.#wake()
    })
  }

  send(message: Sent): void {
    // A child that is gone is noticed by whoever waits for its answer.
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  /**
   * The next message of a type; messages of other types are errors, as is `failed`, with its reason.
   * @throws {PushlabError} CHILD_FAILED when the child ends, fails or takes longer than `timeoutMs`.
   */
  async receive<Type extends Received['type']>(
    type: Type,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Extract<Received, { type: Type }>> {
    const deadline = AbortSignal.any([AbortSignal.timeout(Math.ceil(timeoutMs)), ...(signal ? [signal] : [])])
    deadline.addEventListener('abort', () => this.#wake())
    while (this.#inbox.length === 0) {
      signal?.throwIfAborted()
      if (deadline.aborted) throw this.#failed(`sent no "${type}" within ${timeoutMs / 1e3} s`)
      const { exitCode, signalCode } = this.#process
      if (this.#ended) throw this.#failed(`ended with ${signalCode ?? `exit code ${exitCode}`}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const message = this.#inbox.shift() as Received
    if (message.type === type) return message as Extract<Received, { type: Type }>
    const reason = (message as { reason?: string }).reason
    throw this.#failed(reason ? `failed: ${reason}` : `sent "${message.type}" instead of "${type}"`)
  }

  /** Stops the process for so long, as a page fault, a snapshot or a busy host does, and lets it go on. */
  async standStill(forMs: number, signal?: AbortSignal): Promise<void> {
    this.#process.kill('SIGSTOP')
    try {
      await sleep(forMs, undefined, { signal })
    } finally {
      this.#process.kill('SIGCONT')
    }
  }

  /** Closes the channel, which ends the child; kills it if it has not ended in 3 s. Resolves once it is gone. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_GRACE_MS)
    await this.#exited
    clearTimeout(timer)
  }

  #failed(what: string): PushlabError {
    const stderr = this.#stderr.trim()
    return new PushlabError('CHILD_FAILED', `${this.#name} ${what}${stderr ? `\n${stderr}` : ''}`)
  }
}
