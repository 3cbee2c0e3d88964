import { readdirSync, statSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Disk, limitDescriptors, resetConnections } from './machine.ts'
import type { Fault } from './oracle.ts'
import { signalTo } from './subject.ts'

/** What a fault needs to be planted. */
export interface Ground {
  pid: number
  disk: Disk
  /** Where records, or a kept class, are: on the disk. */
  folder: string
  port: number
  /** Draws a file. */
  choice: number
}

/** A fault that was planted. */
export interface Planted {
  /** Takes it away again, where it can be: after its time, or once the command has ended. */
  undo(): unknown
  /** How long it lasts at least. */
  lastsMs: number
  /** A file that was cut, and how long it is since. */
  cut?: { file: string; bytes: number }
}

const STOPPED_MS = 3_000
const LIMITED_MS = 2_000

/** Plants a fault; undefined where it found no ground. */
export async function plant(fault: Fault, ground: Ground): Promise<Planted | undefined> {
  try {
    return await PLANT[fault](ground)
  } catch {
    // The process has ended, the port is taken, a file is open for writing: another moment may do.
    return undefined
  }
}

const once = { undo: () => {}, lastsMs: 0 }

const PLANT: Record<Fault, (ground: Ground) => Planted | undefined | Promise<Planted | undefined>> = {
  kill: ({ pid }) => send(pid, 'SIGKILL'),
  term: ({ pid }) => send(pid, 'SIGTERM'),
  stop({ pid }) {
    process.kill(pid, 'SIGSTOP')
    const goOn = () => signalTo(pid, 'SIGCONT')
    void sleep(STOPPED_MS).then(goOn)
    return { undo: goOn, lastsMs: STOPPED_MS }
  },
  'full-disk': ({ disk }) => ({ undo: disk.fill(), lastsMs: LIMITED_MS }),
  'read-only': ({ disk }) => ({ undo: disk.lock(), lastsMs: LIMITED_MS }),
  emfile: ({ pid }) => ({ undo: limitDescriptors(pid), lastsMs: LIMITED_MS }),
  async 'port-taken'({ port }) {
    const taken = createServer()
    await new Promise<void>((resolve, reject) => {
      taken.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    return { undo: () => taken.close(), lastsMs: 0 }
  },
  reset({ pid }) {
    resetConnections(pid)
    return once
  },
  truncated({ folder, choice }) {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const name = files[choice % files.length]
    if (name === undefined) return undefined
    const file = join(folder, name)
    const bytes = Math.floor(statSync(file).size / 2)
    truncateSync(file, bytes)
    return { ...once, cut: { file, bytes } }
  },
}

function send(pid: number, signal: NodeJS.Signals): Planted {
  process.kill(pid, signal)
  return once
}
