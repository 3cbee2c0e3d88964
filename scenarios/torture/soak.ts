import { readFileSync } from 'node:fs'
import { ledgerFault } from '../../report/analysis/ledger-fault.ts'
import { sideOf } from '../../report/claims/memory/growth.ts'
import { format } from '../../report/format.ts'
import { type Slope, slopeOf } from '../../report/statistics/slope.ts'
import { type Point, pointsOf, type Scenario } from '../../results/scenario.ts'
import { nowUs } from '../../server/clock.ts'
import { sleepUntil, type Window } from '../../server/process-cost.ts'
import { durationText } from '../bench/duration-text.ts'
import { runTrial, type TrialOptions, type TrialRecord } from '../bench/trial.ts'
import { ExitCode } from '../exit.ts'

/** Memory that grows by this, in bytes a second, is 18 MB more each hour. */
const MOST_PER_SECOND = 5_000
const SUBSCRIBERS = 500
const RATE_PER_SECOND = 100
/** Of each process, over a window; half of them are judged, in so many slices. */
const READINGS = 400
const SLICES = 20

/**
 * What a process holds is seen where its garbage is collected and given back, as server/process-memory.ts does: left to itself, V8 lets
 * it lie for minutes, among it all that has left the server's history.
 */
const COLLECT =
  "setInterval(() => gc({ type: 'major', execution: 'async', flavor: 'last-resort' }), 10_000).unref()"
const COLLECTING = ['--expose-gc', `--import=data:text/javascript,${encodeURIComponent(COLLECT)}`]

/** What a process had in memory at an instant, monotonic microseconds. */
export interface Reading {
  atUs: number
  rssBytes: number
}

export interface SoakOptions extends Pick<TrialOptions, 'signal' | 'serverModule'> {
  /** One after the other. */
  techniques: readonly string[]
  /** Length of the window of each. */
  measureMs: number
  /** Default: 500. */
  subscribers?: number
  /** Is told a line of what was seen. */
  tell(line: string): void
}

/**
 * Holds subscribers to a fast feed for long, and looks whether the memory of server and load agent comes to rest, and whether
 * anything is lost.
 * @returns the exit code: `threshold` where memory keeps growing or anything was lost, `notValid` where the window was too short to say.
 * @throws {PushlabError} what a trial throws.
 */
export async function soak({
  techniques,
  measureMs,
  subscribers,
  tell,
  ...options
}: SoakOptions): Promise<number> {
  const found = new Set<Finding>()
  for (const technique of techniques) {
    const scenario = scenarioOf(measureMs, subscribers)
    const point = pointsOf(scenario)[0] as Point
    const each = `${point.load.subscribers} subscribers x ${RATE_PER_SECOND}/s`
    tell(`${technique}, ${each} for ${durationText(measureMs)}:`)
    let growths: Promise<(Slope | undefined)[]> | undefined
    const record = await runTrial(
      { scenario, point, technique, copy: 1, trial: 1 },
      {
        ...options,
        seed: 1,
        nodeFlags: COLLECTING,
        onWindow: (window, pids) => {
          growths = Promise.all(pids.map((pid) => growth(window, pid, options.signal)))
        },
      },
    )
    const [server, agent] = (await growths) ?? []
    const memory = [['server', server, record.server] as const, ['load agent', agent, record.agent] as const]
    for (const [name, slope, { rssBytes }] of memory) {
      const finding = slope ? sideOf(slope, MOST_PER_SECOND) : 'across'
      found.add(finding)
      const rate = slope ? rateText(slope) : 'its growth could not be read'
      tell(`  ${name}: ${format.megabytes(rssBytes)} at the end, ${rate}: ${SAYS[finding]}`)
    }
    const faults = faultsOf(record, technique, point)
    if (faults.length > 0) found.add('above')
    const { expected } = record.account
    tell(`  ${format.count(expected)} deliveries: ${faults.join(', ') || 'nothing lost, all sums agree'}`)
  }
  return found.has('above') ? ExitCode.threshold : found.has('across') ? ExitCode.notValid : ExitCode.fine
}

/** Where the interval of a growth lies of what it may be. */
type Finding = ReturnType<typeof sideOf>

const SAYS: Record<Finding, string> = {
  below: 'at rest',
  above: 'keeps growing',
  across: 'too short a window to say',
}

function rateText(slope: Slope): string {
  const kilobytes = (bytes: number) => (bytes / 1e3).toFixed(1)
  return `${kilobytes(slope.value)} kB/s more (${kilobytes(slope.low)} to ${kilobytes(slope.high)})`
}

function scenarioOf(measureMs: number, subscribers = SUBSCRIBERS): Scenario {
  return {
    name: 'soak',
    question: 'Does memory come to rest?',
    suite: 'large',
    trials: 1,
    feed: { schedule: { kind: 'constant', ratePerSecond: RATE_PER_SECOND }, payloadBytes: 100 },
    load: { subscribers, warmUpMs: 1_000, measureMs, pollIntervalMs: 1_000, holdMs: 25_000 },
  }
}

/** What of the sums is not as it should be; empty where all is. */
function faultsOf(record: TrialRecord, technique: string, point: Point): string[] {
  const { account, errors, eventsScheduled, eventsPublished, ledger } = record
  const { expected: _, delivered: __, ...wrong } = account
  const fault = ledgerFault({ technique, point, ledger })
  return [
    ...Object.entries({ ...wrong, 'never published': eventsScheduled - eventsPublished, ...errors })
      .filter(([, count]) => count !== 0)
      .map(([what, count]) => `${format.count(count)} ${what}`),
    ...(fault ? [String(fault)] : []),
  ]
}

/** How fast the memory of a process grows: read from outside, so that it has nothing more to do. Undefined where it cannot be read. */
async function growth(
  window: Window,
  pid: number | undefined,
  signal?: AbortSignal,
): Promise<Slope | undefined> {
  const { startUs, endUs } = window
  const readings: Reading[] = []
  try {
    for (let i = 0; i < READINGS; i++) {
      const dueUs = startUs + ((i + 0.5) * (endUs - startUs)) / READINGS
      await sleepUntil(dueUs, signal)
      readings.push({ atUs: nowUs(), rssBytes: residentBytes(pid) })
    }
  } catch {
    // It is gone, which the trial tells; or this is no Linux.
    return undefined
  }
  return growthOf(readings, window)
}

/** @throws where there is no such process, or no /proc. */
function residentBytes(pid: number | undefined): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kibibytes) * 1_024
}

/**
 * How fast memory grows in the second half of a window, in bytes a second: a line through the means of its slices. Readings one behind
 * the other are alike, and on their own would make the interval narrower than it is.
 */
export function growthOf(readings: readonly Reading[], { startUs, endUs }: Window): Slope | undefined {
  const middleUs = (startUs + endUs) / 2
  const slices = Map.groupBy(
    readings.filter(({ atUs }) => atUs >= middleUs && atUs < endUs),
    ({ atUs }) => Math.floor((SLICES * (atUs - middleUs)) / (endUs - middleUs)),
  )
  return slopeOf(
    [...slices.values()].map((slice) => {
      const mean = (of: (reading: Reading) => number) =>
        slice.reduce((sum, reading) => sum + of(reading), 0) / slice.length
      return [mean(({ atUs }) => atUs) / 1e6, mean(({ rssBytes }) => rssBytes)] as const
    }),
  )
}
