import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { readEnvironment } from '../../clients/measure/environment.ts'
import type { Row } from '../../results/observation.ts'
import type { ResultRecord } from '../../results/record.ts'
import { type Axis, type AxisValue, type Scenario, searchedPoint } from '../../results/scenario.ts'
import { experimentNames } from '../../scenarios/bench/experiments.ts'
import { entryOf, registry } from '../../server/registry.ts'
import { judgeBudget } from '../analysis/budget.ts'
import { cellChecks } from '../analysis/cell-checks.ts'
import { measuredScenarios } from '../analysis/measured-scenarios.ts'
import { mainScenario } from '../analysis/needs.ts'
import { residualsOf } from '../analysis/residuals.ts'
import { atPosition } from '../axis.ts'
import { buildReport } from '../build.ts'
import type { ChartSpec } from '../charts/spec.ts'
import { englishIn, observationFixture } from '../fixture/claims.ts'
import { keysIn } from '../fixture/keys.ts'
import { embedded } from '../fixture/page.ts'
import {
  chatFixture,
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
  sweepFixture,
} from '../fixture/records.ts'
import { captured } from '../fixture/wire.ts'
import { expectChinese, knownTwice } from '../fixture/words.ts'
import { type Html, html } from '../html.ts'
import { answerOf } from '../sections/answer.ts'
import { budgetTable } from '../sections/budget-table.ts'
import { changesOf } from '../sections/changed.ts'
import { figuresTables } from '../sections/figures-tables.ts'
import { baselineText, factorRows } from '../sections/heat-map.ts'
import { modelTable } from '../sections/model.ts'
import { catalogues, chinese } from './catalogue.ts'
import { placesOf, translated } from './markup.ts'
import { inWords, type Language, said } from './say.ts'
import { analysis } from './zh/analysis.ts'
import { page } from './zh/page.ts'

const REPORT = new URL('..', import.meta.url).pathname
// The command of the claims speaks both languages, too.
const sources = [...globSync('**/*.ts', { cwd: REPORT }), '../scenarios/commands/claims.ts']
  .filter((file) => !/test\.ts$|fixture|^words\//.test(file))
  .sort()
  .map((file) => [file, readFileSync(`${REPORT}/${file}`, 'utf8')] as const)
const keys = new Set(sources.flatMap(([, source]) => keysIn(source)))

/** What a browser, a library or the system is called, or calls something, in every language. */
const NAMES = new Set([
  ...['pushlab', 'gzip', 'Brotli', 'TLS', 'TCP', 'SSE', 'HTTP/1.1', 'HTTP/2', 'permessage-deflate'],
  ...['If-None-Match', 'setInterval', 'zlib 1.3.1', 'zconf.h（2024）', 'MDN Web Docs', '（2024）', 'SIGKILL'],
  ...registry.flatMap(({ name, title }) => [name, inWords(said(title), chinese)]),
  ...experimentNames(),
  // Of the bytes on the wire: formats, bits, and documents that specify them.
  ...['NDJSON', 'FIN', 'MASK', 'RSV1–3', 'Adobe：XMLSocket', 'nginx：proxy_buffering'],
  // Rules of the conformance suite.
  ...registry.flatMap(({ deviations = {} }) => Object.keys(deviations)),
  // The environment of fixtures, and their questions, which are in no library.
  ...['Linux 6.1 x64', '2 x Test CPU', 'abcdef', 'loopback', 'node', 'carrier-pigeon', 'nagle：SIGKILL'],
  ...[scenarioFixture, sweepFixture, choiceFixture, chatFixture, silentFixture].map(
    ({ question }) => question,
  ),
  ...['What happens?', 'Something.'],
])
const UNITS = /(?<![A-Za-z])(?:[µm]?s|k?B|MB|p(?=\d))(?![A-Za-z])/g
/** Works are cited by their titles. */
const WORKS = /《.*?》|\p{Lu}[a-z]+(?= 和| 等)/gu
/** A number of samples; a section of a document; bits; the name of a scenario, a claim, a host, a schema; a command; a checksum; a time. */
const CODE =
  /^(?:\(n = [\d,]+\)|(?:RFC \d+|HTML|Fetch) §[\d.]+|[\da-f ]+ = [01 |]+|[a-z\d@]+(?:[-./@][a-z\d]+)+|(?:npx )?pushlab .*|[\da-f]{40,}|[\dT:.Z-]{10,}|[a-z]+[A-Z]\w*)$/s

/** What is left of a text that has no Chinese in it, without names, codes, numbers and units. */
function untranslated(text: string): string | undefined {
  if (/\p{Script=Han}/u.test(text)) return englishIn(text.replaceAll(WORKS, ''))
  const left = text
    .replaceAll(WORKS, '')
    .trim()
    .split(/，|、|；|, | \/ |\n/)
    .filter((part) => !NAMES.has(part) && !CODE.test(part))
    .join(' ')
    .replaceAll(UNITS, '')
  return NAMES.has(text.trim()) || !/[A-Za-z]/.test(left) ? undefined : left
}

describe('the catalogues', () => {
  test.each(sources)('know every text of %s', (_, source) => {
    expect(keysIn(source).filter((key) => chinese.of(key) === undefined)).toEqual([])
  })

  test('know each text once', () => {
    expect(knownTwice(catalogues)).toEqual([])
  })

  test.each(Object.entries(catalogues))('of %s are Chinese, with the values of the English', (_, catalogue) =>
    expectChinese(catalogue),
  )

  test('of the page and of its analysis have nothing that nobody says', () => {
    const all = sources.map(([, source]) => source.replaceAll(/\\(['"])/g, '$1')).join('\n')
    const isWritten = (text: string) =>
      [`'${text}'`, `"${text}"`, `\`${text}\``].some((quoted) => all.includes(quoted)) ||
      // Plain text of markup.
      all.includes(`>${text}<`) ||
      all.includes(`>${text} <`)
    const data = new Set(networks())
    const unused = Object.keys({ ...page, ...analysis }).filter(
      (text) => !keys.has(text) && !isWritten(text) && !data.has(text),
    )
    expect(unused).toEqual([])
  })

  test('know what network a run says it had', () => {
    expect(networks().filter((text) => chinese.of(text) === undefined)).toEqual([])
  })
})

/** What records say of the network, with one of their own and without. */
function networks(): string[] {
  const texts = ['', '1'].flatMap((isPrivate) => {
    vi.stubEnv('PUSHLAB_PRIVATE_NETWORK', isPrivate)
    return Object.entries(readEnvironment().transport).flat()
  })
  vi.unstubAllEnvs()
  return texts
}

const positions: Record<Axis, AxisValue[]> = {
  pollIntervalMs: [100],
  subscribers: [1, 2],
  payloadBytes: [16],
  ratePerSecond: [1, 2],
  roundTripMs: [0, 100],
  proxy: ['none', 'buffering', 'stubborn-buffering', 'idle-timeout', 'no-upgrade', 'http-only'],
  tls: [true, false],
  http: ['1.1', '2'],
  keepAlive: [true, false],
  noDelay: [true, false],
  contentCoding: ['identity', 'gzip', 'br'],
  perMessageDeflate: [true, false],
  headers: ['bare', 'browser'],
  cookieBytes: [0, 10],
  payload: ['text', 'binary'],
  pollTimer: ['fixed', 'interval', 'timeout'],
  conditional: [true, false],
  socketIo: ['upgrade', 'websocket'],
  client: ['reader', 'library'],
  fanOut: ['library', 'prepared'],
}

test.each(Object.entries(positions) as [Axis, AxisValue[]][])(
  'positions on %s are Chinese',
  (axis, values) => {
    const texts = values.map((value) => inWords(atPosition({ axis, value }), chinese))
    expect(texts.filter((text) => untranslated(text) !== undefined)).toEqual([])
  },
)

/** Many techniques at one point, the one of an A/A pair, and every figure that a model predicts. */
const main = [
  'short-poll',
  'long-poll',
  'iframe-stream',
  'fetch-stream',
  'sse',
  'websocket',
  'bare-tcp',
].flatMap((technique, i) => {
  const polls = entryOf(technique)?.family === 'poll'
  const copies = technique === 'sse' ? ([1, 2] as const) : ([1] as const)
  return copies.flatMap((copy) =>
    recordsFixture({
      ...{ technique, copy, overheadBytes: 7 * (i + 1), requestsPerEvent: polls ? 1.5 : 0 },
      scenario: { ...scenarioFixture, expectation: 'Streams arrive within a few milliseconds.', trials: 6 },
      mediansUs: [1, 1.01, 1.02, 1.03, 1.04, 1.05].map((us) => us * 1_000 * (i + 1)),
    }).map((record): ResultRecord => {
      record.traffic.window.emptyAnswers = polls ? 500 : 0
      return { ...record, prediction: { ...record.prediction, meanLatencyUs: 5e3, maxLatencyUs: 2e6 } }
    }),
  )
})

const search = { axis: 'subscribers', from: 100, to: 400, resolution: 1.5, lateAfterMs: 100 } as const
const searched: Scenario = { ...scenarioFixture, name: 'capacity', search }
const sweeps: Scenario[] = [
  sweepFixture,
  choiceFixture,
  { ...sweepFixture, name: 'rates', sweep: { axis: 'ratePerSecond', values: [1, 100] } },
  { ...choiceFixture, name: 'cookies', sweep: { axis: 'cookieBytes', values: [0, 1_024] } },
  { ...choiceFixture, name: 'gzip', sweep: { axis: 'contentCoding', values: ['identity', 'gzip'] } },
  { ...sweepFixture, name: 'round-trip', sweep: { axis: 'roundTripMs', values: [0, 100] } },
]
const network = {
  roundTripMs: 20,
  jitterMs: 5,
  bytesPerSecond: 1e6,
  proxy: 'buffering',
  bufferBytes: 4_096,
} as const
const whole = [
  ...main,
  ...[silentFixture, chatFixture].flatMap((scenario) =>
    ['short-poll', 'sse', 'websocket'].flatMap((technique, i) =>
      recordsFixture({ scenario, technique, mediansUs: [1e3, 1_010, 1_020].map((us) => us * (i + 1)) }),
    ),
  ),
  ...sweeps.flatMap((scenario) =>
    ['short-poll', 'long-poll', 'sse', 'websocket'].flatMap((technique, i) =>
      [0, 1].flatMap((at) =>
        recordsFixture({
          ...{ scenario, at, technique, overheadBytes: 20 + (at ? 30 - 9 * i : 9 * i) },
          mediansUs: [1e3, 1_010, 1_020].map((us) => us * (i + 1 + at)),
          requestsPerEvent: i < 2 ? 1 : 0,
        }),
      ),
    ),
  ),
  ...recordsFixture({
    scenario: {
      ...{ ...scenarioFixture, name: 'far', network },
      feed: { schedule: { kind: 'bursts', burstEvents: 5, everyMs: 500 }, payloadBytes: 100 },
    },
    technique: 'sse',
  }),
  ...['sse', 'websocket'].flatMap((technique) =>
    [100, 200].flatMap((value) =>
      recordsFixture({ scenario: searched, technique, mediansUs: value > 100 ? [9e5] : [5e3] }).map(
        (record) => ({
          ...record,
          agent: { ...record.agent, cpuUs: technique === 'sse' ? 2e6 : 0 },
          point: searchedPoint(searched, search, value),
        }),
      ),
    ),
  ),
]

const many = (row: Row) => Array.from({ length: 20 }, () => row)
const observations = async () => [
  observationFixture('wire-bytes', await captured()),
  observationFixture('first-seconds', [
    { technique: 'sse', lane: 0, kind: 'published', fromUs: 125_000, toUs: 125_000, seq: 1 },
    { technique: 'sse', lane: 1, kind: 'connect', fromUs: 0, toUs: 100_000 },
    { technique: 'sse', lane: 1, kind: 'request', fromUs: 100_000, toUs: 101_000, bytes: 75 },
    { technique: 'sse', lane: 1, kind: 'wait', fromUs: 101_000, toUs: 200_000 },
    { technique: 'sse', lane: 1, kind: 'event', fromUs: 201_000, toUs: 201_000, seq: 1 },
    ...[1, 2].map((lane) => ({ technique: 'short-poll', lane, kind: 'request', fromUs: 0, toUs: 1_000 })),
    { technique: 'short-poll', lane: 1, kind: 'event', fromUs: 301_000, toUs: 301_000, seq: 1 },
  ]),
  observationFixture(
    'resume',
    ['sse', 'websocket'].flatMap((technique, i) =>
      [true, false].map((resume) => ({
        ...{ technique, resume, history: 'long', cuts: 5, failures: 5, eventsPublished: 160 },
        ...{ eventsLost: resume ? i : 40, eventsTwice: 0, eventsOutOfOrder: 0, eventsToldLost: 0 },
      })),
    ),
  ),
  observationFixture(
    'memory-per-subscriber',
    [100, 200, 400].flatMap((subscribers) =>
      ['idle', 'after the first event', 'after a burst'].map((stage) => ({
        ...{
          technique: 'sse',
          stage,
          subscribers,
          trial: 1,
          ...{ rssBytes: 8e7 + 2e4 * subscribers, heapUsedBytes: 1e7, externalBytes: 1e6, kernelBytes: 0 },
        },
      })),
    ),
  ),
  observationFixture('large-message', many({ carrier: 'one WebSocket', isOpen: true })),
  {
    ...observationFixture('nagle', [{ noDelay: true, delayUs: 1_500 }]),
    participants: { Chromium: '153.0', 'packet loss': 'nft' },
  },
  { ...observationFixture('proxies', []), unavailable: 'Packet loss takes the network namespaces of Linux.' },
]

const PARTS = { subscribers: 5, events: 100, lagUs: 1, fanOutUs: 2, wayUs: 3, waitUs: 4, parsingUs: 5 }

/** One fault a cell, for each check of the gate. */
const faults: ((record: ResultRecord) => void)[] = [
  ({ account }) => Object.assign(account, { lost: 2, duplicated: 1, reordered: 1 }),
  ({ ledger }) => Object.assign(ledger, { tappedUp: 1e6 }),
  ({ traffic }) => Object.assign(traffic.window, { bytesDown: 9e6 }),
  ({ traffic, trial }) => Object.assign(traffic.window, { bytesDown: 240_000 * (1 + trial) }),
  (record) => Object.assign(record, { kernel: { bytes: 9e6, packets: 10 } }),
  (record) => Object.assign(record, { eventsPublished: 10 }),
  ({ latencyFromPublished }) => Object.assign(latencyFromPublished, { minUs: -5 }),
  (record) => {
    record.agent.cpuUs = record.agent.elapsedUs
    record.others = { cpuUs: 1, availableUs: 2 }
  },
  (record) =>
    Object.assign(record, {
      agents: [1, 2].map((p50Us) => ({ subscribers: 1, cpuUs: 1, elapsedUs: 1, delivered: 1, p50Us })),
    }),
  ({ agent }) => Object.assign(agent, { loopDelayP50Us: 1e5, loopDelayP99Us: 2e5 }),
  (record) => Object.assign(record, { thirdsP50Us: [1_000, 1_500, 2_000 + record.trial] }),
  (record) => Object.assign(record, { errors: { ECONNRESET: 2 } }),
  (record) =>
    Object.assign(record, { bound: record.latencyFromPublished, clientCost: record.feedLag, parts: PARTS }),
  (record) => Object.assign(record, { instrument: 'library-clients@1' }),
]
const broken = faults.flatMap((fault, i) =>
  recordsFixture({ technique: registry[i]?.name ?? '' }).map((record) => {
    const copy = structuredClone(record)
    fault(copy)
    return copy
  }),
)
const at = { axis: 'tls' as const, value: true }
const environment = { ...runFixture([]).environment, commit: null, dirty: true, descriptorLimit: null }
const failure = { scenario: 'steady-feed', technique: 'sse', copy: 1 as const, trial: 4, reason: 'SIGKILL' }

type Report = Parameters<typeof buildReport>
const read = (records: ResultRecord[], changes = {}) => ({ run: runFixture(records, changes), records })
const reports: Record<string, () => Promise<Report>> = {
  'a whole run': async () => [
    runFixture(whole, {
      notApplicable: [
        { scenario: 'tls', technique: 'xml-socket', at, reason: 'it is not Socket.IO' },
        { scenario: 'tls', technique: 'bare-tcp', reason: 'it is not Socket.IO' },
      ],
      environment: {
        ...environment,
        clientScripts: { 'fetch-stream': { bytes: 47_295, gzipBytes: 14_841 } },
      },
    }),
    whole,
    await observations(),
    {
      against: read(
        main.map((record) => ({ ...record, latency: { ...record.latency, p50Us: 9e4 } })),
        {},
      ),
      profiles: [{ title: 'sse-fan-out-flame', path: 'profile/flame.html' }],
    },
  ],
  'a run with every fault': async () => [
    runFixture(broken, {
      ...{
        partial: true,
        shared: true,
        plannedTrials: 50,
        environment,
        failures: [failure, { ...failure, at, copy: 2 }],
      },
      failedExperiments: [{ experiment: 'nagle', reason: 'SIGKILL' }],
      planned: [
        ...runFixture(broken).planned,
        ...['a', 'b', 'c', 'd'].map((scenario) => ({
          scenario,
          technique: 'sse',
          copy: 1 as const,
          trials: 3,
        })),
      ],
    }),
    broken,
  ],
  'a run whose faults are there, and no more': async () => [runFixture(broken), broken],
  'a run with an A/A pair that differs': async () => {
    const noisy = main.map((record) => ({
      ...record,
      latency: { ...record.latency, p50Us: record.latency.p50Us * (record.copy === 2 ? 2 : 1) },
    }))
    return [runFixture(noisy), noisy]
  },
  'one technique alone': async () => {
    const alone = recordsFixture({ technique: 'carrier-pigeon', mediansUs: [1e3] })
    return [runFixture(alone, { failures: [failure] }), alone, [], { against: read([]) }]
  },
  'a run of too few events to draw, whose scenario was cut short': async () => {
    const few = ['sse', 'websocket'].flatMap((technique) => recordsFixture({ technique, lost: 1_995 }))
    const { planned } = runFixture(few)
    const missing = { ...planned[0], technique: 'long-poll' } as (typeof planned)[number]
    return [runFixture(few, { partial: true, planned: [...planned, missing] }), few]
  },
  'a run that counts and times nothing': async () => {
    const counting = { ...scenarioFixture, trials: 2 }
    const both = ['sse', 'websocket'].flatMap((technique) =>
      recordsFixture({ scenario: counting, technique, mediansUs: [1e3, 1e3] }),
    )
    return [runFixture(both), both]
  },
  'a run of nothing': async () => [runFixture([]), []],
}

/** What the page's element `words` holds for its script. */
interface Embedded {
  specs: ChartSpec[]
  words: Record<string, string>
}

const inLanguage = ([run, records, seen, options]: Report, language: Language) =>
  buildReport(run, records, seen, { ...options, language })
const bodyOf = (html: string) => html.slice(html.indexOf('<body>'), html.indexOf('<script type="text/plain"'))

/** Every text and spoken attribute of some markup that is to be translated. */
function textsOf(markup: string): string[] {
  const seen = new Set<string>()
  translated(markup, { language: 'zh', of: (text) => void seen.add(text) })
  return [...seen]
}

const built = Object.fromEntries(
  await Promise.all(
    Object.entries(reports).map(async ([name, report]) => {
      const made = await report()
      return [name, { zh: inLanguage(made, 'zh'), en: inLanguage(made, 'en') }] as const
    }),
  ),
)

describe.each(Object.entries(built))('the page of %s', (_, { zh, en }) => {
  test('has no English where people read Chinese', () => {
    expect(textsOf(bodyOf(zh)).filter((text) => untranslated(text) !== undefined)).toEqual([])
  })

  test('has the same places in both languages', () => {
    const [here, there] = [placesOf(bodyOf(zh)), placesOf(bodyOf(en))]
    expect(here.texts.length).toBe(there.texts.length)
    expect(here.attributes.length).toBe(there.attributes.length)
  })

  test('has the Chinese of every text of its charts', () => {
    const { specs, words } = JSON.parse(embedded(en, 'words')) as Embedded
    const texts = specs.flatMap(({ question, conclusion, x, y, series }) => [
      ...[question, conclusion, x.title, y.title, ...(x.categories ?? [])],
      ...(x.ticks ?? []).map(({ text }) => text),
      ...series.flatMap(({ name, points }) => [name, ...points.map(({ text }) => text)]),
    ])
    const unknown = texts.map(String).filter((text) => untranslated(words[text] ?? text) !== undefined)
    expect([...new Set(unknown)]).toEqual([])
  })

  test('has the words of what its script makes', () => {
    const words = (JSON.parse(embedded(en, 'words')) as Embedded).words
    const unknown = new Set<string>()
    const known = {
      language: 'zh' as const,
      of: (text: string) => {
        if (words[text] === undefined && chinese.of(text) !== undefined) unknown.add(text)
        return words[text]
      },
    }
    for (const markup of madeByScript) translated(markup.in(known), known)
    expect([...unknown]).toEqual([])
  })
})

/** What the script makes of the records in the page when somebody asks for it. */
const measured = measuredScenarios([...whole, ...broken.map((record) => ({ ...record, scenario: searched }))])
const madeByScript: Html[] = [
  ...measured.map(figuresTables),
  ...[{}, { delayMs: 1, twoWay: true }, { subscribers: 1e6, plainHttp: true }].map((budget) =>
    budgetTable(judgeBudget(measured, budget)),
  ),
  ...[mainScenario(measured) ?? expect.fail()].flatMap((main) => [
    ...[{}, { delayMs: 1, twoWay: true }].map((budget) =>
      answerOf(measured, main, undefined, { judged: judgeBudget(measured, budget), budget }),
    ),
    html`${factorRows(main, 'sse')}${baselineText(main, 'sse')}`,
  ]),
  modelTable('Within the tolerance', residualsOf(measured)),
  changesOf(read(broken), read(main)),
  changesOf(read(whole), read([])),
]

test('every check of the gate finds its fault in these pages', () => {
  const checks = Object.values(built).flatMap(({ en }) =>
    [...en.matchAll(/<b class="check">([^<]+)</g)].map(([, check]) => check),
  )
  // Besides those of cells: complete, shared cores, shared machine, commit, A/A.
  expect(new Set(checks).size).toBe(cellChecks.length + 5)
})
