import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordsFixture, runFixture, scenarioFixture } from '../report/fixture/records.ts'
import type { ResultRecord, Run } from '../results/record.ts'
import { readRun, writeRecord, writeRun } from '../results/store.ts'
import { worksheetFile } from './classroom/lessons/worksheet-file.ts'
import { silence, silentRun } from './classroom/lessons/worksheet-fixture.ts'
import { type Ended, pushlabHere, ROOT, start } from './fixture/command.ts'

/** What each command ends with: the code for programs, the last line for people. */

const folder = mkdtempSync(join(tmpdir(), 'pushlab-exit-'))
const taken = createServer()
afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true, force: true })
})

const scenario = { ...scenarioFixture, trials: 6, techniques: ['sse', 'websocket'] }
const medians = [1_000, 1_010, 990, 1_000, 1_005, 995]

/** A folder of a run of two techniques, its records changed as a test likes. */
function plant(
  name: string,
  change: (record: ResultRecord) => void = () => {},
  more: Partial<Run> = {},
): void {
  const records = ['sse', 'websocket'].flatMap((technique) =>
    recordsFixture({ scenario, technique, mediansUs: medians }),
  )
  for (const record of records) if (record.technique === 'sse') change(record)
  writeRun(join(folder, name), runFixture(records, more))
  for (const record of records) writeRecord(join(folder, name), record)
}

beforeAll(async () => {
  plant('good')
  plant('slower', ({ latency }) => Object.assign(latency, { p50Us: latency.p50Us * 1.5 }))
  plant('losing', ({ account }) => Object.assign(account, { lost: 700, delivered: 1_300 }))
  plant('busy', ({ agent }) => Object.assign(agent, { cpuUs: agent.elapsedUs }))
  plant('elsewhere', () => {}, { environment: { ...runFixture([]).environment, cores: 8 } })
  plant('gone')
  plant('blocked')
  mkdirSync(join(folder, 'blocked', 'index.html'))
  for (const trial of medians.keys()) rmSync(join(folder, 'gone', `steady-feed.sse.${trial + 1}.json`))
  writeFileSync(join(folder, 'file'), '')
  const sheet = (answers: Record<string, number | null>) =>
    JSON.stringify(
      worksheetFile({ lesson: silence, language: 'en', answers, log: silentRun(), savedAt: new Date(0) }),
    )
  writeFileSync(
    join(folder, 'wrong.json'),
    sheet({ answers: 1, 'empty-share': 1.7, 'sse-requests': 1, 'bytes-per-poll': null }),
  )
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
})

interface Situation {
  code: number
  last: string
}

function argumentsOf(command: string): string[] {
  const port = (taken.address() as { port: number }).port
  return command.split(' ').map((arg) => arg.replace('RUNS', folder).replace('PORT', String(port)))
}

function situation({ code, stdout, stderr }: Ended): Situation {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return { code, last: (lines.at(-1) ?? '').replaceAll(folder, 'RUNS') }
}

/** Runs what neither measures nor listens. */
async function runHere(command: string): Promise<Situation> {
  return situation(await pushlabHere(...argumentsOf(command)))
}

async function run(command: string, env?: Record<string, string>): Promise<Situation> {
  return situation(await start('scenarios/pushlab.js', argumentsOf(command), env).ended)
}

const told = (text: RegExp | string) =>
  typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text)
const SAID_OF_DELAYS = /^Of median delays differences from about [\d.]+ % on would have been seen/

type Ending = [command: string, code: number, last: RegExp | string]

describe('a command ends with the code and the line of its situation:', () => {
  test.for<Ending>([
    ['list', 0, /./],
    ['compare RUNS/good RUNS/good', 0, SAID_OF_DELAYS],
    ['report RUNS/good', 0, 'Report: '],
    ['report RUNS/blocked', 2, /^Cannot write RUNS\/blocked\/index\.html \(E.*\)\. Make room there/],
    ['compare RUNS/good RUNS/slower', 3, SAID_OF_DELAYS],
    ['compare RUNS/good RUNS/losing', 3, SAID_OF_DELAYS],
    ['compare RUNS/slower RUNS/good', 0, SAID_OF_DELAYS],
    ['compare RUNS/good RUNS/busy', 4, SAID_OF_DELAYS],
    ['compare RUNS/good RUNS/gone', 4, SAID_OF_DELAYS],
    ['compare RUNS/good RUNS/elsewhere', 2, 'The runs are not alike (cores: 2 against 8)'],
    ['compare RUNS/good RUNS/none', 2, 'Cannot read RUNS/none/run.json: is this the folder of a run?'],
    ['bench -t web-socket', 2, 'Did you mean "websocket"?'],
    ['bench --threshold sse:p98<20ms', 2, 'is no threshold'],
    ['bench -s steady-feed -t sse -o RUNS/good', 2, 'already holds a run'],
    ['bench --no-such-flag', 2, 'pushlab --help shows what there is)'],
    ['claims ws-fast', 2, 'Did you mean "ws-faster"?'],
    ['check 2 RUNS/wrong.json', 3, /./],
    ['profile -t web-socket', 2, 'Did you mean "websocket"?'],
  ])('%s ends with %i', async ([command, code, last]) => {
    expect(await runHere(command)).toEqual({ code, last: told(last) })
  })

  test.concurrent.for<[...Ending, Record<string, string>?]>([
    ['list', 0, /./],
    ['compare RUNS/good RUNS/slower', 3, SAID_OF_DELAYS],
    ['bench -s steady-feed -t sse -o RUNS/file', 2, /RUNS\/file/],
    ['demo --port PORT', 2, /in use/],
    // Nothing of what was asked for can be had.
    [
      'bench -e packet-loss --network host -o RUNS/no-loss',
      5,
      /experiment packet-loss: /,
      { PATH: '/nowhere' },
    ],
    // A mistake in pushlab itself.
    [
      'list',
      1,
      /./,
      { NODE_OPTIONS: `--import data:text/javascript,console.log=()=>{throw(new(TypeError)("planted"))}` },
    ],
  ])('%s, as a process, ends with %i', async ([command, code, last, env], { expect: see }) => {
    see(await run(command, env)).toEqual({ code, last: told(last) })
  })
})

describe('the commands that README has for builds, as they stand there,', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const [bench = '', compare = ''] = ['fail a build when', 'fail a build that'].map(
    (purpose) => readme.match(new RegExp(`\\| ${purpose}[^|]*\\| \`npx pushlab ([^\`]*)\``))?.[1] ?? '',
  )
  const asTyped = bench.replaceAll("'", '')
  const threshold = asTyped.match(/--threshold \S+/)?.[0] ?? ''

  test('pass on a good run, fail on a planted regression, and tell of a run that lost what it should not', async () => {
    // Of the same trials, fewer and shorter ones, in which all events have numbers of two digits: the same bytes.
    const brief = '--trials 2 --subscribers 5 --warm-up 1500ms --measure 1s'
    expect(await run(`${asTyped} ${brief} -o RUNS/measured`)).toMatchObject({ code: 0 })
    // The same command goes on with a run in which all is measured: it judges what is there.
    const judged = (name: string, change: (record: ResultRecord) => void) => {
      cpSync(join(folder, 'measured'), join(folder, name), { recursive: true })
      const { run: there, records } = readRun(join(folder, name))
      writeRun(join(folder, name), { ...there, partial: true })
      for (const record of records) {
        change(record)
        writeRecord(join(folder, name), record)
      }
      return run(`bench --resume RUNS/${name} ${threshold}`)
    }
    expect(await judged('kept', () => {})).toMatchObject({ code: 0 })
    const heavier = ({ traffic, ledger }: ResultRecord) => {
      traffic.window.bytesDown += 20 * traffic.window.events
      ledger.window.down.framing += 20 * ledger.windowEvents
      ledger.total.down.framing += 20 * ledger.windowEvents
      ledger.tappedDown += 20 * ledger.windowEvents
      ledger.socketDown += 20 * ledger.windowEvents
    }
    expect(await judged('heavier', heavier)).toMatchObject({ code: 3 })
    const lossy = ({ account }: ResultRecord) => Object.assign(account, { lost: 1 })
    expect(await judged('lossy', lossy)).toMatchObject({ code: 4 })
  })

  test('compare likewise', async () => {
    const between = (old: string, now: string) =>
      runHere(compare.replace('results/<old>', `RUNS/${old}`).replace('results/<new>', `RUNS/${now}`))
    expect(await between('good', 'good')).toMatchObject({ code: 0 })
    expect(await between('good', 'slower')).toMatchObject({ code: 3 })
    expect(await between('good', 'losing')).toMatchObject({ code: 3 })
    expect(await between('good', 'busy')).toMatchObject({ code: 4 })
  })
})
