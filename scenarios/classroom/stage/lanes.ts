import type { AddressInfo, Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildServer } from '../../../server/app.ts'
import { nowUs } from '../../../server/clock.ts'
import { PushlabError } from '../../../server/error.ts'
import { serverTechnique } from '../../../server/technique.ts'
import { RECONNECTION_MS, type StageEntry } from '../log/entries.ts'
import { type ConnectionJournal, LaneJournal, PAGE_PATH, type StageCounts } from './lane-journal.ts'
import { type LaneTotals, noTotals, type OpenLane, type OpenLanes } from './lanes-messages.ts'
import type { ReplicaFeed } from './replica-feed.ts'
import { type TappedSocket, tapSocket } from './tap.ts'

const HOST = '127.0.0.1'
const BACKLOG = 128
const LONGEST_CLOSE_MS = 500

type LanesPlan = Omit<OpenLanes, 'feedId' | 'history' | 'run'>

/** The servers of a stage's lanes, each on a port of its own. */
export class Lanes {
  readonly #lanes: Lane[]

  private constructor(lanes: Lane[]) {
    this.#lanes = lanes
  }

  /**
   * @param write takes what has passed the lanes' sockets.
   * @throws {PushlabError} CHILD_FAILED where a lane cannot listen.
   */
  static async open(plan: LanesPlan, feed: ReplicaFeed, write: (entry: StageEntry) => void): Promise<Lanes> {
    const counts: StageCounts = { connections: plan.connections, units: plan.units }
    const opening = plan.lanes.map(async (spec) => {
      const { wire } = await serverTechnique(spec.technique)
      return new Lane(spec, plan, feed, new LaneJournal(spec.id, wire, plan.epochUs, counts, write), write)
    })
    const lanes = new Lanes(await Promise.all(opening))
    try {
      if (!plan.isCut) await lanes.listen()
    } catch (error) {
      await lanes.cut()
      throw error
    }
    return lanes
  }

  /** In the order of the lanes. */
  get ports(): number[] {
    return this.#lanes.map(({ port }) => port)
  }

  async listen(): Promise<void> {
    for (const lane of this.#lanes) await lane.listen()
  }

  /** Resets every socket and stops listening. */
  async cut(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.cut()))
  }

  /** Holds long polls so long, those that are held, too. */
  hold(holdMs: number): void {
    for (const lane of this.#lanes) lane.hold(holdMs)
  }

  /** Writes what the sockets have counted, where that has changed. */
  writeTotals(): void {
    for (const lane of this.#lanes) lane.writeTotals()
  }

  /** Writes what is left of each connection: nothing more will come. */
  writeRest(): void {
    for (const lane of this.#lanes) lane.writeRest()
  }
}

class Lane {
  port: number
  readonly #spec: OpenLane
  readonly #plan: LanesPlan
  readonly #feed: ReplicaFeed
  readonly #journal: LaneJournal
  readonly #write: (entry: StageEntry) => void
  readonly #open = new Map<TappedSocket, ConnectionJournal>()
  /** Of connections that are closed. */
  readonly #closed: LaneTotals
  #holdMs: number
  #app: FastifyInstance | undefined
  #written = JSON.stringify(noTotals)

  constructor(
    spec: OpenLane,
    plan: LanesPlan,
    feed: ReplicaFeed,
    journal: LaneJournal,
    write: (entry: StageEntry) => void,
  ) {
    this.port = spec.port
    this.#spec = spec
    this.#plan = plan
    this.#feed = feed
    this.#journal = journal
    this.#write = write
    this.#closed = { ...spec.totals }
    this.#holdMs = plan.holdMs
  }

  async listen(): Promise<void> {
    if (this.#app) return
    const app = await buildServer({
      feed: this.#feed,
      techniques: [this.#spec.technique],
      settings: { holdMs: this.#holdMs, heartbeatMs: this.#spec.heartbeatMs, retryMs: RECONNECTION_MS },
    })
    const { html, csp } = this.#plan.page
    app.get(PAGE_PATH, (_request, reply) =>
      reply
        .headers({ connection: 'close', 'cache-control': 'no-store', 'content-security-policy': csp })
        .type('text/html; charset=utf-8')
        .send(html),
    )
    // What a page asks for besides, to see whether its origin has a connection left.
    app.get(`${PAGE_PATH}/probe`, (_request, reply) =>
      reply.code(204).header('cache-control', 'no-store').send(),
    )
    app.server.on('connection', (socket: Socket) => this.#accept(socket, app))
    this.#app = app
    try {
      await app.listen({ host: HOST, port: this.port, backlog: BACKLOG })
    } catch (error) {
      this.#app = undefined
      await app.close()
      const { code, message } = error as NodeJS.ErrnoException
      const reason = code === 'EADDRINUSE' ? 'the port is in use' : message
      throw new PushlabError(
        'CHILD_FAILED',
        `The lane ${this.#spec.id} cannot listen on port ${this.port} of ${HOST}: ${reason}.`,
      )
    }
    this.port = (app.server.address() as AddressInfo).port
  }

  async cut(): Promise<void> {
    const app = this.#app
    this.#app = undefined
    await Promise.all([...this.#open.keys()].map((tap) => this.#reset(tap)))
    await app?.close()
  }

  hold(holdMs: number): void {
    this.#holdMs = holdMs
    this.#app?.changeHold(holdMs)
  }

  writeTotals(): void {
    const totals = { ...this.#closed }
    for (const tap of this.#open.keys()) add(totals, tap)
    const { up, down } = this.#journal.page
    totals.socketUp -= up
    totals.tappedUp -= up
    totals.socketDown -= down
    totals.tappedDown -= down
    const text = JSON.stringify(totals)
    if (text === this.#written) return
    this.#written = text
    this.#write({ kind: 'totals', atUs: this.#journal.since(nowUs()), lane: this.#spec.id, ...totals })
  }

  writeRest(): void {
    for (const journal of this.#open.values()) journal.close(nowUs())
  }

  #accept(socket: Socket, app: FastifyInstance): void {
    // It was accepted before the listener was closed.
    if (app !== this.#app) return void socket.resetAndDestroy()
    const journal = this.#journal.open(nowUs())
    const tap = tapSocket(socket, {
      onUp: journal.up,
      onDown: journal.down,
      onClose: (atUs) => this.#drop(tap, atUs),
    })
    this.#open.set(tap, journal)
  }

  #drop(tap: TappedSocket, atUs: number): void {
    const journal = this.#open.get(tap)
    if (!this.#open.delete(tap)) return
    add(this.#closed, tap)
    journal?.close(atUs)
  }

  /** Resolves once the socket is closed. */
  async #reset(tap: TappedSocket): Promise<void> {
    const { socket } = tap
    const closed = Promise.withResolvers<void>()
    socket.once('close', closed.resolve)
    // One that is shutting down cannot be reset, which is an error, and may be closed without saying so.
    socket.on('error', () => {})
    const timer = setTimeout(closed.resolve, LONGEST_CLOSE_MS)
    socket.resetAndDestroy()
    await closed.promise
    clearTimeout(timer)
    this.#drop(tap, nowUs())
  }
}

function add(totals: LaneTotals, { tapped, counted }: TappedSocket): void {
  const { up, down } = counted()
  totals.socketUp += up
  totals.socketDown += down
  totals.tappedUp += tapped.up
  totals.tappedDown += tapped.down
}
