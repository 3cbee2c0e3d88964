import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Row } from '../../../results/observation.ts'
import { Unavailable } from '../../bench/experiment.ts'

/** Debian keeps administrators' tools where only root looks for them. */
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
/** Loopback as an Ethernet is: without gso_max_segs packets of up to 64 kB would pass, and be lost, in one piece. */
const SET_UP = 'ip link set lo mtu 1500 gso_max_segs 1 up && exec "$@"'

/**
 * Undefined where packets can be lost on purpose here, else why they cannot.
 * @param works whether a command succeeds.
 */
export function whyNoLoss(
  works: (...command: [string, ...string[]]) => boolean = succeeds,
): string | undefined {
  if (process.platform !== 'linux') return 'Packet loss takes the network namespaces of Linux.'
  if (!works('nft', '--version')) return 'nft is not installed here, which drops packets (Debian: nftables).'
  if (!works('unshare', '-rn', 'sh', '-c', SET_UP, 'sh', 'true'))
    return 'This machine lets nobody have a network namespace of its own (unshare -rn).'
  if (!works('unshare', '-rn', 'nft', 'list', 'ruleset')) return 'nft may not be used in a namespace here.'
  return undefined
}

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { env: { ...process.env, PATH }, stdio: 'ignore' }).status === 0
}

/**
 * Runs a program in a network namespace of its own, where it may drop packets without harm, and gives the
 * rows that it prints, one line of JSON each; that they are what was asked for, the bench finds out.
 * @throws {Unavailable} where that cannot be.
 */
export async function inLossyNetwork<Of extends Row>(program: URL, signal: AbortSignal): Promise<Of[]> {
  const reason = whyNoLoss()
  if (reason !== undefined) throw new Unavailable(reason)
  const command = [process.execPath, ...process.execArgv, fileURLToPath(program)]
  const child = spawn('unshare', ['-rn', 'sh', '-c', SET_UP, 'sh', ...command], {
    env: { ...process.env, PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    killSignal: 'SIGKILL',
  })
  const exited = once(child, 'exit')
  exited.catch(() => {})
  const rows: Of[] = []
  try {
    for await (const line of createInterface({ input: child.stdout })) rows.push(JSON.parse(line))
  } catch (error) {
    // Else the program goes on, and nobody reads what it prints.
    child.kill('SIGKILL')
    throw error
  }
  const [code] = await exited
  if (code !== 0) throw new Error(`${fileURLToPath(program)} ended with ${code}.`)
  return rows
}
