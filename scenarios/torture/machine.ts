import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Set in a process whose mounts and network are its own and its children's alone. */
export const OWN_MACHINE = 'PUSHLAB_TORTURE'

/**
 * Starts this very command again where it may mount and cut as it likes: mounts and network are its own. Returns where that is so
 * already; throws where it cannot be.
 */
export function enterOwnMachine(): void {
  if (process.env[OWN_MACHINE]) return
  const works = 'mount -t tmpfs none /mnt && ip link set lo up && command -v prlimit ss nsenter'
  execFileSync('unshare', ['-rmn', 'sh', '-c', works], { stdio: 'ignore' })
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  process.execve?.(
    '/usr/bin/env',
    ['env', 'unshare', '-rmn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...command],
    { ...process.env, [OWN_MACHINE]: '1' },
  )
}

export interface Process {
  pid: number
  /** Its arguments, separated by blanks. */
  command: string
}

/** All processes that were started from here, however far below: mounts are inherited. Those that only wait to be reaped are none. */
export function processesHere(): Process[] {
  const here = readlinkSync('/proc/self/ns/mnt')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        if (readlinkSync(`/proc/${name}/ns/mnt`) !== here) return []
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return command ? [{ pid: Number(name), command }] : []
      } catch {
        // It has ended meanwhile, or is another user's.
        return []
      }
    })
}

/** Namespaces that a mount holds although nobody is in them. */
export function namespacesLeft(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => / - nsfs /.test(line))
}

/** Ends of established TCP connections in the network of a process. */
export function connectionEnds(pid: number): number {
  return socketsNear(pid).filter(({ state }) => state === ESTABLISHED).length
}

const ESTABLISHED = '01'
const LISTENING = '0A'

interface SocketRow {
  port: number
  state: string
  inode: string
}

function socketsNear(pid: number): SocketRow[] {
  try {
    return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => {
        // proc_net_tcp: number, local address, remote address, state ... inode is the tenth.
        const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/)
        return { port: Number.parseInt(local.split(':')[1] ?? '', 16), state, inode }
      })
  } catch {
    return []
  }
}

/** Resets the connections of a process: those on its listening ports, or else all that it has. */
export function resetConnections(pid: number): void {
  const own = new Set(openFiles(pid).map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1]))
  const rows = socketsNear(pid).filter(({ inode }) => own.has(inode))
  const listening = rows.filter(({ state }) => state === LISTENING)
  const chosen = listening.length > 0 ? listening : rows.filter(({ state }) => state === ESTABLISHED)
  const filter = [...new Set(chosen.map(({ port }) => `sport = :${port}`))].join(' or ')
  const kill = ['ss', '-K', 'state', 'established', `( ${filter} )`]
  execFileSync('nsenter', ['-t', String(pid), '-n', ...kill], { stdio: 'ignore' })
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      return []
    }
  })
}

/** Lets a process open no descriptor more; gives back how to let it again. */
export function limitDescriptors(pid: number): () => void {
  const before = /Max open files\s+(\d+)/.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number))
  let lowestFree = 0
  while (open.has(lowestFree)) lowestFree++
  const limit = (soft: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${soft}:`], { stdio: 'ignore' })
  limit(String(lowestFree))
  return () => {
    try {
      limit(String(before))
    } catch {
      // It has ended.
    }
  }
}

/** A small disk of its own, mounted on a folder that is there. */
export class Disk {
  readonly folder: string

  constructor(folder: string, megabytes: number) {
    this.folder = folder
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder])
  }

  /** Leaves no byte; gives back how to make room again. */
  fill(): () => void {
    const file = join(this.folder, '.filler')
    const { bavail, bsize } = statfsSync(this.folder)
    try {
      writeFileSync(file, Buffer.alloc(bavail * bsize + 1))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
    return () => rmSync(file, { force: true })
  }

  /** Lets nobody write; gives back how to let them again. */
  lock(): () => void {
    const remount = (how: string) => execFileSync('mount', ['-o', `remount,${how}`, this.folder])
    remount('ro')
    return () => remount('rw')
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder])
  }
}

/** Lets a folder be seen where another is; gives back how to see that one again. */
export function bind(folder: string, where: string): () => void {
  execFileSync('mount', ['--bind', folder, where])
  return () => void execFileSync('umount', ['-l', where])
}
