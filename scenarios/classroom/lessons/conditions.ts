import { format } from '../../../report/format.ts'
import { parts, type Said, say } from '../../../report/words/say.ts'
import type { StageSettings } from '../log/entries.ts'
import { periodsOf } from '../log/milestones.ts'
import type { LaneState, StageState } from '../log/state.ts'
import { delaysMs, isWithin, laneOf, meanOf, ms, quantileOf, receivedBy, stretchesOf } from './reading.ts'

/**
 * A ready condition of a step: all of its parts hold. Counts are at least so many, since the stage began. With a bound of
 * their delay, or with settings, events count that were such, and happened and came while these settings held.
 */
export interface Condition {
  lane?: string
  received?: number
  slowerThanMs?: number
  fasterThanMs?: number
  settings?: Partial<StageSettings>
  requests?: number
  emptyAnswers?: number
  lost?: number
  duplicated?: number
  failures?: number
  bytes?: number
  /** Somebody cut or mended the network, or the server went down or came back up. */
  happened?: 'cut' | 'mended' | 'down' | 'up'
}

/** What of a lane can be counted, besides events. */
export const counters = {
  requests: ({ requests }) => requests,
  emptyAnswers: ({ emptyAnswers }) => emptyAnswers,
  lost: ({ lost }) => lost.length,
  duplicated: ({ duplicated }) => duplicated.length,
  failures: ({ failures }) => failures.length,
  bytes: ({ bytes }) => bytes,
} satisfies Record<string, (lane: LaneState) => number>

/** The delays that a sentence can have. */
export const delays = {
  meanDelay: meanOf,
  medianDelay: (values) => quantileOf(values, 0.5),
  shortestDelay: (values) => (values.length > 0 ? Math.min(...values) : undefined),
  longestDelay: (values) => (values.length > 0 ? Math.max(...values) : undefined),
} satisfies Record<string, (values: number[]) => number | undefined>

interface Counted {
  name: keyof typeof counters | 'received'
  count: number
  wanted: number
}

const counterNames = Object.keys(counters) as (keyof typeof counters)[]

/** What a condition counts, and how far it is. */
function counted(state: StageState, condition: Condition): Counted[] {
  const { lane: id = '', slowerThanMs, fasterThanMs } = condition
  const lane = laneOf(state, id)
  const others = counterNames.flatMap((name) => {
    const wanted = condition[name]
    return wanted === undefined ? [] : [{ name, count: lane ? counters[name](lane) : 0, wanted }]
  })
  const hasBound = slowerThanMs !== undefined || fasterThanMs !== undefined
  const wanted = condition.received ?? (hasBound ? 1 : undefined)
  if (wanted === undefined) return others
  return [{ name: 'received', count: eventsOf(state, condition), wanted }, ...others]
}

/** Events that a lane has received, and that are such. */
function eventsOf(state: StageState, condition: Condition): number {
  const { lane: id = '', slowerThanMs = -Infinity, fasterThanMs = Infinity, settings } = condition
  if (condition.slowerThanMs === undefined && condition.fasterThanMs === undefined && !settings)
    return receivedBy(state, id)
  const stretches = settings && stretchesOf(state, holdsIn(settings))
  return (laneOf(state, id)?.received ?? []).filter(
    (receipt) =>
      receipt.delayUs / 1e3 > slowerThanMs &&
      receipt.delayUs / 1e3 < fasterThanMs &&
      (!stretches || stretches.some((stretch) => isWithin(state, receipt, stretch))),
  ).length
}

function holdsIn(wanted: Partial<StageSettings>) {
  return (settings: StageSettings) =>
    Object.entries(wanted).every(([name, value]) => settings[name as keyof StageSettings] === value)
}

export function isMet(state: StageState, condition: Condition): boolean {
  const { settings, happened } = condition
  return (
    counted(state, condition).every(({ count, wanted }) => count >= wanted) &&
    (!settings || periodsOf(state).some((period) => holdsIn(settings)(period.settings))) &&
    (!happened || state.changes.some(({ what }) => what === happened))
  )
}

/** How far conditions are: `sse: 7 of 20 events` */
export function progressOf(state: StageState, conditions: readonly Condition[]): Said {
  return parts(
    conditions.flatMap((condition) =>
      counted(state, condition).map(
        ({ name, count, wanted }) =>
          say`${condition.lane ?? ''}: ${countOf(name, Math.min(count, wanted), wanted)}`,
      ),
    ),
  )
}

function countOf(name: Counted['name'], count: number, wanted: number): Said {
  switch (name) {
    case 'received':
      return say`${count} of ${wanted} events`
    case 'requests':
      return say`${count} of ${wanted} requests`
    case 'emptyAnswers':
      return say`${count} of ${wanted} empty answers`
    case 'lost':
      return say`${count} of ${wanted} lost events`
    case 'duplicated':
      return say`${count} of ${wanted} events that came twice`
    case 'failures':
      return say`${count} of ${wanted} failures`
    case 'bytes':
      return say`${count} of ${wanted} bytes`
  }
}

/** A number of the run for a sentence, with its unit; undefined where the run does not tell. */
export function numberOf(state: StageState, id: string, name: string): string | undefined {
  const lane = laneOf(state, id)
  if (!lane) return undefined
  if (name in delays) {
    const delay = delays[name as keyof typeof delays](delaysMs(lane.received))
    return delay === undefined ? undefined : ms(delay)
  }
  const count = name === 'received' ? receivedBy(state, id) : counters[name as keyof typeof counters](lane)
  return name === 'bytes' ? format.bytes(count) : String(count)
}
