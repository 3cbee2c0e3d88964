import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listenLocally } from '../../../clients/network/network.ts'
import type { ProfileLoad } from '../../../clients/profile-load.ts'
import { UNFINISHED } from '../../../results/profiles.ts'
import type { Point } from '../../../results/scenario.ts'
import { PushlabError } from '../../../server/error.ts'
import { type Ended, ProcessGroup } from './process-group.ts'

const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url))
const LOAD = fileURLToPath(new URL('../../../clients/profile-load.ts', import.meta.url))
/** Not among the dependencies: 699 packages that nobody maintains any more. npx keeps them in a cache of its own. */
const CLINIC = 'clinic@13.0.0'
/** The first time it is fetched. */
const FETCH_TIMEOUT_MS = 180_000
/** From the command to end until a profile is written. */
const WRITE_TIMEOUT_MS = 20_000

export type Profiler = 'doctor' | 'flame' | 'heapprofiler' | 'bubbleprof' | 'cpu-prof'

/** What is profiled. */
export interface ProfilePlan {
  technique: string
  point: Point
  /** How long all subscribers stay once they have been accepted. */
  holdMs: number
  /** The whole of it, from the server's start until the profile is written. */
  timeLimitMs: number
  /** Where the profile goes: of nobody else. */
  folder: string
  signal: AbortSignal
}

/** The profile's file, and what the load said of itself. */
export interface Profile {
  file: string
  load: string
}

/** Whether npx can start clinic, fetching it where it has not been yet; else why not, in npm's words. */
export async function clinicMissing(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const { code, timedOut, output } = await clinic(['--version'], folder, FETCH_TIMEOUT_MS, signal)
  if (timedOut) return `it could not be fetched in ${FETCH_TIMEOUT_MS / 1e3} s`
  return code === 0 ? undefined : (output.split('\n').find((line) => /error/i.test(line)) ?? output)
}

/**
 * Profiles a server that publishes by itself while subscribers hold on to it. All processes are gone when it
 * settles, and the folder holds the profile alone.
 * @throws {PushlabError} CHILD_FAILED where there is no profile in the end.
 */
export async function profileServer(tool: Profiler, plan: ProfilePlan): Promise<Profile> {
  const { folder, technique, point, holdMs } = plan
  const port = await freePort()
  const url = `${point.variant.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  // Its own working directory: doctor does not start where another's killed run has left its traces.
  const work = `${folder}${UNFINISHED}`
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  const load: ProfileLoad = { technique, url, point, holdMs }
  writeFileSync(join(work, 'load.json'), JSON.stringify(load))
  const server = [SERVER, join(work, 'load.json')]
  try {
    const profile =
      tool === 'cpu-prof' ? await byNode(server, work, plan) : await byClinic(tool, server, work, plan)
    const file = join(folder, tool === 'cpu-prof' ? 'server.cpuprofile' : `${tool}.html`)
    // An older one is kept until there is a new one.
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    renameSync(profile.file, file)
    return { ...profile, file }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function byClinic(
  tool: Profiler,
  server: string[],
  work: string,
  { timeLimitMs, signal }: ProfilePlan,
): Promise<Profile> {
  const load = [process.execPath, LOAD, join(work, 'load.json')].map(quoted).join(' ')
  const options = ['--dest', 'clinic', '--open=false', '--on-port', load]
  const command = [tool, ...options, '--', process.execPath, ...server]
  const ended = await clinic(command, work, timeLimitMs, signal)
  signal.throwIfAborted()
  if (ended.timedOut) throw tooLong(tool, timeLimitMs)
  // Where drawing fails it leaves the beginning of a page.
  const file = ended.code === 0 && fileIn(join(work, 'clinic'), '.html')
  if (!file) throw failed(`clinic ${tool} left no profile`, ended)
  return { file, load: loadLine(ended) }
}

async function byNode(server: string[], cwd: string, { timeLimitMs, signal }: ProfilePlan): Promise<Profile> {
  const start = (...command: string[]) =>
    new ProcessGroup([process.execPath, ...command], { cwd, timeLimitMs, signal })
  const profiled = start('--cpu-prof', '--cpu-prof-dir', cwd, ...server)
  await profiled.wrote('Publishing at')
  const load = start(LOAD, join(cwd, 'load.json'))
  const loaded = await Promise.race([load.ended, profiled.ended])
  profiled.end(WRITE_TIMEOUT_MS)
  load.end()
  const ended = await profiled.ended
  await load.ended
  signal.throwIfAborted()
  if (ended.timedOut || loaded.timedOut) throw tooLong('cpu-prof', timeLimitMs)
  if (loaded.code !== 0) throw failed('The server or its load failed', loaded)
  const file = fileIn(cwd, '.cpuprofile')
  if (!file) throw failed('node --cpu-prof left no profile', ended)
  return { file, load: loadLine(loaded) }
}

function fileIn(folder: string, ending: string): string | undefined {
  try {
    const name = readdirSync(folder).find((candidate) => candidate.endsWith(ending))
    return name && join(folder, name)
  } catch {
    return undefined
  }
}

function loadLine({ output }: Ended): string {
  return /^Load: .*$/m.exec(output)?.[0] ?? 'Load: nothing is known of it.'
}

function tooLong(tool: Profiler, timeLimitMs: number): PushlabError {
  const why =
    tool === 'bubbleprof'
      ? 'It hangs on Node.js 20 and later. Take another tool: --tool doctor, flame or cpu-prof'
      : 'Give it more: --time-limit 5m'
  const what = `${tool} did not come to its end within ${timeLimitMs / 1e3} s and was ended.`
  return new PushlabError('CHILD_FAILED', `${what} ${why}`)
}

function failed(what: string, { code, output }: Ended): PushlabError {
  return new PushlabError('CHILD_FAILED', `${what} (exit code ${code}).\n${output}`)
}

/** Runs clinic without its statistics and its questions, and with this Node.js as the one that npm and clinic find. */
function clinic(args: string[], cwd: string, timeLimitMs: number, signal: AbortSignal): Promise<Ended> {
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    NO_INSIGHT: '1',
    NO_UPDATE_NOTIFIER: '1',
    // What has been fetched once needs no network, and where there is none nobody has to wait to be told.
    npm_config_prefer_offline: 'true',
    npm_config_fetch_retries: '0',
  }
  return new ProcessGroup(['npx', '-y', CLINIC, ...args], { cwd, env, timeLimitMs, signal }).ended
}

/** One word of a shell command. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** A port that nobody listens on; the server is told one, for a profiler may not tell which of two it has taken. */
async function freePort(): Promise<number> {
  const listener = createServer()
  const port = await listenLocally(listener)
  await once(listener.close(), 'close')
  return port
}
