import { existsSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { PROFILES } from '../../results/profiles.ts'
import { freshFolder, latestRun } from '../../results/runs.ts'
import { type Point, pointsOf } from '../../results/scenario.ts'
import { holdsRun } from '../../results/store.ts'
import { PushlabError } from '../../server/error.ts'
import { whyNot } from '../../server/registry.ts'
import { checkSockets } from '../bench/descriptors.ts'
import { durationText } from '../bench/duration-text.ts'
import { checkTechniques, loadScenario } from '../bench/library.ts'
import { clinicMissing, type Profiler, profileServer } from '../bench/profile/profiler.ts'
import { makeFolder } from '../bench/resume.ts'
import { ExitCode } from '../exit.ts'

/** The flags of `pushlab profile`, parsed. */
export interface ProfileOptions {
  technique: string
  scenario: string
  tool: Profiler
  /** How long all subscribers stay, in ms. */
  measure?: number
  /** How long it may take in all, in ms. */
  timeLimit?: number
  /** Folder of the run that it goes beside. */
  run?: string
  /** Folder that it goes into instead. */
  output?: string
}

/** A scenario's window may be too short to see anything in a profile. */
const LEAST_HOLD_MS = 10_000
/** What starting, and drawing what was seen, may take besides. */
const SPARE_MS = 60_000

/** `pushlab profile`: where the server's time or memory goes under a scenario's load. */
export async function profile({ technique, scenario, tool, ...options }: ProfileOptions): Promise<void> {
  checkTechniques([technique])
  const plan = loadScenario(scenario)
  const point = heaviestPoint(pointsOf(plan), technique)
  checkSockets([{ technique, point }])
  const run = runFolder(options)
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort())
  const { signal } = interrupt
  const { warmUpMs, measureMs } = point.load
  const holdMs = options.measure ?? Math.max(LEAST_HOLD_MS, warmUpMs + measureMs)
  const timeLimitMs = options.timeLimit ?? holdMs + SPARE_MS
  const fresh = !existsSync(run)
  makeFolder(run)
  try {
    const chosen = await available(tool, run, signal)
    const folder = resolve(run, PROFILES, `${technique}-${plan.name}-${chosen}`)
    const { subscribers } = point.load
    console.error(
      `Profiling the server with ${chosen}: ${technique}, ${subscribers} subscribers for ` +
        `${durationText(holdMs)}...`,
    )
    const { file, load } = await profileServer(chosen, {
      ...{ technique, point, holdMs, timeLimitMs, folder, signal },
    })
    console.error(load)
    if (chosen === 'cpu-prof')
      console.error('It opens in Visual Studio Code, or in the Performance panel of Chrome.')
    console.log(`Profile: ${relative('.', file)}`)
  } catch (error) {
    // A folder made for a profile that did not come would look like a run.
    if (fresh) rmSync(run, { recursive: true, force: true })
    if (signal.aborted) {
      console.error('Interrupted: there is no profile.')
      process.exitCode = ExitCode.interrupted
    } else if (error instanceof PushlabError && error.code === 'CHILD_FAILED') {
      console.error(error.message)
      process.exitCode = ExitCode.notValid
    } else throw error
  }
}

/** The tool itself, or Node's own profiler, which needs nothing, where npx cannot start clinic. */
async function available(tool: Profiler, folder: string, signal: AbortSignal): Promise<Profiler> {
  if (tool === 'cpu-prof') return tool
  console.error('Asking npx for clinic, which it fetches once...')
  const reason = await clinicMissing(folder, signal)
  signal.throwIfAborted()
  if (!reason) return tool
  console.error(`clinic cannot be had: ${reason}\nThis is Node's own profiler instead, --tool cpu-prof.`)
  return 'cpu-prof'
}

/** The last position of a sweep, without a network between: nothing but the server is looked at. */
function heaviestPoint(points: readonly Point[], technique: string): Point {
  const { network: _, ...point } = points.at(-1) as Point
  if (point.feed.schedule.kind === 'silent' || point.feed.source === 'subscribers') {
    throw new PushlabError(
      'BAD_INPUT',
      'A profiled server publishes by itself, and in this scenario it does not. Take another: --scenario ' +
        'fan-out',
    )
  }
  const reason = whyNot(technique, point.variant)
  if (reason) throw new PushlabError('BAD_INPUT', `${technique} cannot be had like this: ${reason}.`)
  return point
}

/** The run that the profile belongs to: the one that is named, or the latest, or a folder of its own. */
function runFolder({ run, output }: Pick<ProfileOptions, 'run' | 'output'>): string {
  if (run !== undefined && !holdsRun(run))
    throw new PushlabError('BAD_INPUT', `There is no run in ${run}. Name its folder, or leave --run out.`)
  return run ?? output ?? latestRun(freshFolder())
}
