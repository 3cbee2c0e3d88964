import type { Said } from '../../../report/words/say.ts'
import { nowUs } from '../../../server/clock.ts'
import type { Stage, StageSetup } from '../log/entries.ts'
import { stageRefusalText } from '../stage/refusal.ts'
import { bilingual } from './bilingual.ts'
import { Coalesced } from './coalesce.ts'
import { newCode } from './codes.ts'
import { Course } from './course.ts'
import type { RoomLesson } from './lesson.ts'
import { defaultRoomLimits, type RoomLimits } from './limits.ts'
import { type LogReader, LogTeller } from './log-teller.ts'
import type { FromRoom, Phase, RefusalCode, RoomState, ToRoom } from './protocol.ts'
import { Seats } from './seats.ts'
import { badSnapshot, type RoomSnapshot, readSnapshot } from './snapshot.ts'
import { fullText, roomTexts } from './texts.ts'

export type { RoomLesson, RoomQuestion } from './lesson.ts'
export type { RoomSnapshot } from './snapshot.ts'

export interface RoomOptions {
  stage: Stage
  lessons: readonly RoomLesson[]
  /** The stage of lesson 0. */
  sandbox: StageSetup
  /** What students join with; see codes.ts. */
  code: string
  /** The address that students type: `http://192.168.1.5:8080/`. */
  joinUrl: () => string
  /** Where else the room can be opened; default nowhere. */
  alsoAt?: () => string[]
  limits?: Partial<RoomLimits>
}

/** What may be said after hello. */
type MemberMessage = Exclude<ToRoom, { type: 'hello' }>
type PlayerMessage = Extract<MemberMessage, { type: 'hidden' | 'clocked' | 'seen' | 'ticked' }>
type StaffMessage = Exclude<MemberMessage, PlayerMessage | { type: 'clock' | 'vote' }>
/** Why something is not done. */
export interface Refusal {
  code: RefusalCode
  message: Said
  ballot?: string
}

/** A page's connection, as the room sees it. */
export interface Member extends LogReader {
  /** Sends a message that is JSON already. */
  send(text: string): void
  /** Says why, and closes the connection. */
  refuse(code: RefusalCode, message: Said): void
  /** Closes the connection, which was right until now. */
  goAway(): void
}

/**
 * The room of a class: where its lesson is, who is here, who plays the lanes. Members have said hello when they come in
 * here. Every change is told to all of them, a few times a second at most; answers to one's own message are immediate.
 */
export class Room {
  readonly #stage: Stage
  readonly #sandbox: StageSetup
  readonly #joinUrl: () => string
  readonly #alsoAt: () => string[]
  readonly #limits: RoomLimits
  readonly #course: Course
  #seats: Seats
  #code: string
  /** Students' tokens by connection. */
  readonly #students = new Map<Member, string>()
  readonly #staff = new Map<Member, LogTeller>()
  readonly #told = new WeakMap<Member, string>()
  readonly #listeners = new Set<() => void>()
  readonly #broadcast: Coalesced
  readonly #stopListening: (() => void)[]
  readonly #walls = new Set<Member>()
  #player: Member | undefined
  /** Whether somebody has asked that page to play the lanes. */
  #isAskedFor = false
  /** While a wall that has left may come back. */
  #wallIsAway: NodeJS.Timeout | undefined
  /** What has ticked, of a run of the stage. */
  #steps: { run: number; ids: string[] } = { run: 0, ids: [] }
  /** The ballot that is open, and since when. */
  #open: { ballot: string | undefined; sinceMs: number } = { ballot: undefined, sinceMs: 0 }
  #isRecording = false
  /** Whose setup the stage has; undefined where that of nobody here. */
  #stageLesson: number | undefined
  /** When the clock that everybody sees is at zero. */
  #endsAtUs: number | undefined
  /** The class before this one, while that can be gone back to. */
  #before: { snapshot: RoomSnapshot; stageLesson: number | undefined } | undefined
  #undoTimer: NodeJS.Timeout | undefined

  constructor({ stage, lessons, sandbox, code, joinUrl, alsoAt = () => [], limits }: RoomOptions) {
    this.#stage = stage
    this.#sandbox = sandbox
    this.#joinUrl = joinUrl
    this.#alsoAt = alsoAt
    this.#limits = { ...defaultRoomLimits, ...limits }
    this.#course = new Course(lessons)
    this.#seats = new Seats(this.#limits.seats)
    this.#code = code
    this.#broadcast = new Coalesced(() => this.#tellAll(), this.#limits.broadcastMs)
    this.#noteBallot()
    this.#stopListening = [
      stage.onChange(() => this.#broadcast.ask()),
      stage.onLog(() => {
        for (const teller of this.#staff.values()) teller.tell()
      }),
      stage.onProbe(() => {
        if (this.#player) say(this.#player, { type: 'probe' })
      }),
    ]
  }

  get code(): string {
    return this.#code
  }

  knows(token: string | undefined): boolean {
    return token !== undefined && this.#seats.knows(token)
  }

  /** Takes a student in from an address, who may come back with a token; returns why not, where it does not. */
  admitStudent(member: Member, token: string | undefined, address: string): Refusal | undefined {
    const entered = this.#seats.enter(token, address, performance.now())
    if (entered === 'full') return { code: 'ROOM_FULL', message: fullText(this.#seats.most) }
    if (entered === 'too-many') return { code: 'TOO_MANY_TRIES', message: roomTexts.tooManyNew }
    const { token: given, gaveWay } = entered
    for (const tab of this.#tabsOf(gaveWay)) {
      this.leave(tab)
      tab.refuse('ROOM_FULL', fullText(this.#seats.most))
    }
    this.#students.set(member, given)
    // The latest is the one somebody looks at; and a connection that broke may still look open from here.
    for (const tab of this.#tabsOf(given).slice(0, -this.#limits.connectionsPerStudent)) {
      this.leave(tab)
      tab.refuse('NOT_ALLOWED', roomTexts.tooManyTabs)
    }
    say(member, { type: 'welcome', role: 'student', token: given })
    this.#show(member)
    this.#broadcast.ask()
    return undefined
  }

  /** Takes a staff page in; false where there are too many. */
  admitStaff(member: Member, isWall = false): boolean {
    if (this.#staff.size >= this.#limits.staffConnections) return false
    if (isWall) this.#walls.add(member)
    const teller = new LogTeller(this.#stage, member)
    this.#staff.set(member, teller)
    say(member, { type: 'welcome', role: 'staff' })
    this.#show(member)
    teller.tell()
    return true
  }

  /** A connection is gone. */
  leave(member: Member): void {
    const token = this.#students.get(member)
    if (token !== undefined) this.#seats.leave(token, performance.now())
    this.#students.delete(member)
    this.#staff.get(member)?.stop()
    this.#staff.delete(member)
    if (this.#player === member) {
      this.#player = undefined
      this.#stage.player?.(false)
      if (this.#walls.has(member)) this.#awaitWall()
    }
    this.#walls.delete(member)
    this.#broadcast.ask()
  }

  /** Does what a member asks for, or says why not. */
  take(member: Member, message: MemberMessage): void {
    const refusal = this.#do(member, message)
    if (refusal) refuse(member, refusal)
  }

  /** What the room does not know of itself may have changed: the address that students type. */
  tellAgain(): void {
    this.#broadcast.ask()
  }

  /** Calls back soon after anything that `snapshot` holds may have changed; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot(): RoomSnapshot {
    return { version: 1, code: this.#code, ...this.#course.snapshot(), tokens: this.#seats.tokens }
  }

  /**
   * Goes on from a snapshot: its code, place, students and votes. Where its lesson had its stage on, that is set up anew.
   * @throws {PushlabError} BAD_INPUT where it is none, or does not fit the lessons; nothing has changed then. What the
   * stage throws.
   */
  async restore(snapshot: unknown): Promise<void> {
    const { code, tokens, ...course } = readSnapshot(snapshot)
    const mismatch = this.#course.restore(course)
    if (mismatch !== undefined) throw badSnapshot(mismatch)
    this.#code = code
    this.#seats.put(tokens, performance.now())
    this.#noteBallot()
    this.#broadcast.ask()
    if (this.#course.lesson > 0 && this.#course.phase !== 'predict' && this.#course.phase !== 'discuss') {
      await this.#setUp()
    }
  }

  /** Every vote so far, as rows of a table. */
  votes(): (string | number)[][] {
    return this.#course.rows()
  }

  /** Tells everybody that the class has ended: nobody waits for its return. */
  sayGoodbye(): void {
    for (const member of [...this.#students.keys(), ...this.#staff.keys()]) sendAway(member)
  }

  close(): void {
    clearTimeout(this.#wallIsAway)
    this.#broadcast.stop()
    clearTimeout(this.#undoTimer)
    for (const stop of this.#stopListening) stop()
  }

  #do(member: Member, message: MemberMessage): Refusal | undefined {
    if (message.type === 'clock') {
      say(member, { type: 'clock', sentMs: message.sentMs, atUs: nowUs() })
      return undefined
    }
    if (message.type === 'vote') return this.#vote(member, message.ballot, message.option)
    if (!this.#staff.has(member)) return { code: 'NOT_ALLOWED', message: roomTexts.staffOnly }
    switch (message.type) {
      case 'hidden':
      case 'clocked':
      case 'seen':
      case 'ticked':
        // What was on its way when another page took over is of no use to anybody.
        if (member === this.#player) this.#doForPlayer(member, message)
        return undefined
    }
    const refusal = this.#doForStaff(member, message)
    if (refusal) return refusal
    this.#noteBallot()
    this.#broadcast.ask()
    return undefined
  }

  #vote(member: Member, ballot: string, option: number): Refusal | undefined {
    const token = this.#students.get(member)
    if (token === undefined) return { code: 'NOT_ALLOWED', message: roomTexts.noStudent, ballot }
    const vote = this.#course.vote(token, ballot, option, this.#seats.siteOf(token))
    if (vote.outcome === 'closed') return { code: 'VOTE_CLOSED', message: roomTexts.voteClosed, ballot }
    if (vote.outcome === 'no-such-option') {
      return { code: 'BAD_MESSAGE', message: roomTexts.badMessage, ballot }
    }
    say(member, { type: 'voted', ballot, option: vote.option })
    if (vote.isNew) this.#broadcast.ask()
    return undefined
  }

  #doForStaff(member: Member, message: StaffMessage): Refusal | undefined {
    switch (message.type) {
      case 'go':
        return this.#go(member, message.lesson, message.phase)
      case 'revote': {
        const { phase } = this.#course
        if (!this.#course.revote()) return { code: 'NOT_ALLOWED', message: roomTexts.noVoteHere }
        if (this.#course.phase !== phase) this.#isRecording = false
        this.#endsAtUs = undefined
        break
      }
      case 'close':
        return this.#close(message.ballot)
      case 'hands':
        if (!this.#course.raise(message.ballot, message.counts)) {
          return { code: 'VOTE_CLOSED', message: roomTexts.noHands }
        }
        break
      case 'bars':
        this.#course.showBars(message.on)
        break
      case 'leave-out':
        this.#course.leaveOut(message.on)
        break
      case 'timer':
        this.#endsAtUs = message.seconds > 0 ? nowUs() + message.seconds * 1e6 : undefined
        break
      case 'new-class':
        this.#beginClass()
        break
      case 'undo':
        return this.#undo(member)
      case 'recording':
        if (!this.#course.current) return { code: 'NOT_ALLOWED', message: roomTexts.noRecordingHere }
        this.#isRecording = message.on
        break
      case 'begin':
        this.#onStage(member, () => this.#begin(message.setup))
        break
      case 'change':
        this.#onStage(member, () => this.#stage.change(message.settings))
        break
      case 'act':
        this.#onStage(member, () => this.#stage.act(message.act))
        break
      case 'play':
        return this.#play(member, message)
    }
    return undefined
  }

  #doForPlayer(member: Member, message: PlayerMessage): void {
    if (message.type === 'hidden') this.#stage.player?.(true, message.on)
    // Nor is what was, when the stage began anew.
    else if (message.run !== this.#stage.run) return
    else if (message.type === 'clocked') this.#stage.clocked?.(message.shiftUs, message.errorUs)
    else if (message.type === 'seen') {
      const entries = message.entries.map((entry) => ({ ...entry, atUs: Math.round(entry.atUs) }))
      this.#onStage(member, async () => this.#stage.seen(entries))
    } else if (message.lesson === this.#course.lesson) {
      // Those of the lesson before may still have been on their way.
      this.#steps = { run: message.run, ids: message.steps }
      this.#broadcast.ask()
    }
  }

  #go(member: Member, lesson: number, phase: Phase): Refusal | undefined {
    const from = { lesson: this.#course.lesson, phase: this.#course.phase }
    if (!this.#course.go(lesson, phase)) return { code: 'BAD_MESSAGE', message: roomTexts.noSuchLesson }
    if (lesson !== from.lesson) this.#forgetSteps()
    if (lesson !== from.lesson || this.#course.phase !== from.phase) {
      this.#isRecording = false
      this.#endsAtUs = undefined
    }
    if (lesson === 0 || phase === 'observe') this.#onStage(member, () => this.#setUp())
    return undefined
  }

  /** Another class at the first question of the same lesson. Who was here has to be given its code. */
  #beginClass(): void {
    this.#before = { snapshot: this.snapshot(), stageLesson: this.#stageLesson }
    const { lesson } = this.#course
    this.#course.restore({ lesson, phase: 'predict', rounds: [], revealed: [], ballots: [] })
    this.#course.go(lesson, 'predict')
    this.#seats = new Seats(this.#limits.seats)
    this.#code = newCode()
    this.#stageLesson = undefined
    for (const member of [...this.#students.keys()]) sendAway(member)
    clearTimeout(this.#undoTimer)
    this.#undoTimer = setTimeout(() => {
      this.#before = undefined
      this.#broadcast.ask()
    }, this.#limits.undoMs)
    this.#undoTimer.unref()
    this.#comeElsewhere()
  }

  #undo(member: Member): Refusal | undefined {
    if (!this.#before) return { code: 'NOT_ALLOWED', message: roomTexts.nothingToUndo }
    const { snapshot, stageLesson } = this.#before
    this.#before = undefined
    this.#stageLesson ??= stageLesson
    this.#comeElsewhere()
    this.#onStage(member, () => this.restore(snapshot))
    return undefined
  }

  #comeElsewhere(): void {
    this.#forgetSteps()
    this.#isRecording = false
    this.#endsAtUs = undefined
  }

  /** A slip of the hand right behind the click that opened the vote shows no answer before anybody could vote. */
  #close(ballot: string): Refusal | undefined {
    const isNew = performance.now() - this.#open.sinceMs < this.#limits.closeAfterMs
    if (ballot === this.#open.ballot && isNew && this.#course.voters.length === 0) {
      return { code: 'NOT_ALLOWED', message: roomTexts.voteJustOpened }
    }
    return this.#course.close(ballot) ? undefined : { code: 'VOTE_CLOSED', message: roomTexts.voteClosed }
  }

  #noteBallot(): void {
    const ballot = this.#course.ballot?.id
    if (ballot !== this.#open.ballot) this.#open = { ballot, sinceMs: performance.now() }
  }

  #forgetSteps(): void {
    this.#steps = { run: 0, ids: [] }
  }

  #tabsOf(token: string | undefined): Member[] {
    return [...this.#students].filter(([, other]) => other === token).map(([tab]) => tab)
  }

  /** Sets up the lesson's stage, unless the stage has been this lesson's since it was last begun: going back keeps it. */
  async #setUp(): Promise<void> {
    if (this.#stageLesson === this.#course.lesson) return
    await this.#begin(this.#course.current?.setup ?? this.#sandbox)
  }

  async #begin(setup: StageSetup): Promise<void> {
    const { lesson, current } = this.#course
    // Who learns alone sets up another lesson's stage; in the sandbox anything goes.
    const isItsOwn = !current || JSON.stringify(setup) === JSON.stringify(current.setup)
    this.#stageLesson = isItsOwn ? lesson : undefined
    this.#forgetSteps()
    this.#broadcast.ask()
    try {
      await this.#stage.begin(setup)
      this.#broadcast.ask()
    } catch (error) {
      // To go there again is to try again.
      if (this.#stageLesson === lesson) this.#stageLesson = undefined
      throw error
    }
  }

  async #onStage(member: Member, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      refuse(member, { code: 'STAGE_FAILED', message: stageRefusalText(error) })
    }
  }

  #play(member: Member, { takeOver, goesOn }: ToRoom & { type: 'play' }): Refusal | undefined {
    if (this.#player === member) return undefined
    if (!takeOver && !this.#isFreeFor(member)) return { code: 'NOT_ALLOWED', message: roomTexts.anotherPlays }
    if (this.#player) this.#stage.player?.(false)
    this.#player = member
    this.#isAskedFor = takeOver
    clearTimeout(this.#wallIsAway)
    this.#wallIsAway = undefined
    this.#stage.player?.(true, goesOn ? false : undefined)
    return undefined
  }

  /** Whether a page may play the lanes unasked: walls come first, also before a page that nobody has asked to. */
  #isFreeFor(member: Member): boolean {
    if (this.#walls.has(member)) {
      return !this.#player || (!this.#walls.has(this.#player) && !this.#isAskedFor)
    }
    return !this.#player && !this.#wallIsAway
  }

  /** A wall that is loaded anew is back in a moment: until then its stage is nobody else's. */
  #awaitWall(): void {
    clearTimeout(this.#wallIsAway)
    this.#wallIsAway = setTimeout(() => {
      this.#wallIsAway = undefined
      this.#broadcast.ask()
    }, this.#limits.wallReturnsMs)
  }

  #tellAll(): void {
    for (const member of [...this.#students.keys(), ...this.#staff.keys()]) this.#show(member)
    for (const listener of this.#listeners) listener()
  }

  /** Tells a member the state as it is for it, unless it has been told just that. */
  #show(member: Member): void {
    const token = this.#students.get(member)
    const message: FromRoom =
      token === undefined
        ? { type: 'room', state: this.#stateFor(member) }
        : { type: 'student', state: { ...this.#course.studentState(token), ...this.#clock() } }
    const text = JSON.stringify(message)
    if (this.#told.get(member) === text) return
    this.#told.set(member, text)
    member.send(text)
  }

  #clock(): { endsAtUs?: number } {
    return this.#endsAtUs === undefined ? {} : { endsAtUs: this.#endsAtUs }
  }

  /** Students who are here or have voted, and hands. */
  #voters(): number {
    const { voters, leftOut, tallies } = this.#course
    const students = [...new Set([...this.#students.values(), ...voters])]
    const hands = tallies.at(-1)?.hands ?? []
    return students.filter((token) => !leftOut.has(token)).length + hands.reduce((sum, some) => sum + some, 0)
  }

  #stateFor(member: Member): RoomState {
    const { run, epochUs, setup, settings, lanes, network, server } = this.#stage
    const { lesson, phase, round, ballot, tallies, advice, bars, crowd } = this.#course
    const player = this.#player === member ? 'you' : this.#isFreeFor(member) ? 'none' : 'another'
    const isAside = this.#player !== undefined && !this.#walls.has(this.#player)
    return {
      code: this.#code,
      joinUrl: this.#joinUrl(),
      alsoAt: this.#alsoAt(),
      students: { here: this.#seats.here, joined: this.#seats.joined, most: this.#seats.most },
      lesson,
      phase,
      round,
      voters: this.#voters(),
      ...(ballot && { ballot }),
      tallies,
      ...(advice && { advice }),
      bars,
      ...(crowd && { crowd }),
      ...this.#clock(),
      ...(this.#before && { canUndo: true }),
      // While another run begins, what was seen in the one before counts no more.
      steps: this.#steps.run === run ? this.#steps.ids : [],
      recording: this.#isRecording,
      stage: {
        ...{ run, epochUs, setup, settings, lanes, network, server, player },
        ...(isAside && { isAside }),
      },
    }
  }
}

function refuse(member: Member, refusal: Refusal): void {
  say(member, { type: 'refused', ...refusal, message: bilingual(refusal.message) })
}

/** For good. */
function sendAway(member: Member): void {
  say(member, { type: 'goodbye' })
  member.goAway()
}

function say(member: Member, message: FromRoom): void {
  member.send(JSON.stringify(message))
}
