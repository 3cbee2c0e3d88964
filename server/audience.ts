import type { Counters } from './counters.ts'
import { lostBy } from './cursor.ts'
import type { Cursor, Feed, FeedEvent } from './event.ts'
import type { Framing } from './framing.ts'
import type { ServerSettings } from './settings.ts'

/** Why a stream ends: nothing follows, or the server goes away and the subscriber may come back. */
export type EndReason = 'feed-ended' | 'server-closing'

/** One subscriber's outgoing connection, as the fan-out sees it. */
export interface Sink {
  /**
   * Writes one message.
   * @param binary whether it is one of bytes, for protocols that tell them from text.
   * @param flushed called once the kernel has taken these bytes and all before them.
   */
  write(bytes: Uint8Array, binary: boolean, flushed?: () => void): void
  /** Bytes written that the kernel has not taken yet. */
  bufferedBytes(): number
  /** Shows that the connection lives, in the protocol's own way. */
  heartbeat(): void
  /** Ends in the protocol's own way, saying why where it can. */
  end(reason: EndReason): void
  /** Cuts the connection at once. */
  destroy(): void
}

/** An event as its technique writes it. */
interface Frame {
  bytes: Uint8Array
  binary: boolean
}

/** A subscriber, where it is: `seq` is that of the last event written. */
interface Member extends Cursor {
  sink: Sink
  /** Set while the sink's buffer is full: cuts the subscriber off unless it drains in time. */
  stallTimer?: NodeJS.Timeout
}

/**
 * The subscribers of one streaming technique. Each event is encoded once and the same bytes go to every member. A
 * member whose buffer is full is passed over; once it drains it reads on from the feed's history, from its own
 * cursor. So no reader, however slow, costs more than `bufferBytes`, and slow streams lose exactly what slow
 * pollers lose: what has left the history, which is counted and told.
 */
export class Audience {
  readonly #feed: Feed
  readonly #framing: Framing
  readonly #settings: ServerSettings
  readonly #counters: Counters
  readonly #members = new Set<Member>()
  readonly #frames = new WeakMap<FeedEvent, Frame>()
  #unsubscribe: (() => void) | undefined
  #heartbeatTimer: NodeJS.Timeout | undefined

  constructor(feed: Feed, framing: Framing, settings: ServerSettings, counters: Counters) {
    this.#feed = feed
    this.#framing = framing
    this.#settings = settings
    this.#counters = counters
  }

  /**
   * Adds a subscriber: says the feed and the cursor it starts from, sends what it missed, then what comes.
   * @param cursor the last event it has; left out: from now on.
   * @returns the function to call once its connection is gone, however often.
   */
  join(sink: Sink, cursor: Cursor = { seq: this.#feed.latestSeq }): () => void {
    const member: Member = { sink, ...cursor }
    this.#counters.open++
    this.#counters.opened++
    this.#members.add(member)
    this.#wake()
    // Named as one of this feed, a number ahead of it would be waited for by who is cut off before the gap is told.
    const { gap } = this.#feed.since(cursor, 1)
    const from = gap ? Math.min(cursor.seq, gap.next - 1) : cursor.seq
    const opening = this.#framing.frameOpening?.(from, this.#feed.feedId, this.#settings)
    if (opening) sink.write(Buffer.from(opening), false)
    this.#catchUp(member)
    return () => this.#leave(member)
  }

  /** Ends every stream: the server is closing. */
  close(): void {
    for (const member of [...this.#members]) this.#end(member, 'server-closing')
  }

  #wake(): void {
    if (this.#unsubscribe) return
    this.#unsubscribe = this.#feed.subscribe({
      onEvent: (event) => this.#broadcast(event),
      onEnd: () => {
        for (const member of [...this.#members]) this.#catchUp(member)
      },
    })
    this.#heartbeatTimer = setInterval(() => {
      for (const member of this.#members) if (!member.stallTimer) member.sink.heartbeat()
    }, this.#settings.heartbeatMs)
  }

  #leave(member: Member): void {
    if (!this.#members.delete(member)) return
    clearTimeout(member.stallTimer)
    this.#counters.open--
    if (this.#members.size > 0) return
    this.#unsubscribe?.()
    this.#unsubscribe = undefined
    clearInterval(this.#heartbeatTimer)
  }

  #end(member: Member, reason: EndReason): void {
    this.#leave(member)
    member.sink.end(reason)
  }

  #broadcast(event: FeedEvent): void {
    const frame = this.#frame(event)
    for (const member of this.#members) {
      if (!member.stallTimer && member.seq < event.seq) this.#write(member, event.seq, frame)
    }
  }

  #write(member: Member, seq: number, { bytes, binary }: Frame): void {
    member.seq = seq
    this.#counters.eventsWritten++
    if (member.sink.bufferedBytes() + bytes.length <= this.#settings.bufferBytes) {
      member.sink.write(bytes, binary)
      return
    }
    member.stallTimer = setTimeout(() => {
      this.#counters.stalled++
      this.#leave(member)
      member.sink.destroy()
    }, this.#settings.stallMs)
    member.sink.write(bytes, binary, () => {
      clearTimeout(member.stallTimer)
      delete member.stallTimer
      if (this.#members.has(member)) this.#catchUp(member)
    })
  }

  #catchUp(member: Member): void {
    while (!member.stallTimer) {
      const { gap, events } = this.#feed.since(member, this.#settings.bufferBytes)
      if (!gap && events.length === 0) break
      if (gap) {
        this.#counters.eventsLost += lostBy(gap)
        member.sink.write(Buffer.from(this.#framing.frameGap?.(gap) ?? ''), false)
        // With an empty history there is no event to move the cursor on: this gap has been told once.
        member.seq = gap.next - 1
        member.feedId = this.#feed.feedId
      }
      for (const event of events) {
        if (member.stallTimer) break
        this.#write(member, event.seq, this.#frame(event))
      }
    }
    if (this.#feed.ended && !member.stallTimer) this.#end(member, 'feed-ended')
  }

  #frame(event: FeedEvent): Frame {
    let frame = this.#frames.get(event)
    if (!frame) {
      const framed = this.#framing.frame(event)
      frame = { bytes: ownBytes(framed), binary: typeof framed !== 'string' }
      this.#frames.set(event, frame)
    }
    return frame
  }
}

/**
 * Bytes in memory of their own. A frame is kept for as long as the history has its event, and in Node's pool it would keep all that
 * was cut from the same piece: with hundreds of subscribers the heads of their frames, 40 times its own size.
 */
function ownBytes(framed: string | Uint8Array): Uint8Array {
  if (typeof framed !== 'string' && framed.buffer.byteLength === framed.length) return framed
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(framed))
  if (typeof framed === 'string') bytes.write(framed)
  else bytes.set(framed)
  return bytes
}
