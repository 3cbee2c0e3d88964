import { hostname, type networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Said } from '../../report/words/say.ts'
import { followAddress, type RoomAddress } from './addresses.ts'
import { buildPages } from './built-pages.ts'
import { buildLanePage } from './lane-page.ts'
import { sandbox } from './lessons/index.ts'
import type { OwnLesson } from './lessons/own-lesson.ts'
import { roomLessons } from './lessons/room-lessons.ts'
import { freePort, listenOn } from './listen.ts'
import type { Stage } from './log/entries.ts'
import { buildRoom } from './room/app.ts'
import { newCode } from './room/codes.ts'
import { keepRoom, resumeRoom } from './room/keep-room.ts'
import { KeptRoom, sweepKept } from './room/kept.ts'
import { newKey } from './room/keys.ts'
import type { Room } from './room/room.ts'
import { openStage } from './stage/stage.ts'

export interface DemoOptions {
  /** TCP port of the room; 0 takes a free one. Lanes take free ones of 127.0.0.1. */
  port: number
  /** Lets the local network in: true, or one of this machine's addresses. Default: this machine alone. */
  lan?: boolean | string
  /** Host names besides this machine's own by which the room may be asked for: of a tunnel, or of a name server. */
  allowHost?: readonly string[]
  /** A lesson besides those that there are; the class begins with it. */
  lesson?: OwnLesson
  /** Begins with a new class although one was broken off. */
  fresh?: boolean
  /** Folder for what a crash shall not take; default results/classroom. With port 0 nobody finds it again: nothing is kept. */
  folder?: string
  /** Is told what whoever runs the demo has to know, and what is no reason to end it. */
  tell?: (text: Said) => void
  /** Of this machine; default: those that it has. */
  interfaces?: typeof networkInterfaces
}

/** A demo that runs. */
export interface Demo {
  /** Of the room as this machine's browser opens it, without a slash at its end. */
  url: string
  /** Where students come, without the code. */
  joinUrl: string
  /** The address in it, and those where they may come in its place. */
  address: Pick<RoomAddress, 'own' | 'others'>
  key: string
  /** It changes with a new class. */
  readonly code: string
  /** Whether it goes on with a class that was broken off. */
  goesOn: boolean
  stage: Stage
  room: Room
  /** Ends the class: nothing of it stays, unless it `isKept` for a demo that goes on with it. */
  close(options?: { isKept?: boolean }): Promise<void>
}

const FOLDER = fileURLToPath(new URL('../../results/classroom/', import.meta.url))
const LOOK_FOR_ADDRESS_MS = 5_000

/**
 * Puts room and stage together, and listens.
 * @throws {PushlabError} PORT_IN_USE, or BAD_INPUT for an address that this machine does not have. Nothing is left running.
 */
export async function startDemo({
  lan,
  allowHost = [],
  lesson,
  fresh = false,
  folder = FOLDER,
  tell = () => {},
  interfaces,
  ...asked
}: DemoOptions): Promise<Demo> {
  const address = followAddress(lan, interfaces)
  const { hosts, names, own, others } = address()
  const port = await freePort(asked.port, hosts)
  sweepKept(folder)
  const kept = asked.port === 0 ? undefined : new KeptRoom(`${folder}/${port}.json`)
  const left = fresh ? undefined : kept?.read()
  const key = left?.key ?? newKey()
  // A URL leaves the default port out, and so is shorter to type.
  const urlAt = (name: string) => new URL(`http://${name}:${port}`)
  const joinUrl = () => urlAt(address().shown).href
  const machine = hostname().toLowerCase()
  const otherNames = [machine, `${machine}.local`, ...allowHost]

  const lanePage = await buildLanePage(names.slice(0, 2).map((name) => urlAt(name).origin))
  const stage = await openStage({ lanePage })
  const ends: (() => unknown)[] = [() => stage.close()]
  const end = async () => {
    for (const one of ends.splice(0).reverse()) await one()
  }
  try {
    const app = await buildRoom({
      stage,
      sandbox,
      lessons: roomLessons(lesson),
      pages: await buildPages(lesson),
      key,
      code: newCode(),
      joinUrl,
      // With an address of its own it listens at no other.
      alsoAt: () => (lan === true ? address().others.map((other) => urlAt(other.address).href) : []),
      names: () => [...address().names, ...otherNames],
    })
    ends.push(() => app.close())
    const { room } = app
    const goesOn = left !== undefined && (await resumeRoom(room, left, tell))
    ends.push(await listenOn(app, hosts, port))
    if (kept) ends.push(keepRoom(kept, key, room, tell))
    ends.push(tellNewAddress(room, joinUrl))
    return {
      ...{
        url: urlAt('127.0.0.1').origin,
        joinUrl: joinUrl(),
        address: { ...(own && { own }), others },
        key,
        goesOn,
        stage,
        room,
      },
      get code() {
        return room.code
      },
      async close({ isKept = false } = {}) {
        if (!isKept) room.sayGoodbye()
        await end()
        if (!isKept) kept?.remove()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** The wall shows where students come; it is told when that has changed. */
function tellNewAddress(room: Room, joinUrl: () => string): () => void {
  let shown = joinUrl()
  const timer = setInterval(() => {
    if (joinUrl() !== shown) room.tellAgain()
    shown = joinUrl()
  }, LOOK_FOR_ADDRESS_MS)
  timer.unref()
  return () => clearInterval(timer)
}
