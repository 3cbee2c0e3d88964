import { list, type Said, say } from '../../../../report/words/say.ts'
import type { UnitKind } from '../../../../server/wire/units.ts'
import type { Unit } from '../../log/entries.ts'
import type { Sort } from './units.ts'

/** What a unit is, in words. */
export const kindWords: Readonly<Record<UnitKind, Said>> = {
  request: say`Request`,
  response: say`Answer`,
  'response-head': say`Head of an answer that goes on`,
  chunk: say`Piece of an answer`,
  'handshake-request': say`Request of the opening handshake`,
  'handshake-response': say`Answer of the opening handshake`,
  frame: say`WebSocket frame`,
  rest: say`What was left when the connection closed`,
}

/** What the X-ray looks for, in words. */
export const sortWords: Readonly<Record<Sort, Said>> = {
  event: say`last with an event`,
  request: say`last request`,
  answer: say`last answer`,
  piece: say`last frame or chunk`,
}

export const directionWords: Readonly<Record<Unit['direction'], Said>> = {
  up: say`client → server`,
  down: say`server → client`,
}

/** When a unit passed the server's socket, on the stage's clock; how long it took where that is 1 ms or more. */
export function whenText({ fromUs, atUs }: Pick<Unit, 'fromUs' | 'atUs'>): Said {
  const at = (atUs / 1e6).toFixed(3)
  const tookMs = Math.round((atUs - fromUs) / 1e3)
  return tookMs >= 1 ? say`at ${at} s, after ${tookMs} ms` : say`at ${at} s`
}

/** Which events a unit carries whole; undefined where there are none. */
export function eventsText(events: readonly number[]): Said | undefined {
  if (events.length === 0) return undefined
  if (events.length === 1) return say`carries event ${events[0] as number}`
  // They come in order, and mostly without gaps.
  const isRun = events.length > 2 && (events.at(-1) as number) - (events[0] as number) === events.length - 1
  return isRun
    ? say`carries events ${events[0] as number} to ${events.at(-1) as number}`
    : say`carries events ${list(events)}`
}
