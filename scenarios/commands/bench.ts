import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { descriptorLimit } from '../../clients/measure/environment.ts'
import { type MeasuredScenario, measuredScenarios } from '../../report/analysis/cells.ts'
import { rankingSentence } from '../../report/analysis/conclusions.ts'
import { badgeOf, checkCell } from '../../report/analysis/gate.ts'
import { atPosition } from '../../report/axis.ts'
import { format } from '../../report/format.ts'
import { summaryTables } from '../../report/summary.ts'
import type { Run } from '../../results/record.ts'
import { PushlabError } from '../../server/error.ts'
import { entryOf } from '../../server/registry.ts'
import type { Variant } from '../../server/variant.ts'
import { ExitCode } from '../exit.ts'
import { checkTechniques, listScenarios, loadScenario } from '../library.ts'
import { expectedMs, notApplicable, planTrials, type Trial } from '../plan.ts'
import { enterPrivateNetwork } from '../private-network.ts'
import { startProgress } from '../progress.ts'
import { runTrials } from '../run.ts'
import type { Point, Scenario } from '../scenario.ts'
import { type Breach, breachesOf, parseThreshold } from '../threshold.ts'
import { durationText } from '../words.ts'
import { RESULTS, writeReport } from './report.ts'

/** The flags of `pushlab bench`, parsed. */
export interface BenchOptions {
  scenario?: string[]
  suite: string
  technique?: string[]
  trials?: number
  subscribers?: number
  warmUp?: number
  measure?: number
  variant?: Partial<Variant>
  seed?: number
  network: string
  threshold?: string[]
  json?: boolean
  dryRun?: boolean
  output?: string
}

/** Descriptors that a process needs besides one for each subscriber's socket. */
const SPARE_DESCRIPTORS = 200

/** `pushlab bench`: plan, measure, write the report, say what was found. */
export async function bench(options: BenchOptions): Promise<void> {
  checkTechniques(options.technique ?? [])
  const thresholds = (options.threshold ?? []).map(parseThreshold)
  const scenarios = chosenScenarios(options)
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  const trials = planTrials(scenarios, seed, options.technique)
  checkDescriptors(trials)
  if (options.dryRun) return printPlan(trials, seed, options.json)
  if (options.network !== 'host') enterPrivateNetwork()
  const name = options.output ? basename(options.output) : freshName()
  const folder = options.output ?? join(RESULTS, name)
  if (existsSync(join(folder, 'run.json'))) {
    throw new PushlabError('BAD_INPUT', `${folder} already holds a run. Choose another folder with --output.`)
  }

  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted)
    interrupt.abort()
  })
  const progress = startProgress(trials)
  const command = [
    'pushlab',
    ...process.argv.slice(2),
    ...(options.seed === undefined ? ['--seed', seed] : []),
  ]
  const { run, records } = await runTrials({
    folder,
    name,
    trials,
    notApplicable: notApplicable(scenarios, options.technique),
    seed,
    command: command.join(' '),
    signal: interrupt.signal,
    onTrial: progress.trial,
    onResult: progress.result,
  })
  progress.stop()

  for (const { scenario, technique, at, copy, trial, reason } of run.failures) {
    const where = `${scenario}${at ? ` ${atPosition(at)}` : ''}, ${technique}${copy === 2 ? ' again' : ''}`
    console.error(`Not measured: ${where}, trial ${trial}: ${reason}`)
  }
  if (run.partial) console.error(`Interrupted: ${records.length} of ${trials.length} trials were measured.`)
  const scenarioResults = measuredScenarios(records)
  const breaches = breachesOf(thresholds, scenarioResults)
  for (const { threshold, where, value, isValid } of breaches) {
    const found = Number.isNaN(value)
      ? ''
      : `: ${threshold.write(value)} is not below ${threshold.write(threshold.below)}`
    console.error(
      `${isValid ? 'Threshold not kept' : 'Threshold cannot be judged, not valid'}: ${where}${isValid ? found : ''}`,
    )
  }
  const reportLine = writeReport(folder, run, records)
  if (options.json) {
    console.log(JSON.stringify({ run, records }))
    console.error(reportLine)
  } else {
    console.log(summaryTables(records))
    console.log(`\n${conclusion(scenarioResults)}`)
    console.log(reportLine)
  }
  process.exitCode = exitCode(run, scenarioResults, breaches)
}

function exitCode(run: Run, scenarios: readonly MeasuredScenario[], breaches: readonly Breach[]): number {
  if (run.partial) return ExitCode.interrupted
  const cells = scenarios.flatMap((scenario) => scenario.cells)
  // What is counted has to be valid everywhere; what is timed may be left to another scenario on purpose.
  const invalid = cells.some((cell) => badgeOf(checkCell(cell), 'counted') === 'not valid')
  if (run.failures.length > 0 || invalid || breaches.some(({ isValid }) => !isValid)) return ExitCode.notValid
  return breaches.length > 0 ? ExitCode.threshold : ExitCode.fine
}

/** What was found first of all, in one sentence. */
function conclusion(scenarios: readonly MeasuredScenario[]): string {
  const [first] = scenarios
  return first && !first.scenario.sweep
    ? `${first.scenario.name}: ${rankingSentence('Median delay', first, 'p50Us', format.us)}`
    : `${scenarios.length} scenarios measured.`
}

function printPlan(trials: readonly Trial[], seed: number, json = false): void {
  if (json) {
    console.log(JSON.stringify({ seed, trials }))
    return
  }
  for (const { scenario, point, technique, copy, trial } of trials) {
    const at = point.at ? ` ${atPosition(point.at)}` : ''
    console.log(`${scenario.name}${at}, ${technique}${copy === 2 ? ' again' : ''}, trial ${trial}`)
  }
  const totalMs = trials.reduce((sum, trial) => sum + expectedMs(trial), 0)
  console.log(`${trials.length} trials, about ${durationText(totalMs)}, seed ${seed}. Nothing was measured.`)
}

function chosenScenarios({
  scenario,
  suite,
  trials,
  subscribers,
  warmUp,
  measure,
  variant,
}: BenchOptions): Scenario[] {
  const chosen = scenario
    ? scenario.map(loadScenario)
    : listScenarios().filter((candidate) => suite === 'full' || candidate.suite === 'quick')
  return chosen.map((plan) => ({
    ...plan,
    trials: trials ?? plan.trials,
    load: {
      ...plan.load,
      subscribers: subscribers ?? plan.load.subscribers,
      warmUpMs: warmUp ?? plan.load.warmUpMs,
      measureMs: measure ?? plan.load.measureMs,
    },
    ...(variant && { variant: { ...plan.variant, ...variant } }),
  }))
}

function checkDescriptors(trials: readonly Trial[]): void {
  const limit = descriptorLimit()
  if (limit === null) return
  const needed = ({ point, technique }: Trial) =>
    point.load.subscribers * descriptorsPerSubscriber(point, technique)
  const most = Math.max(...trials.map(needed))
  if (most + SPARE_DESCRIPTORS <= limit) return
  const hungriest = trials.find((trial) => needed(trial) === most) as Trial
  const { subscribers } = hungriest.point.load
  const fitting = Math.floor(((limit - SPARE_DESCRIPTORS) * subscribers) / most)
  throw new PushlabError(
    'TOO_FEW_DESCRIPTORS',
    `${subscribers} subscribers of ${hungriest.technique} need ${most + SPARE_DESCRIPTORS} file descriptors, and a process may open ${limit} here. ` +
      `Use --subscribers ${Math.max(1, fitting)} or fewer, or raise the limit: ulimit -n`,
  )
}

/**
 * Connections of one subscriber at its worst: Socket.IO has two polls and the WebSocket that it goes over to; who
 * publishes by POST needs a second one while a poll or a stream holds the first.
 */
function descriptorsPerSubscriber({ feed, variant }: Point, technique: string): number {
  if (technique === 'socket-io' && variant.socketIo === 'upgrade') return 3
  const posts =
    feed.source === 'subscribers' && variant.http === '1.1' && entryOf(technique)?.carrier === 'http'
  return posts ? 2 : 1
}

/** A folder name that sorts by time, `2026-01-31T12-00-00`. */
function freshName(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '-')
}
