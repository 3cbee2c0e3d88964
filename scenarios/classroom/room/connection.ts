import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Said } from '../../../report/words/say.ts'
import { PongGuard } from '../../../server/pong-guard.ts'
import { bilingual } from './bilingual.ts'
import type { Admission, Gate } from './gate.ts'
import type { RoomLimits } from './limits.ts'
import type { Places } from './places.ts'
import type { FromRoom, RefusalCode, ToRoom } from './protocol.ts'
import { readToRoom } from './protocol-schema.ts'
import { TokenBucket } from './rate-limit.ts'
import type { Member, Refusal, Room } from './room.ts'
import { roomTexts } from './texts.ts'
import type { WaitingRoom } from './waiting.ts'

/** RFC 6455 section 7.4.1. */
const GOING_AWAY = 1001
const UNSUPPORTED_DATA = 1003
const POLICY_VIOLATION = 1008
const TOO_BIG = 1009

/** A peer that does not answer a close is cut off after this. */
const CLOSE_GRACE_MS = 1_000

export interface ConnectionContext {
  room: Room
  gate: Gate
  waiting: WaitingRoom<RoomConnection>
  places: Places<Socket>
  limits: RoomLimits
}

type Ending = Refusal & { closeCode?: number }

function endingOf(admission: Exclude<Admission, 'right'>, wrong: Ending): Ending {
  return admission === 'wrong' ? wrong : { code: 'TOO_MANY_TRIES', message: roomTexts.tooManyTries }
}

/** One WebSocket of a page: it says hello within its time, and then what its role may say, at the rate it may say it. */
export class RoomConnection implements Member {
  readonly #socket: WebSocket
  readonly #tcp: Socket
  readonly #address: string
  readonly #context: ConnectionContext
  readonly #helloTimer: NodeJS.Timeout
  #role: 'unknown' | 'student' | 'staff' = 'unknown'
  #messages: TokenBucket
  #seenMessages: TokenBucket
  readonly #guard: PongGuard
  #isEnding = false

  constructor(socket: WebSocket, tcp: Socket, context: ConnectionContext) {
    const { waiting, limits } = context
    const address = tcp.remoteAddress ?? ''
    this.#socket = socket
    this.#tcp = tcp
    this.#address = address
    this.#context = context
    const nowMs = performance.now()
    this.#messages = new TokenBucket(limits.studentMessages, nowMs)
    this.#seenMessages = new TokenBucket(limits.seenMessages, nowMs)
    this.#helloTimer = setTimeout(() => this.#sendAway(), limits.helloMs)
    socket.on('message', (data, isBinary) => this.#take(data as Buffer, isBinary))
    this.#guard = new PongGuard(limits.heartbeatMs, () => socket.terminate())
    socket.on('pong', (content) => this.#guard.pong(content))
    socket.on('close', () => {
      this.#guard.stop()
      this.#leave()
    })
    // ws has already answered a malformed or oversized frame with the right close code.
    socket.on('error', () => {})
    for (const other of waiting.enter(this, address, nowMs)) other.#sendAway()
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** @param left is called once the text has left. */
  send(text: string, left?: () => void): void {
    if (this.#isEnding || this.#socket.readyState !== this.#socket.OPEN) return
    const { staffBufferBytes, studentBufferBytes } = this.#context.limits
    if (this.#socket.bufferedAmount > (this.#role === 'staff' ? staffBufferBytes : studentBufferBytes)) {
      this.#socket.terminate()
    } else {
      this.#socket.send(text, () => left?.())
    }
  }

  tell(message: FromRoom, left: () => void): void {
    this.send(JSON.stringify(message), left)
  }

  refuse(code: RefusalCode, message: Said, closeCode = POLICY_VIOLATION): void {
    if (this.#isEnding) return
    this.#say(code, message)
    this.#end(closeCode)
  }

  /** Pings the page; one that does not answer in its time is cut off. */
  heartbeat(): void {
    this.#socket.ping(this.#guard.ping())
  }

  /** The room closes; the page may come back. */
  goAway(): void {
    this.#end(GOING_AWAY)
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (this.#isEnding) return
    const end = this.#takeWhatIsAllowed(data, isBinary)
    if (end) this.refuse(end.code, end.message, end.closeCode)
  }

  /** Returns why the connection ends, where it does. */
  #takeWhatIsAllowed(data: Buffer, isBinary: boolean): Ending | undefined {
    const { limits, room } = this.#context
    if (this.#role !== 'staff' && data.length > limits.studentMessageBytes) {
      return { code: 'BAD_MESSAGE', message: roomTexts.tooLong, closeCode: TOO_BIG }
    }
    if (isBinary) return { code: 'BAD_MESSAGE', message: roomTexts.badMessage, closeCode: UNSUPPORTED_DATA }
    const message = readToRoom(data.toString())
    const bucket = message?.type === 'seen' && this.#role === 'staff' ? this.#seenMessages : this.#messages
    if (!bucket.take(performance.now())) return { code: 'TOO_MANY_TRIES', message: roomTexts.tooFast }
    if (this.#role === 'unknown') return this.#takeHello(message)
    if (message && message.type !== 'hello') room.take(this, message)
    else this.#say('BAD_MESSAGE', roomTexts.badMessage)
    return undefined
  }

  #takeHello(message: ToRoom | undefined): Ending | undefined {
    if (!message) return { code: 'BAD_MESSAGE', message: roomTexts.badMessage }
    if (message.type !== 'hello') return { code: 'BAD_MESSAGE', message: roomTexts.helloFirst }
    const { room, gate, limits } = this.#context
    const nowMs = performance.now()
    if (message.role === 'staff') {
      const admission = gate.judgeKey(message.key, this.#address, nowMs)
      if (admission !== 'right')
        return endingOf(admission, { code: 'WRONG_KEY', message: roomTexts.wrongKey })
      this.#enter('staff')
      this.#messages = new TokenBucket(limits.staffMessages, nowMs)
      return room.admitStaff(this, message.isWall)
        ? undefined
        : { code: 'ROOM_FULL', message: roomTexts.staffFull }
    }
    // A token that the room gave is worth more than any code: who comes back is never suspect.
    const admission = room.knows(message.token)
      ? gate.judgeKnown(message.code, room.code)
      : gate.judgeCode(message.code, room.code, this.#address, nowMs)
    if (admission !== 'right')
      return endingOf(admission, { code: 'WRONG_CODE', message: roomTexts.wrongCode })
    this.#enter('student')
    return room.admitStudent(this, message.token, this.#address)
  }

  #enter(role: 'student' | 'staff'): void {
    this.#role = role
    clearTimeout(this.#helloTimer)
    this.#context.waiting.leave(this)
    this.#context.places.settle(this.#tcp)
  }

  #sendAway(): void {
    this.refuse('BAD_MESSAGE', roomTexts.helloFirst)
  }

  #say(code: RefusalCode, message: Said): void {
    this.send(JSON.stringify({ type: 'refused', code, message: bilingual(message) } satisfies FromRoom))
  }

  #end(closeCode: number): void {
    if (this.#isEnding) return
    this.#isEnding = true
    this.#leave()
    this.#socket.close(closeCode)
    setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS).unref()
  }

  #leave(): void {
    clearTimeout(this.#helloTimer)
    this.#context.waiting.leave(this)
    if (this.#role !== 'unknown') this.#context.room.leave(this)
    this.#role = 'unknown'
  }
}
