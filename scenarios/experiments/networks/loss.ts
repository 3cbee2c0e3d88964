import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Loses so many of 100 packets on their way in, at random; only in a network namespace of one's own. */
export function losePackets(percent: number): void {
  nft('flush ruleset')
  if (percent === 0) return
  nft(
    'table ip loss { chain input { type filter hook input priority 0; ip protocol tcp numgen ' +
      `random mod 100 < ${percent} counter drop; }; }`,
  )
}

/** What the kernel did so far, in this network namespace. */
export interface TcpCounts {
  /** Packets that losePackets has lost since it was last called. */
  droppedPackets: number
  /** RFC 4022, tcpRetransSegs. */
  retransmittedSegments: number
  /** Segments that had to wait in the receiver's queue until what was missing before them had come. */
  outOfOrderSegments: number
  sentSegments: number
}

/** The counts of this network namespace as they are now. */
export function tcpCounts(): TcpCounts {
  const [, dropped = '0'] = /counter packets (\d+)/.exec(nft('list ruleset')) ?? []
  return {
    droppedPackets: Number(dropped),
    retransmittedSegments: kernelCount('/proc/net/snmp', 'Tcp', 'RetransSegs'),
    outOfOrderSegments: kernelCount('/proc/net/netstat', 'TcpExt', 'TCPOFOQueue'),
    sentSegments: kernelCount('/proc/net/snmp', 'Tcp', 'OutSegs'),
  }
}

/** What has been added since, apart from the drops, which losePackets starts anew. */
export function since(before: TcpCounts): TcpCounts {
  const now = tcpCounts()
  for (const name of ['retransmittedSegments', 'outOfOrderSegments', 'sentSegments'] as const)
    now[name] -= before[name]
  return now
}

/** Two lines a group: the names, and their values in the same order. */
function kernelCount(file: string, group: string, name: string): number {
  const [names = [], values = []] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${group}: `))
    .map((line) => line.split(' '))
  return Number(values[names.indexOf(name)])
}

function nft(command: string): string {
  const { status, stdout, stderr } = spawnSync('nft', [command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`nft ${command}: ${stderr}`)
  return stdout
}
