import { execFileSync, type StdioOptions } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, type as osType, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Environment } from '../../results/record.ts'
import { registry } from '../../server/registry.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Libraries on the measured path, server's and client's. */
const LIBRARIES = [
  'fastify',
  '@fastify/websocket',
  'ws',
  'eventsource-parser',
  'socket.io',
  'socket.io-client',
  'hdr-histogram-js',
]

/** Where and on what a run is measured: read once per run. */
export function readEnvironment(): Environment {
  const processors = cpus()
  const commit = git('rev-parse', 'HEAD')
  const isPrivate = process.env.PUSHLAB_PRIVATE_NETWORK
  const sharedWith = isPrivate ? 'in a network namespace of their own' : 'shared with all else on it'
  return {
    os: `${osType()} ${release()} ${arch()}`,
    cpuModel: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    descriptorLimit: descriptorLimit(),
    loopbackMtuBytes: loopbackMtuBytes(),
    versions: Object.fromEntries([
      ['node', process.versions.node],
      ...LIBRARIES.map((name) => [name, versionOf(name)]),
    ]),
    commit,
    dirty: commit !== null && git(...CHANGES) !== '',
    transport: { network: `loopback, 127.0.0.1, both ends on this machine, ${sharedWith}` },
    clientScripts: Object.fromEntries(
      registry.flatMap(({ name, clientScript }) => (clientScript ? [[name, sizeOf(clientScript)]] : [])),
    ),
  }
}

function sizeOf(script: string): { bytes: number; gzipBytes: number } {
  const content = readFileSync(`${ROOT}node_modules/${script}`)
  return { bytes: content.length, gzipBytes: gzipSync(content).length }
}

/** The soft limit on open files of a process started from here; null where it is unlimited or unknown. */
export function descriptorLimit(): number | null {
  const report = process.report as typeof process.report & { excludeNetwork: boolean }
  report.excludeNetwork = true
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft: string | number } } }
  const soft = Number(userLimits?.open_files?.soft)
  return Number.isInteger(soft) ? soft : null
}

/** From the settings of IPv6, because these are those of this process's network namespace and /sys's are not. */
function loopbackMtuBytes(): number | null {
  const file = '/proc/sys/net/ipv6/conf/lo/mtu'
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null
}

function versionOf(library: string): string {
  return JSON.parse(readFileSync(`${ROOT}node_modules/${library}/package.json`, 'utf8')).version
}

/** What differs from the commit; what runs have left in the folders of results/ changes nothing that is measured. */
const CHANGES = ['status', '--porcelain', '--untracked-files=all', '--', '.', ':(exclude,glob)results/*/**']

function git(...args: string[]): string | null {
  try {
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore']
    return execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8', stdio }).trim()
  } catch {
    return null
  }
}
