import { describe, expect, test } from 'vitest'
import type { ResultRecord, Run } from '../results/record.ts'
import type { Scenario } from '../results/scenario.ts'
import { entryOf } from '../server/registry.ts'
import { judgeBudget } from './analysis/budget.ts'
import { measuredScenarios } from './analysis/measured-scenarios.ts'
import { buildReport } from './build.ts'
import { observationFixture, rowsFixture } from './fixture/claims.ts'
import {
  cellAt,
  chartsIn,
  embedded,
  labelsOf,
  plain,
  sectionOf,
  type Table,
  tablesIn,
  textOf,
  transposed,
} from './fixture/page.ts'
import {
  choiceFixture,
  recordsFixture,
  runFixture,
  scenarioFixture,
  silentFixture,
} from './fixture/records.ts'
import { faultLines, summaryTables } from './sentences/summary.ts'
import { chinese } from './words/catalogue.ts'
import { inWords, said } from './words/say.ts'

/**
 * What the page says of runs that are sound, and of runs that are not: the badge and the words where a reader decides
 * (1), where the run is judged (2) and in the comparison (3); and that nowhere, in either language, in no sentence of a
 * chart and in none that the page's script has ready, a winner is named where none may be.
 */

const six = [1_000, 1_010, 1_020, 1_030, 1_040, 1_050]
const scenario: Scenario = { ...scenarioFixture, trials: 6 }

/** Six trials, the medians and the bytes of a technique being so many times those of another. */
const cell = (technique: string, times: number, more: object = {}) =>
  recordsFixture({
    scenario,
    technique,
    mediansUs: six.map((us) => us * times),
    overheadBytes: 10 * times,
    requestsPerEvent: technique === 'long-poll' ? 1 : 0,
    ...more,
  })
const others = () => [...cell('websocket', 2), ...cell('long-poll', 5)]
const sound = () => [...cell('sse', 1), ...others()]
/** By far the lowest of all, but not to be believed. */
const suspect = (change: (record: ResultRecord, i: number) => void, more: object = {}) => {
  const records = structuredClone(cell('sse', 0.1, more))
  records.forEach(change)
  return [...records, ...others()]
}

/** Of these cores nothing is to be said. */
const eightCores = { ...runFixture([]).environment, cores: 8 }

/** On a machine of eight cores. */
function pageOf(
  records: ResultRecord[],
  changes: Partial<Run> = {},
  ...[observations, options]: [Parameters<typeof buildReport>[2]?, Parameters<typeof buildReport>[3]?]
): string {
  const run = runFixture(records, { environment: eightCores, ...changes })
  return buildReport(run, records, observations, options)
}

/** The rows of the decision: what is picked, why, the runner-up, the badge; where a row has none, it is the run's. */
function picksOf(page: string): Record<string, string[]> {
  const markup = sectionOf(page, 'pick')
  const ofRun = plain(markup.match(/<b class="badge">(.*?)<\/b>/)?.[1] ?? '')
  const picks = tablesIn(markup).find(({ label }) => label === 'Picks') ?? expect.fail()
  return Object.fromEntries(
    picks.rows.map(({ id, cells }) => {
      const [badge = '', ...others] = cells.map(({ text }) => text).reverse()
      expect(badge).not.toBe(ofRun)
      return [String(id).replace('pick-', ''), [...others.reverse(), badge || ofRun]]
    }),
  )
}

/** What the gate found: badge (none where it touches no figure), check, and of whom in what words. */
const noticesOf = (page: string) =>
  [
    ...sectionOf(page, 'trust').matchAll(
      /<li class="(?:bad|care|none)">(?:<b>([^<]*)<\/b> ?)?(?:<b class="check">(.*?)<\/b>)?(.*?)(?=<li class="(?:bad|care|none)">|<p|<h3|<\/section)/gs,
    ),
  ].map(([, badge = '', check = '', rest = '']) => [badge, check, plain(rest)].filter((text) => text !== ''))

const verdictOf = (page: string) =>
  plain(sectionOf(page, 'trust').match(/<p class="answer">(.*?)<\/p>/s)?.[1] ?? '')

/** The badges of the whole run, which are said once. */
const runBadgesOf = (page: string) =>
  plain(sectionOf(page, 'trust').match(/<p class="answer">.*?<\/p>\n<p>(.*?)<\/p>/s)?.[1] ?? '').replace(
    / Below, a cell shows .*$/,
    '',
  )
const ALL_VALID =
  'Bytes, requests and losses: valid. Delays and CPU time, compared with each other: valid. The same in milliseconds of this machine: valid.'

const matrixOf = (page: string): Table => transposed(tablesIn(sectionOf(page, 'compare'))[0] ?? expect.fail())
const TIMED = ['Delay, median', 'Delay, p99', 'Server CPU per 1,000 events']
const COUNTED = ['Bytes per event', 'Overhead per event', 'Requests per event']

/**
 * Badges that a technique has of its own in the comparison, which of its figures are struck through, and which are ranked.
 * Where a cell is like the whole run, it shows none.
 */
function standing(page: string, technique: string) {
  const table = matrixOf(page)
  const at = (heading: string) => cellAt(table, technique, heading)
  const figures = [...TIMED, ...COUNTED]
  const own = (heading: string) => (table.headings.includes(heading) ? at(heading).text : '')
  return {
    counting: own('Counting'),
    comparing: own('Comparing'),
    timing: own('Timing'),
    struck: figures.filter((heading) => at(heading).isStruck),
    ranked: figures.filter((heading) => at(heading).small.some((text) => RANKED.test(text))),
  }
}
const RANKED = /lowest|same within noise|^more$|×$/
const VALID = { counting: '', comparing: '', timing: '', struck: [], ranked: [...TIMED, ...COUNTED] }
const CARE = { ...VALID, comparing: '! use with care', timing: '! use with care' }
const NOT_TIMED = {
  counting: '',
  comparing: '✕ not valid',
  timing: '✕ not valid',
  struck: TIMED,
  ranked: COUNTED,
}
const NOT_COUNTED = { ...VALID, counting: '✕ not valid', struck: COUNTED, ranked: TIMED }
const NOTHING = { ...NOT_TIMED, counting: '✕ not valid', struck: [...TIMED, ...COUNTED], ranked: [] }

/** All that a reader may come to see or hear, in both languages, folded or not, and what the script has ready. */
function everyText(page: string): string[] {
  const { other, specs, words } = JSON.parse(embedded(page, 'words')) as {
    other: { texts: string[] }
    specs: { conclusion: string }[]
    words: Record<string, string>
  }
  return [
    textOf(page),
    ...labelsOf(page),
    ...other.texts,
    ...specs.map(({ conclusion }) => conclusion),
    ...Object.entries(words).flat(),
  ]
}

/** Sentences that name who is lowest of what, each once: from what they are about to where they end. */
function winnersIn(page: string): { kind: 'timed' | 'counted'; sentence: string }[] {
  const found = everyText(page).flatMap((text) => [
    ...text
      .split(/(?=Median |The number of |Server CPU time per )/)
      .flatMap((part) => part.match(/^[^.:]* is lowest.*?(?:\)|the lowest)\.(?=\s|$)/)?.[0] ?? []),
    // The catalogue has the same sentence with {0} in its place, which names nobody.
    ...text.split(/(?<=。)/).filter((part) => /最低(?:的是|且)/.test(part) && !part.includes('{')),
  ])
  return [...new Set(found)].map((sentence) => ({
    kind: /bytes|字节/.test(sentence.split(/is lowest|最低/)[0] ?? '') ? 'counted' : 'timed',
    sentence,
  }))
}

const titlesOf = (technique: string) => {
  const title = entryOf(technique)?.title
  return title ? [title, inWords(said(title), chinese)] : []
}

/** Sentences, picks and comparisons that put a technique forward. */
function praiseOf(page: string, technique: string, kinds: readonly ('timed' | 'counted')[]) {
  const names = titlesOf(technique)
  const sentences = winnersIn(page).filter(
    ({ kind, sentence }) => kinds.includes(kind) && names.some((name) => sentence.includes(name)),
  )
  const counted = ['bytes', 'requests']
  const picks = Object.entries(picksOf(page)).filter(
    ([id, [pick = '', , second = '']]) =>
      id !== 'cuts' &&
      kinds.includes(counted.includes(id) ? 'counted' : 'timed') &&
      names.some((name) => pick.includes(name) || (!isExcuse(second) && second.includes(name))),
  )
  const { ranked } = standing(page, technique)
  const columns = ranked.filter((heading) => kinds.includes(COUNTED.includes(heading) ? 'counted' : 'timed'))
  return { sentences, picks, columns }
}
/** Who is named because it could not be ranked is not praised. */
function isExcuse(text: string): boolean {
  return /^(not ranked|未排名)/.test(text)
}

const measuredOf = (records: ResultRecord[]) => measuredScenarios(records, runFixture(records))
const summaryOf = (records: ResultRecord[]) => summaryTables(measuredOf(records), [])

const NO_PRAISE = { sentences: [], picks: [], columns: [] }

test('the search for winners finds them, in both languages', () => {
  const found = winnersIn(pageOf(sound()))
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['timed', 'counted']))
  expect(found.map(({ sentence }) => sentence)).toEqual(
    expect.arrayContaining([
      'Median delay is lowest with Server-Sent Events (1.02 ms), and highest with Long polling (5.12 ms), 5.0× the lowest.',
      expect.stringMatching(
        /^延迟中位数最低的是服务器推送事件（SSE）.*；最高的是长轮询.*，为最低者的 5\.0×。$/,
      ),
    ]),
  )
  expect(praiseOf(pageOf(sound()), 'sse', ['timed', 'counted']).picks.map(([id]) => id)).toEqual([
    'delay',
    'bytes',
    'server',
    'requests',
    'plain-http',
  ])
})

test('a clear winner is named everywhere, with the runner-up and how far behind it is', () => {
  const page = pageOf(sound())
  const picks = picksOf(page)
  expect(picks.delay).toEqual([
    'Server-Sent Events',
    'Median delay 1.02 ms',
    'WebSocket 2.00× 2.05 ms',
    '✓ valid',
  ])
  expect(picks.bytes).toEqual([
    'Server-Sent Events',
    'Bytes per event 110 B',
    'WebSocket 1.09× 120 B',
    '✓ valid',
  ])
  expect(picks['two-way']).toEqual([
    'WebSocket',
    'Median delay 2.05 ms',
    'no other here can do it',
    '✓ valid',
  ])
  expect(noticesOf(page)).toEqual([])
  expect(verdictOf(page)).toBe('18 of 18 planned trials are here. Nothing speaks against it.')
  expect(runBadgesOf(page)).toBe(ALL_VALID)
  for (const technique of ['sse', 'websocket', 'long-poll']) expect(standing(page, technique)).toEqual(VALID)
  expect(cellAt(matrixOf(page), 'sse', 'Delay, median').small).toContain('lowest')
  expect(cellAt(matrixOf(page), 'websocket', 'Delay, median').small).toContain('2.00×')
})

test('of a tie all are named, and none of them alone', () => {
  const tied = six.map((us, i) => us * (i % 2 === 0 ? 1.03 : 0.98))
  const page = pageOf([
    ...cell('sse', 1),
    ...cell('websocket', 1, { mediansUs: tied }),
    ...cell('long-poll', 5),
  ])
  const { delay, 'plain-http': plainHttp } = picksOf(page)
  expect(delay?.[0]).toBe('Server-Sent Events and WebSocket')
  expect(delay?.[2]).toMatch(/^Long polling 5\.0× (\(\S+–\S+×\) )?5\.12 ms$/)
  expect(delay?.[3]).toBe('✓ valid')
  expect(plainHttp?.[0]).toBe('Server-Sent Events')
  expect(cellAt(matrixOf(page), 'websocket', 'Delay, median').small).toContain('same within noise')
  const sentences = winnersIn(page).filter(({ kind }) => kind === 'timed')
  expect(sentences.length).toBeGreaterThan(0)
  for (const { sentence } of sentences)
    for (const technique of ['sse', 'websocket'])
      expect(titlesOf(technique).some((title) => sentence.includes(title))).toBe(true)
})

describe('what is not valid is named nowhere as the lowest, and struck through, though it is by far the lowest', () => {
  const trials = (n: number) => cell('sse', 0.1).filter(({ trial }) => trial <= n)
  const cases: {
    what: string
    records: ResultRecord[]
    notice: string[]
    stands: ReturnType<typeof standing>
    voided: ('timed' | 'counted')[]
    verdict?: string
  }[] = [
    {
      what: 'events were lost',
      records: suspect(() => {}, { lost: 3 }),
      notice: [
        '✕ not valid',
        'deliveries',
        'Lower the load until nothing is lost, or find out who loses it. 18 events lost, 0 duplicated, 0 reordered: its delays are those of the events that survived. steady-feed, Server-Sent Events',
      ],
      stands: NOTHING,
      voided: ['timed', 'counted'],
    },
    {
      what: 'one event was duplicated',
      records: suspect(({ account }, i) => {
        if (i === 2) account.duplicated = 1
      }),
      notice: [
        '✕ not valid',
        'deliveries',
        'Lower the load until nothing is lost, or find out who loses it. 0 events lost, 1 duplicated, 0 reordered: its delays are those of the events that survived. steady-feed, Server-Sent Events',
      ],
      stands: NOTHING,
      voided: ['timed', 'counted'],
    },
    {
      what: 'one byte of one trial is unaccounted for',
      records: suspect(({ ledger }, i) => {
        if (i === 3) ledger.total.down.framing--
      }),
      notice: [
        '✕ not valid',
        'ledger',
        'The dissector or the technique is wrong: see npx pushlab wire. Bytes of the tapped subscriber are not accounted for: 2369 of 2370 are labelled. steady-feed, Server-Sent Events',
      ],
      stands: NOT_COUNTED,
      voided: ['counted'],
    },
    {
      what: 'one byte of one trial could not be parsed',
      records: suspect(({ ledger }, i) => {
        if (i === 5) {
          ledger.total.down.payload--
          ledger.total.down.unparsed++
        }
      }),
      notice: [
        '✕ not valid',
        'ledger',
        'The dissector or the technique is wrong: see npx pushlab wire. Bytes of the tapped subscriber are not accounted for: 1 could not be parsed. steady-feed, Server-Sent Events',
      ],
      stands: NOT_COUNTED,
      voided: ['counted'],
    },
    {
      what: 'there are two trials',
      records: [...trials(2), ...others()],
      notice: [
        '✕ not valid',
        'trials',
        'Measure with --trials 6 or more. 2 of 6 trials were measured. steady-feed, Server-Sent Events',
      ],
      stands: NOT_TIMED,
      voided: ['timed'],
    },
    {
      what: 'delays drifted from third to third',
      records: suspect((record) => {
        record.thirdsP50Us = [100, 130, 160]
      }),
      notice: [
        '✕ not valid',
        'steady',
        'Warm up longer (--warm-up 3s); if it still changes, something grows. The median delay changed by 60 % from the first to the last third of the window. steady-feed, Server-Sent Events',
      ],
      stands: NOT_TIMED,
      voided: ['timed'],
    },
    {
      what: 'the load agent was overloaded',
      records: suspect(({ agent }) => {
        agent.cpuUs = 0.95 * agent.elapsedUs
      }),
      notice: [
        '✕ not valid',
        'agent CPU',
        'Lower the number of subscribers or the rate. The load agent used 95 % of one core: it, and not the server, may be what is late. steady-feed, Server-Sent Events',
      ],
      stands: NOT_TIMED,
      voided: ['timed'],
    },
  ]
  test.for(cases)('$what', ({ records, notice, stands, voided }) => {
    const page = pageOf(records)
    expect(noticesOf(page)).toEqual([notice])
    expect(verdictOf(page)).toMatch(
      /Some of it is not valid\. What is not valid in milliseconds is struck through below; what is not valid as a comparison is never ranked\.$/,
    )
    expect(standing(page, 'sse')).toEqual(stands)
    expect(praiseOf(page, 'sse', voided)).toEqual(NO_PRAISE)
    const picks = picksOf(page)
    // The next lowest is the pick, and against nothing but what is valid. What is not touched stands as it is.
    const isTimed = !voided.includes('timed')
    expect(picks.delay).toEqual(
      isTimed
        ? ['Server-Sent Events', 'Median delay 102 µs', 'WebSocket 20× 2.05 ms', '✓ valid']
        : ['WebSocket', 'Median delay 2.05 ms', 'Long polling 2.5× 5.12 ms', '✓ valid'],
    )
    expect(picks['plain-http']).toEqual(
      isTimed
        ? ['Server-Sent Events', 'Median delay 102 µs', 'Long polling 50× 5.12 ms', '✓ valid']
        : [
            'none',
            'Only one technique that can do it has valid figures: there is nothing to compare it with.',
            '',
            '✕ not valid',
          ],
    )
    expect(picks.bytes?.[0]).toBe(voided.includes('counted') ? 'WebSocket' : 'Server-Sent Events')
    // Said in the answer, and not passed over.
    expect(plain(sectionOf(page, 'pick'))).toContain('Not ranked, for not valid: Server-Sent Events.')
    // Charts mark its name.
    const charts = Object.fromEntries(chartsIn(page).map(({ id, table }) => [id, table]))
    const marked = (id: string) => JSON.stringify(charts[id]).includes('Server-Sent Events (not valid)')
    expect(['delay', 'distribution', 'cpu'].map((id) => marked(`steady-feed-${id}`))).toEqual(
      isTimed ? [false, false, false] : [true, true, true],
    )
    expect(marked('steady-feed-classes')).toBe(voided.includes('counted'))
    expect(marked('steady-feed-shares')).toBe(!isTimed)
    // Nor does it keep any budget by delays that are not valid.
    const budget = judgeBudget(measuredOf(records), { delayMs: 50 })
    expect(budget.find(({ technique }) => technique === 'sse')?.fit).toBe(isTimed ? 'fits' : 'not measured')
  })

  test('nor called the same as those that are picked', () => {
    const server = picksOf(pageOf(suspect(() => {}, { lost: 3 }))).server
    expect(server?.[0]).toBe('Long polling and WebSocket')
    expect(server?.[2]).toBe('not ranked, for not valid: Server-Sent Events')
  })

  test('all but one, so that there is nothing to compare it with', () => {
    const records = structuredClone(sound())
    for (const { technique, account } of records) if (technique !== 'websocket') account.lost = 1
    const page = pageOf(records)
    expect(winnersIn(page)).toEqual([])
    for (const technique of ['sse', 'long-poll']) {
      expect(praiseOf(page, technique, ['timed', 'counted'])).toEqual(NO_PRAISE)
      expect(standing(page, technique)).toEqual(NOTHING)
    }
    expect(standing(page, 'websocket').ranked).toEqual([])
    const { delay, bytes } = picksOf(page)
    const alone = [
      'none',
      'Only one technique that can do it has valid figures: there is nothing to compare it with.',
      '',
      '✕ not valid',
    ]
    expect([delay, bytes]).toEqual([alone, alone])
    expect(textOf(page)).toContain(
      'Median delay: not ranked, for fewer than two techniques have valid figures.',
    )
  })

  test('every single one', () => {
    const records = sound().map((record) => ({ ...record, account: { ...record.account, lost: 1 } }))
    const page = pageOf(records)
    expect(winnersIn(page)).toEqual([])
    const { cuts: _, ...picks } = picksOf(page)
    for (const [pick, because, second, badge] of Object.values(picks)) {
      expect([pick, second, badge]).toEqual(['none', '', '✕ not valid'])
      expect(because).toMatch(/^No technique that can do it has valid figures\.$/)
    }
    for (const technique of ['sse', 'websocket', 'long-poll'])
      expect(standing(page, technique)).toEqual(NOTHING)
  })
})

test('a p99 of fewer than 100 moments is not shown anywhere, nor ranked', () => {
  // However many events they are: the server published at 16 moments of each of six trials.
  const records = structuredClone(sound())
  for (const record of records) {
    if (record.technique !== 'sse') continue
    Object.assign(record, { eventsScheduled: 16, eventsPublished: 16 })
  }
  const page = pageOf(records)
  const { value, small } = cellAt(matrixOf(page), 'sse', 'Delay, p99')
  expect([value, small[0]]).toEqual(['too few moments', '(n = 96)'])
  expect(small.filter((text) => /\d ms|×/.test(text))).toEqual([])
  expect(cellAt(matrixOf(page), 'sse', 'Delay, median').text).toContain('1.02 ms')
})

test('with three to five trials every figure of time is to be used with care, and no range is called 95 %', () => {
  const records = ['sse', 'websocket'].flatMap((technique, i) =>
    recordsFixture({ technique, mediansUs: six.slice(0, 3).map((us) => us * (1 + i)) }),
  )
  const page = pageOf(records)
  expect(noticesOf(page)).toEqual([
    [
      '! use with care',
      'trials',
      'Measure with --trials 6 or more. 3 trials have no 95 % interval. steady-feed, Server-Sent Events; steady-feed, WebSocket',
    ],
  ])
  expect(verdictOf(page)).toBe(
    '6 of 6 planned trials are here. Every byte of the tapped subscribers is accounted for. Quote the figures with these reservations:',
  )
  expect(picksOf(page).delay?.[3]).toBe('! use with care')
  expect(picksOf(page).bytes?.[3]).toBe('✓ valid')
  expect(standing(page, 'sse')).toEqual(CARE)
  expect(runBadgesOf(page)).toBe(
    'Bytes, requests and losses: valid. Delays and CPU time, compared with each other: use with care. The same in milliseconds of this machine: use with care.',
  )
  expect(plain(sectionOf(page, 'pick'))).toContain('The bar around the mark is the range of the trials.')
  for (const id of ['pick', 'compare']) expect(plain(sectionOf(page, id))).not.toContain('95 %')
})

describe('a scenario that plans fewer than three trials', () => {
  const counting = (n: number) =>
    sound()
      .filter(({ trial }) => trial <= n)
      .map((record) => ({ ...record, scenario: { ...scenario, trials: n } }))

  test.each([1, 2])(
    'of %d counts, and calls no delay valid or not valid, ranks none and picks by none',
    (n) => {
      const page = pageOf(counting(n))
      expect(noticesOf(page)).toEqual([])
      expect(runBadgesOf(page)).toBe(
        'Bytes, requests and losses: valid. Delays and CPU time, compared with each other: not measured. The same in milliseconds of this machine: not measured.',
      )
      expect(standing(page, 'sse')).toEqual({ ...VALID, ranked: COUNTED })
      for (const heading of TIMED) expect(cellAt(matrixOf(page), 'sse', heading).text).toBe('-')
      const { delay, server, bytes } = picksOf(page)
      const none = [
        'none',
        'Its trials count, and time nothing: measure with --trials 6.',
        '',
        '– not measured',
      ]
      expect([delay, server]).toEqual([none, none])
      expect(bytes?.[0]).toBe('Server-Sent Events')
      expect(winnersIn(page).filter(({ kind }) => kind === 'timed')).toEqual([])
    },
  )

  test('draws no delay and no CPU time, and calls none not valid', () => {
    const page = pageOf(counting(2))
    expect(textOf(page)).not.toContain('(not valid)')
    expect(chartsIn(page).map(({ id }) => id)).toEqual(['steady-feed-classes'])
    expect(tablesIn(sectionOf(page, 'steady'))).toEqual([])
  })
})

describe('an A/A pair that fails', () => {
  const records = () => [...sound(), ...cell('sse', 1.3, { copy: 2 })]
  /** The same techniques in a scenario without a pair of its own. */
  const elsewhere = () => sound().map((record) => ({ ...record, scenario: { ...scenario, name: 'far' } }))

  test('is said once of the run, and ranks no delay and no CPU time, but bytes', () => {
    const page = pageOf(records())
    expect(noticesOf(page)).toEqual([
      [
        '✕ not valid',
        'A/A',
        'Measure more trials on a quieter machine. Server-Sent Events in steady-feed, measured twice, differed by 30 % from itself: no difference below 30 % means anything. The run',
      ],
    ])
    expect(runBadgesOf(page)).toBe(
      'Bytes, requests and losses: valid. Delays and CPU time, compared with each other: not valid. The same in milliseconds of this machine: use with care.',
    )
    expect(winnersIn(page).filter(({ kind }) => kind === 'timed')).toEqual([])
    expect(winnersIn(page).filter(({ kind }) => kind === 'counted').length).toBeGreaterThan(0)
    const picks = picksOf(page)
    const none = ['none', 'One technique measured twice differed too much from itself.', '', '✕ not valid']
    expect([picks.delay, picks.server, picks['plain-http']]).toEqual([none, none, none])
    expect(picks.bytes?.[0]).toBe('Server-Sent Events')
    for (const technique of ['sse', 'websocket', 'long-poll'])
      expect(standing(page, technique).ranked).toEqual(COUNTED)
  })

  test('ranks no delay of any other scenario of the run either', () => {
    const timedIn = (page: string) => winnersIn(page).filter(({ kind }) => kind === 'timed')
    expect(timedIn(pageOf([...sound(), ...elsewhere()])).length).toBeGreaterThan(0)
    expect(timedIn(pageOf([...records(), ...elsewhere()]))).toEqual([])
  })

  test('names nobody as the pick of a need either that only one technique meets', () => {
    expect(picksOf(pageOf(records()))['two-way']?.[0]).toBe('none')
  })

  test('voids what is compared: milliseconds stay, to be used with care, and no cell repeats the badge', () => {
    expect(standing(pageOf(records()), 'websocket')).toEqual({ ...VALID, ranked: COUNTED })
  })

  test('lets a technique keep a budget of delay with care alone', () => {
    const judged = (made: ResultRecord[]) =>
      judgeBudget(measuredScenarios(made, { ...runFixture(made), environment: eightCores }), {
        delayMs: 50,
      }).map(({ technique, fit, badge }) => [technique, fit, badge])
    const all = (badge: string) =>
      ['long-poll', 'sse', 'websocket'].map((technique) => [technique, 'fits', badge])
    expect(judged(records()).toSorted()).toEqual(all('use with care'))
    expect(judged(sound()).toSorted()).toEqual(all('valid'))
  })
})

test('where the load agent was late alike for all, milliseconds are struck through, and ratios stand', () => {
  const late = sound().map((record): ResultRecord => {
    const loop = { loopDelayP50Us: 4_000, loopDelayP99Us: 5_000 }
    return { ...record, agent: { ...record.agent, ...loop } }
  })
  const page = pageOf(late)
  expect(noticesOf(page).map(([badge, check]) => [badge, check])).toEqual([
    ['✕ not valid', 'agent event loop'],
  ])
  expect(picksOf(page).delay?.[0]).toBe('Server-Sent Events')
  const delays = ['Delay, median', 'Delay, p99']
  expect(standing(page, 'sse')).toMatchObject({ comparing: '', timing: '✕ not valid', struck: delays })
  // Late by far more for the one than for the other, it is what made the difference.
  const uneven = late.map((record) =>
    record.technique === 'sse'
      ? record
      : { ...record, agent: { ...record.agent, loopDelayP50Us: 400, loopDelayP99Us: 450 } },
  )
  const told = winnersIn(pageOf(uneven)).filter(({ kind }) => kind === 'timed')
  expect(told.filter(({ sentence }) => /Median delay.*highest|延迟中位数.*最高/.test(sentence))).toEqual([])
  expect(picksOf(pageOf(uneven)).delay?.[0]).toBe('Server-Sent Events, WebSocket and Long polling')
})

describe('a run that was interrupted', () => {
  /** Of each scenario the last cell that was planned is missing. */
  const changes = (): Partial<Run> => {
    const { planned } = runFixture(all())
    const missing = [...Map.groupBy(planned, ({ scenario }) => scenario).values()].map((cells) => ({
      ...(cells[0] as (typeof planned)[number]),
      technique: 'multipart-stream',
    }))
    return { partial: true, plannedTrials: 99, planned: [...planned, ...missing] }
  }
  const sized = (at: number) =>
    ['sse', 'websocket'].flatMap((technique, i) =>
      recordsFixture({
        scenario: {
          ...scenario,
          name: 'payload-size',
          sweep: { axis: 'payloadBytes', values: [100, 1_000] },
        },
        at,
        technique,
        mediansUs: six,
        overheadBytes: i === 0 ? 20 + 40 * at : 40,
      }),
    )
  const varied = (at: number) =>
    ['iframe-stream', 'fetch-stream', 'sse', 'websocket'].flatMap((technique, i) =>
      recordsFixture({
        scenario: { ...choiceFixture, trials: 6 },
        at,
        technique,
        mediansUs: six.map((us) => us * (1 + at)),
        overheadBytes: 20 + 20 * i + 22 * at,
      }),
    )
  const silent = ['short-poll', 'sse'].flatMap((technique, i) =>
    recordsFixture({ scenario: { ...silentFixture, trials: 3 }, technique }).map((record) => {
      record.traffic.window.bytesUp = (i + 1) * 20_000
      return record
    }),
  )
  const all = () => [...sound(), ...sized(0), ...sized(1), ...varied(0), ...varied(1), ...silent]

  test('says so first of all, and once in the section of trust, where it is the badge of no figure', () => {
    const page = pageOf(all(), changes())
    const text = textOf(page)
    expect(text.indexOf('The run was interrupted.')).toBeLessThan(
      text.indexOf('Which technique should I pick?'),
    )
    expect(noticesOf(page).filter((notice) => notice.includes('complete'))).toEqual([
      [
        'complete',
        'Go on with it (--resume), or measure again. The run was interrupted; 99 trials were planned. The run',
      ],
    ])
    expect(verdictOf(page)).toMatch(/^\d+ of 99 planned trials are here\./)
    const came = pageOf(all())
    expect(runBadgesOf(page)).toBe(runBadgesOf(came))
    for (const technique of ['sse', 'websocket', 'long-poll'])
      expect(standing(page, technique)).toEqual({ ...standing(came, technique), ranked: [] })
  })

  test('names no lowest where a cell is missing, in no sentence, no pick and no column, in neither language', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = pageOf(all(), changes(), [], { language })
      expect(winnersIn(page)).toEqual([])
      if (language === 'zh') continue
      const { cuts: _, ...picks } = picksOf(page)
      for (const row of Object.values(picks))
        expect(row).toEqual([
          'none',
          'The run was interrupted: what is missing could change it.',
          '',
          '✕ not valid',
        ])
      for (const technique of ['sse', 'websocket', 'long-poll'])
        expect(standing(page, technique).ranked).toEqual([])
      const ranked = tablesIn(page).flatMap(({ rows }) =>
        rows.flatMap(({ cells }) => cells.flatMap(({ small }) => small.filter((one) => RANKED.test(one)))),
      )
      expect(ranked).toEqual([])
    }
    // The same records of a run that came to its end name some.
    expect(winnersIn(pageOf(all())).length).toBeGreaterThan(0)
  })

  test('ranks a scenario of which it has every cell, and that alone', () => {
    const whole = changes()
    const planned = whole.planned?.filter(
      ({ scenario: name, technique }) => name !== 'steady-feed' || technique !== 'multipart-stream',
    )
    const page = pageOf(all(), { ...whole, ...(planned && { planned }) })
    expect(picksOf(page).delay).toEqual(picksOf(pageOf(all())).delay)
    expect(textOf(page)).toContain('not ranked. The run was interrupted: what is missing could change it.')
  })

  test('does not say where one technique begins to be below another', () => {
    expect(textOf(pageOf(all()))).toContain('is below')
    expect(
      everyText(pageOf(all(), changes())).filter((text) => /on [A-Z].* is below [A-Z]/.test(text)),
    ).toEqual([])
  })

  test('does not say who changes least and most', () => {
    expect(textOf(pageOf(all()))).toMatch(/\d× with [^.;]* to [\d.]+× with/)
    expect(textOf(pageOf(all(), changes()))).not.toMatch(/\d× with [^.;]* to [\d.]+× with/)
  })

  test('picks who survives cuts all the same: an experiment is there as a whole, or not at all', () => {
    const row = { technique: 'sse', resume: true, history: 'long', cuts: 5, eventsPublished: 100 }
    const seen = [observationFixture('resume', rowsFixture('resume', [row]))]
    expect(picksOf(pageOf(all(), changes(), seen)).cuts).toEqual(picksOf(pageOf(all(), {}, seen)).cuts)
    expect(picksOf(pageOf(all(), changes())).cuts?.[3]).toBe('– not measured')
  })
})

describe('a run with trials that failed', () => {
  const failure = {
    ...{ scenario: 'steady-feed', technique: 'sse', copy: 1 as const, trial: 6 },
    reason: 'agent.ts ended with SIGKILL',
  }

  test('tells each before the first finding and in the section of trust, with its reason', () => {
    const records = sound()
    const page = pageOf(records, { failures: [failure], plannedTrials: records.length + 1 })
    expect(noticesOf(page)).toEqual([
      ['– not measured', 'steady-feed, Server-Sent Events, trial 6: agent.ts ended with SIGKILL'],
    ])
    expect(verdictOf(page)).toBe('18 of 19 planned trials are here. The others failed.')
    const text = textOf(page)
    expect(text).toContain(
      '✕ Not all is well with this run. 1 of 19 planned trials are missing. 1 trial failed.',
    )
    expect(text.indexOf('1 trial failed')).toBeLessThan(text.indexOf('Which technique should I pick?'))
  })

  test('warns of a cell that lacks one, and voids one that lacks too many', () => {
    const without = (lacking: number) =>
      sound().filter(({ technique, trial }) => technique !== 'sse' || trial <= 6 - lacking)
    const some = pageOf(without(1), { failures: [failure], plannedTrials: 18 })
    expect(standing(some, 'sse')).toEqual(CARE)
    expect(picksOf(some).delay?.[3]).toBe('! use with care')
    expect(JSON.stringify(noticesOf(some))).toContain(
      '5 of 6 trials were measured. steady-feed, Server-Sent Events',
    )
    const most = pageOf(without(4), { failures: [failure], plannedTrials: 18 })
    expect(standing(most, 'sse')).toEqual(NOT_TIMED)
    expect(praiseOf(most, 'sse', ['timed'])).toEqual(NO_PRAISE)
  })

  test('has a cell that was planned and is not there named as not measured', () => {
    const { planned } = runFixture(sound())
    const missing = { ...planned[0], technique: 'iframe-stream' } as (typeof planned)[number]
    const page = pageOf(sound(), { planned: [...planned, missing] })
    expect(noticesOf(page)).toEqual([
      ['– not measured', '1 planned cell has no record at all. steady-feed, iframe streaming'],
    ])
  })
})

test('a machine whose server and load share two cores makes milliseconds those to use with care, and no comparison', () => {
  const records = sound()
  const page = buildReport(runFixture(records), records)
  expect(noticesOf(page)).toEqual([
    [
      '! use with care',
      'shared cores',
      'Compare techniques with each other; do not take the delays for those of a server of your own. Server and load share 2 cores and slow each other down. The run',
    ],
  ])
  expect(runBadgesOf(page)).toBe(ALL_VALID.replace(/valid\.$/, 'use with care.'))
  // Said of the run, it is repeated at no cell.
  for (const technique of ['sse', 'websocket', 'long-poll']) expect(standing(page, technique)).toEqual(VALID)
  const picks = picksOf(page)
  expect([picks.delay, picks.server, picks.bytes, picks.requests].map((row) => row?.[3])).toEqual(
    Array(4).fill('✓ valid'),
  )
})

test('files that differ from their commit are said once, and touch no figure', () => {
  const page = pageOf(sound(), { environment: { ...eightCores, dirty: true } })
  expect(noticesOf(page)).toEqual([
    [
      'commit',
      'Commit before measuring what is to be quoted. Files differed from the commit that the records name. The run',
    ],
  ])
  expect(runBadgesOf(page)).toBe(ALL_VALID)
  expect(picksOf(page)).toEqual(picksOf(pageOf(sound())))
})

describe('what the console prints', () => {
  /** The badge beside a technique; none where there is no such column, or the cell has none of its own. */
  const badgeOf = (text: string, name: string) =>
    text.match(new RegExp(`^${name} .*? *(not valid|with care|)$`, 'm'))?.[1]

  test('has the badges of the run at its end, one of its own beside a technique, and names no winner', () => {
    const records = suspect(({ agent }) => {
      agent.cpuUs = 0.95 * agent.elapsedUs
    })
    const text = summaryOf(records)
    expect(['sse', 'websocket', 'long-poll'].map((name) => badgeOf(text, name))).toEqual([
      'not valid',
      '',
      '',
    ])
    expect(text.split('\n').slice(-3)).toEqual([
      'Bytes, requests and losses: valid.',
      'Delays and CPU time, compared with each other: not valid in 1 of the run’s 3 cells (one technique in one scenario each).',
      'The same in milliseconds of this machine: not valid in 1 of the run’s 3 cells (one technique in one scenario each).',
    ])
    expect(text).not.toMatch(/lowest|best|fastest|winner/i)
  })

  test('shows what was lost, and no p99 of too few events', () => {
    const text = summaryOf(suspect(() => {}, { lost: 1_850 }))
    expect(text).toMatch(/^sse .*too few.* 11100 +not valid$/m)
  })

  test('says of an A/A pair that fails that no delay may be compared, once', () => {
    const text = summaryOf([...sound(), ...cell('sse', 1.3, { copy: 2 })])
    expect(text).toContain('Delays and CPU time, compared with each other: not valid.\n')
    expect(badgeOf(text, 'websocket')).toBe('')
  })

  test('has a line for each check that calls something not valid, with all places and what to do', () => {
    const records = [
      ...structuredClone(sound()).map((record) => {
        if (record.technique !== 'long-poll') record.account.lost = 1
        return record
      }),
    ]
    expect(faultLines(measuredOf(records))).toEqual([
      'Not valid: steady-feed, sse: 6 events lost, 0 duplicated, 0 reordered: its delays are those of the events that survived. Lower the load until nothing is lost, or find out who loses it. Likewise: steady-feed, websocket.',
      expect.stringMatching(/^Use with care: the run: Server and load share 2 cores/),
    ])
  })

  test('has a line for each check that asks for care, after what is not valid', () => {
    const records = suspect(({ agent }) => {
      agent.cpuUs = 0.8 * agent.elapsedUs
    })
    for (const record of records)
      if (record.technique === 'websocket') record.agent.cpuUs = 0.95 * record.agent.elapsedUs
    for (const record of records)
      if (record.technique === 'long-poll') record.agent.cpuUs = 0.8 * record.agent.elapsedUs
    const lines = faultLines(measuredOf(records))
    expect(lines.map((line) => line.split(': ', 2).join(': '))).toEqual([
      'Not valid: steady-feed, websocket',
      'Use with care: the run',
      'Use with care: steady-feed, long-poll',
    ])
    expect(lines.at(-1)).toMatch(/ Likewise: 1 more\.$/)
  })
})

describe('who survives cuts', () => {
  const cut = (technique: string, eventsLost: number, eventsTwice = 0) => ({
    ...{ technique, resume: true, history: 'long', cuts: 5, eventsPublished: 100 },
    ...{ eventsLost, eventsTwice, eventsOutOfOrder: 0, eventsToldLost: 0 },
  })
  const seen = (...rows: ReturnType<typeof cut>[]) =>
    pageOf(sound(), {}, [observationFixture('resume', rowsFixture('resume', rows))])

  test('is whoever lost, doubled and reordered nothing, and what the others lost is told', () => {
    const [pick, because, second, badge] = picksOf(seen(cut('sse', 0), cut('websocket', 3))).cuts ?? []
    expect([pick, second, badge]).toEqual([
      'Server-Sent Events',
      'WebSocket: 3 lost, 0 twice, 0 out of order',
      '✓ valid',
    ])
    expect(because).toContain('No event lost, doubled or reordered over')
  })

  test('is said over the cuts of those that are named, and of no others', () => {
    expect(picksOf(seen(cut('sse', 0), cut('websocket', 3))).cuts?.[1]).toContain('over 5 cuts')
  })

  test('is nobody where all lost some, and then it is not said that no event was lost', () => {
    const [pick, because] = picksOf(seen(cut('sse', 1), cut('websocket', 3))).cuts ?? []
    expect(pick).toBe('none')
    expect(because).not.toContain('No event lost')
  })

  test('tells of what was doubled, too, and not that nothing was lost', () => {
    const page = seen(cut('sse', 0), cut('websocket', 0, 7))
    expect(picksOf(page).cuts?.[2]).toContain('7')
    expect(cellAt(matrixOf(page), 'websocket', 'After cuts').text).toContain('7')
  })
})
