import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { recordsFixture, runFixture } from '../report/fixture/records.ts'
import { INSTRUMENT } from '../results/record.ts'
import { readRun, writeRecord, writeRun } from '../results/store.ts'
import { until } from '../server/fixture/until.ts'
import { registry } from '../server/registry.ts'
import { loadScenario } from './bench/library.ts'
import { canHavePrivateNetwork } from './bench/private-network.ts'
import { lockRun } from './bench/resume.ts'
import { type Ended, pushlab, pushlabHere, ROOT, start } from './fixture/command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A bench of one second or so. */
const short = (...args: string[]) => [
  'bench',
  '-o',
  join(folder, 'run'),
  '--warm-up',
  '200ms',
  '--measure',
  '500ms',
  ...args,
]
const small = () => short('-s', 'steady-feed', '--subscribers', '5', '--trials', '1', '--seed', '1')

const recordFiles = () => readdirSync(join(folder, 'run')).filter((file) => /^steady.*json$/.test(file))
const textOf = (file: string) => readFileSync(join(folder, 'run', file), 'utf8')

/** Has a process, and all that it starts, run a script before its own: at a moment that it knows, and others can but guess. */
const planted = (script: string) => ({
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
})
const KILLED = "process.kill(process.pid, 'SIGKILL')"

/** Until a bench has planned and begun to measure: long, for other tests run at the same time. */
const START_TIMEOUT_MS = 30_000

/** Process IDs of the children of a process, from /proc. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('pushlab bench', () => {
  test('measures every technique, writes one valid record a trial, and ends with the path of the report', async () => {
    const { code, stdout, stderr } = await pushlab(...small())
    expect(stderr).toContain('6 trials')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^Report: .*index\.html$/)
    const { run, records } = readRun(join(folder, 'run'))
    expect(run).toMatchObject({ seed: 1, plannedTrials: 6, partial: false, failures: [] })
    expect(records.map(({ technique }) => technique).sort()).toEqual(
      [...(loadScenario('steady-feed').techniques ?? [])].sort(),
    )
    // Of all histograms that alone which is read.
    for (const file of recordFiles()) expect(textOf(file).match(/"hdr"/g)).toHaveLength(1)
    for (const { technique, account, eventsScheduled, traffic, instrument } of records) {
      expect([eventsScheduled, instrument]).toEqual([10, INSTRUMENT])
      expect(account).toEqual({ expected: 50, delivered: 50, lost: 0, duplicated: 0, reordered: 0 })
      if (technique === 'websocket') {
        expect(traffic.window.bytesDown).toBe(traffic.window.payloadBytes + 2 * traffic.window.events)
        expect(traffic.window.bytesUp).toBe(0)
      }
    }
    expect(readFileSync(join(folder, 'run', 'index.html'), 'utf8')).toContain('steady-feed')
    expect((await pushlabHere('report', join(folder, 'run'))).stdout).toMatch(/^Report: /)
  })

  test.runIf(canHavePrivateNetwork())(
    'counts in a network of its own what sockets and headers explain',
    async () => {
      const techniques = ['sse', 'websocket', 'long-poll']
      await pushlab(...small(), '--trials', '3', '-t', techniques.join())
      const { records } = readRun(join(folder, 'run'))
      expect(records).toHaveLength(9)
      for (const { kernel, environment } of records)
        expect([kernel === null, environment.loopbackMtuBytes]).toEqual([false, 1500])
      // A fault of the account is in every trial. On a machine that stood still at an edge of the window, the kernel
      // counted an event that no socket was read for: that is in one.
      for (const technique of techniques) {
        const unexplained = records
          .filter((record) => record.technique === technique)
          .map(({ kernel, traffic: { window } }) => {
            const { bytes, packets } = kernel ?? { bytes: 0, packets: 0 }
            return Math.abs(bytes - window.bytesUp - window.bytesDown - 52 * packets) / bytes
          })
        expect(Math.min(...unexplained), technique).toBeLessThanOrEqual(0.01)
      }
    },
  )

  test('stays in the network of its host when told, and says that it has no counters', async () => {
    await pushlab(...small(), '-t', 'sse', '--network', 'host')
    expect(readRun(join(folder, 'run')).records[0]?.kernel).toBeNull()
  })

  test('interrupted, keeps what was measured, marked as partial, and leaves no process', async () => {
    const { child, ended } = start(
      'scenarios/pushlab.js',
      short('-s', 'steady-feed', '--subscribers', '5', '--agents', '2'),
    )
    await until(
      'two trials are there',
      () => {
        try {
          return recordFiles().length >= 2
        } catch {
          return false
        }
      },
      25_000,
    )
    await until('a trial runs', () => childrenOf(child.pid as number).length === 3, START_TIMEOUT_MS)
    const children = childrenOf(child.pid as number)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect(code).toBe(130)
    expect(stderr).toMatch(/Interrupted: \d+ trials .* Go on: (?:npx )?pushlab bench --resume \S+/)
    expect(stdout).toContain('Report: ')
    expect(children.filter(isAlive)).toEqual([])
    const { run, records } = readRun(join(folder, 'run'))
    expect(run.partial).toBe(true)
    expect(records.length).toBeGreaterThanOrEqual(2)
    expect(readFileSync(join(folder, 'run', 'index.html'), 'utf8')).toContain('The run was interrupted')
  })

  const three = () => [...small(), '-t', 'sse,websocket,short-poll']
  test.each([
    ['of its folder', () => ['bench', '--resume', join(folder, 'run')]],
    ['beside its --output', () => [...three(), '--resume']],
  ])('interrupted, goes on where it was with --resume %s, and measures nothing twice', async (_, again) => {
    const withFirstRecord = `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const { renameSync } = fs
      fs.renameSync = (from, to) => { renameSync(from, to); if (/steady[^/]*json$/.test(to)) ${KILLED} }
      syncBuiltinESMExports()`
    await start('scenarios/pushlab.js', three(), planted(withFirstRecord)).ended
    const before = recordFiles().map(textOf)
    expect(before).toHaveLength(1)
    const { code, stderr, stdout } = await pushlab(...again())
    expect(stderr).toContain('Resuming')
    expect([code, stdout]).toEqual([0, expect.stringContaining('Report: ')])
    expect(recordFiles().map(textOf)).toEqual(expect.arrayContaining(before))
    const { run, records } = readRun(join(folder, 'run'))
    expect(run).toMatchObject({ partial: false, seed: 1, plannedTrials: 3 })
    expect(records.map(({ position }) => position)).toEqual([1, 2, 3])
    expect(new Set(records.map(({ technique }) => technique)).size).toBe(3)

    const more = await pushlab(...again())
    expect([more.code, more.stderr]).toEqual([2, expect.stringContaining('nothing to resume')])
  })

  test('does not resume with another plan, nor what another process is measuring', async () => {
    const out = join(folder, 'run')
    const planned = await pushlabHere('bench', '--resume', out, '-s', 'steady-feed', '--warm-up', '1s')
    expect([planned.code, planned.stderr]).toEqual([
      2,
      expect.stringContaining('leave out --scenario, --warm-up'),
    ])
    writeRun(out, runFixture(recordsFixture({ technique: 'sse' }), { partial: true }))
    const unlock = lockRun(out)
    const { code, stderr } = await pushlab('bench', '--resume', out)
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`is being measured by process ${process.pid}`),
    ])
    unlock()
  })

  test('does not resume what was measured under other conditions', async () => {
    const records = recordsFixture({ technique: 'sse' })
    writeRun(join(folder, 'run'), runFixture(records, { partial: true }))
    const { code, stderr } = await pushlabHere('bench', '--resume', join(folder, 'run'))
    expect([code, stderr]).toEqual([2, expect.stringMatching(/other conditions \(commit: abcdef, now/)])
  })

  test('makes an experiment, and keeps what was seen', async () => {
    const { code, stderr } = await pushlab(...short('-e', 'websocket-key', '--network', 'host'))
    expect([code, stderr]).toEqual([0, expect.stringContaining('experiment websocket-key: seen')])
    const { run, observations } = readRun(join(folder, 'run'))
    expect(run).toMatchObject({ experiments: ['websocket-key'], plannedTrials: 0, failedExperiments: [] })
    expect(observations[0]?.rows.length).toBeGreaterThan(0)
    const unknown = await pushlabHere('bench', '-e', 'websocket-keys')
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('Did you mean "websocket-key"'),
    ])
  })

  test('killed outright, leaves no process either', async () => {
    const { child, ended } = start('scenarios/pushlab.js', [...small(), '--agents', '2'])
    await until('a trial runs', () => childrenOf(child.pid as number).length === 3, START_TIMEOUT_MS)
    const children = childrenOf(child.pid as number)
    child.kill('SIGKILL')
    await ended
    await until('they are gone', () => !children.some(isAlive))
  })

  test.each(['server/main.ts', 'clients/agent.ts'])(
    'goes on when %s crashes, and says what was not measured',
    async (file) => {
      // The first of its kind, when it is told what to do.
      const first = `import { existsSync, writeFileSync } from 'node:fs'
        const mark = ${JSON.stringify(join(folder, 'killed'))}
        if (process.argv[1]?.endsWith('${file}') && !existsSync(mark))
          process.once('message', () => { writeFileSync(mark, ''); ${KILLED} })`
      const { code, stdout, stderr } = await start(
        'scenarios/pushlab.js',
        [...small(), '-t', 'sse,websocket'],
        planted(first),
      ).ended
      expect(code).toBe(4)
      expect(stderr).toMatch(/Not measured: steady-feed, \w+, trial 1: \w+\.ts ended with SIGKILL/)
      expect(stdout).toContain('Report: ')
      const { run, records } = readRun(join(folder, 'run'))
      expect(run.failures).toHaveLength(1)
      expect(records).toHaveLength(1)
    },
  )

  test('does not write over a run', async () => {
    mkRun({})
    const { code, stderr } = await pushlabHere(...small())
    expect(code).toBe(2)
    expect(stderr).toContain('already holds a run')
  })
})

describe('pushlab bench', () => {
  test('says which of what was asked for it does not measure', async () => {
    const { code, stderr } = await pushlabHere(
      'bench',
      '-n',
      '-s',
      'fan-out',
      '-t',
      'sse,long-poll',
      '--trials',
      '2',
    )
    expect(code).toBe(0)
    expect(stderr.split('\n').slice(1, -1)).toEqual([
      'Not measured with long-poll: fan-out (the scenario measures sse, websocket alone).',
      'fan-out: 2 trials count and do not time; 3 give ranges, 6 intervals.',
    ])
  })

  test('says with -n what it would measure, and measures nothing', async () => {
    const { code, stdout } = await pushlabHere(...small(), '-n')
    expect(code).toBe(0)
    expect(stdout).toMatch(/6 trials, about \d+ s, seed 1. Nothing was measured.\s*$/)
    expect(existsSync(join(folder, 'run'))).toBe(false)
  })

  test('prints with --json nothing but JSON, and exits 3 when a threshold is not kept', async () => {
    const { code, stdout, stderr } = await pushlab(
      ...small(),
      '-t',
      'sse',
      '--json',
      '--threshold',
      'sse:bytes<90',
    )
    expect(code).toBe(3)
    expect(stderr).toContain('Threshold not kept: steady-feed, sse:bytes<90')
    const { run, records } = JSON.parse(stdout)
    expect([run.plannedTrials, records.length]).toEqual([1, 1])
    expect(run.command).toContain(' --threshold "sse:bytes<90"')
  })
})

test('pushlab compare refuses unlike runs, sees no change between equals, and fails a build for a byte more', async () => {
  const make = (name: string, overheadBytes: number, cores = 2) => {
    const records = recordsFixture({ technique: 'sse', overheadBytes })
    const run = runFixture(records)
    for (const record of records) writeRecord(join(folder, name), record)
    writeRun(join(folder, name), { ...run, environment: { ...run.environment, cores } })
    return join(folder, name)
  }
  const [old, same, more, other] = [make('old', 20), make('same', 20), make('more', 21), make('other', 20, 8)]
  const equal = await pushlabHere('compare', old, same)
  expect([equal.code, equal.stdout]).toEqual([0, expect.stringContaining('0 worse, 0 better')])
  const worse = await pushlabHere('compare', old, more, '--json')
  expect(worse.code).toBe(3)
  expect(JSON.parse(worse.stdout).changes[0]).toMatchObject({
    technique: 'sse',
    figure: 'bytesPerEvent',
    verdict: 'worse',
  })
  const refused = await pushlabHere('compare', old, other)
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('cores: 2 against 8')])
  expect((await pushlabHere('compare', old, other, '--unlike')).code).toBe(0)
})

test.each(registry)('pushlab wire $name labels every byte, with totals that add up', async ({ name }) => {
  const { code, stdout } = await pushlabHere('wire', name)
  expect(code).toBe(0)
  const totals = [...stdout.matchAll(/total (\d+) B = (.*)/g)]
  expect(totals.length).toBeGreaterThanOrEqual(2)
  for (const [, total, parts] of totals) {
    const sum = [...(parts as string).matchAll(/\d+/g)].reduce((bytes, [part]) => bytes + Number(part), 0)
    expect(sum).toBe(Number(total))
    expect(parts).not.toContain('unparsed')
  }
  expect(stdout).toMatch(/payload +100 B/)
  const ofEvent = [...stdout.matchAll(/^> *\d+ +\w+ +(\d+) B/gm)].map(([, bytes]) => Number(bytes))
  const eventBytes = ofEvent.reduce((sum, bytes) => sum + bytes, 0)
  expect(stdout).toContain(`\nOne event: ${eventBytes} B = payload 100`)
})

test('pushlab wire says the same as JSON, each span with its reason and its bytes', async () => {
  const { code, stdout } = await pushlabHere('wire', 'sse', '--payload', '32', '--json')
  const { event, streams } = JSON.parse(stdout)
  expect([code, event]).toEqual([0, { bytes: 52, payload: 32, framing: 20 }])
  const [up, down] = streams
  expect([up.direction, down.direction]).toEqual(['up', 'down'])
  for (const { bytes, spans } of streams) {
    const hex = spans.map((span: { hex: string }) => span.hex).join('')
    expect(hex).toHaveLength(2 * bytes)
  }
  expect(down.spans.at(-2)).toMatchObject({
    ...{ label: 'end of event', phase: 'event', hex: '0a' },
    why: 'An empty line: now the browser dispatches the event.',
    specification: { title: 'HTML §9.2.6' },
  })
})

test('pushlab doctor says what the machine can measure', async () => {
  const { code, stdout } = await pushlab('doctor')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ok +Node.js/m)
  expect(stdout).toMatch(/descriptors/)
  for (const topic of ['load', 'browser', 'nginx', 'packet loss', 'compiler'])
    expect(stdout).toMatch(new RegExp(`^(ok   |limit) ${topic} `, 'm'))
  // What is named and is not there is said, whether another browser starts or none.
  vi.stubEnv('CHROME_PATH', '/nowhere/chrome')
  const { stdout: said } = await pushlabHere('doctor')
  vi.unstubAllEnvs()
  expect(said).toMatch(/browser .*\/nowhere\/chrome.*event-source-six/)
})

describe('bad input gets a message, exit code 2 and no output', () => {
  test.each([
    [
      ['bench', '-t', 'web-socket'],
      'Unknown technique "web-socket". Did you mean "websocket"? See: npx pushlab list',
    ],
    [
      ['bench', '-s', 'steady'],
      'Unknown scenario "steady". Did you mean "steady-feed"? See: npx pushlab list',
    ],
    [['bench', '-s', '/nowhere.json'], 'Cannot read the scenario /nowhere.json'],
    [['bench', '--measure', '0s'], 'A duration is a positive number with a unit: 250ms, 2s, 1.5m, 1h.'],
    [['bench', '--measure', '-1s'], 'A duration is a positive number'],
    [['bench', '--measure', '2'], 'A duration is a positive number'],
    [['bench', '--warm-up', 'soon'], 'A duration is a positive number'],
    [['bench', '--trials', '0'], 'A whole number of at least 1 is needed'],
    [['bench', '--trials', '1.5'], 'A whole number of at least 1 is needed'],
    [['bench', '--measure', '600h'], 'A duration is 240h at most.'],
    [['bench', '-s', 'steady-feed', '--measure', '2h'], '/load/measureMs must be <= 3600000'],
    [['bench', '-s', 'steady-feed', '--trials', '99999999', '-n'], '/trials must be <= 1000'],
    [['bench', '-s', 'steady-feed', '--rate', '200000'], 'at least 1 and at most 100000'],
    [['claims', 'ws-faster', '--trials', '1001'], '/trials must be <= 1000'],
    [['bench', '--agents', '0'], 'A whole number of at least 1'],
    [['bench', '--agents', '1.5'], 'A whole number of at least 1'],
    [['bench', '--suite', 'all'], 'Allowed choices are glance, quick, full, large'],
    [['bench', '--subscribers', '1000000'], '/load/subscribers must be <= 100000'],
    [['bench', '--variant', 'tsl=true'], 'There is no choice "tsl"'],
    [['bench', '--variant', 'contentCoding=zip'], 'identity, gzip, br'],
    [['bench', '-s', 'steady-feed', '-t', 'sse', '--variant', 'socketIo=websocket'], 'it is not Socket.IO'],
    [['wire', 'sse', '--variant', 'tls'], 'write tls=true'],
    [['wire', 'sse', '--variant', 'http=2,tls=false'], 'HTTP/2 is spoken over TLS'],
    [['wire', 'xml-socket', '--variant', 'tls=true'], 'its protocol knows no TLS'],
    [['wire', 'bare-tcp', '--publish'], 'The floor has no way up'],
    [['wire', 'sse', '--payload', '99999999'], 'at most 1048576'],
    [['bench', '--frobnicate'], "unknown option '--frobnicate'"],
    [
      ['bench', '-s', 'poll-interval', '-t', 'sse'],
      'None of the chosen scenarios measures any of the chosen techniques',
    ],
    [
      ['bench', '-s', 'sparse-feed', '--warm-up', '1ms', '--measure', '1ms'],
      'No event of sparse-feed is due in its window',
    ],
    [['bench', '-s', 'steady-feed,sparse-feed,steady-feed', '-n'], 'steady-feed is named twice'],
    [['bench', '-s', 'steady-feed', '-s', 'steady-feed', '-n'], 'steady-feed is named twice'],
    [['bench', '--threshold', 'sse:p99<20'], 'bounds nothing in "sse:p99<20". Write sse:p99<20ms'],
    [['wire', 'sse2'], 'Did you mean "sse"?'],
    [['compare', '/nowhere', '/nowhere'], 'is this the folder of a run?'],
    [['report', '/nowhere'], 'is this the folder of a run?'],
  ])('%j', async (args, message) => refuses(await pushlabHere(...args), message))

  // Before the command's code is loaded, and once it has started itself again in a network of its own.
  test.each([
    [['bnech'], "unknown command 'bnech'"],
    [['bench', '--subscribers', '100000'], 'file descriptors'],
  ])('%j, as a process', async (args, message) => refuses(await pushlab(...args), message))

  function refuses({ code, stdout, stderr }: Ended, message: string): void {
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([code, stdout]).toEqual([2, ''])
  }

  test('a folder that cannot be written into, before anything is measured', async () => {
    writeFileSync(join(folder, 'run'), '')
    const below = pushlab('bench', '-s', 'steady-feed', '-o', join(folder, 'run', 'below'))
    const profiled = pushlab('profile', '--tool', 'cpu-prof', '-o', join(folder, 'run'))
    for (const { code, stdout, stderr } of [await pushlab(...small()), await below, await profiled]) {
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/Cannot write into \S+ \(.+\)\. Choose another folder with --output\.\n$/)
      expect(stderr).not.toMatch(/\n\s+at |trials, about/)
    }
  })

  test('a scenario file with mistakes says which', async () => {
    const file = join(folder, 'mine.json')
    const steady = JSON.parse(readFileSync(join(ROOT, 'scenarios/library/steady-feed.json'), 'utf8'))
    writeFileSync(file, JSON.stringify({ ...steady, load: { ...steady.load, subscribers: 0 } }))
    expect((await pushlabHere('bench', '-s', file)).stderr).toContain('/load/subscribers must be >= 1')
    writeFileSync(file, JSON.stringify({ ...steady, techniques: ['ssee'] }))
    expect((await pushlabHere('bench', '-s', file)).stderr).toContain('Did you mean "sse"?')
    const search = { axis: 'subscribers', from: 100, to: 200, resolution: 1, lateAfterMs: 10 }
    writeFileSync(file, JSON.stringify({ ...steady, search }))
    expect((await pushlabHere('bench', '-s', file)).stderr).toContain('/search/resolution must be > 1')
    writeFileSync(file, JSON.stringify({ ...steady, search: { ...search, resolution: 2, to: 5 } }))
    const { code, stderr } = await pushlabHere('bench', '-n', '-s', file)
    expect([code, stderr]).toEqual([2, expect.stringContaining('its search goes from 100 to 5')])
    writeFileSync(file, '{')
    expect((await pushlabHere('bench', '-s', file)).stderr).toContain('Cannot read the scenario')
  })

  test('a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const { code, stderr } = await start('server/main.ts', ['--port', String(port)]).ended
    expect(stderr).toContain(`Port ${port} of 127.0.0.1 is in use. Choose another with --port`)
    expect(code).toBe(2)
    taken.close()
  })
})

describe('results that cannot be read are named, with the reason', () => {
  test.each([
    ['cut short', '{"schema": "pushlab/run@2", "ru', 'is not JSON, or was cut short'],
    ['empty', '', 'is not JSON, or was cut short'],
    [
      'of another schema',
      '{"schema": "pushlab/run@99"}',
      'has schema "pushlab/run@99", and this version of pushlab reads',
    ],
    ['of no schema', '[]', 'has schema none'],
    ['not as the schema says', '{"schema": "pushlab/run@3", "seed": -1}', 'is not a valid record'],
  ])('%s', async (_, text, message) => {
    mkRun(text)
    const { code, stderr } = await pushlabHere('report', join(folder, 'run'))
    expect(stderr).toContain(message)
    expect(stderr).toContain('run.json')
    expect(code).toBe(2)
  })
})

describe('where nothing can run', () => {
  /** A checkout in which nothing is installed. */
  const checkout = (engines: string) => {
    for (const part of ['server', 'scenarios/pushlab.js', 'scenarios/cli.ts'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true })
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ type: 'module', engines: { node: engines } }),
    )
  }
  const commands = [
    ['scenarios/pushlab.js', 'list'],
    ...['js', 'ts'].map((end) => [`server/main.${end}`, '--help']),
  ]

  test.each(commands)(
    '%s says which Node.js to run instead of one that is too old',
    async (file, argument) => {
      checkout('>=99.1')
      const { code, stderr } = await start(join(folder, file as string), [argument as string]).ended
      expect([code, stderr]).toEqual([
        5,
        expect.stringMatching(
          /^pushlab needs Node\.js >=99\.1, and this is .*: run "npm ci", then .*make.*\.\n$/,
        ),
      ])
    },
  )

  test.each(commands)('%s says how to install the packages', async (file, argument) => {
    checkout('>=20.0')
    const { code, stderr } = await start(join(folder, file as string), [argument as string]).ended
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/^pushlab needs its packages.*: run "npm ci", then .*make.*\.\n$/),
    ])
  })
})

test('pushlab says its version, and make what its exit codes become', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(await pushlab('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  expect(execFileSync('make', ['help'], { cwd: ROOT, encoding: 'utf8' })).toContain(
    'make ends with 2 whatever went wrong',
  )
})

test('pushlab list names every technique and scenario', async () => {
  const { code, stdout } = await pushlabHere('list')
  expect(code).toBe(0)
  for (const { name } of registry) expect(stdout).toContain(name)
  expect(stdout).toContain('sparse-feed')
})

test('the server runs on its own and ends on SIGINT', async () => {
  const { child, ended } = start('server/main.ts', ['--port', '0', '--rate', '50'])
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  const url = String(line).match(/http:\S+/)?.[0]
  const response = await fetch(`${url}/sse`)
  expect(response.status).toBe(200)
  child.kill('SIGINT')
  expect((await ended).code).toBe(0)
})

function mkRun(content: unknown): void {
  const run = join(folder, 'run')
  mkdirSync(run, { recursive: true })
  writeFileSync(join(run, 'run.json'), typeof content === 'string' ? content : JSON.stringify(content))
}
