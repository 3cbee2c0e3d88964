import { readFileSync } from 'node:fs'

/** What the kernel counted on the loopback interface. */
export interface InterfaceCounters {
  /** Bytes of all packets, in both directions, with their TCP/IP headers; loopback adds no link layer to them. */
  bytes: number
  packets: number
}

/**
 * The counters of loopback in this process's network namespace, where that holds nothing but the bench; null
 * elsewhere. Not from /sys, which shows the namespace that it was mounted in.
 */
export function readInterfaceCounters(): InterfaceCounters | null {
  if (!process.env.PUSHLAB_PRIVATE_NETWORK) return null
  return parseLoopback(readFileSync('/proc/net/dev', 'utf8'))
}

/** The received bytes and packets of `lo` in the format of /proc/net/dev; on loopback all that is sent is received. */
export function parseLoopback(text: string): InterfaceCounters | null {
  const [bytes, packets] = /^\s*lo:\s*(.*)$/m.exec(text)?.[1]?.split(/\s+/).map(Number) ?? []
  return bytes === undefined || packets === undefined ? null : { bytes, packets }
}
