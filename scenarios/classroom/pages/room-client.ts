import { type ReadonlySignal, signal } from '@preact/signals'
import type { FromRoom, RefusalCode, RoomState, StudentState, ToRoom } from '../room/protocol.ts'
import { type ClockEstimate, RoomClock, stepOf } from './room-client-clock.ts'
import { browserKeeper, type Keeper, keepToken, keptToken } from './room-client-token.ts'
import { type OwnVote, OwnVotes } from './room-client-votes.ts'

export type Refused = Extract<FromRoom, { type: 'refused' }>
export type LogMessage = Extract<FromRoom, { type: 'log' }>

/**
 * connecting: for the first time. here: the room has said welcome. lost: it comes back by itself. refused: the room does
 * not let this page in; see `refusal`. Where the room is only full or busy the page asks again by itself, every 10 s.
 * over: the room has said goodbye, and the page does not try again.
 */
export type RoomConnectionState = 'connecting' | 'here' | 'lost' | 'refused' | 'over'

/** What a page says to be let in. */
export type Credentials = { role: 'student'; code: string } | { role: 'staff'; key: string; isWall?: true }

/** What a browser has, and a test gives otherwise. */
export interface RoomClientEnvironment {
  /** `ws://host:port/room` */
  url: string
  open(url: string): WebSocket
  /** Keeps the student's token, for every tab of this browser: who scans the code twice is one student. */
  storage: Keeper
  /** The page's clock, in ms: that of the lanes' times. */
  nowMs(): number
  /** How coarse that clock is, in ms; default 0. */
  stepMs?: number
  /** 0 to 1. */
  random(): number
  /** Calls back when it is worth trying again: the device is online again, or somebody looks at the page. */
  onWake(listener: () => void): () => void
}

export interface RoomClient {
  readonly connection: ReadonlySignal<RoomConnectionState>
  /** Why the room did not do what this page asked for last; gone with the next welcome. */
  readonly refusal: ReadonlySignal<Refused | undefined>
  /** Of a student's page. */
  readonly student: ReadonlySignal<StudentState | undefined>
  /** Of a staff page. */
  readonly room: ReadonlySignal<RoomState | undefined>
  /** The page's own votes by ballot, those that wait for the room to come back, too. */
  readonly votes: ReadonlySignal<ReadonlyMap<string, OwnVote>>
  /** Undefined until it is known to half a millisecond, or all first questions have been asked: lanes wait for that. */
  readonly clock: ReadonlySignal<ClockEstimate | undefined>
  /** Votes once in a ballot, now or as soon as the room is here. False where this page has voted in it. */
  vote(ballot: string, option: number): boolean
  /** Says something else. False while the room is not here: nothing of it is kept. */
  say(message: Exclude<ToRoom, { type: 'hello' | 'vote' | 'clock' }>): boolean
  /** Calls back with the stage's log as it comes; returns how to stop that. After a return it comes from its beginning. */
  onLog(listener: (message: LogMessage) => void): () => void
  /** Calls back when this page, which plays the lanes, is to probe them; returns how to stop that. */
  onProbe(listener: () => void): () => void
  /** Tries again now: after a refusal, or where the room was lost. */
  retry(): void
  /** Leaves the room for good. */
  close(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5_000
/** A phone that was asleep when the class ended has heard no goodbye: after so long it waits until somebody looks at it. */
const GIVE_UP_MS = 600_000
/** A room that is full, or an address that has tried too often. */
const REFUSED_WAIT_MS = 10_000
/** A room that has not told its time for so long after it was asked is not there, whatever the socket says. */
const SILENCE_MS = 10_000
const CLOCK_MS = 5_000
/**
 * Soon after hello it is asked more often, for a good estimate. A page of staff, which may play lanes and is busy at first,
 * asks on until it has one.
 */
const FIRST_QUESTIONS = 5
const MOST_FIRST_QUESTIONS = 25
const FIRST_MS = 1_250
const GOOD_MS = 0.5

/** Reasons that may be gone soon; a slow page that was sent away before it said hello is told BAD_MESSAGE. */
const passing: readonly RefusalCode[] = ['ROOM_FULL', 'TOO_MANY_TRIES', 'BAD_MESSAGE']
/** RFC 6455 section 7.4.1: the room has closed the connection for what this page is or did. */
const POLICY_VIOLATION = 1008

/** How long to wait before the nth try, from 0 on: twice as long each time, and never all pages at the same instant. */
export function waitBeforeMs(failures: number, random: number): number {
  const longestMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures + 1))
  return FIRST_WAIT_MS + random * (longestMs - FIRST_WAIT_MS)
}

/** Joins the room of this page's origin, and comes back to it by itself. */
export function joinRoom(
  credentials: Credentials,
  environment: RoomClientEnvironment = browserEnvironment(),
): RoomClient {
  const { url, open, storage, nowMs, stepMs = 0, random, onWake } = environment
  const connection = signal<RoomConnectionState>('connecting')
  const refusal = signal<Refused | undefined>()
  const student = signal<StudentState | undefined>()
  const room = signal<RoomState | undefined>()
  const clock = signal<ClockEstimate | undefined>()
  const ownVotes = new OwnVotes()
  const votes = signal(ownVotes.all)
  const listeners = new Set<(message: LogMessage) => void>()
  const probeListeners = new Set<() => void>()
  const roomClock = new RoomClock(stepMs)
  const mostQuestions = credentials.role === 'staff' ? MOST_FIRST_QUESTIONS : FIRST_QUESTIONS
  /** Whether the clock is known, as well as it soon will be. */
  let isTimed = false
  let socket: WebSocket | undefined
  let failures = 0
  let lostSinceMs: number | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let clockTimer: ReturnType<typeof setTimeout> | undefined
  let welcomeTimer: ReturnType<typeof setTimeout> | undefined
  let questions = 0
  let askedSinceMs: number | undefined
  let isClosed = false

  const send = (message: ToRoom) => socket?.send(JSON.stringify(message))

  const connect = () => {
    if (isClosed) return
    clearTimeout(retryTimer)
    const opened = open(url)
    socket = opened
    welcomeTimer = setTimeout(hangUp, SILENCE_MS)
    opened.addEventListener('open', () => {
      if (socket === opened) send(hello(credentials, storage))
    })
    opened.addEventListener('message', ({ data }) => {
      if (socket === opened) take(JSON.parse(String(data)))
    })
    opened.addEventListener('close', ({ code }) => {
      if (socket !== opened) return
      if (code === POLICY_VIOLATION && connection.value === 'here') connection.value = 'refused'
      lose()
    })
    // What went wrong a page is not told; the close that follows is all that counts.
    opened.addEventListener('error', () => {})
  }

  const lose = () => {
    socket = undefined
    clearTimeout(clockTimer)
    clearTimeout(welcomeTimer)
    if (isClosed) return
    if (connection.value === 'refused') {
      if (passing.includes(refusal.value?.code as RefusalCode)) tryAfter(REFUSED_WAIT_MS * (1 + random() / 2))
      return
    }
    if (connection.value === 'here') connection.value = 'lost'
    lostSinceMs ??= nowMs()
    if (credentials.role === 'student' && nowMs() - lostSinceMs > GIVE_UP_MS) return
    tryAfter(waitBeforeMs(failures, random()))
    failures += 1
  }

  const tryAfter = (waitMs: number) => {
    clearTimeout(retryTimer)
    retryTimer = setTimeout(connect, waitMs)
  }

  const take = (message: FromRoom) => {
    switch (message.type) {
      case 'welcome':
        if (message.role === 'student' && credentials.role === 'student') {
          keepToken(storage, credentials.code, message.token)
        }
        welcome()
        break
      case 'refused':
        refused(message)
        break
      case 'clock':
        askedSinceMs = undefined
        tellTime(roomClock.add({ ...message, receivedMs: nowMs() }))
        break
      case 'student':
        student.value = message.state
        break
      case 'room':
        room.value = message.state
        break
      case 'voted':
        ownVotes.counted(message.ballot, message.option)
        votes.value = ownVotes.all
        break
      case 'log':
        for (const listener of listeners) listener(message)
        break
      case 'probe':
        for (const listener of probeListeners) listener()
        break
      case 'goodbye':
        close()
        connection.value = 'over'
        break
    }
  }

  const close = () => {
    isClosed = true
    clearTimeout(retryTimer)
    clearTimeout(clockTimer)
    clearTimeout(welcomeTimer)
    stopWaking()
    socket?.close()
  }

  const welcome = () => {
    clearTimeout(welcomeTimer)
    connection.value = 'here'
    refusal.value = undefined
    failures = 0
    lostSinceMs = undefined
    roomClock.clear()
    questions = 0
    isTimed = false
    askedSinceMs = undefined
    for (const vote of ownVotes.toSay()) send({ type: 'vote', ...vote })
    askForTime()
  }

  const tellTime = (estimate: ClockEstimate) => {
    isTimed ||= estimate.uncertaintyMs <= GOOD_MS + 2 * stepMs || questions >= mostQuestions
    if (isTimed) clock.value = estimate
  }

  const refused = (message: Refused) => {
    if (message.ballot !== undefined) {
      // A vote that had been counted, of a room that has forgotten it, is nothing to trouble anybody with.
      const wasCounted = ownVotes.all.get(message.ballot)?.state === 'counted'
      ownVotes.refused(message.ballot)
      votes.value = ownVotes.all
      if (wasCounted) return
    }
    refusal.value = message
    // Before welcome it means the page itself, and the room closes the connection.
    if (connection.value !== 'here') connection.value = 'refused'
  }

  const askForTime = () => {
    if (askedSinceMs !== undefined && nowMs() - askedSinceMs > SILENCE_MS) return hangUp()
    const sentMs = nowMs()
    askedSinceMs ??= sentMs
    send({ type: 'clock', sentMs })
    questions += 1
    const isFirst = questions < (isTimed ? FIRST_QUESTIONS : mostQuestions)
    clockTimer = setTimeout(askForTime, isFirst ? FIRST_MS / mostQuestions : CLOCK_MS)
  }

  /** Does not wait for a close that may never come. */
  const hangUp = () => {
    socket?.close()
    lose()
  }

  const retry = () => {
    if (connection.value === 'here' || isClosed || socket) return
    if (connection.value === 'refused') connection.value = 'connecting'
    connect()
  }

  const stopWaking = onWake(() => {
    lostSinceMs = undefined
    if (connection.value !== 'refused') retry()
  })
  connect()
  return {
    connection,
    refusal,
    student,
    room,
    votes,
    clock,
    vote(ballot, option) {
      const isGiven = ownVotes.give(ballot, option)
      votes.value = ownVotes.all
      if (isGiven && connection.value === 'here') send({ type: 'vote', ballot, option })
      return isGiven
    },
    say(message) {
      if (connection.value !== 'here') return false
      send(message)
      return true
    },
    onLog(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onProbe(listener) {
      probeListeners.add(listener)
      return () => probeListeners.delete(listener)
    },
    retry,
    close,
  }
}

function hello(credentials: Credentials, storage: RoomClientEnvironment['storage']): ToRoom {
  if (credentials.role === 'staff') return { type: 'hello', ...credentials }
  const token = keptToken(storage, credentials.code)
  return { type: 'hello', ...credentials, ...(token !== undefined && { token }) }
}

function browserEnvironment(): RoomClientEnvironment {
  const nowMs = () => performance.timeOrigin + performance.now()
  return {
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/room`,
    open: (url) => new WebSocket(url),
    storage: browserKeeper('localStorage'),
    nowMs,
    stepMs: stepOf(nowMs),
    random: Math.random,
    onWake: (listener) => {
      const wake = () => {
        if (document.visibilityState === 'visible') listener()
      }
      addEventListener('online', wake)
      document.addEventListener('visibilitychange', wake)
      return () => {
        removeEventListener('online', wake)
        document.removeEventListener('visibilitychange', wake)
      }
    },
  }
}
