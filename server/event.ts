/** One event of the feed, identical for every technique. */
export interface FeedEvent {
  /** 1 for the first event, no gaps. Doubles as the SSE `id` and as every technique's resume cursor. */
  seq: number
  /** When the schedule asked for this event: microseconds on the host's monotonic clock. */
  scheduledAtUs: number
  /** When the feed published it; publishedAtUs - scheduledAtUs is the feed's own lag. */
  publishedAtUs: number
  /**
   * The event as one JSON value in ASCII: the encoded event itself (see payload.ts), exactly the scenario's
   * `payloadBytes` long, or a string with the base64 of one that is binary.
   */
  data: string
  /** The encoded event of a binary feed, exactly `payloadBytes` long. */
  bytes?: Uint8Array
}

/** What a subscriber has, in the server's own words, and returned to it as received. */
export interface Cursor {
  /** The last event that it has. */
  seq: number
  /** The feed that numbers it so; left out by who does not know: then it is taken for this one. */
  feedId?: string
}

/**
 * Events that a subscriber can no longer have: those after `after` and before `next` have left the history. Where
 * `next` is not beyond `after`, the cursor came from another feed (the server restarted). Always told, never silent.
 */
export interface Gap {
  /** The cursor that was asked for. */
  after: number
  /** The first event that follows. */
  next: number
  /** Where the cursor named another feed: that feed's ID. How many of its events are lost, nobody can know. */
  feedId?: string
}

export interface Batch {
  gap?: Gap
  /** In order of `seq`, without gaps among themselves. */
  events: FeedEvent[]
}

/** The answer to a poll. `events` are the payloads themselves. */
export interface PollAnswer<Event> {
  /** The cursor to ask with next time; also in an empty answer. */
  cursor: number
  /** Of the feed that numbers the events so; to be sent with the cursor. */
  feedId: string
  /** Where events before these can no longer be had. */
  gap?: Gap
  /** True once nothing will follow this answer: stop polling. */
  ended?: true
  events: Event[]
}

export interface FeedSubscriber {
  onEvent(event: FeedEvent): void
  onEnd(): void
}

/** What a technique may ask of the feed. An interface, so that a shared stream can stand behind it one day. */
export interface Feed {
  /** Names this feed, and whatever takes over its history: a number means nothing in another. */
  readonly feedId: string
  /** Microseconds on the monotonic clock that the times within payloads count from. */
  readonly epochUs: number
  /** `seq` of the newest event; 0 before the first. */
  readonly latestSeq: number
  /** True once nothing will follow. */
  readonly ended: boolean
  /** Publishes the next event; `scheduledAtUs` on the monotonic clock, default now. */
  publish(scheduledAtUs?: number): FeedEvent
  /**
   * Events after `cursor`, at most `maxBytes` of payload but always at least one where there is one. Where the cursor
   * names this feed and is ahead of it, there is nothing to tell until the feed has passed it.
   */
  since(cursor: Cursor, maxBytes?: number): Batch
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: FeedSubscriber): () => void
}
