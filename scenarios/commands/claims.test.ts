import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evidenceOf } from '../../report/claims/evidence.ts'
import { claims } from '../../report/claims/index.ts'
import { recordsFixture, runFixture } from '../../report/fixture/records.ts'
import { chinese } from '../../report/words/catalogue.ts'
import { readRun, writeRecord, writeRun } from '../../results/store.ts'
import { experimentNames, loadExperiment } from '../bench/experiments.ts'
import { loadScenario } from '../bench/library.ts'
import { pushlab, pushlabHere } from '../fixture/command.ts'
import { planOf } from './claims.ts'

const CHINESE = /\p{Script=Han}/u

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const saidOf = (...args: string[]) => pushlabHere('claims', ...args)

describe('the claims', () => {
  test('have each their own ID, both languages, and all that a reader has to know', () => {
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
    for (const { id, claim, source, prediction, metric, rule } of claims) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      for (const text of [claim, source, prediction, metric, rule]) expect(text.length).toBeGreaterThan(5)
      expect(claim).not.toMatch(CHINESE)
      expect(chinese.of(claim)).toMatch(CHINESE)
    }
  })

  test('rest on scenarios and experiments that there are', async () => {
    const experiments = experimentNames()
    for (const claim of claims) {
      for (const name of claim.scenarios ?? []) expect(loadScenario(name).name).toBe(name)
      for (const name of claim.experiments ?? []) expect(experiments).toContain(name)
    }
  })

  test('are planned with the techniques that they need and no others', () => {
    const [claim] = claims.filter(({ techniques, scenarios }) => techniques && scenarios)
    if (!claim) return expect.fail()
    const { trials } = planOf([claim], 1)
    expect(trials.length).toBeGreaterThan(0)
    for (const { technique } of trials) expect(claim.techniques).toContain(technique)
  })

  test('are not tested where a run has no records of them', () => {
    const empty = evidenceOf([], [])
    for (const claim of claims)
      expect([claim.id, claim.judge(empty).verdict]).toEqual([claim.id, 'not tested here'])
  })
})

test('every experiment has its file’s name, a question and an expectation', async () => {
  for (const name of experimentNames()) {
    const experiment = await loadExperiment(name)
    expect(experiment.rows.experiment).toBe(name)
    expect(experiment.question).toMatch(/\?$/)
    expect(experiment.expectation.length).toBeGreaterThan(10)
    expect(experiment.expectedMs).toBeGreaterThan(0)
  }
})

describe('pushlab claims', () => {
  test('measures what decides on one, and prints its rule and its evidence', async () => {
    const out = join(folder, 'one')
    const { code, stdout } = await pushlab('claims', 'ws-key-security', '-o', out)
    expect(stdout).toMatch(/Rule .*\n +Verdict +✕ did not hold\./)
    expect(stdout).toMatch(/\n {2}- .*: \d/)
    expect(code).toBe(0)
    expect(readRun(out).observations.map(({ experiment }) => experiment)).toEqual(['websocket-key'])
  })

  test('says of a run what became of each, in Chinese too, and measures nothing', async () => {
    const out = join(folder, 'run')
    const records = recordsFixture({ technique: 'sse' })
    writeRun(out, runFixture(records))
    for (const record of records) writeRecord(out, record)
    const { code, stdout } = await saidOf('--run', out, '--lang', 'zh')
    expect(code).toBe(0)
    for (const { id, claim } of claims)
      expect(stdout).toMatch(new RegExp(`– 本次未检验 +${id} +${chinese.of(claim)}`))
    const { stdout: text } = await saidOf('--run', out, '--json')
    const told = JSON.parse(text).map(({ claim }: { claim: unknown }) => claim)
    expect(told).toMatchObject(
      claims.map(({ id, claim }) => ({ id, claim: { en: claim, zh: chinese.of(claim) } })),
    )
  })

  test('suggests nothing where no name is near', async () => {
    const { code, stderr } = await saidOf('xyzzy')
    expect([code, stderr.trim()]).toEqual([2, 'Unknown claim "xyzzy". See: npx pushlab claims'])
  })

  test('names the nearest where there is none of that name', async () => {
    const { code, stderr } = await saidOf('ws-key-secure')
    expect([code, stderr.trim()]).toEqual([
      2,
      'Unknown claim "ws-key-secure". Did you mean "ws-key-security"? See: npx pushlab claims',
    ])
  })
})
