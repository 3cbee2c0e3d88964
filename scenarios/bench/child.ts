import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ErrorCode, PushlabError } from '../../server/error.ts'
import type { Failed } from '../../server/parent.ts'

const STOP_GRACE_MS = 3_000
const ANSWER_TIMEOUT_MS = 15_000
const KEPT_STDERR_CHARACTERS = 2_000

export interface ChildOptions<Received> {
  /** Of the program itself. */
  args?: string[]
  /** Of Node.js: `--expose-gc`. */
  nodeFlags?: string[]
  /** It says something that it was not asked for; default: kept until `receive` fetches it. */
  onTold?(message: Exclude<Received, { id: number }>): void
  /** It has ended, by itself or because it was told to; `how` for people. Comes after its last message. */
  onEnd?(how: string): void
}

/**
 * A child process that is driven by messages over IPC (the other side is server/parent.ts). It ends by itself when the
 * channel closes, so that none outlives its parent, not even one that is killed.
 *
 * What it says is fetched in turn by `receive`; a message with an `id` is the answer to the `ask` that sent this id.
 */
export class Child<Sent extends { type: string }, Received extends { type: string }> {
  readonly pid: number | undefined
  /** Resolves once it has ended, with how. */
  readonly ended: Promise<string>
  readonly #name: string
  readonly #process: ChildProcess
  readonly #inbox: Received[] = []
  readonly #asked = new Map<number, PromiseWithResolvers<Received>>()
  #hasEnded = false
  #lastId = 0
  #stderr = ''
  #wake: () => void = () => {}

  /** @param module URL of the TypeScript file to run with this Node.js. */
  constructor(module: URL, { args = [], nodeFlags = [], onTold, onEnd }: ChildOptions<Received> = {}) {
    const file = fileURLToPath(module)
    this.#name = basename(file)
    this.#process = fork(file, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...process.execArgv, ...nodeFlags],
      serialization: 'advanced',
    })
    this.pid = this.#process.pid
    this.#process.on('message', (message: Received) => {
      if ('id' in message) this.#settle(message as Received & { id: number })
      else if (onTold) onTold(message as Exclude<Received, { id: number }>)
      else this.#inbox.push(message)
      this.#wake()
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS)
    })
    // What it said last may come after its exit; the channel closes behind it. Not `close`: it does not come after a
    // disconnect from this side.
    const ends = [once(this.#process, 'exit'), once(this.#process, 'disconnect')]
    // Where there is no descriptor left for it, it has none of its streams.
    if (this.#process.stderr) ends.push(once(this.#process.stderr, 'close'))
    const end = Promise.all(ends).then(
      () => `ended with ${this.#process.signalCode ?? `exit code ${this.#process.exitCode}`}`,
      (error: Error) => `could not be started: ${error.message}`,
    )
    this.ended = end.then((how) => {
      this.#hasEnded = true
      for (const { reject } of this.#asked.values()) reject(this.#failed('CHILD_FAILED', how))
      this.#wake()
      onEnd?.(`${this.#name} ${how}${this.#output()}`)
      return how
    })
  }

  send(message: Sent): void {
    // A child that is gone is noticed by whoever waits for its answer.
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  /**
   * The next message of a type; messages of other types are errors.
   * @param late the code of the error when it takes longer than `timeoutMs`.
   * @throws {PushlabError} CHILD_FAILED when the child ends; `late`; where it says that it failed the code that it gives.
   */
  async receive<Type extends Received['type']>(
    type: Type,
    timeoutMs: number,
    signal?: AbortSignal,
    late: ErrorCode = 'TIMED_OUT',
  ): Promise<Extract<Received, { type: Type }>> {
    const deadline = AbortSignal.any([AbortSignal.timeout(Math.ceil(timeoutMs)), ...(signal ? [signal] : [])])
    deadline.addEventListener('abort', () => this.#wake())
    while (this.#inbox.length === 0) {
      signal?.throwIfAborted()
      if (deadline.aborted) throw this.#failed(late, `sent no "${type}" within ${timeoutMs / 1e3} s`)
      if (this.#hasEnded) throw this.#failed('CHILD_FAILED', await this.ended)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const message = this.#inbox.shift() as Received
    if (message.type === type) return message as Extract<Received, { type: Type }>
    const { code, reason } = message as unknown as Failed
    throw message.type === 'failed'
      ? this.#failed(code, `failed: ${reason}`)
      : this.#failed('CHILD_FAILED', `sent "${message.type}" instead of "${type}"`)
  }

  /**
   * Sends what is answered, and gives the answer.
   * @throws {PushlabError} as `receive`, with a timeout of 15 s.
   */
  async ask(
    message: DistributiveOmit<Extract<Sent, { id: number }>, 'id'>,
  ): Promise<Extract<Received, { type: 'answer' }>> {
    const id = ++this.#lastId
    const asked = Promise.withResolvers<Received>()
    this.#asked.set(id, asked)
    const timer = setTimeout(() => {
      const what = `did not answer "${message.type}" within ${ANSWER_TIMEOUT_MS / 1e3} s`
      asked.reject(this.#failed('TIMED_OUT', what))
    }, ANSWER_TIMEOUT_MS)
    if (this.#process.connected) this.send({ ...message, id } as unknown as Sent)
    else asked.reject(this.#failed('CHILD_FAILED', 'is gone'))
    try {
      return (await asked.promise) as Extract<Received, { type: 'answer' }>
    } finally {
      clearTimeout(timer)
      this.#asked.delete(id)
    }
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
    await this.ended
    clearTimeout(timer)
  }

  #settle(message: Received & { id: number }): void {
    const asked = this.#asked.get(message.id)
    const { code, reason } = message as unknown as Failed
    if (message.type === 'failed') asked?.reject(new PushlabError(code, reason))
    else asked?.resolve(message)
  }

  #failed(code: ErrorCode, what: string): PushlabError {
    return new PushlabError(code, `${this.#name} ${what}${this.#output()}`)
  }

  /** The last that it wrote for people. */
  #output(): string {
    const stderr = this.#stderr.trim()
    return stderr ? `\n${stderr}` : ''
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
