import { spawnSync } from 'node:child_process'
import { LOCK_VARIABLE, lockFile } from './machine-lock.ts'

/** Set in a process whose loopback interface is its own and its children's alone. */
export const PRIVATE_NETWORK = 'PUSHLAB_PRIVATE_NETWORK'

/** As on an Ethernet; Linux gives loopback 65,536, with which no segment is ever as short as on a real network. */
const MTU_BYTES = 1500
const SET_UP = `ip link set lo mtu ${MTU_BYTES} up`

/** Whether this machine lets an unprivileged process have a network namespace, and has the tools for it. */
export function canHavePrivateNetwork(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['-rn', 'sh', '-c', SET_UP]).status === 0
}

/**
 * Starts this very command again, in its own process, within a network namespace of its own: there the interface
 * counters of loopback hold the packets of the bench and nothing else. Returns where that is so already, or cannot
 * be.
 */
export function enterPrivateNetwork(): void {
  if (process.env[PRIVATE_NETWORK] || !process.execve || !canHavePrivateNetwork()) return
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  // env finds unshare on the PATH; exec leaves no process between the terminal's Ctrl-C and the bench.
  process.execve(
    '/usr/bin/env',
    ['env', 'unshare', '-rn', 'sh', '-c', `${SET_UP} && exec "$@"`, 'sh', ...command],
    {
      ...process.env,
      [PRIVATE_NETWORK]: '1',
      // In there everybody is root.
      [LOCK_VARIABLE]: lockFile(),
    },
  )
}
