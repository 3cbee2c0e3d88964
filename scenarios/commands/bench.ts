import { basename, relative } from 'node:path'
import { capacitiesOf } from '../../report/analysis/capacity.ts'
import type { MeasuredScenario } from '../../report/analysis/cells.ts'
import { badgeFor } from '../../report/analysis/gate.ts'
import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import { isTimed } from '../../report/analysis/rules.ts'
import { atPosition, positionText } from '../../report/axis.ts'
import { evidenceOf } from '../../report/claims/evidence.ts'
import { claims } from '../../report/claims/index.ts'
import { judgeAll, verdictCounts } from '../../report/claims/judge.ts'
import { capacitySentence } from '../../report/sentences/capacity.ts'
import { bytesRanking, rankingSentence } from '../../report/sentences/ranking.ts'
import { faultLines, summaryTables } from '../../report/sentences/summary.ts'
import { said } from '../../report/words/say.ts'
import type { Run } from '../../results/record.ts'
import { freshFolder } from '../../results/runs.ts'
import type { Scenario } from '../../results/scenario.ts'
import { holdsRun, type MeasuredRun } from '../../results/store.ts'
import { isJsonName } from '../../results/text.ts'
import { PushlabError } from '../../server/error.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import type { Schedule } from '../../server/schedule.ts'
import { shellCommand } from '../../server/shell.ts'
import type { Variant } from '../../server/variant.ts'
import { durationText } from '../bench/duration-text.ts'
import { experimentsOf, loadExperiment } from '../bench/experiments.ts'
import { checkTechniques, listScenarios, loadScenario } from '../bench/library.ts'
import { checkDescriptors, measure, workloadOf } from '../bench/measure.ts'
import { planWork, type WorkPlan } from '../bench/plan.ts'
import { enterPrivateNetwork } from '../bench/private-network.ts'
import { workloadMs, workText } from '../bench/progress.ts'
import { remarksOn } from '../bench/remarks.ts'
import { type Interrupted, interruptedRun, latestInterrupted } from '../bench/resume.ts'
import { keep } from '../bench/run.ts'
import {
  isUnjudged,
  type Judged,
  judgeThresholds,
  parseThreshold,
  thresholdLines,
} from '../bench/threshold.ts'
import { ExitCode } from '../exit.ts'
import { writeReport } from './report.ts'

/** The flags of `pushlab bench`, parsed. */
export interface BenchOptions {
  scenario?: string[]
  suite: Scenario['suite']
  experiment?: string[]
  technique?: string[]
  trials?: number
  subscribers?: number
  /** Events per second, where they come one by one. */
  rate?: number
  /** Load agents of each trial. */
  agents?: number
  pollInterval?: number
  warmUp?: number
  measure?: number
  variant?: Partial<Variant>
  seed?: number
  network: string
  threshold?: string[]
  share?: boolean
  json?: boolean
  dryRun?: boolean
  output?: string
  /** A run's folder; true for that of `output`, or the latest that does the same. */
  resume?: string | true
}

/** `pushlab bench`: plan, measure, write the report, say what was found. */
export async function bench(options: BenchOptions): Promise<void> {
  checkTechniques(options.technique ?? [])
  const thresholds = (options.threshold ?? []).map(parseThreshold)
  checkResume(options)
  const newSeed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  // Whether a run can be gone on with depends on the network that it is measured in: its MTU is among the conditions.
  if (!options.dryRun && options.network !== 'host') enterPrivateNetwork()
  const resumed = await resumedRun(options, newSeed)
  const seed = resumed?.measured.run.seed ?? newSeed
  const plan = resumed ? planAgain(resumed.measured.run) : await chosenPlan(options, seed)
  checkDescriptors(plan)
  if (!resumed) for (const remark of remarksOn(plan, options)) console.error(remark)
  if (options.dryRun) return printPlan(plan, seed, options.json)
  const folder = resumed?.folder ?? newFolder(options.output)
  const name = basename(folder)
  if (resumed) {
    const { records, observations } = resumed.measured
    const there = `${records.length} trials and ${observations.length} experiments are there`
    console.error(`Resuming ${pathOf(folder)}: ${there}.`)
  }

  const measured = await measure({
    ...{ folder, name, plan, ...(options.share && { share: true }) },
    ...(resumed
      ? { seed: resumed.measured.run.seed, command: resumed.measured.run.command, resumed: resumed.measured }
      : { seed, command: commandOf(options, seed) }),
  })
  const { run, records, observations } = measured
  const scenarioResults = measuredScenarios(records, run)
  const judged = judgeThresholds(thresholds, scenarioResults)
  if (options.json) console.log(JSON.stringify(measured))
  else {
    const tables = summaryTables(scenarioResults, run.failures)
    if (tables) console.log(`${tables}\n`)
    console.log(`${conclusion(scenarioResults, run)}\n`)
  }
  // What is wrong, worst first.
  sayWhatFailed(measured)
  if (run.partial) {
    const count = `${records.length} trials and ${observations.length} experiments were measured`
    console.error(`Interrupted: ${count}. Go on: ${pushlabCommand('bench', '--resume', pathOf(folder))}`)
  }
  for (const line of judged.flatMap(thresholdLines)) console.error(line)
  if (!options.json) {
    for (const line of faultLines(scenarioResults)) console.log(line)
    if (decidesOnClaims(measured)) console.log(claimsLine(measured, scenarioResults, folder))
    if (isGlance(run) && !run.partial) console.log(glanceText(run))
  }
  const reportLine = keep(folder, () => writeReport(folder, measured), ['report'])
  if (options.json) console.error(reportLine)
  else console.log(reportLine)
  process.exitCode = exitCode(measured, scenarioResults, judged)
}

/**
 * The interrupted run that `--resume` goes on with: the one that it names, or that in the folder of `--output`, or the
 * latest that does what is asked for; undefined for a new one.
 */
async function resumedRun(options: BenchOptions, seed: number): Promise<Interrupted | undefined> {
  const { resume, output } = options
  if (typeof resume === 'string') return interruptedRun(resume)
  if (!resume || (output && !holdsRun(output))) return undefined
  const plan = await chosenPlan(options, seed)
  return output ? interruptedRun(output, plan, options.seed) : latestInterrupted(plan, options.seed)
}

/** Options that say what to measure; a run that is named has its own. */
const PLANNING = [
  'scenario',
  'experiment',
  'technique',
  'trials',
  'subscribers',
  'rate',
  'agents',
  'pollInterval',
  'warmUp',
  'measure',
  'variant',
  'seed',
  'output',
] as const

/** @throws {PushlabError} BAD_INPUT where a named run is to be resumed with another plan than its own. */
function checkResume(options: BenchOptions): void {
  if (typeof options.resume !== 'string') return
  const given = PLANNING.filter((option) => options[option] !== undefined)
  if (given.length === 0) return
  const flags = given.map(
    (option) => `--${option.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`,
  )
  throw new PushlabError(
    'BAD_INPUT',
    `${options.resume} has its own plan: leave out ${flags.join(', ')}, or measure anew without --resume.`,
  )
}

/**
 * Where a new run goes.
 * @throws {PushlabError} BAD_INPUT where a run is there already.
 */
export function newFolder(output: string | undefined, suffix = ''): string {
  const folder = output ?? freshFolder(suffix)
  if (!holdsRun(folder)) return folder
  throw new PushlabError('BAD_INPUT', `${folder} already holds a run. Choose another folder with --output.`)
}

/** A folder as a command names it from here. */
function pathOf(folder: string): string {
  const path = relative('.', folder) || '.'
  return path.startsWith('-') ? `./${path}` : path
}

/** Says on standard error which trials and experiments failed, and why. */
export function sayWhatFailed({ run }: MeasuredRun): void {
  for (const { scenario, technique, at, copy, trial, reason, beyond } of run.failures) {
    const where = `${scenario}${at ? ` ${atPosition(at)}` : ''}, ${technique}${copy === 2 ? ' again' : ''}`
    const what = beyond ? 'Beyond what can be had' : 'Not measured'
    console.error(`${what}: ${where}, trial ${trial}: ${reason}`)
  }
  for (const { experiment, reason } of run.failedExperiments) {
    console.error(`Not measured: experiment ${experiment}: ${reason}`)
  }
}

/** The command that repeats a run. */
export function commandOf({ seed: given }: { seed?: number }, seed: number): string {
  const repeated = process.argv.slice(2)
  return shellCommand(['pushlab', ...repeated, ...(given === undefined ? ['--seed', seed] : [])])
}

function planAgain({ scenarios, seed, techniques, experiments, agents = 1, notApplicable }: Run): WorkPlan {
  const chosen = { ...(techniques && { techniques }), experiments, agents }
  return { ...planWork(scenarios, seed, chosen), notApplicable }
}

async function chosenPlan(options: BenchOptions, seed: number): Promise<WorkPlan> {
  const { scenario, experiment, suite, technique, agents } = options
  const isWholeSuite = !scenario && !experiment
  const experiments = experiment ?? (isWholeSuite ? await experimentsOf(suite) : [])
  await Promise.all(experiments.map(loadExperiment))
  return planWork(experiment && !scenario ? [] : chosenScenarios(options), seed, {
    ...(technique && { techniques: technique }),
    experiments,
    ...(agents && { agents }),
    isNamed: scenario !== undefined,
  })
}

function exitCode(
  { run, records, observations }: MeasuredRun,
  scenarios: readonly MeasuredScenario[],
  judged: readonly Judged[],
): number {
  if (run.partial) return ExitCode.interrupted
  const failed = run.failedExperiments.length > 0 || run.failures.some(({ beyond }) => !beyond)
  const isNothing = records.length === 0 && observations.length > 0
  if (!failed && isNothing && observations.every(({ unavailable }) => unavailable !== null))
    return ExitCode.environment
  if (failed || scenarios.some(isNotAsMeant) || judged.some(isUnjudged)) return ExitCode.notValid
  return judged.some(({ broken }) => broken.length > 0) ? ExitCode.threshold : ExitCode.fine
}

/** Whether anything is not valid in a way in which a scenario means to be read: what it counts, and what it compares. */
function isNotAsMeant({ scenario, cells }: MeasuredScenario): boolean {
  if (scenario.search) return false
  const badges = cells.flatMap((cell) => [
    badgeFor(cell, 'counted'),
    ...(isTimed(scenario) ? [badgeFor(cell, 'delay', 'compared')] : []),
  ])
  return badges.includes('not valid')
}

/** Whether experiments were made that claims rest on: the quick suite's only show how things go. */
function decidesOnClaims({ observations }: MeasuredRun): boolean {
  const decisive = new Set(claims.flatMap(({ experiments }) => experiments))
  return observations.some(({ experiment }) => decisive.has(experiment))
}

/** What became of the claims on trial. */
function claimsLine(
  { run, observations }: MeasuredRun,
  scenarios: readonly MeasuredScenario[],
  folder: string,
): string {
  const counts = verdictCounts(judgeAll(evidenceOf(scenarios, observations, run.failures)))
  const texts = counts.map(({ verdict, count }) => `${count} ${verdict}`)
  return `Claims: ${texts.join(', ')}. See: ${pushlabCommand('claims', '--run', pathOf(folder))}`
}

/** Whether a run was made of what only gives a first look. */
function isGlance({ scenarios, experiments }: Run): boolean {
  return experiments.length === 0 && scenarios.every(({ suite }) => suite === 'glance')
}

function glanceText({ scenarios: [first] }: Run): string {
  const more = `Measure more before you decide: ${pushlabCommand('bench')} takes under 5 minutes`
  return `A first look: ${first?.trials} short trials give ranges, and no intervals. ${more}.`
}

/** What was found first of all, in one sentence. */
function conclusion(scenarios: readonly MeasuredScenario[], run: Run): string {
  const [first] = scenarios
  const search = first?.scenario.search
  if (first && search)
    return `${first.scenario.name}: ${capacitySentence(capacitiesOf(first, run.failures), search)}`
  if (!first || first.scenario.sweep) return `${scenarios.length} scenarios measured.`
  const found = isTimed(first.scenario)
    ? rankingSentence(said('Median delay'), first, 'p50Us')
    : bytesRanking(first)
  return `${first.scenario.name}: ${found}`
}

async function printPlan(plan: WorkPlan, seed: number, json = false): Promise<void> {
  const { trials, searches, experiments, notApplicable } = plan
  if (json) {
    console.log(JSON.stringify({ seed, trials, searches, experiments, notApplicable }))
    return
  }
  for (const { scenario, point, technique, copy, trial } of trials) {
    const at = point.at ? ` ${atPosition(point.at)}` : ''
    console.log(`${scenario.name}${at}, ${technique}${copy === 2 ? ' again' : ''}, trial ${trial}`)
  }
  for (const { scenario, technique, search } of searches) {
    const { axis, from, to } = search
    console.log(
      `${scenario.name}, ${technique}: search from ${positionText(axis, from)} to ${positionText(axis, to)}`,
    )
  }
  for (const name of experiments) console.log(`experiment ${name}`)
  const total = durationText(workloadMs(await workloadOf(plan)))
  console.log(`${workText(plan)}, about ${total}, seed ${seed}. Nothing was measured.`)
}

function chosenScenarios(options: BenchOptions): Scenario[] {
  const {
    scenario,
    suite,
    trials,
    subscribers,
    rate,
    pollInterval,
    warmUp,
    measure: measureMs,
    variant,
  } = options
  const chosen = scenario
    ? scenario.map(loadScenario)
    : listScenarios().filter(
        (candidate) => candidate.suite === suite || (suite === 'full' && candidate.suite === 'quick'),
      )
  return chosen.map((plan, i) => {
    const asked: Scenario = {
      ...plan,
      load: {
        ...plan.load,
        subscribers: subscribers ?? plan.load.subscribers,
        warmUpMs: warmUp ?? plan.load.warmUpMs,
        measureMs: measureMs ?? plan.load.measureMs,
        pollIntervalMs: pollInterval ?? plan.load.pollIntervalMs,
      },
      feed: { ...plan.feed, schedule: withRate(plan.feed.schedule, rate) },
      ...(variant && { variant: { ...plan.variant, ...variant } }),
    }
    const isOwn = isJsonName(scenario?.[i] ?? '') || JSON.stringify(asked) !== JSON.stringify(plan)
    // More trials or fewer make it no other.
    return { ...asked, trials: trials ?? plan.trials, ...(isOwn && { altered: true as const }) }
  })
}

/** A schedule at another rate; one of bursts, or of none, has no rate to set. */
function withRate(schedule: Schedule, ratePerSecond: number | undefined): Schedule {
  return ratePerSecond !== undefined && 'ratePerSecond' in schedule
    ? { ...schedule, ratePerSecond }
    : schedule
}
