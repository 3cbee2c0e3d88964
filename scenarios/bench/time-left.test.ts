import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRun } from '../../results/store.ts'
import { loadExperiment } from './experiments.ts'
import { expectedMs } from './plan.ts'
import { type Step, TimeLeft } from './time-left.ts'

/** A step as it was recorded: when it began, ms after the run did. */
interface Recorded extends Step {
  beganMs: number
}

const trial = (key: number, expected: number, beganMs: number): Recorded => ({
  ...{ key: String(key), expectedMs: expected, trials: 1, beganMs },
})

/** The quick suite on a quiet machine, of trials and experiments. */
async function quickSuite() {
  const { run, records, observations } = readRun(new URL('../../results/reference', import.meta.url).pathname)
  const after = (at: string) => Date.parse(at) - Date.parse(run.startedAt)
  const trials = records.map((record) => trial(record.position, expectedMs(record), after(record.startedAt)))
  const experiments = observations.map(async ({ experiment, startedAt }) => {
    const { expectedMs: expected } = await loadExperiment(experiment)
    return { key: experiment, expectedMs: expected, trials: 0, beganMs: after(startedAt) }
  })
  const steps = [...trials, ...(await Promise.all(experiments))]
  return { steps: steps.sort((a, b) => a.beganMs - b.beganMs), endMs: after(run.endedAt) }
}

/** First looks while other work had two cores to itself most of the time. */
function busyMachine() {
  const file = new URL('fixture/timings.json', import.meta.url)
  const runs: { trials: [expected: number, beganMs: number][]; endMs: number }[] = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return runs.map(({ trials, endMs }) => ({
    steps: trials.map(([expected, beganMs], i) => trial(i, expected, beganMs)),
    endMs,
  }))
}

/** What is shown each second, and what is true, ms, from a quarter of the run on. */
function shownOf({
  steps,
  endMs,
}: {
  steps: Recorded[]
  endMs: number
}): { shown: number; really: number }[] {
  let now = 0
  const left = new TimeLeft(steps, () => now)
  const seconds: { shown: number; really: number }[] = []
  const show = (untilMs: number) => {
    for (; now < untilMs; now += 1_000)
      if (now >= endMs / 4) seconds.push({ shown: Math.round(left.ms / 1e3) * 1e3, really: endMs - now })
  }
  for (const [i, { key, expectedMs: expected, trials, beganMs }] of steps.entries()) {
    show(beganMs)
    const nextSecond = now
    now = beganMs
    left.begin(key)
    now = nextSecond
    const endedMs = steps[i + 1]?.beganMs ?? endMs
    show(endedMs)
    const following = now
    now = endedMs
    left.end(trials > 0 ? expected : undefined)
    now = following
  }
  return seconds
}

test('from a quarter of a run on, nine of ten times left that are shown are within a fifth', async () => {
  const runs = [await quickSuite(), ...busyMachine()]
  const seconds = runs.map(shownOf)
  const near = seconds.map((shown) =>
    shown.filter(({ shown, really }) => Math.abs(shown - really) <= 0.2 * really),
  )
  expect(near.flat().length / seconds.flat().length).toBeGreaterThanOrEqual(0.9)
  // Of a short run the last seconds weigh more: of one second nobody is within a fifth.
  for (const [i, shown] of seconds.entries()) {
    expect(shown.length).toBeGreaterThan((0.7 * (runs[i]?.endMs ?? 0)) / 1e3)
    expect((near[i]?.length ?? 0) / shown.length).toBeGreaterThanOrEqual(0.85)
  }
})

test('what is ahead takes what is planned, and for each trial what the trials before took beyond it', () => {
  let now = 0
  const left = new TimeLeft([trial(1, 2_000, 0), trial(2, 2_000, 0), trial(3, 4_000, 0)], () => now)
  expect([left.ms, left.share]).toEqual([8_000, 0])
  left.begin('1')
  now = 500
  expect(left.ms).toBe(7_500)
  now = 2_600
  left.end(2_000)
  // 600 ms beyond: one of three trials took so much, for two more are supposed to have taken none.
  expect(left.ms).toBe(6_000 + 2 * 200)
  left.begin('2')
  now = 60_000
  expect(left.ms).toBe(4_200)
  left.end(2_000)
  left.begin('3')
  left.end(4_000)
  expect([left.ms, left.share]).toEqual([0, 1])
})

test('a search takes as long as is planned until something else begins, however many trials it has', () => {
  let now = 0
  const search: Step = { key: 'search', expectedMs: 10_000, trials: 5 }
  const experiment: Step = { key: 'experiment', expectedMs: 3_000, trials: 0 }
  const left = new TimeLeft([search, experiment], () => now)
  for (const endedMs of [2_000, 4_000]) {
    left.begin('search')
    now = endedMs
    left.end(2_000)
  }
  expect(left.ms).toBe(6_000 + 3_000)
  now = 20_000
  expect(left.ms).toBe(3_000)
  now = 21_000
  left.begin('experiment')
  now = 22_000
  expect(left.ms).toBe(2_000)
})

test('of a run that is resumed the steps that are skipped are over', () => {
  const left = new TimeLeft([trial(1, 2_000, 0), trial(2, 2_000, 0), trial(3, 2_000, 0)], () => 0)
  left.begin('3')
  expect(left.ms).toBe(2_000)
})
