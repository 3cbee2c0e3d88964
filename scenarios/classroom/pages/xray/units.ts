import type { UnitKind } from '../../../../server/wire/units.ts'
import type { Unit } from '../../log/entries.ts'

/** What the X-ray looks for: the last unit that carried an event, or the last of a sort. */
export const sorts = ['event', 'request', 'answer', 'piece'] as const
export type Sort = (typeof sorts)[number]

const SORT_OF: Readonly<Record<UnitKind, Sort | undefined>> = {
  request: 'request',
  'handshake-request': 'request',
  response: 'answer',
  'response-head': 'answer',
  'handshake-response': 'answer',
  chunk: 'piece',
  frame: 'piece',
  rest: undefined,
}

/**
 * The newest unit of a sort; undefined where there is none. Of `event`, as long as no event has come, the newest of all:
 * a lane that is only opening has bytes to look at, too.
 */
export function latestOf(units: readonly Unit[], sort: Sort): Unit | undefined {
  if (sort === 'event') return units.findLast(({ events }) => events.length > 0) ?? units.at(-1)
  return units.findLast(({ what }) => SORT_OF[what] === sort)
}

/**
 * The unit before or after one, by their numbers, for the one itself may have been dropped since; undefined where there is
 * none.
 */
export function neighbour(units: readonly Unit[], unit: Unit, step: -1 | 1): Unit | undefined {
  return step < 0
    ? units.findLast((other) => other.unit < unit.unit)
    : units.find((other) => other.unit > unit.unit)
}

/** What the unit answers or belongs to: the latest request before it on its connection, or itself. */
export function requestOf(units: readonly Unit[], unit: Unit): Unit | undefined {
  return units.findLast(
    (other) =>
      other.connection === unit.connection && SORT_OF[other.what] === 'request' && other.unit <= unit.unit,
  )
}

/** The bytes that were kept of a unit. */
export function shownBytes({ shown }: Pick<Unit, 'shown'>): Uint8Array {
  return Uint8Array.from(atob(shown), (character) => character.charCodeAt(0))
}
