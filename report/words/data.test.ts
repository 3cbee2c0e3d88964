import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { pointsOf } from '../../results/scenario.ts'
import { experimentNames, loadExperiment } from '../../scenarios/bench/experiments.ts'
import { listScenarios, loadScenario } from '../../scenarios/bench/library.ts'
import { whyNotMeasured } from '../../scenarios/bench/plan.ts'
import { whyNoLoss } from '../../scenarios/experiments/networks/lossy-network.ts'
import { nginxVersion } from '../../scenarios/experiments/networks/nginx.ts'
import { doesNotApply, registry, whyNot } from '../../server/registry.ts'
import { completeVariant, defaultVariant, type VariantAxis } from '../../server/variant.ts'
import { chinese } from './catalogue.ts'
import { experiments, rowWords } from './zh/experiments.ts'
import { facts } from './zh/facts.ts'
import { scenarios } from './zh/scenarios.ts'
import { titles } from './zh/titles.ts'

const catalogues = { scenarios, experiments, facts, titles }
/** How many texts each of them is for, at least. */
const LEAST = { scenarios: 41, experiments: 41, facts: 41, titles: 9 }
/** What has the same name everywhere, and a name that nothing but its brackets makes Chinese. */
const NAMES = ['WebSocket', 'Socket.IO']
const BRACKETED = 'XMLSocket (Flash)'
/** What writes the rows of experiments. */
const SOURCES = ['scenarios/experiments', 'results/rows', 'server/wire'].map(
  (folder) => new URL(`../../${folder}/`, import.meta.url),
)

/** The questions and expectations of the library, as its files have them. */
function scenarioTexts(): string[] {
  return listScenarios().flatMap(({ question, expectation }) => [
    question,
    ...(expectation ? [expectation] : []),
  ])
}

/** The questions and expectations of the experiments, and why this machine or another cannot make them. */
async function experimentTexts(): Promise<string[]> {
  const loaded = await Promise.all(experimentNames().map(loadExperiment))
  return [...loaded.flatMap(({ question, expectation }) => [question, expectation]), ...whyUnavailable()]
}

function whyUnavailable(): string[] {
  const reasons = [
    whyNoLoss((command) => command !== 'nft'),
    whyNoLoss((command) => command !== 'unshare'),
    whyNoLoss((...command) => !command.includes('list')),
  ]
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'darwin' } }))
  reasons.push(whyNoLoss())
  vi.unstubAllGlobals()
  // What a browser that does not start says itself comes after it.
  const browser = readFileSync(new URL('../../clients/chromium.ts', import.meta.url), 'utf8')
  reasons.push(/'(No Chromium [^']+)'/.exec(browser)?.[1])
  try {
    nginxVersion('no-such-nginx')
  } catch (error) {
    reasons.push((error as Error).message)
  }
  return reasons.map(String)
}

/** What the registry says of techniques, and why a cell of theirs is left out. */
function factTexts(): string[] {
  const said = registry.flatMap(({ initiator, resumedBy, endsWhen, status, deviations = {} }) => [
    ...[initiator, resumedBy, endsWhen, status.text],
    ...Object.values(deviations),
  ])
  // No scenario of the library asks for HTTP/2 without TLS.
  const points = [...listScenarios(), { ...loadScenario('tls'), variant: { http: '2' as const } }].flatMap(
    pointsOf,
  )
  const reasons = registry.flatMap(({ name }) => [
    whyNot(name, completeVariant({ fanOut: 'prepared', tls: true })),
    ...(Object.keys(defaultVariant) as VariantAxis[]).map((axis) => doesNotApply(name, axis)),
    ...points.map((point) => whyNotMeasured(point, name)),
  ])
  return [...said, ...reasons.filter((reason) => reason !== undefined)]
}

const texts: Record<keyof typeof catalogues, () => string[] | Promise<string[]>> = {
  scenarios: scenarioTexts,
  experiments: experimentTexts,
  facts: factTexts,
  titles: () => registry.map(({ title }) => title).filter((title) => !NAMES.includes(title)),
}

describe.each(Object.keys(catalogues) as (keyof typeof catalogues)[])('the Chinese of %s', (part) => {
  test('is there for every text', async () => {
    const needed = await texts[part]()
    expect(needed.length).toBeGreaterThanOrEqual(LEAST[part])
    expect(needed.filter((text) => chinese.of(text) === undefined)).toEqual([])
  })

  test('is there for no text that is gone', async () => {
    const needed = new Set([...(await texts[part]()), ...Object.keys(rowWords)])
    expect(Object.keys(catalogues[part]).filter((text) => !needed.has(text))).toEqual([])
  })

  test('is Chinese, with the values of the English', () => {
    const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort()
    for (const [english, translation] of Object.entries(catalogues[part])) {
      if (english !== BRACKETED) expect(translation).toMatch(/\p{Script=Han}/u)
      expect(placeholders(translation)).toEqual(placeholders(english))
    }
  })
})

test('every word of the rows of wire-bytes is there', async () => {
  const { run } = await loadExperiment('wire-bytes')
  const { rows } = await run({ seed: 1, signal: AbortSignal.timeout(120_000) })
  const words = new Set(rows.flatMap((row) => [row.direction, row.phase, row.class, row.label]).map(String))
  expect(words.size).toBeGreaterThan(40)
  expect([...words].filter((word) => chinese.of(word) === undefined)).toEqual([])
})

test('every word of rows is one that an experiment writes', () => {
  const sources = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8')),
  )
  // Its end may be put in while the experiment is made: `closed with ${code}`.
  const isWritten = (word: string) =>
    sources.some((source) => source.includes(word) || source.includes(word.replace(/ \S+$/, ' ${')))
  expect(Object.keys(rowWords).filter((word) => !isWritten(word))).toEqual([])
})
