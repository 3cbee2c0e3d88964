import { nowUs } from '../../../server/clock.ts'
import { PushlabError } from '../../../server/error.ts'
import { defaultSettings } from '../../../server/settings.ts'
import { Child } from '../../bench/child.ts'
import type { BuiltPage } from '../bundle.ts'
import {
  defaultStageSettings,
  type LaneAddress,
  type LaneSpec,
  type Seen,
  type Stage,
  type StageAct,
  type StageEntry,
  type StageSettings,
  type StageSetup,
} from '../log/entries.ts'
import { StageAccounts } from './accounts.ts'
import { StageBook } from './book.ts'
import { StageFeed } from './feed.ts'
import type { FromLanes, ToLanes } from './lanes-messages.ts'
import { checkAct, checkSettings, checkSetup } from './limits.ts'
import { isNothing } from './network.ts'
import type { FromStageNetwork, ToStageNetwork } from './network-process.ts'
import { runnableTechniques } from './runnable.ts'
import { checkSeen } from './seen.ts'

const LANES = new URL('./lanes-process.ts', import.meta.url)
const NETWORK = new URL('./network-process.ts', import.meta.url)

export interface StageOptions {
  /** What `GET /lane` answers, asked for at each beginning. */
  lanePage: BuiltPage | (() => BuiltPage | Promise<BuiltPage>)
  /** Names of the techniques that can play; default: those that have a page-side twin. */
  techniques?: readonly string[]
  /** Is told, for whoever runs the demo, what went wrong by itself: a process that ended, a port that was taken. */
  log?: (message: string) => void
  /** After so long another server follows one that is gone; default 3,000 ms. */
  restartMs?: number
  /** Streams show that they live every so many ms; default 15,000, and 4,000 in an iframe. */
  heartbeatMs?: number
  /** How long a plan waits for pages that do not open; default 5,000 ms. */
  planPatienceMs?: number
  /** How long after a server has been asked to leave it is killed; default 3,000 ms. */
  leaveMs?: number
}

/** The log travels in batches of so many milliseconds' worth, after as much in the lanes' process. */
const BATCH_MS = 25

/**
 * A browser tells a page nothing when the connection of an iframe breaks: its twin can only wait for heartbeats that do not
 * come, for 1.5 times as long as they take. At 15 s a class would look at a dead lane for 22.5 s; at 4 s it is 6 s, and a
 * heartbeat may still be 2 s late. The other techniques are told at once.
 *
 * A proxy that holds a stream back is silent for longer at few events: 4,096 bytes are 30 s at 1 event/s of 100 bytes, 8 s
 * at 4. Then the twin gives up 6 s after each lump and comes again with its cursor, and what the proxy had collected for
 * the old connection is sent anew. Nothing is lost or comes twice (100 of 100 and 180 of 180 events, in order); a lane of
 * Server-Sent Events beside it, which is not mistaken, took 20 % fewer bytes at 1 event/s, and half at 4. At lesson 9's
 * 10 events/s a lump comes every 3 s, and no silence is long enough.
 */
const IFRAME_HEARTBEAT_MS = 4_000

type LanesChild = Child<ToLanes, FromLanes>
type NetworkChild = Child<ToStageNetwork, FromStageNetwork>

/** Opens a stage. It is empty, and its run 0, until it begins. */
export function openStage(options: StageOptions): Stage {
  return new LiveStage(options)
}

class LiveStage implements Stage {
  run = 0
  epochUs = nowUs()
  setup: StageSetup = { lanes: [], settings: defaultStageSettings }
  settings: StageSettings = defaultStageSettings
  lanes: LaneAddress[] = []
  network: 'up' | 'cut' = 'up'
  server: 'up' | 'down' = 'down'
  mended = 0

  readonly #options: Required<StageOptions>
  #book = new StageBook()
  #accounts = new StageAccounts()
  #feed: StageFeed | undefined
  #page: BuiltPage = { html: '', csp: '' }
  /** Of the lanes' servers themselves, in the order of the lanes. */
  #ports: number[] = []
  #lanesChild: LanesChild | undefined
  #networkChild: NetworkChild | undefined
  /** The server that was asked to leave: no news when it has. */
  #leaving: LanesChild | undefined
  /** What a server that is about to be told as up has written already. */
  #early: StageEntry[] = []
  /** Whether the run has begun, so that a server that is lost is brought back. */
  #hasBegun = false
  #isClosed = false

  /** What takes time is done one after the other. */
  #working: Promise<unknown> = Promise.resolve()
  #timers = new Set<NodeJS.Timeout>()
  /** Lanes whose pages have not opened yet, while a plan waits for them. */
  #awaited: Set<string> | undefined
  #batch: StageEntry[] = []
  #batchTimer: NodeJS.Timeout | undefined
  readonly #logListeners = new Set<(entries: readonly StageEntry[]) => void>()
  readonly #changeListeners = new Set<() => void>()
  readonly #probeListeners = new Set<() => void>()

  constructor(options: StageOptions) {
    this.#options = {
      ...{ techniques: runnableTechniques(), log: () => {}, restartMs: 3_000, leaveMs: 3_000 },
      ...{ heartbeatMs: defaultSettings.heartbeatMs, planPatienceMs: 5_000 },
      ...options,
    }
    this.#write({ kind: 'began', atUs: 0, run: 0, lanes: [], settings: this.settings })
  }

  get log(): readonly StageEntry[] {
    return this.#book.entries
  }

  get forgotten(): number {
    return this.#book.forgotten
  }

  async begin(setup: StageSetup): Promise<void> {
    const checked = checkSetup(setup, this.#options.techniques)
    await this.#serially(() => this.#begin(checked))
  }

  async change(settings: Partial<StageSettings>): Promise<void> {
    const checked = checkSettings(settings)
    // The feed at once: an event that is sent right behind a change is of the new size.
    if (this.#hasBegun) this.#feed?.play({ ...this.settings, ...checked })
    await this.#serially(() => this.#change(checked))
  }

  async act(act: StageAct): Promise<void> {
    const checked = checkAct(act)
    if (checked === 'send') this.#feed?.send()
    else if (checked === 'probe') for (const listener of this.#probeListeners) listener()
    else if (checked === 'restart') await this.#serially(() => this.#restart())
    else await this.#serially(() => this.#setNetwork(checked === 'cut' ? 'cut' : 'up'))
  }

  seen(entries: readonly Seen[]): void {
    for (const entry of entries) {
      const checked = checkSeen(entry, this.setup.lanes, this.#now())
      if (!checked) continue
      this.#write(checked)
      if (checked.kind !== 'opened' || (checked.tab ?? 1) !== 1) continue
      if (this.#awaited?.delete(checked.lane) && this.#awaited.size === 0) this.#startPlan()
    }
  }

  player(isHere: boolean, isHidden?: boolean): void {
    this.#write({ kind: 'player', atUs: this.#now(), isHere, ...(isHidden !== undefined && { isHidden }) })
  }

  clocked(shiftUs: number, errorUs: number): void {
    if (shiftUs !== 0 && this.#book.mend(shiftUs, this.#now())) this.mended++
    this.#write({ kind: 'clock', atUs: this.#now(), errorUs })
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

  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopRun()
    await this.#stopChildren()
    await this.#working
    // What was under way may have started another.
    await this.#stopChildren()
    this.#flush()
  }

  async #begin(setup: StageSetup): Promise<void> {
    this.#stopRun()
    const { lanePage } = this.#options
    this.#page = typeof lanePage === 'function' ? await lanePage() : lanePage
    this.#flush()
    this.run++
    this.epochUs = nowUs()
    this.setup = setup
    this.settings = setup.settings
    this.lanes = []
    this.#ports = setup.lanes.map(() => 0)
    this.network = 'up'
    this.server = 'down'
    this.#book = new StageBook()
    this.#accounts = new StageAccounts()
    this.#early = []
    const { run } = this
    this.#write({ kind: 'began', atUs: 0, run, lanes: setup.lanes, settings: setup.settings })
    const isPolled = setup.lanes.some(({ technique }) => technique === 'short-poll')
    this.#feed = new StageFeed(this.epochUs, isPolled, (event, entry) => {
      this.#write(entry)
      this.#lanesChild?.send({ type: 'event', event })
    })
    try {
      await this.#stopNetwork()
      await this.#openLanes()
      this.server = 'up'
      this.#hasBegun = true
      await this.#putNetwork()
    } catch (error) {
      this.#stopRun()
      this.server = 'down'
      this.#write({ kind: 'changed', atUs: this.#now(), server: 'down' })
      this.#tellChange()
      throw error
    }
    this.#takeEarly()
    this.#tellChange()
    this.#feed.play(this.settings)
    if (!setup.plan) return
    this.#awaited = new Set(setup.lanes.map(({ id }) => id))
    this.#after(this.#options.planPatienceMs, () => this.#startPlan())
  }

  async #change(patch: Partial<StageSettings>): Promise<void> {
    const before = this.settings
    this.settings = { ...before, ...patch }
    this.#write({ kind: 'changed', atUs: this.#now(), settings: this.settings })
    const { holdMs, addedDelayMs, proxy } = this.settings
    try {
      if (!this.#hasBegun) return
      this.#feed?.play(this.settings)
      if (holdMs !== before.holdMs) await this.#askLanes({ type: 'hold', holdMs })
      if (addedDelayMs !== before.addedDelayMs || proxy !== before.proxy) await this.#putNetwork()
    } catch (error) {
      await this.#takeBack(before)
      throw error
    } finally {
      this.#tellChange()
    }
  }

  /** Settings that could not be put into effect: what holds is what held before, and the log says so. */
  async #takeBack(before: StageSettings): Promise<void> {
    const { holdMs } = this.settings
    this.settings = before
    this.#feed?.play(before)
    this.#write({ kind: 'changed', atUs: this.#now(), settings: before })
    // What failed fails again, perhaps; the next beginning sets it anyway.
    if (holdMs !== before.holdMs) {
      await this.#askLanes({ type: 'hold', holdMs: before.holdMs }).catch(() => {})
    }
  }

  async #setNetwork(network: 'up' | 'cut'): Promise<void> {
    if (network === this.network || !this.#hasBegun) return
    this.network = network
    const type = network === 'cut' ? 'cut' : 'mend'
    try {
      await Promise.all([this.#askLanes({ type }), this.#networkChild?.ask({ type })])
    } finally {
      this.#write({ kind: 'changed', atUs: this.#now(), network })
      this.#tellChange()
    }
  }

  /** Resolves once the server is gone; that another follows goes by itself. */
  async #restart(): Promise<void> {
    const child = this.#lanesChild
    if (!child) return
    this.#leaving = child
    child.send({ type: 'leave' })
    const timer = setTimeout(() => void child.stop(), this.#options.leaveMs)
    await child.ended
    clearTimeout(timer)
  }

  /** Tells the lanes' process, unless it is gone: the next is opened by what holds then. */
  async #askLanes(
    message: { type: 'hold'; holdMs: number } | { type: 'cut' } | { type: 'mend' },
  ): Promise<void> {
    const child = this.#lanesChild
    try {
      await child?.ask(message)
    } catch (error) {
      if (child === this.#lanesChild) throw error
    }
  }

  async #openLanes(): Promise<void> {
    this.#lanesChild ??= this.#startLanesChild()
    const { setup, settings, run, epochUs, network } = this
    const { connections, units } = this.#accounts
    const { ports } = await this.#lanesChild.ask({
      ...{ type: 'open', run, epochUs, connections, units },
      lanes: setup.lanes.map((lane, i) => ({
        ...lane,
        port: this.#ports[i] ?? 0,
        heartbeatMs: this.#heartbeatOf(lane),
        totals: this.#accounts.totalsOf(lane.id),
      })),
      holdMs: settings.holdMs,
      page: this.#page,
      feedId: this.#feed?.feedId ?? '',
      history: this.#feed?.history ?? [],
      isCut: network === 'cut',
    })
    this.#ports = ports
  }

  #startLanesChild(): LanesChild {
    this.#expectOpen()
    const child: LanesChild = new Child(LANES, {
      onTold: (message) => {
        if (message.type === 'failed') {
          this.#options.log(message.reason)
          void child.stop()
          return
        }
        const { run, entries } = message
        if (run !== this.run) return
        if (this.server === 'down') this.#early.push(...entries)
        else for (const entry of entries) this.#writeOfLane(entry)
      },
      onEnd: (how) => {
        if (child === this.#lanesChild) this.#loseLanes(child, how)
      },
    })
    return child
  }

  #loseLanes(child: LanesChild, how: string): void {
    this.#lanesChild = undefined
    if (child !== this.#leaving) this.#options.log(`The lanes' server is gone: ${how}`)
    this.#leaving = undefined
    if (!this.#hasBegun) return
    const atUs = this.#now()
    for (const entry of this.#accounts.closeAll(atUs)) this.#write(entry)
    this.server = 'down'
    this.#write({ kind: 'changed', atUs, server: 'down' })
    this.#tellChange()
    this.#bringBackLater()
  }

  #bringBackLater(): void {
    const { run } = this
    this.#after(this.#options.restartMs, () => {
      void this.#serially(async () => {
        if (run === this.run && this.#hasBegun) await this.#bringBack()
      })
    })
  }

  async #bringBack(): Promise<void> {
    try {
      await this.#openLanes()
    } catch (error) {
      this.#options.log(`The lanes' server could not be started: ${(error as Error).message}`)
      const child = this.#lanesChild
      this.#lanesChild = undefined
      await child?.stop()
      this.#early = []
      this.#bringBackLater()
      return
    }
    this.server = 'up'
    this.#write({ kind: 'changed', atUs: this.#now(), server: 'up' })
    this.#takeEarly()
    this.#tellChange()
  }

  #takeEarly(): void {
    for (const entry of this.#early.splice(0)) this.#writeOfLane(entry)
  }

  /** Puts what the settings ask for before the lanes, and says where they can be reached. */
  async #putNetwork(): Promise<void> {
    const { addedDelayMs, proxy } = this.settings
    const between = { addedDelayMs, proxy }
    let ports = this.#ports
    if (isNothing(between)) await this.#stopNetwork()
    else if (this.#networkChild) ({ ports } = await this.#networkChild.ask({ type: 'change', between }))
    else {
      this.#networkChild = this.#startNetworkChild()
      const targets = this.#ports.map((port) => `http://127.0.0.1:${port}`)
      const isCut = this.network === 'cut'
      ;({ ports } = await this.#networkChild.ask({ type: 'open', targets, between, isCut }))
    }
    this.lanes = this.setup.lanes.map((lane, i) => ({
      ...lane,
      port: ports[i] as number,
      heartbeatMs: this.#heartbeatOf(lane),
    }))
  }

  #heartbeatOf({ technique }: LaneSpec): number {
    const { heartbeatMs } = this.#options
    return technique === 'iframe-stream' ? Math.min(IFRAME_HEARTBEAT_MS, heartbeatMs) : heartbeatMs
  }

  #startNetworkChild(): NetworkChild {
    this.#expectOpen()
    const child: NetworkChild = new Child(NETWORK, {
      onEnd: (how) => {
        if (child !== this.#networkChild) return
        this.#networkChild = undefined
        this.#options.log(`The network before the lanes is gone: ${how}`)
        void this.#serially(async () => {
          await this.#putNetwork()
          this.#tellChange()
        }).catch((error: Error) => this.#options.log(error.message))
      },
    })
    return child
  }

  async #stopNetwork(): Promise<void> {
    const child = this.#networkChild
    this.#networkChild = undefined
    await child?.stop()
  }

  async #stopChildren(): Promise<void> {
    const child = this.#lanesChild
    this.#lanesChild = undefined
    await Promise.all([child?.stop(), this.#stopNetwork()])
  }

  /** Nothing of this run happens any more. */
  #stopRun(): void {
    this.#hasBegun = false
    this.#feed?.close()
    this.#awaited = undefined
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #startPlan(): void {
    if (!this.#awaited) return
    this.#awaited = undefined
    for (const { atMs, act } of this.setup.plan ?? []) {
      this.#after(atMs, () => {
        this.act(act).catch((error: Error) => this.#options.log(`${act} of the plan: ${error.message}`))
      })
    }
  }

  /** Unless the run is over by then. */
  #after(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      then()
    }, ms)
    this.#timers.add(timer)
  }

  #serially<Result>(task: () => Promise<Result>): Promise<Result> {
    const done = this.#working.then(() => {
      this.#expectOpen()
      return task()
    })
    this.#working = done.catch(() => {})
    return done
  }

  #expectOpen(): void {
    if (this.#isClosed) throw new PushlabError('FORBIDDEN', 'The stage is closed.')
  }

  #now(): number {
    return Math.max(0, Math.round(nowUs() - this.epochUs))
  }

  #writeOfLane(entry: StageEntry): void {
    this.#accounts.add(entry)
    this.#write(entry)
  }

  #write(entry: StageEntry): void {
    this.#book.add(entry)
    this.#batch.push(entry)
    this.#batchTimer ??= setTimeout(() => this.#flush(), BATCH_MS)
  }

  #flush(): void {
    clearTimeout(this.#batchTimer)
    this.#batchTimer = undefined
    const entries = this.#batch
    this.#batch = []
    if (entries.length === 0) return
    for (const listener of this.#logListeners) listener(entries)
  }

  /** What has changed is in the log that listeners have, too. */
  #tellChange(): void {
    this.#flush()
    for (const listener of this.#changeListeners) listener()
  }
}
