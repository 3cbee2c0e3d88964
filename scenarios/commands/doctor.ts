import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { launchBrowser } from '../../clients/chromium.ts'
import { portsPerAddress } from '../../clients/connections.ts'
import { readEnvironment } from '../../clients/measure/environment.ts'
import { builtRuler } from '../../clients/ruler/ruler.ts'
import { percent } from '../../report/analysis/finding.ts'
import { OTHERS_CPU } from '../../report/analysis/rules.ts'
import { format } from '../../report/format.ts'
import { nowUs } from '../../server/clock.ts'
import { SPARE_DESCRIPTORS } from '../bench/descriptors.ts'
import type { Need } from '../bench/experiment.ts'
import { experimentNames, loadExperiment } from '../bench/experiments.ts'
import { othersCpu } from '../bench/others-cpu.ts'
import { canHavePrivateNetwork } from '../bench/private-network.ts'
import { whyNoLoss } from '../experiments/networks/lossy-network.ts'
import { nginxVersion } from '../experiments/networks/nginx.ts'

/** How long is looked at what others use of the machine. */
const LOOK_US = 1e6

interface Diagnosis {
  topic: string
  /** ok: nothing is in the way. limit: something cannot be measured, or not as well. */
  state: 'ok' | 'limit'
  text: string
}

/** `pushlab doctor`: what this machine can measure, what it cannot, and what would mend it. */
export async function doctor(): Promise<void> {
  for (const diagnosis of diagnose()) say(diagnosis)
  say(await load())
  const experiments = await Promise.all(experimentNames().map(loadExperiment))
  for (const [need, use] of Object.entries(NEEDS) as [Need, () => Promise<string>][]) {
    const names = experiments.filter(({ needs }) => needs === need).map(({ rows }) => rows.experiment)
    say(await tried(need, use, `the experiment${names.length > 1 ? 's' : ''} ${names.join(', ')}`))
  }
  say(await tried('compiler', buildRuler, 'pushlab cost --ruler and --fan-out'))
}

function say({ topic, state, text }: Diagnosis): void {
  console.log(`${state.padEnd(6)}${topic.padEnd(20)}${text}`)
}

/** How each is put to use, and what is found; rejects with what would mend it. */
const NEEDS: Record<Need, () => Promise<string>> = {
  browser: async () => {
    const browser = await launchBrowser()
    const version = browser.version()
    await browser.close()
    const { CHROME_PATH: path } = process.env
    return `Chromium ${version} starts${path && !existsSync(path) ? ` (not ${path} of CHROME_PATH, which is not there)` : ''}`
  },
  nginx: async () => `nginx ${nginxVersion()}`,
  'packet loss': async () => {
    const reason = whyNoLoss()
    if (reason !== undefined) throw new Error(reason)
    return 'nft works in a network namespace'
  },
}

/** What others do on this machine now, as each trial sees it. */
async function load(): Promise<Diagnosis> {
  const startUs = nowUs()
  const others = await othersCpu({ startUs, endUs: startUs + LOOK_US }, [process.pid])
  if (!others) return { topic: 'load', state: 'limit', text: 'unknown: there is no /proc/stat here' }
  const share = others.cpuUs / others.availableUs
  const cores = Math.round(others.availableUs / LOOK_US)
  const seen =
    cores === availableParallelism()
      ? ''
      : ` (/proc/stat shows ${cores} cores, of which pushlab may use ${availableParallelism()}: in a container those of the host)`
  const isQuiet = share <= OTHERS_CPU.care
  return {
    topic: 'load',
    state: isQuiet ? 'ok' : 'limit',
    text: `other programs use ${percent(share)} of the CPU time now${seen}${isQuiet ? '' : ': close them, or delays are theirs, too'}`,
  }
}

async function buildRuler(): Promise<string> {
  await builtRuler()
  return 'the ruler is built'
}

async function tried(topic: string, use: () => Promise<string>, what: string): Promise<Diagnosis> {
  try {
    return { topic, state: 'ok', text: `${await use()}, for ${what}` }
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n')
    return { topic, state: 'limit', text: `${reason} Without it there is no ${what}` }
  }
}

function diagnose(): Diagnosis[] {
  const { versions, cores, cpuModel, memoryBytes, descriptorLimit, loopbackMtuBytes, os, commit, dirty } =
    readEnvironment()
  const subscribers = descriptorLimit === null ? undefined : descriptorLimit - SPARE_DESCRIPTORS
  const namespaces = canHavePrivateNetwork()
  return [
    { topic: 'Node.js', state: 'ok', text: versions.node ?? '' },
    { topic: 'system', state: process.platform === 'linux' ? 'ok' : 'limit', text: os },
    {
      topic: 'cores',
      state: cores > 2 ? 'ok' : 'limit',
      text: `${cores} x ${cpuModel}${cores > 2 ? '' : '; server and load share them, so delays are to be read as ratios'}`,
    },
    { topic: 'memory', state: memoryBytes > 4e9 ? 'ok' : 'limit', text: format.megabytes(memoryBytes) },
    {
      topic: 'descriptors',
      state: subscribers === undefined || subscribers >= 10_000 ? 'ok' : 'limit',
      text:
        subscribers === undefined
          ? 'no limit'
          : `${descriptorLimit} a process, enough for a server with ${subscribers} subscribers, half as many behind a proxy or a slow link, a quarter behind both; raise it with ulimit -n`,
    },
    {
      topic: 'ports',
      state: 'ok',
      text: `${format.count(portsPerAddress())} for each loopback address; further subscribers connect from 127.0.0.2 and on`,
    },
    {
      topic: 'loopback MTU',
      state: loopbackMtuBytes ? 'ok' : 'limit',
      text: loopbackMtuBytes ? format.bytes(loopbackMtuBytes) : 'unknown',
    },
    {
      topic: 'network namespaces',
      state: namespaces ? 'ok' : 'limit',
      text: namespaces
        ? 'unshare -rn works'
        : 'unshare -rn does not work: no private interface counters here',
    },
    {
      topic: 'commit',
      state: commit && !dirty ? 'ok' : 'limit',
      text: commit
        ? `${commit.slice(0, 12)}${dirty ? ', with changes: records will say so' : ''}`
        : 'no git checkout: records cannot name what was measured',
    },
  ]
}
