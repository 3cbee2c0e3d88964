import { existsSync } from 'node:fs'
import { portsPerAddress } from '../../clients/connections.ts'
import { readEnvironment } from '../../clients/measure/environment.ts'
import { format } from '../../report/format.ts'
import { SPARE_DESCRIPTORS } from '../bench/descriptors.ts'
import { canHavePrivateNetwork } from '../bench/private-network.ts'

interface Diagnosis {
  topic: string
  /** ok: nothing is in the way. limit: something cannot be measured, or not as well. */
  state: 'ok' | 'limit'
  text: string
}

/** `pushlab doctor`: what this machine can measure, what it cannot, and what would mend it. */
export function doctor(): void {
  for (const { topic, state, text } of diagnose()) console.log(`${state.padEnd(6)}${topic.padEnd(20)}${text}`)
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
    {
      topic: 'browser',
      state: existsSync(process.env.CHROME_PATH ?? '/usr/bin/chromium') ? 'ok' : 'limit',
      text:
        process.env.CHROME_PATH ??
        'only the tests need one: /usr/bin/chromium, CHROME_PATH, or the packaged one',
    },
  ]
}
