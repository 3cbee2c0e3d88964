import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { newCode } from '../../server/classroom/codes.ts'
import { newKey } from '../../server/classroom/keys.ts'
import type { Room } from '../../server/classroom/room.ts'
import { buildRoom } from '../../server/classroom/room-app.ts'
import type { Stage } from '../../server/classroom/stage-log.ts'
import { PushlabError } from '../../server/error.ts'
import { roomLessons } from '../lessons/room-lessons.ts'
import { sandbox } from '../lessons/sandbox.ts'
import { roomAddress } from './addresses.ts'
import { KeptRoom } from './kept.ts'
import { buildLanePage } from './lane-page.ts'
import { buildPages } from './pages.ts'
import { openStage } from './stage.ts'

export interface DemoOptions {
  /** TCP port of the room; 0 takes a free one. Lanes take free ones of 127.0.0.1. */
  port: number
  /** Lets the local network in: true, or one of this machine's addresses. Default: this machine alone. */
  lan?: boolean | string
  /** Begins with a new class although one was broken off. */
  fresh?: boolean
  /** Folder for what a crash shall not take; default results/classroom. */
  folder?: string
}

/** A demo that runs. */
export interface Demo {
  /** Of the room as this machine's browser opens it, without a slash at its end. */
  url: string
  /** Where students come, without the code. */
  joinUrl: string
  key: string
  code: string
  /** Whether it goes on with a class that was broken off. */
  goesOn: boolean
  stage: Stage
  room: Room
  /** Ends the class: nothing of it stays. */
  close(): Promise<void>
}

const FOLDER = fileURLToPath(new URL('../../results/classroom/', import.meta.url))
const KEPT_EVERY_MS = 1_000

/**
 * Puts room and stage together, and listens.
 * @throws {PushlabError} PORT_IN_USE, or BAD_INPUT for an address that this machine does not have.
 */
export async function startDemo({
  lan,
  fresh = false,
  folder = FOLDER,
  ...asked
}: DemoOptions): Promise<Demo> {
  const { host, shown, names } = roomAddress(lan)
  const port = await freePort(asked.port, host)
  const kept = new KeptRoom(`${folder}/${port}.json`)
  const left = fresh ? undefined : kept.read()
  const key = left?.key ?? newKey()
  const joinUrl = `http://${shown}:${port}/`

  const lanePage = await buildLanePage(names.slice(0, 2).map((name) => `http://${name}:${port}`))
  const stage = await openStage({ lanePage })
  const app = await buildRoom({
    stage,
    sandbox,
    lessons: roomLessons(),
    pages: await buildPages(),
    key,
    code: newCode(),
    joinUrl: () => joinUrl,
    addresses: () => names.map((name) => `${name}:${port}`),
  })
  const { room } = app
  const goesOn = left !== undefined && (await restored(room.restore(left.room)))
  await app.listen({ host, port })

  const keep = setInterval(() => kept.write({ key, room: room.snapshot() }), KEPT_EVERY_MS)
  return {
    ...{ url: `http://127.0.0.1:${port}`, joinUrl, key, goesOn, stage, room },
    code: room.code,
    async close() {
      clearInterval(keep)
      await app.close()
      await stage.close()
      kept.remove()
    },
  }
}

/** A class that cannot be read is no reason not to begin another. */
async function restored(restoring: Promise<void>): Promise<boolean> {
  try {
    await restoring
    return true
  } catch (error) {
    if (error instanceof PushlabError) return false
    throw error
  }
}

/** The port itself, or a free one for 0: pages have to know it before anything listens. */
async function freePort(port: number, host: string): Promise<number> {
  const server = createServer()
  return await new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${message})`
      reject(
        new PushlabError(
          'PORT_IN_USE',
          `Port ${port} of ${host} ${why}. Choose another with --port, or --port 0 for a free one.`,
        ),
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
