import { readFileSync } from 'node:fs'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { subscribe, type TestSubscriber } from '../../../clients/fixture/subscriber.ts'
import { until } from '../../../server/fixture/until.ts'
import {
  defaultStageSettings,
  type LaneSpec,
  type Stage,
  type StageEntry,
  type StageSettings,
  type StageSetup,
  type Unit,
} from '../log/entries.ts'
import { openStage, type StageOptions } from './stage.ts'

/** Every technique that a browser can run. */
export const techniques = [
  'short-poll',
  'long-poll',
  'jsonp-poll',
  'iframe-stream',
  'multipart-stream',
  'fetch-stream',
  'sse',
  'websocket',
  'socket-io',
]

export const lanePage = { html: '<!doctype html><title>lane</title>', csp: "default-src 'none'" }

/** Lanes with these techniques, and no event but those that are sent. */
export function setupOf(
  lanes: readonly (string | LaneSpec)[],
  settings: Partial<StageSettings> = {},
  plan?: StageSetup['plan'],
): StageSetup {
  return {
    lanes: lanes.map((lane) => (typeof lane === 'string' ? { id: lane, technique: lane } : lane)),
    settings: { ...defaultStageSettings, ratePerSecond: 0, ...settings },
    ...(plan && { plan }),
  }
}

/** A stage, and everything that a test has started on it. */
export class TestStage {
  readonly stage: Stage
  /** What listeners were told, of all runs. */
  readonly told: StageEntry[] = []
  readonly messages: string[] = []
  changes = 0
  readonly #subscribers: TestSubscriber[] = []
  readonly #endings: (() => void)[] = []

  constructor(options: Partial<StageOptions> = {}) {
    this.stage = openStage({
      ...{ lanePage, techniques, restartMs: 300 },
      ...{ log: (message: string) => this.messages.push(message) },
      ...options,
    })
    this.stage.onLog((entries) => this.told.push(...entries))
    this.stage.onChange(() => this.changes++)
  }

  /** Where the lane can be reached. */
  urlOf(id: string): string {
    return `http://127.0.0.1:${this.stage.lanes.find((lane) => lane.id === id)?.port}`
  }

  async join(id: string, options: Parameters<typeof subscribe>[2] = {}): Promise<TestSubscriber> {
    const technique = this.stage.lanes.find((lane) => lane.id === id)?.technique as string
    const subscriber = await subscribe(technique, this.urlOf(id), options)
    this.#subscribers.push(subscriber)
    return subscriber
  }

  /** Lets everybody leave. */
  async rest(): Promise<void> {
    for (const subscriber of this.#subscribers.splice(0)) {
      subscriber.stop()
      await subscriber.done
    }
    for (const end of this.#endings.splice(0)) end()
  }

  /**
   * Ends every connection of the lanes, and waits until the log has told so. Who leaves alone may keep one: Socket.IO's
   * client does, in the middle of an upgrade.
   */
  async clear(): Promise<void> {
    await this.rest()
    await this.stage.act('cut')
    await until(
      'all connections are closed',
      () => this.entries('connected').length === this.entries('closed').length,
    )
  }

  onEnd(end: () => void): void {
    this.#endings.push(end)
  }

  async send(events = 1): Promise<void> {
    for (let i = 0; i < events; i++) await this.stage.act('send')
  }

  /** Entries of the run so far. */
  entries<Kind extends StageEntry['kind']>(kind: Kind, lane?: string): Extract<StageEntry, { kind: Kind }>[] {
    return this.stage.log.filter(
      (entry) => entry.kind === kind && (lane === undefined || ('lane' in entry && entry.lane === lane)),
    ) as Extract<StageEntry, { kind: Kind }>[]
  }

  /** Waits until the sockets' own counters have been told again and are those of the tap and of the units. */
  async untilBytesAgree(lane: string): Promise<void> {
    const sum = (direction: Unit['direction']) =>
      this.entries('unit', lane)
        .filter((unit) => unit.direction === direction)
        .reduce((total, { bytes }) => total + bytes, 0)
    await until(`the bytes of ${lane} agree`, () => {
      const { socketUp, socketDown, tappedUp, tappedDown } = this.entries('totals', lane).at(-1) ?? {}
      const [up, down] = [sum('up'), sum('down')]
      return socketUp === up && tappedUp === up && socketDown === down && tappedDown === down
    })
  }

  async close(): Promise<void> {
    await this.rest()
    await this.stage.close()
  }
}

/** Subscribes by the plainest means to a lane whose events need not have numbers, and hands on nothing. */
export function listen(technique: string, url: string): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const path = `${url}/${technique}`
  const quietly = (work: Promise<unknown>) => void work.catch(() => {})
  if (technique === 'websocket') {
    const socket = new WebSocket(path.replace('http', 'ws'))
    socket.on('error', () => {})
    signal.addEventListener('abort', () => socket.terminate())
  } else if (technique === 'socket-io') {
    const socket = io(url, { path: '/socket-io/', forceNew: true })
    signal.addEventListener('abort', () => socket.disconnect())
  } else if (technique.endsWith('-poll')) {
    const poll = async () => {
      for (let cursor: string | undefined; ; ) {
        const query = new URLSearchParams({ callback: 'got', ...(cursor && { lastEventId: cursor }) })
        const text = await (await fetch(`${path}?${query}`, { signal })).text()
        cursor = /"cursor":(\d+)/.exec(text)?.[1]
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    quietly(poll())
  } else quietly(fetch(path, { signal }).then((answer) => answer.text()))
  return () => abort.abort()
}

/** Process ids of this process's children that run a module, by its name. */
export function childrenRunning(module: string, parent = process.pid): number[] {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '' && commandOf(Number(pid)).includes(module))
    .map(Number)
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
