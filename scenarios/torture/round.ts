import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { holdsRun, readRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { livingOwner, readLock } from '../bench/owner.ts'
import { beginLesson, joinClass } from './class.ts'
import { argumentsOf, ends, PHASE_MS, PORT, planOf, SCENARIO, SUBSCRIBERS } from './commands.ts'
import { drawMoment, type Round } from './draw.ts'
import { judge } from './judge.ts'
import { bind, Disk, namespacesLeft, processesHere } from './machine.ts'
import { type Expected, type Left, ruleFor } from './oracle.ts'
import { type Planted, plant } from './plant.ts'
import { comesTrue, Reader, Subject, signalTo } from './subject.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CLASSES = join(ROOT, 'results/classroom')
const ATTEMPTS = 6
const DISK_MEGABYTES = 8
/** No command takes so long, not even one that waits for a process that does not answer, on a machine that others keep busy. */
const LONGEST_MS = 300_000
const GONE_MS = 30_000

/** What became of a round. */
export interface Outcome {
  /** How often its fault was planted too early or too late, and it was drawn again. */
  missed: number
  /** What the command ended with. */
  exit: string
  left: Left
  /** What is not as the oracle says; empty where all is. */
  broken: string[]
  /** Whether the fault came in its phase at all. */
  landed: boolean
}

/** Where rounds are made: a folder of its own in memory. What an interrupted command leaves is made once, and copied. */
export class Arena {
  readonly #folder: string
  readonly #lock: string

  constructor(folder: string) {
    this.#folder = folder
    this.#lock = join(folder, 'lock')
    for (const name of ['disk', 'left']) mkdirSync(join(folder, name))
    writeFileSync(this.#scenario, JSON.stringify(SCENARIO))
    // The latest report of whoever owns this checkout stays what it is.
    const report = join(ROOT, 'report')
    cpSync(report, join(folder, 'report'), { recursive: true })
    bind(join(folder, 'report'), report)
    mkdirSync(CLASSES, { recursive: true })
  }

  get #scenario(): string {
    return join(this.#folder, 'torture.json')
  }

  async make(seed: number, round: Round): Promise<Outcome> {
    const disk = join(this.#folder, 'disk')
    let outcome: Outcome | undefined
    for (let attempt = 1; !outcome?.landed && attempt <= ATTEMPTS; attempt++) {
      await using _ = await this.#cleanDisk(disk)
      outcome = { ...(await this.#try(seed, round, attempt, _.disk)), missed: attempt - 1 }
    }
    return outcome as Outcome
  }

  async #cleanDisk(folder: string) {
    const disk = new Disk(folder, DISK_MEGABYTES)
    mkdirSync(join(folder, 'classroom'))
    const unbind = bind(join(folder, 'classroom'), CLASSES)
    return {
      disk,
      async [Symbol.asyncDispose]() {
        for (const { pid } of processesHere()) signalTo(pid, 'SIGKILL')
        await comesTrue(() => processesHere().length === 0, GONE_MS)
        unbind()
        disk.remove()
      },
    }
  }

  async #try(seed: number, round: Round, attempt: number, disk: Disk): Promise<Omit<Outcome, 'missed'>> {
    const { command, fault, target, phase } = round
    const { share, choice, ...moment } = drawMoment(seed, round.number, attempt)
    // An interrupted run has one trial left.
    const trial = command === 'resume' ? 1 : moment.trial
    const run = join(disk.folder, command === 'demo' ? 'classroom' : 'run')
    const plan = planOf(target)
    if (command === 'resume' || command === 'demo') {
      cpSync(await this.#leftBy(command === 'demo' ? 'demo' : plan), run, { recursive: true })
    }
    const subject = new Subject(argumentsOf(command, plan, run, this.#scenario), this.#lock)
    const missed: Omit<Outcome, 'missed'> = { exit: '', left: 'none', broken: [], landed: false }

    const isThere = () => subject.isIn(phase, target, trial, SUBSCRIBERS)
    await comesTrue(() => isThere() || subject.hasEnded, LONGEST_MS)
    const reader = phase === 'serving' ? new Reader(`http://127.0.0.1:${PORT}/sse`) : undefined
    if (reader) await comesTrue(() => reader.numbers.length > 0, GONE_MS)
    await sleep(share * PHASE_MS[phase])
    const pid = isThere() ? subject.find(target)?.pid : undefined
    const planted =
      pid === undefined ? undefined : await plant(fault, { pid, disk, folder: run, port: PORT, choice })
    // Signals that end it end its phase as well; all that it said before is here a moment later.
    if (!planted || !(await this.#stillIn(subject, round, isThere))) {
      await planted?.undo()
      subject.kill('SIGKILL')
      await subject.ended
      return missed
    }

    const broken: string[] = []
    if (ends(command)) await comesTrue(() => subject.hasEnded, LONGEST_MS)
    else broken.push(...(await this.#goesOn(subject, round, planted, reader)))
    if (!subject.hasEnded) {
      broken.push('It does not end.')
      subject.kill('SIGKILL')
    }
    const exit = await subject.ended
    if (!(await comesTrue(() => processesHere().length === 0, GONE_MS))) {
      const left = processesHere().map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`)
      broken.push(`Processes are left: ${left.join('; ')}`)
      for (const { pid } of processesHere()) signalTo(pid, 'SIGKILL')
    }
    await planted.undo()
    const left = command === 'server' ? 'none' : this.#leftIn(run, command, planted.cut, broken)
    const { stdout, stderr } = subject
    broken.push(...judge(ruleFor(round)?.is as Expected, { exit, stdout, stderr, left }))
    if (typeof exit === 'number' && existsSync(run)) {
      const parts = readdirSync(run).filter((name) => /\.(part|next)$/.test(name))
      if (parts.length > 0) broken.push(`It left ${parts.join()}.`)
    }
    for (const file of [this.#lock, join(run, 'measuring.pid')]) {
      if (livingOwner(readLock(file).split('\n')[0] ?? '') !== undefined)
        broken.push(`${file} is still held.`)
    }
    if (namespacesLeft().length > 0) broken.push('A namespace is left.')
    await this.#whatIsNext(command, left, run, broken)
    if (broken.length > 0) broken.push(`Standard output and error:\n${said(subject)}`)
    return { exit: String(exit), left, broken, landed: true }
  }

  async #stillIn(
    subject: Subject,
    { fault, target, phase }: Round,
    isThere: () => boolean,
  ): Promise<boolean> {
    // What is gone cannot tell: it was there when it went.
    if (fault === 'reset' || (target !== 'main' && (fault === 'kill' || fault === 'term'))) return true
    if (fault !== 'kill' && fault !== 'term') return isThere()
    // Its last words are read after its end.
    await Promise.race([subject.ended, sleep(50)])
    await sleep(10)
    const { stdout, stderr } = subject
    if (phase === 'ending') return !stdout.includes('Report: ')
    if (phase === 'planning') return !/, about /.test(stderr)
    return !(phase === 'opening' && /Publishing at|classroom is open/.test(stdout))
  }

  /** Server and demo: whether they serve on once the fault is over, and end when they are asked to. */
  async #goesOn(subject: Subject, round: Round, planted: Planted, reader?: Reader): Promise<string[]> {
    const { command, fault, target } = round
    const broken: string[] = []
    const isEnd = target === 'main' && (fault === 'kill' || fault === 'term' || fault === 'port-taken')
    if (!isEnd) {
      const opened = () => subject.isIn(command === 'demo' ? 'open' : 'serving', 'main', 1, 0)
      await comesTrue(() => opened() || subject.hasEnded, LONGEST_MS)
      if (subject.hasEnded) return broken
      const disks = fault === 'full-disk' || fault === 'read-only'
      if (command === 'demo' && disks) {
        await joinClass(subject.stdout)
        if (!(await comesTrue(() => subject.stderr.includes('cannot be kept'), GONE_MS)))
          broken.push('It does not say that the class cannot be kept.')
      }
      await sleep(planted.lastsMs)
      if (fault !== 'read-only') await planted.undo()
      const before = reader?.numbers.length ?? 0
      const lives = async () =>
        reader ? reader.numbers.length > before + 10 : await answers(`http://127.0.0.1:${PORT}/`)
      if (!(await comesTrue(lives, GONE_MS))) broken.push('It does not serve on.')
      if (reader && !reader.isUnbroken) broken.push(`A subscriber got ${reader.numbers.join()}.`)
      if (command === 'demo' && !(await joinClass(subject.stdout))) broken.push('Nobody can join the class.')
      if (
        command === 'demo' &&
        fault !== 'truncated' &&
        !subject.stdout.includes('It goes on with the class')
      )
        broken.push('It does not go on with the class that was broken off.')
      subject.kill('SIGTERM')
    }
    await comesTrue(() => subject.hasEnded, LONGEST_MS)
    reader?.stop()
    return broken
  }

  #leftIn(run: string, command: Round['command'], cut: Planted['cut'], broken: string[]): Left {
    if (command === 'demo') return existsSync(join(run, `${PORT}.json`)) ? 'kept' : 'none'
    if (!holdsRun(run)) return 'none'
    try {
      const { run: read } = readRun(run)
      if (cut && statSync(cut.file).size === cut.bytes) broken.push(`Half of ${cut.file} is read as whole.`)
      return read.partial ? 'partial' : 'whole'
    } catch (error) {
      if (!(error instanceof PushlabError && error.code === 'BAD_RECORD')) throw error
      if (!cut) broken.push(error.message)
      return 'unreadable'
    }
  }

  /** Whether what is left can be gone on with as the oracle says. */
  async #whatIsNext(command: Round['command'], left: Left, run: string, broken: string[]): Promise<void> {
    if (command === 'server' || left === 'none') return
    if (command === 'demo') {
      const next = new Subject(argumentsOf('demo', 'trials', run, ''), this.#lock)
      if (!(await comesTrue(() => next.stdout.includes('It goes on with the class'), LONGEST_MS)))
        broken.push(`The next demo does not go on with the class: ${next.stdout}${next.stderr}`)
      next.kill('SIGTERM')
      await next.ended
      return
    }
    const goOn = argumentsOf('resume', 'trials', run, '')
    const report = ['scenarios/pushlab.js', 'report', run]
    const [args, code] = left === 'whole' ? [report, 0] : [goOn, left === 'partial' ? 0 : 2]
    const next = new Subject(args, this.#lock)
    const exit = await next.ended
    const isWhole = () => this.#leftIn(run, command, undefined, []) === 'whole'
    if (exit !== code || (code === 0 && !isWhole()))
      broken.push(
        `What comes next (${args.slice(1, -1).join(' ')}) ended with ${exit}: ${next.stderr.slice(-800)}`,
      )
  }

  /** What an interrupted bench, or a demo that was killed, leaves; made once. */
  async #leftBy(kind: 'trials' | 'experiment' | 'demo'): Promise<string> {
    const folder = join(this.#folder, 'left', kind)
    if (existsSync(folder)) return folder
    const [command, plan] = kind === 'demo' ? (['demo', 'trials'] as const) : (['bench', kind] as const)
    const subject = new Subject(argumentsOf(command, plan, folder, this.#scenario), this.#lock)
    const kept = join(CLASSES, `${PORT}.json`)
    const isHalf = {
      trials: () => subject.isIn('starting', 'main', 2, SUBSCRIBERS),
      experiment: () => subject.isIn('experimenting', 'browser', 1, 0),
      demo: () => existsSync(kept) && readFileSync(kept, 'utf8').includes('"observe"'),
    }
    if (kind === 'demo') {
      await comesTrue(() => subject.isIn('open', 'main', 1, 0), LONGEST_MS)
      if (!(await beginLesson(subject.stdout))) throw new Error(`No lesson: ${said(subject)}`)
    }
    if (!(await comesTrue(isHalf[kind], LONGEST_MS))) throw new Error(`No ${kind}: ${said(subject)}`)
    subject.kill('SIGKILL')
    await subject.ended
    await comesTrue(() => processesHere().length === 0, GONE_MS)
    if (kind === 'demo') {
      cpSync(CLASSES, folder, { recursive: true })
      for (const name of readdirSync(CLASSES)) rmSync(join(CLASSES, name))
    }
    return folder
  }
}

/** The last that a command said. */
const said = ({ stdout, stderr }: Subject) => `${stdout.slice(-800)}${stderr.slice(-2_000)}`

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}
