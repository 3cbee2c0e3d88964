import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PushlabError } from '../../../server/error.ts'

const STOP_GRACE_MS = 3_000
const ANSWER_TIMEOUT_MS = 15_000
const KEPT_STDERR_CHARACTERS = 2_000

interface Answer {
  type: 'answer'
  id: number
}
interface Failure {
  type: 'failed'
  id: number
  reason: string
}

export interface StageChildListener<Told> {
  /** It says something that it was not asked for. */
  onTold?(message: Told): void
  /** It has ended, by itself or because it was told to; `how` for people. Comes after its last message. */
  onEnd(how: string): void
}

/**
 * A child process of the stage. Unlike those of a trial (scenarios/bench/child.ts) it also talks by itself, and may end at any
 * time. It ends by itself when the channel closes, so that none outlives its parent.
 */
export class StageChild<
  Sent extends { type: string },
  Answered extends Answer,
  Told extends { type: string },
> {
  readonly #name: string
  readonly #process: ChildProcess
  readonly #ended: Promise<string>
  readonly #waiting = new Map<number, PromiseWithResolvers<Answered>>()
  #lastId = 0
  #stderr = ''

  /** @param module URL of the TypeScript file to run with this Node.js. */
  constructor(module: URL, { onTold, onEnd }: StageChildListener<Told>) {
    const file = fileURLToPath(module)
    this.#name = basename(file)
    this.#process = fork(file, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: process.execArgv,
      serialization: 'advanced',
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS)
    })
    this.#process.on('message', (message: Answered | Failure | Told) => {
      if ('id' in message) this.#settle(message as Answered | Failure)
      else onTold?.(message as Told)
    })
    // What it said last may come after its exit; the channel closes behind it.
    const gone = [once(this.#process, 'exit'), once(this.#process, 'disconnect')]
    this.#ended = Promise.all(gone).then(() => {
      const { exitCode, signalCode } = this.#process
      const how = `ended with ${signalCode ?? `exit code ${exitCode}`}`
      for (const { reject } of this.#waiting.values()) reject(this.#failed(how))
      this.#waiting.clear()
      onEnd(`${this.#name} ${how}${this.#stderr.trim() ? `\n${this.#stderr.trim()}` : ''}`)
      return how
    })
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Resolves once it has ended. */
  get ended(): Promise<unknown> {
    return this.#ended
  }

  send(message: Sent): void {
    if (this.#process.connected) this.#process.send(message, () => {})
  }

  /**
   * Sends what is answered, and gives the answer.
   * @throws {PushlabError} CHILD_FAILED where it cannot do it, ends, or takes longer than 15 s.
   */
  async ask(message: DistributiveOmit<Extract<Sent, { id: number }>, 'id'>): Promise<Answered> {
    const id = ++this.#lastId
    const waiting = Promise.withResolvers<Answered>()
    this.#waiting.set(id, waiting)
    const timer = setTimeout(
      () =>
        waiting.reject(this.#failed(`did not answer "${message.type}" within ${ANSWER_TIMEOUT_MS / 1e3} s`)),
      ANSWER_TIMEOUT_MS,
    )
    if (this.#process.connected) this.send({ ...message, id } as unknown as Sent)
    else waiting.reject(this.#failed('is gone'))
    try {
      return await waiting.promise
    } finally {
      clearTimeout(timer)
      this.#waiting.delete(id)
    }
  }

  /** Closes the channel, which ends the child; kills it if it has not ended in 3 s. Resolves once it is gone. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_GRACE_MS)
    await this.#ended
    clearTimeout(timer)
  }

  #settle(message: Answered | Failure): void {
    const waiting = this.#waiting.get(message.id)
    if (message.type === 'failed') waiting?.reject(new PushlabError('CHILD_FAILED', message.reason))
    else waiting?.resolve(message)
  }

  #failed(what: string): PushlabError {
    const stderr = this.#stderr.trim()
    return new PushlabError('CHILD_FAILED', `${this.#name} ${what}${stderr ? `\n${stderr}` : ''}`)
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
