import { format } from '../../../report/format.ts'
import { Said, say } from '../../../report/words/say.ts'
import type { StageSettings } from '../log/entries.ts'
import { delayText } from '../log/lane-numbers.ts'
import { periodsOf } from '../log/milestones.ts'
import type { Carriage, LaneState, Receipt, StageState } from '../log/state.ts'
import type { Step } from './lesson.ts'

/** What lessons read off the stage's state. All are pure; what the state does not tell is undefined, never a guess. */

type Reading<Seen> = (state: StageState) => Seen | undefined

/** What follows from something that has been seen; undefined where it has not. */
export function from<Seen, Value>(read: Reading<Seen>, make: (seen: Seen, state: StageState) => Value) {
  return (state: StageState): Value | undefined => {
    const seen = read(state)
    return seen === undefined ? undefined : make(seen, state)
  }
}

/** Whether something has been seen, and is such. */
export function holds<Seen>(read: Reading<Seen>, isSuch: (seen: Seen, state: StageState) => boolean) {
  const found = from(read, isSuch)
  return (state: StageState): boolean => found(state) ?? false
}

/** What has been seen, in words, and what is said until then. */
export function told<Seen>(
  read: Reading<Seen>,
  tell: (seen: Seen, state: StageState) => Said,
  before: (state: StageState) => Said = () => notYet,
) {
  const found = from(read, tell)
  return (state: StageState): Said => found(state) ?? before(state)
}

/**
 * A step that is done once something has been seen that is such, and says just that: so no step that is ticked says
 * otherwise.
 */
export function doneBy<Seen>(
  read: Reading<Seen>,
  tell: (seen: Seen, state: StageState) => Said,
  isSuch: (seen: Seen, state: StageState) => boolean = () => true,
): Required<Pick<Step, 'isDone' | 'seen'>> {
  const seen = from(read, (found, state) => (isSuch(found, state) ? tell(found, state) : undefined))
  return { isDone: (state) => seen(state) !== undefined, seen }
}

/** How far a step is: `7 of 20 events` */
export function eventsOf(count: number, wanted: number): Said {
  return say`${Math.min(count, wanted)} of ${wanted} events so far`
}

export const notYet = say`Not yet.`

export function laneOf(state: StageState, id: string): LaneState | undefined {
  return state.lanes.find(({ spec }) => spec.id === id)
}

/** Events that a lane has received; 0 for a lane that is not there. */
export function receivedBy(state: StageState, id: string): number {
  const lane = laneOf(state, id)
  return lane?.receivedCount ?? lane?.received.length ?? 0
}

export function delaysMs(receipts: readonly Receipt[]): number[] {
  return receipts.map(({ delayUs }) => delayUs / 1e3)
}

/** Delays of a lane's first so many events, or of as many as there are. */
export function firstDelaysMs(state: StageState, id: string, events: number): number[] {
  return delaysMs(laneOf(state, id)?.received.slice(0, events) ?? [])
}

export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value that a share of them do not exceed, by nearest rank. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/** The first so many that are such, or as many as there are. */
export function firstOf<T>(items: readonly T[], most: number, isSuch: (item: T) => boolean): T[] {
  const found: T[] = []
  for (const item of items) {
    if (found.length === most) break
    if (isSuch(item)) found.push(item)
  }
  return found
}

/** A part of the run. */
export interface Stretch {
  fromUs: number
  /** Infinity for one that goes on. */
  toUs: number
  /** What holds when it begins. */
  settings: StageSettings
}

/** When the settings were such, in order; settings one after the other that are all such are one stretch. */
export function stretchesOf(state: StageState, isSuch: (settings: StageSettings) => boolean): Stretch[] {
  const stretches: Stretch[] = []
  let open: Stretch | undefined
  for (const { fromUs, settings } of periodsOf(state)) {
    if (isSuch(settings)) {
      open ??= { fromUs, toUs: Infinity, settings }
    } else if (open) {
      stretches.push({ ...open, toUs: fromUs })
      open = undefined
    }
  }
  return open ? [...stretches, open] : stretches
}

/** Whether an event happened, and was received, within a stretch. */
export function isWithin(state: StageState, { seq, atUs }: Receipt, { fromUs, toUs }: Stretch): boolean {
  const publishedUs = state.events[seq - 1]?.publishedUs
  return publishedUs !== undefined && publishedUs >= fromUs && atUs <= toUs
}

/**
 * Whether the connection was there already when the event happened, and still when it was received. What a lane fetches
 * after a break is late for another reason than its technique.
 * @param sinceUs connections that were opened before do not count.
 */
export function isLive(
  state: StageState,
  { connections }: LaneState,
  { seq, atUs }: Receipt,
  sinceUs = -Infinity,
): boolean {
  const publishedUs = state.events[seq - 1]?.publishedUs
  if (publishedUs === undefined) return false
  return connections.some(
    ({ openedUs, closedUs = Infinity }) => openedUs >= sinceUs && openedUs <= publishedUs && atUs <= closedUs,
  )
}

/** What one event cost a lane: the units without which it would not have come. */
export interface Cost {
  bytes: number
  payloadBytes: number
}

/**
 * What a lane spent on one event: its frame or chunk, or the whole answer to a poll and the request for it. Undefined
 * where it shared its unit with another event, or where that is no longer kept.
 */
export function costOf({ firstCarriages, latestCarriages }: LaneState, seq: number): Cost | undefined {
  const carries = ({ events }: Carriage) => events.includes(seq)
  const carriage = firstCarriages?.find(carries) ?? latestCarriages?.find(carries)
  if (carriage?.events.length !== 1) return undefined
  const { what, bytes, payloadBytes, request } = carriage
  if (what !== 'response') return { bytes, payloadBytes }
  return request && { bytes: bytes + request.bytes, payloadBytes }
}

/** A poll that was waiting at the server when the event came that answered it. */
export interface HeldPoll {
  seq: number
  askedUs: number
  publishedUs: number
  answeredUs: number
  /** Whether another request has followed on the same connection. */
  isAskedAgain: boolean
}

/** Polls that were answered by an event that did not exist yet when they arrived, in order. */
export function heldPolls(state: StageState, { firstCarriages = [] }: LaneState): HeldPoll[] {
  return firstCarriages.flatMap(({ events, request, atUs, askedAgainUs }) => {
    const [seq = 0] = events
    const publishedUs = state.events[seq - 1]?.publishedUs
    if (!request || publishedUs === undefined) return []
    const isHeld = request.atUs < publishedUs && publishedUs <= atUs
    const isAskedAgain = askedAgainUs !== undefined
    return isHeld ? [{ seq, askedUs: request.atUs, publishedUs, answeredUs: atUs, isAskedAgain }] : []
  })
}

/** Requests of a lane after an instant; of very many the latest 600. */
export function requestsAfter({ requestedUs = [] }: LaneState, us: number): number {
  return requestedUs.filter((atUs) => atUs > us).length
}

/** A delay in words, no finer than the page's clock is known. */
export function late(state: StageState, delayMs: number): string {
  return delayText(delayMs * 1e3, state.lanes[0] ?? {})
}

/** Milliseconds in words: `512 ms`. */
export function ms(value: number): string {
  return format.us(value * 1e3)
}

export function bytes(value: number): string {
  return format.bytes(Math.round(value * 10) / 10)
}

/** Paragraphs that have something to say. */
export function paragraphs(...texts: (Said | undefined | false)[]): Said[] {
  return texts.filter((text) => text instanceof Said)
}
