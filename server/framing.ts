import type { FeedEvent, Gap } from './event.ts'
import type { ServerSettings } from './settings.ts'

/** How a technique writes what a stream has to say. Pure. */
export interface Framing {
  /**
   * Encodes one event as this technique writes it, before chunked transfer coding or WebSocket framing: bytes where
   * it is a binary message. Pure.
   */
  frame(event: FeedEvent): string | Uint8Array
  /** What tells a stream's subscriber of events that it can no longer have. Polls tell it in their answer. */
  frameGap?(gap: Gap): string | Uint8Array
  /** What a stream says first: the cursor that it starts from, so that a cut before the first event can resume. */
  frameOpening?(cursor: number, feedId: string, settings: ServerSettings): string | Uint8Array
}
