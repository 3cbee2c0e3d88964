import { basename, relative } from 'node:path'
import { measuredScenarios } from '../../report/analysis/measured-scenarios.ts'
import type { Claim, Evidence } from '../../report/claims/claim.ts'
import { evidenceOf } from '../../report/claims/evidence.ts'
import { claims as allClaims } from '../../report/claims/index.ts'
import {
  type Judged,
  judgeAll,
  numberText,
  verdictCounts,
  verdictMarks,
  verdictText,
} from '../../report/claims/judge.ts'
import { chinese } from '../../report/words/catalogue.ts'
import {
  inBoth,
  inWords,
  type Language,
  said,
  say,
  sentences,
  type Text,
  together,
  type Words,
  wordsIn,
} from '../../report/words/say.ts'
import { latestRun } from '../../results/runs.ts'
import type { Scenario } from '../../results/scenario.ts'
import { type MeasuredRun, readRun } from '../../results/store.ts'
import { pushlabCommand } from '../../server/own-command.ts'
import { loadScenario, unknown } from '../bench/library.ts'
import { checkDescriptors, measure } from '../bench/measure.ts'
import { planWork, type WorkPlan } from '../bench/plan.ts'
import { enterPrivateNetwork } from '../bench/private-network.ts'
import { keep } from '../bench/run.ts'
import { ExitCode } from '../exit.ts'
import { commandOf, newFolder, sayWhatFailed } from './bench.ts'
import { writeReport } from './report.ts'

/** The flags of `pushlab claims`, parsed. */
export interface ClaimsOptions {
  run?: string
  trials?: number
  seed?: number
  lang: Language
  share?: boolean
  json?: boolean
  output?: string
}

/** Enough for a range; an interval takes six, and twice the time. */
const TRIALS = 3

/**
 * `pushlab claims [ID...]`: without an ID what a run says of every claim; with some, measures what decides on them and
 * prints the evidence. With `--run` nothing is measured.
 */
export async function claims(ids: readonly string[], options: ClaimsOptions): Promise<void> {
  const chosen = ids.map((id) => {
    const claim = allClaims.find((one) => one.id === id)
    if (claim) return claim
    const known = allClaims.map((one) => one.id)
    throw unknown('claim', id, known, 'claims')
  })
  if (chosen.length === 0 || options.run) return judgeRun(chosen, options)
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  const plan = planOf(chosen, seed, options.trials)
  if (plan.trials.length + plan.searches.length + plan.experiments.length === 0) {
    print(
      judgeAll(evidenceOf([], [])).filter(({ claim }) => chosen.includes(claim)),
      options,
      true,
    )
    return
  }
  checkDescriptors(plan)
  enterPrivateNetwork()
  const folder = newFolder(options.output, '-claims')
  const command = commandOf(options, seed)
  const measured = await measure({
    ...{ folder, name: basename(folder), plan, seed, command },
    ...(options.share && { share: true }),
  })
  sayWhatFailed(measured)
  const judged = judgeAll(evidenceIn(measured)).filter(({ claim }) => chosen.includes(claim))
  print(judged, options, true)
  console.error(keep(folder, () => writeReport(folder, measured), ['report']))
  const failed = measured.run.failures.length + measured.run.failedExperiments.length > 0
  process.exitCode = measured.run.partial ? ExitCode.interrupted : failed ? ExitCode.notValid : ExitCode.fine
}

/** What a run's records say, without measuring. */
function judgeRun(chosen: readonly Claim[], options: ClaimsOptions): void {
  const folder = options.run ?? latestRun()
  const all = judgeAll(evidenceIn(readRun(folder)))
  const judged = chosen.length === 0 ? all : all.filter(({ claim }) => chosen.includes(claim))
  print(judged, options, chosen.length > 0)
  if (options.json) return
  const counts = verdictCounts(judged).map(({ verdict, count }) => `${count} ${verdict}`)
  console.log(
    `\n${relative('.', folder)}: ${counts.join(', ')}. One of them alone: ${pushlabCommand('claims', 'ID')}`,
  )
}

function evidenceIn({ run, records, observations }: MeasuredRun): Evidence {
  return evidenceOf(measuredScenarios(records, run), observations, run.failures)
}

function print(judged: readonly Judged[], { json, lang }: ClaimsOptions, inFull: boolean): void {
  if (json) {
    const both = ({ claim, ...judged }: Judged) => ({
      claim: { ...claim, claim: inBoth(said(claim.claim), chinese) },
      ...judged,
    })
    console.log(JSON.stringify(judged.map(both), null, 1))
    return
  }
  const words = wordsIn(lang, chinese)
  for (const one of judged) console.log(inFull ? fullText(one, words) : lineText(one, words))
}

function lineText(one: Judged, words: Words): string {
  const { claim, judgement } = one
  const { mark } = verdictMarks[judgement.verdict]
  const verdict = inWords(verdictText(one), words)
  return `${mark} ${verdict.padEnd(26)}${claim.id.padEnd(26)}${inWords(said(claim.claim), words)}`
}

/** One claim with its rule, its verdict and every figure that it rests on. */
function fullText(one: Judged, words: Words): string {
  const { claim, judgement } = one
  const { mark } = verdictMarks[judgement.verdict]
  const verdict = sentences([say`${verdictText(one)}.`, judgement.because])
  const line = (label: Text, text: Text) => `  ${inWords(label, words).padEnd(11)}${inWords(text, words)}`
  return [
    `\n${claim.id}: ${inWords(said(claim.claim), words)}`,
    line(say`Said by`, said(claim.source)),
    line(say`Expected`, said(claim.prediction)),
    line(say`Rule`, said(claim.rule)),
    line(say`Verdict`, together(mark, ' ', verdict)),
    ...judgement.numbers.map((number) =>
      inWords(together('  - ', number.what, ': ', numberText(number), ' (', said(number.badge), ')'), words),
    ),
  ].join('\n')
}

/** What decides on claims: their scenarios with the techniques that they need, and their experiments. */
export function planOf(chosen: readonly Claim[], seed: number, trials?: number): WorkPlan {
  const techniques = new Map<string, Set<string> | undefined>()
  for (const claim of chosen) {
    for (const name of claim.scenarios ?? []) {
      const known = techniques.get(name)
      const all = techniques.has(name) && known === undefined
      techniques.set(
        name,
        claim.techniques && !all ? new Set([...(known ?? []), ...claim.techniques]) : undefined,
      )
    }
  }
  const scenarios = [...techniques].map(([name, needed]): Scenario => {
    const scenario = loadScenario(name)
    const measured = scenario.techniques?.filter((technique) => needed?.has(technique) ?? true)
    return {
      ...scenario,
      trials: trials ?? Math.min(TRIALS, scenario.trials),
      ...(measured && { techniques: measured }),
    }
  })
  return planWork(scenarios, seed, {
    experiments: [...new Set(chosen.flatMap(({ experiments = [] }) => experiments))],
  })
}
