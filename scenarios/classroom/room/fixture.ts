import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import WebSocket from 'ws'
import { nowUs } from '../../../server/clock.ts'
import { until } from '../../../server/fixture/until.ts'
import {
  defaultStageSettings,
  type LaneAddress,
  type Seen,
  type Stage,
  type StageAct,
  type StageEntry,
  type StageSettings,
  type StageSetup,
} from '../log/entries.ts'
import { buildRoom, type RoomAppOptions } from './app.ts'
import { defaultRoomLimits, type RoomLimits } from './limits.ts'
import type { Bilingual, FromRoom, Phase, ToRoom } from './protocol.ts'
import type { RoomLesson } from './room.ts'

/** What tests of the room share. */

export const testKey = 'AAAAAAAAAAAAAAAAAAAAAA'
export const testCode = 'ABC234'

/** A stage that only writes down what is asked of it. */
export class FakeStage implements Stage {
  readonly epochUs = Math.round(nowUs())
  readonly asked: string[] = []
  run = 1
  setup: StageSetup = { lanes: [], settings: defaultStageSettings }
  settings: StageSettings = defaultStageSettings
  lanes: LaneAddress[] = []
  network: 'up' | 'cut' = 'up'
  server: 'up' | 'down' = 'up'
  log: StageEntry[] = [{ kind: 'began', atUs: 0, run: 1, lanes: [], settings: defaultStageSettings }]
  /** What the next `begin`, `change` or `act` fails with. */
  failure: Error | undefined
  readonly #logListeners = new Set<(entries: readonly StageEntry[]) => void>()
  readonly #changeListeners = new Set<() => void>()
  readonly #probeListeners = new Set<() => void>()

  async begin(setup: StageSetup): Promise<void> {
    this.asked.push(`begin ${setup.lanes.map(({ id }) => id).join()}`)
    this.#failIfAsked()
    this.run += 1
    this.setup = setup
    this.log = []
    this.add([{ kind: 'began', atUs: 0, run: this.run, lanes: setup.lanes, settings: setup.settings }])
    this.#changed()
  }

  async change(settings: Partial<StageSettings>): Promise<void> {
    this.asked.push('change')
    this.#failIfAsked()
    this.settings = { ...this.settings, ...settings }
    this.#changed()
  }

  async act(act: StageAct): Promise<void> {
    this.asked.push(act)
    this.#failIfAsked()
    if (act === 'probe') for (const listener of this.#probeListeners) listener()
  }

  seen(entries: readonly Seen[]): void {
    this.asked.push(`seen ${entries.length}`)
    this.add(entries)
  }

  player(isHere: boolean, isHidden?: boolean): void {
    this.add([{ kind: 'player', atUs: 1, isHere, ...(isHidden !== undefined && { isHidden }) }])
  }

  clocked(shiftUs: number, errorUs: number): void {
    this.asked.push(`clocked ${shiftUs} ${errorUs}`)
  }

  onLog(listener: (entries: readonly StageEntry[]) => void): () => void {
    this.#logListeners.add(listener)
    return () => this.#logListeners.delete(listener)
  }

  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  onProbe(listener: () => void): () => void {
    this.#probeListeners.add(listener)
    return () => this.#probeListeners.delete(listener)
  }

  async close(): Promise<void> {}

  add(entries: readonly StageEntry[]): void {
    this.log.push(...entries)
    for (const listener of this.#logListeners) listener(entries)
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener()
  }

  #failIfAsked(): void {
    const { failure } = this
    this.failure = undefined
    if (failure) throw failure
  }
}

const both = (text: string): Bilingual => ({ en: text, zh: `${text}（中）` })

function testLesson(number: number): RoomLesson {
  const ask = (phase: string, right: number) => ({
    question: both(`${phase} question ${number}`),
    options: ['first', 'second', 'third'].map((option) => both(`${phase} ${option} ${number}`)),
    whys: ['first', 'second', 'third'].map((option) => both(`why ${phase} ${option} ${number}`)),
    right,
  })
  return {
    number,
    title: both(`Lesson ${number}`),
    predict: ask('predict', 1),
    transfer: ask('transfer', 2),
    prompts: { discuss: both(`Talk about ${number}`) },
    setup: { lanes: [{ id: `lane-${number}`, technique: 'sse' }], settings: defaultStageSettings },
  }
}

export const testLessons = [1, 2].map(testLesson)
export const testSandbox: StageSetup = {
  lanes: [{ id: 'sandbox', technique: 'sse' }],
  settings: defaultStageSettings,
}

const page = (name: string) => ({ html: `<title>${name}</title>`, csp: `default-src 'none'; ${name}` })
export const testPages: RoomAppOptions['pages'] = {
  student: page('student'),
  teacher: page('teacher'),
  projector: page('projector'),
  learn: page('learn'),
  worksheet: page('worksheet'),
  answers: page('answers'),
  key: page('key'),
}

export interface TestRoom {
  app: FastifyInstance
  stage: FakeStage
  port: number
  /** `127.0.0.1:8080` */
  host: string
  close(): Promise<void>
}

/** A room that listens. */
export async function startRoom(
  options: {
    limits?: Partial<RoomLimits>
    port?: number
    code?: string
    stage?: FakeStage
    lessons?: RoomLesson[]
  } = {},
): Promise<TestRoom> {
  const stage = options.stage ?? new FakeStage()
  let host = ''
  const app = await buildRoom({
    stage,
    lessons: options.lessons ?? testLessons,
    sandbox: testSandbox,
    pages: testPages,
    key: testKey,
    code: options.code ?? testCode,
    limits: { ...defaultRoomLimits, broadcastMs: 20, ...options.limits },
    joinUrl: () => `http://${host}/`,
    names: () => ['127.0.0.1', 'localhost'],
  })
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  host = `127.0.0.1:${port}`
  return { app, stage, port, host, close: () => app.close() }
}

type Of<T extends FromRoom['type']> = Extract<FromRoom, { type: T }>

/** A page by script: it keeps all that it was told. */
export class Visitor {
  readonly socket: WebSocket
  readonly texts: string[] = []
  readonly messages: FromRoom[] = []
  closeCode: number | undefined

  /** @param localAddress where it comes from; default 127.0.0.1. */
  constructor(host: string, headers: Record<string, string> = {}, localAddress?: string) {
    const options = { headers: { origin: `http://${host}`, ...headers }, localAddress }
    this.socket = new WebSocket(`ws://${host}/room`, options)
    this.socket.on('message', (data) => {
      const text = String(data)
      this.texts.push(text)
      this.messages.push(JSON.parse(text))
    })
    this.socket.on('close', (code) => {
      this.closeCode = code
    })
    this.socket.on('error', () => {})
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open')
    return this
  }

  say(message: ToRoom | string | Buffer): void {
    const isRaw = typeof message === 'string' || Buffer.isBuffer(message)
    this.socket.send(isRaw ? message : JSON.stringify(message))
  }

  all<T extends FromRoom['type']>(type: T): Of<T>[] {
    return this.messages.filter((message): message is Of<T> => message.type === type)
  }

  latest<T extends FromRoom['type']>(type: T): Of<T> | undefined {
    return this.all(type).at(-1)
  }

  /** The nth message of a type, from 1 on, once it has come. */
  async heard<T extends FromRoom['type']>(type: T, nth = 1): Promise<Of<T>> {
    await until(
      `${nth} "${type}" are heard`,
      () => this.all(type).length >= nth || this.closeCode !== undefined,
    )
    const message = this.all(type)[nth - 1]
    if (!message) throw new Error(`Closed with ${this.closeCode} before "${type}" ${nth}`)
    return message
  }

  async closed(): Promise<number> {
    await until('the connection is closed', () => this.closeCode !== undefined)
    return this.closeCode as number
  }

  /** Waits until all that was said before has been dealt with. */
  async settled(): Promise<void> {
    const before = this.all('clock').length
    this.say({ type: 'clock', sentMs: 0 })
    await this.heard('clock', before + 1)
  }
}

export async function student(host: string, token?: string): Promise<Visitor> {
  const visitor = await new Visitor(host).opened()
  visitor.say({ type: 'hello', role: 'student', code: testCode, ...(token !== undefined && { token }) })
  return visitor
}

export async function staff(host: string, isWall = false): Promise<Visitor> {
  const visitor = await new Visitor(host).opened()
  visitor.say({ type: 'hello', role: 'staff', key: testKey, ...(isWall && { isWall }) })
  await visitor.heard('room')
  return visitor
}

/** Goes somewhere and waits until the staff page is told so. */
export async function goTo(teacher: Visitor, lesson: number, phase: Phase): Promise<void> {
  teacher.say({ type: 'go', lesson, phase })
  await until(`the room is in ${phase} of lesson ${lesson}`, () => {
    const state = teacher.latest('room')?.state
    return state?.lesson === lesson && (lesson === 0 || state.phase === phase)
  })
}
