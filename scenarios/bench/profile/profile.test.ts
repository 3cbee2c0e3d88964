import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { profileLinks } from '../../../results/profiles.ts'
import { until } from '../../../server/fixture/until.ts'
import { pushlabHere, start } from '../../fixture/command.ts'
import { loadScenario } from '../library.ts'
import { ProcessGroup } from './process-group.ts'

let folder: string
/** A scenario with few subscribers. */
let small: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pushlab-profile-'))
  small = join(folder, 'small.json')
  const { load, ...scenario } = loadScenario('fan-out')
  writeFileSync(small, JSON.stringify({ ...scenario, name: 'small', load: { ...load, subscribers: 5 } }))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const profile = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  start('scenarios/pushlab.js', ['profile', ...args], env)

/** Command lines of living processes that hold a text. */
function commandsWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
        return command.includes(text) ? [command] : []
      } catch {
        return []
      }
    })
}

const run = () => join(folder, 'run')

describe('pushlab profile', () => {
  test.each(['sse', 'bare-tcp'])(
    'profiles the server of %s while it pushes, and leaves the profile beside the run',
    async (technique) => {
      const args = ['--tool', 'cpu-prof', '-t', technique, '-s', small, '--measure', '1s', '-o', run()]
      const { code, stdout, stderr } = await profile(args).ended
      expect(stderr).toMatch(/^Load: 5 subscribers received [1-9]\d* events\.$/m)
      const path = `profile/${technique}-small-cpu-prof/server.cpuprofile`
      expect(stdout).toMatch(new RegExp(`^Profile: .*${path}\n$`))
      expect(code).toBe(0)
      expect(profileLinks(run())).toEqual([{ title: `${technique}-small-cpu-prof`, path }])
      const { nodes } = JSON.parse(readFileSync(join(run(), path), 'utf8'))
      const urls: string[] = nodes.map((node: { callFrame: { url: string } }) => node.callFrame.url)
      expect(urls.some((url) => url.endsWith('/server/app.ts'))).toBe(true)
      // What it has measured is all that is left: no process, no working folder.
      expect(readdirSync(join(run(), 'profile'))).toEqual([`${technique}-small-cpu-prof`])
      expect(commandsWith(run())).toHaveLength(0)
    },
  )

  test('takes the profiler of Node.js, and says so, where clinic cannot be had', async () => {
    const args = ['--tool', 'flame', '-s', small, '--measure', '300ms', '-o', run()]
    const { code, stdout, stderr } = await profile(args, { PATH: folder }).ended
    expect(stderr).toContain('clinic cannot be had: spawn npx ENOENT')
    expect(stderr).toContain('--tool cpu-prof')
    expect(stdout).toContain('sse-small-cpu-prof/server.cpuprofile')
    expect(code).toBe(0)
  })

  test('ended by its time limit, says so and leaves nothing', async () => {
    const args = ['--tool', 'cpu-prof', '-s', small, '--measure', '1h', '--time-limit', '2s', '-o', run()]
    const { code, stdout, stderr } = await profile(args).ended
    expect(stderr).toContain('did not come to its end within 2 s and was ended')
    expect([code, stdout, existsSync(run())]).toEqual([4, '', false])
    expect(commandsWith(run())).toHaveLength(0)
  })

  test('interrupted, leaves neither a process nor half a profile, but the profile that was there before', async () => {
    const before = join(run(), 'profile', 'sse-small-cpu-prof')
    mkdirSync(before, { recursive: true })
    writeFileSync(join(before, 'server.cpuprofile'), '{}')
    const { child, ended } = profile(['--tool', 'cpu-prof', '-s', small, '--measure', '1h', '-o', run()])
    await until('the load has started', () =>
      commandsWith(run()).some((text) => text.includes('profile-load')),
    )
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(stderr).toContain('Interrupted')
    expect(code).toBe(130)
    expect(commandsWith(run())).toHaveLength(0)
    expect(profileLinks(run())).toHaveLength(1)
    expect(readdirSync(join(run(), 'profile'))).toEqual(['sse-small-cpu-prof'])
  })

  test.each([
    [['-t', 'ss'], 'Unknown technique "ss". Did you mean "sse"?'],
    [['-s', 'fan-in'], 'Unknown scenario "fan-in". Did you mean "fan-out"?'],
    [['--tool', 'perf'], 'Allowed choices are doctor, flame, heapprofiler, bubbleprof, cpu-prof'],
    [['--time-limit', '60'], 'A duration is a positive number with a unit'],
    [['--run', '/nowhere'], 'There is no run in /nowhere.'],
    [['-s', 'chat-room', '--tool', 'cpu-prof'], 'A profiled server publishes by itself'],
    [['-s', 'content-coding', '-t', 'websocket'], 'websocket cannot be had like this'],
  ])('%j gets a message, exit code 2 and no output', async (args, message) => {
    const { code, stdout, stderr } = await pushlabHere('profile', ...args, '-o', run())
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([code, stdout, existsSync(run())]).toEqual([2, '', false])
  })
})

test('a group of processes is gone when its command is over, with whatever that has left behind', async () => {
  const endless = `"${process.execPath}" -e 'setInterval(() => {}, 1e6)' ${folder}`
  const command = ['sh', '-c', `${endless} & echo started; sleep 0.2`]
  const signal = AbortSignal.timeout(60_000)
  const { code, output, timedOut } = await new ProcessGroup(command, {
    cwd: folder,
    timeLimitMs: 60_000,
    signal,
  }).ended
  expect([code, output, timedOut]).toEqual([0, 'started', false])
  expect(commandsWith(folder)).toHaveLength(0)
})

test('a profile that is not ready yet is not listed', () => {
  for (const name of ['sse-fan-out-flame', 'sse-fan-out-doctor.part']) {
    mkdirSync(join(run(), 'profile', name), { recursive: true })
    writeFileSync(join(run(), 'profile', name, 'flame.html'), '')
    writeFileSync(join(run(), 'profile', name, 'notes.txt'), '')
  }
  expect(profileLinks(run())).toEqual([
    { title: 'sse-fan-out-flame', path: 'profile/sse-fan-out-flame/flame.html' },
  ])
  expect(profileLinks(join(folder, 'elsewhere'))).toEqual([])
})
