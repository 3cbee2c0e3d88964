import { type ReadonlySignal, signal } from '@preact/signals'
import type { Cursor } from '../../../../server/event.ts'
import type { LaneAddress, Seen, StageSettings } from '../../log/entries.ts'
import type { FromLane, ToLane } from '../lane/messages.ts'
import { seenEntry } from './lane-frames-sight.ts'
import { Outbox } from './outbox.ts'

/** A lane whose page says nothing for so long has failed, for now. */
const READY_MS = 5_000
/** The pause before a page that could not be loaded is loaded again. */
const RELOAD_MS = 2_000
/** What the lanes have seen is handed on so often. */
const BATCH_MS = 60
/** What was not taken is offered again so often. */
const AGAIN_MS = 300

/** What is to be played: a part of the room's state. */
export interface Played {
  run: number
  /** Of the stage: another one, with the same number of its run, is another stage. */
  epochUs?: number
  lanes: readonly LaneAddress[]
  settings: StageSettings
}

/** One lane's frame, as it is to be rendered. */
export interface LaneFrame {
  lane: string
  technique: string
  /** A frame with another key is another element: its page is loaded anew. */
  key: string
  src: string
  state: 'loading' | 'ready' | 'failed'
}

export interface PlayerOptions {
  /** The stage's clock: microseconds after its epoch, of a time `performance.timeOrigin + performance.now()` in ms. */
  stageTime(atMs: number): number
  /**
   * Takes over what the lanes have seen in a run, in order, some 60 ms' worth at a time, or up to 2,000 entries of what is
   * left from before; whether it did. What it did not is kept, 20,000 entries at most, and offered again.
   */
  onSeen(run: number, entries: Seen[]): boolean
}

interface Lane {
  address: LaneAddress
  generation: number
  state: LaneFrame['state']
  /** The window of its page, while its element is in the document. */
  page: Window | undefined
  /** Set while its page is not ready. */
  reload: ReturnType<typeof setTimeout> | undefined
  failure: ReturnType<typeof setTimeout> | undefined
  /** The last event that each tab has. */
  cursors: (Cursor | undefined)[]
}

/** Whether this page was opened on the machine whose loopback the lanes listen on; only there can it play them. */
export function stageIsHere(hostname = location.hostname): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost'
}

/**
 * Plays the stage's lanes in this page: says which frames there have to be, starts the twins in them, carries cursors over
 * to a lane's next page, and hands on what they see. `LaneFrames` renders it.
 */
export class Player {
  readonly #frames = signal<readonly LaneFrame[]>([])
  readonly #options: PlayerOptions
  readonly #lanes = new Map<string, Lane>()
  #played: Played | undefined
  #pages = 0
  readonly #outbox = new Outbox()
  readonly #dropped = signal(0)
  #batch: ReturnType<typeof setTimeout> | undefined

  constructor(options: PlayerOptions) {
    this.#options = options
    addEventListener('message', this.#receive)
  }

  /** The frames, in the order of the stage. */
  get frames(): ReadonlySignal<readonly LaneFrame[]> {
    return this.#frames
  }

  /** How much of what the lanes have seen in this run nobody took for so long that it is gone. */
  get dropped(): ReadonlySignal<number> {
    return this.#dropped
  }

  /** To be called whenever the room's state has changed; what stays as it was goes on undisturbed. */
  play(played: Played): void {
    const before = this.#played
    this.#played = played
    if (before?.run !== played.run || before.epochUs !== played.epochUs) this.#clear()
    const ids = new Set(played.lanes.map(({ id }) => id))
    for (const [id, lane] of this.#lanes) {
      if (ids.has(id)) continue
      this.#forget(lane)
      this.#lanes.delete(id)
    }
    for (const address of played.lanes) {
      const lane = this.#lanes.get(address.id)
      if (!lane) this.#lanes.set(address.id, this.#open(address, []))
      else if (lane.address.port !== address.port) {
        this.#forget(lane)
        this.#lanes.set(address.id, this.#open(address, address.forgetful ? [] : lane.cursors))
      } else if (
        lane.state === 'ready' &&
        before?.settings.pollIntervalMs !== played.settings.pollIntervalMs
      ) {
        this.#tell(lane, { type: 'change', pollIntervalMs: played.settings.pollIntervalMs })
      }
    }
    this.#render()
  }

  /** Whether it plays this run of this stage already. */
  plays({ run, epochUs }: Pick<Played, 'run' | 'epochUs'>): boolean {
    return this.#played?.run === run && this.#played.epochUs === epochUs
  }

  /** Asks each lane's page for one ordinary request to its own origin, told as `probed`. */
  probe(): void {
    for (const lane of this.#lanes.values()) this.#tell(lane, { type: 'probe' })
  }

  /** Loads a lane's page again at once, with its cursors. */
  retry(id: string): void {
    const lane = this.#lanes.get(id)
    if (!lane) return
    this.#forget(lane)
    this.#lanes.set(id, this.#open(lane.address, lane.address.forgetful ? [] : lane.cursors))
    this.#render()
  }

  /** Removes all frames, and with them whatever they do; `play` begins anew, without cursors. */
  stop(): void {
    this.#clear()
    this.#played = undefined
    this.#render()
  }

  /** `stop`, and never plays again. */
  close(): void {
    this.stop()
    removeEventListener('message', this.#receive)
  }

  /** Told by LaneFrames: a frame's element is in the document, or no longer. */
  mounted(id: string, key: string, page: Window | undefined): void {
    const lane = this.#lanes.get(id)
    if (lane && keyOf(lane) === key) lane.page = page
  }

  /** Told by LaneFrames: the browser has loaded a frame, be it the lane's page or its own about a failure. */
  loaded(id: string, key: string): void {
    const lane = this.#lanes.get(id)
    if (lane && keyOf(lane) === key && lane.state !== 'ready') this.#reloadAfter(lane, RELOAD_MS)
  }

  #open(address: LaneAddress, cursors: (Cursor | undefined)[]): Lane {
    const lane: Lane = {
      address,
      generation: ++this.#pages,
      state: 'loading',
      page: undefined,
      reload: undefined,
      failure: undefined,
      cursors: [...cursors],
    }
    lane.failure = setTimeout(() => {
      lane.state = 'failed'
      this.#render()
    }, READY_MS)
    this.#reloadAfter(lane, READY_MS)
    return lane
  }

  #reloadAfter(lane: Lane, ms: number): void {
    clearTimeout(lane.reload)
    lane.reload = setTimeout(() => {
      lane.generation = ++this.#pages
      lane.page = undefined
      this.#reloadAfter(lane, READY_MS)
      this.#render()
    }, ms)
  }

  #forget(lane: Lane): void {
    clearTimeout(lane.reload)
    clearTimeout(lane.failure)
    lane.page = undefined
  }

  #clear(): void {
    for (const lane of this.#lanes.values()) this.#forget(lane)
    this.#lanes.clear()
    clearTimeout(this.#batch)
    this.#batch = undefined
    this.#outbox.clear()
    this.#dropped.value = 0
  }

  readonly #receive = ({ source, origin, data }: MessageEvent<FromLane>): void => {
    for (const lane of this.#lanes.values()) {
      if (!lane.page || source !== lane.page || origin !== originOf(lane.address)) continue
      if (data.type === 'ready') this.#start(lane)
      else if (data.type === 'seen') this.#see(lane, data)
    }
  }

  #start(lane: Lane): void {
    const { forgetful = false, tabs = 1, socketIo = 'upgrade', heartbeatMs } = lane.address
    clearTimeout(lane.reload)
    clearTimeout(lane.failure)
    lane.state = 'ready'
    const { pollIntervalMs } = (this.#played as Played).settings
    this.#tell(lane, {
      ...{ type: 'start', pollIntervalMs, socketIo, forgetful, tabs, cursors: lane.cursors },
      ...(heartbeatMs !== undefined && { heartbeatMs }),
    })
    this.#render()
  }

  #see(lane: Lane, { atMs, tab, what, cursor }: FromLane & { type: 'seen' }): void {
    if (what.kind !== 'probed') lane.cursors[tab - 1] = cursor
    this.#outbox.add(seenEntry(lane.address, atMs, tab, what))
    this.#dropped.value = this.#outbox.dropped
    this.#batch ??= setTimeout(this.#handOn, BATCH_MS)
  }

  readonly #handOn = (): void => {
    const { run } = this.#played as Played
    // Not before: until then the clock may be known better.
    const onStage = (entry: Seen) => ({ ...entry, atUs: Math.round(this.#options.stageTime(entry.atUs)) })
    const isAll = this.#outbox.handOn((entries) => this.#options.onSeen(run, entries.map(onStage)))
    this.#batch = isAll ? undefined : setTimeout(this.#handOn, AGAIN_MS)
  }

  #tell({ page, address }: Lane, message: ToLane): void {
    page?.postMessage(message, originOf(address))
  }

  #render(): void {
    this.#frames.value = [...(this.#played?.lanes ?? [])].flatMap(({ id }) => {
      const lane = this.#lanes.get(id)
      return lane ? [frameOf(lane)] : []
    })
  }
}

function frameOf(lane: Lane): LaneFrame {
  const { id, technique } = lane.address
  const asked = new URLSearchParams({ technique, origin: location.origin })
  return {
    lane: id,
    technique,
    key: keyOf(lane),
    src: `${originOf(lane.address)}/lane#${asked}`,
    state: lane.state,
  }
}

function keyOf({ address, generation }: Lane): string {
  return `${address.id} ${generation}`
}

function originOf({ port }: LaneAddress): string {
  return `http://${location.hostname}:${port}`
}
