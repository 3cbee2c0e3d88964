import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectionEnds, type Process, processesHere } from './machine.ts'
import type { Phase, Target } from './oracle.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A process that faults are planted in or near, started as a person would, and what it has said so far. */
export class Subject {
  readonly pid: number
  /** With its exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals>
  stdout = ''
  stderr = ''
  hasEnded = false

  constructor(args: readonly string[], lock: string) {
    const child: ChildProcess = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PUSHLAB_LOCK: lock, NO_COLOR: '1' },
    })
    this.pid = child.pid as number
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.stderr += text
    })
    child.once('exit', () => {
      this.hasEnded = true
    })
    this.ended = once(child, 'exit').then(([code, signal]) => signal ?? code)
  }

  kill(signal: NodeJS.Signals): void {
    signalTo(this.pid, signal)
  }

  /** The process with a part in this. */
  find(target: Target): Process | undefined {
    if (target === 'main') return this.hasEnded ? undefined : { pid: this.pid, command: '' }
    return processesHere().find(({ command }) => PARTS[target].test(command))
  }

  isIn(phase: Phase, target: Target, trial: number, subscribers: number): boolean {
    if (this.hasEnded || !this.find(target)) return false
    return SIGNS[phase](this, trial, subscribers)
  }
}

export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended.
  }
}

const PARTS: Record<Exclude<Target, 'main'>, RegExp> = {
  server: /server\/main\.ts/,
  agent: /clients\/agent\.ts/,
  network: /clients\/network\/process\.ts/,
  // The first of a browser's processes is none of a type.
  browser: /^(?!.* --type=)\S*chrom/,
  lanes: /lanes-process\.ts/,
}

/** Ends of a subscriber's connections: with the network between there are two of them, and each has two ends. */
const ENDS = 4

const hasPlanned = ({ stderr }: Subject) => /^\d+ (trial|experiment).*, about /m.test(stderr)
const outcomes = ({ stderr }: Subject) => stderr.match(/^\[\d+ %/gm)?.length ?? 0
const isTrial = (subject: Subject, trial: number) =>
  hasPlanned(subject) && outcomes(subject) === trial - 1 && subject.find('server') !== undefined
const connected = (subject: Subject) => connectionEnds(subject.find('server')?.pid ?? 0)

/** Whether a command is in a phase, by what it says, writes and holds. */
const SIGNS: Record<Phase, (subject: Subject, trial: number, subscribers: number) => boolean> = {
  planning: (subject) => subject.stderr.includes('Planning') && !hasPlanned(subject),
  starting: (subject, trial, subscribers) =>
    isTrial(subject, trial) && connected(subject) < ENDS * subscribers,
  measuring: (subject, trial, subscribers) =>
    isTrial(subject, trial) && connected(subject) >= ENDS * subscribers,
  experimenting: (subject) => hasPlanned(subject) && outcomes(subject) === 0,
  ending: ({ stderr, stdout }) => stderr.includes('[100 %') && !stdout.includes('Report: '),
  opening: ({ stdout, stderr }) =>
    !/Publishing at|classroom is open/.test(stdout) && (stderr.includes('Setting up') || stderr === ''),
  serving: ({ stdout }) => stdout.includes('Publishing at'),
  open: ({ stdout }) => stdout.includes('Ctrl-C ends the class'),
}

/** A subscriber of Server-Sent Events that comes back with the last event ID, as a browser does. */
export class Reader {
  readonly numbers: number[] = []
  #stopped = false
  #last: string | undefined

  constructor(url: string) {
    void this.#read(url)
  }

  /** Whether it got each event once, in order. */
  get isUnbroken(): boolean {
    return this.numbers.every((number, i) => i === 0 || number === (this.numbers[i - 1] as number) + 1)
  }

  stop(): void {
    this.#stopped = true
  }

  async #read(url: string): Promise<void> {
    while (!this.#stopped) {
      await new Promise<void>((resolve) => {
        const headers = this.#last === undefined ? {} : { 'last-event-id': this.#last }
        const request = get(url, { headers, agent: false }, (response) => {
          let rest = ''
          response.setEncoding('utf8').on('data', (text: string) => {
            const blocks = (rest + text).split('\n\n')
            rest = blocks.pop() ?? ''
            for (const block of blocks) this.#take(block)
            if (this.#stopped) request.destroy()
          })
        })
        request.on('error', () => {}).on('close', resolve)
      })
      await sleep(100)
    }
  }

  #take(block: string): void {
    const id = /^id: (.*)$/m.exec(block)?.[1]
    if (id !== undefined) this.#last = id
    const seq = /^data: \{"seq":(\d+)/m.exec(block)?.[1]
    if (seq !== undefined) this.numbers.push(Number(seq))
  }
}

/** Whether something becomes true in time. */
export async function comesTrue(is: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const untilMs = performance.now() + withinMs
  while (performance.now() < untilMs) {
    if (await is()) return true
    await sleep(10)
  }
  return false
}
