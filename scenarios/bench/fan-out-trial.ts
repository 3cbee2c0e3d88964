import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DistributionRecorder } from '../../clients/measure/distribution.ts'
import { type RulerStream, startRuler } from '../../clients/ruler/ruler.ts'
import type { Point } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import { MemoryFeed } from '../../server/feed.ts'
import { sleepUntil } from '../../server/process-cost.ts'
import { dueTimesBefore, type Schedule } from '../../server/schedule.ts'
import { defaultSettings } from '../../server/settings.ts'
import { serverTechnique } from '../../server/technique.ts'
import { completeVariant, type Variant } from '../../server/variant.ts'
import { type Sending, startNchan } from './nchan.ts'
import { startServer } from './rig.ts'

/** Who sends: this server by one of its fan-outs, a loop over sockets that shares no code with it, or Nchan. */
export type Sender = Variant['fanOut'] | 'yardstick' | 'nchan'

export interface FanOutTrial {
  sender: Sender
  technique: RulerStream
  subscribers: number
  ratePerSecond: number
  warmUpMs: number
  measureMs: number
}

export interface FanOutResult {
  /** The sender's CPU time within the window, all its threads, for each event due in it: what a process costs once is no part of it. */
  cpuUsPerEvent: number
  /** From the schedule until the ruler had read it. */
  p50Us: number
  p99Us: number
  /** Events of the window that had not come a second after it: the sender does not keep up, and its delays are longer than said. */
  missing: number
  /** The sender's resident set before the first subscriber, the product's after a collection; and at the end. */
  idleBytes: number
  rssBytes: number
}

const YARDSTICK = fileURLToPath(new URL('../../clients/ruler/yardstick.mjs', import.meta.url))
const TIMEOUT_MS = 60_000
const LEAD_MS = 100
/** Late events are waited for. */
const SETTLE_MS = 1_000
const JOIN_AT_ONCE = 500
const PAYLOAD_BYTES = 100

/**
 * Lets the ruler subscribe to a fresh sender, each pinned to a core of its own where there are two and taskset is installed.
 * @throws {PushlabError} NOT_INSTALLED where the ruler cannot be built or Nchan is missing; CHILD_FAILED where the ruler failed.
 */
export async function runFanOutTrial(trial: FanOutTrial): Promise<FanOutResult> {
  const { technique, subscribers, ratePerSecond, warmUpMs, measureMs } = trial
  const sending = await startSender(trial)
  const ruler = await startRuler(technique, sending.url)
  try {
    await pin(sending.pid, 0)
    await pin(ruler.pid, 1)
    await sending.collect?.()
    const idleBytes = await residentBytes(sending.pid)
    for (let left = subscribers; left > 0; left -= JOIN_AT_ONCE)
      await ruler.join(Math.min(left, JOIN_AT_ONCE))
    const epochUs = nowUs() + LEAD_MS * 1e3
    const untilUs = (warmUpMs + measureMs) * 1e3
    const window = { startUs: epochUs + warmUpMs * 1e3, endUs: epochUs + untilUs }
    await ruler.measure(epochUs, window)
    sending.start(epochUs, ratePerSecond, untilUs, window)
    await sleepUntil(window.startUs)
    const before = await cpuUs(sending.pid)
    await sleepUntil(window.endUs)
    const taken = (await cpuUs(sending.pid)) - before
    const rssBytes = await residentBytes(sending.pid)
    await sleep(SETTLE_MS)
    const { rows } = await ruler.finish()
    const delays = new DistributionRecorder()
    for (const { dueUs, readUs } of rows) delays.add(readUs - epochUs - dueUs)
    const { p50Us, p99Us } = delays.summary()
    const due = dueTimesBefore({ kind: 'constant', ratePerSecond }, untilUs).filter(
      (us) => us >= warmUpMs * 1e3,
    )
    const missing = due.length * subscribers - rows.length
    return { cpuUsPerEvent: taken / rows.length, p50Us, p99Us, missing, idleBytes, rssBytes }
  } finally {
    await Promise.all([ruler.stop(), sending.stop()])
  }
}

function startSender({ sender, ...trial }: FanOutTrial): Promise<Sending> {
  if (sender === 'yardstick') return startYardstick(trial.technique)
  return sender === 'nchan' ? startNchan() : startProduct(sender, trial)
}

async function startProduct(
  fanOut: Variant['fanOut'],
  { technique, subscribers, ratePerSecond, warmUpMs, measureMs }: Omit<FanOutTrial, 'sender'>,
): Promise<Sending> {
  const schedule: Schedule = { kind: 'constant', ratePerSecond }
  const load = { subscribers, warmUpMs, measureMs, pollIntervalMs: 1_000, holdMs: 25_000 }
  // XMLSocket writes the same bytes to each socket as it is.
  const variant = completeVariant(technique === 'xml-socket' ? {} : { fanOut })
  const point: Point = { feed: { schedule, payloadBytes: PAYLOAD_BYTES }, load, variant }
  const server = startServer({ technique, point }, { nodeFlags: ['--expose-gc'] })
  const { url } = await server.receive('listening', TIMEOUT_MS)
  return {
    url,
    pid: server.pid as number,
    collect: () => {
      server.send({ type: 'memory' })
      return server.receive('memory', TIMEOUT_MS)
    },
    start: (epochUs, _rate, untilUs, window) => server.send({ type: 'start', epochUs, untilUs, window }),
    stop: () => server.stop(),
  }
}

async function startYardstick(technique: RulerStream): Promise<Sending> {
  const child = spawn(process.execPath, [YARDSTICK, ...(await yardstickTexts(technique))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    start: (epochUs, ratePerSecond, untilUs) =>
      void child.stdin.write(`start ${epochUs} ${ratePerSecond} ${untilUs}\n`),
    stop: () => {
      child.stdin.end()
      return once(child, 'exit')
    },
  }
}

/** What a technique sends first, and what stands on the wire around an event, in base64: the yardstick sends as many bytes. */
async function yardstickTexts(technique: RulerStream): Promise<string[]> {
  const { frame, frameOpening, prepared } = await serverTechnique(technique)
  const text = (message: string | Uint8Array) =>
    Buffer.from(prepared?.envelope(message) ?? (message as string)).toString('latin1')
  const feed = new MemoryFeed({})
  const data = '.'.repeat(PAYLOAD_BYTES)
  const [before = '', after = ''] = text(
    frame({ seq: 100_000, scheduledAtUs: 0, publishedAtUs: 0, data }),
  ).split(data)
  const headers: Record<string, string> = technique === 'websocket' ? HANDSHAKE : {}
  const request = { path: `/${technique}`, query: {}, headers, socket: new Socket() }
  const head = prepared?.accept(request, { feed, settings: defaultSettings }) ?? ''
  const opening = text(frameOpening?.(0, feed.feedId, defaultSettings) ?? '')
  return [head + opening, before, after].map((bytes) => Buffer.from(bytes, 'latin1').toString('base64'))
}

/** The ruler's own. */
const HANDSHAKE = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'pushlab.v1',
}

/** Keeps all threads of a process on one core; without taskset, or a second core, it goes where the kernel puts it. */
async function pin(pid: number | undefined, core: number): Promise<void> {
  if (availableParallelism() < 2) return
  await promisify(execFile)('taskset', ['-acp', String(core), String(pid)]).catch(() => {})
}

/** Ticks of /proc are hundredths of a second (proc_pid_stat(5)). */
async function cpuUs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}
