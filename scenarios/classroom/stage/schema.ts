import Type from 'typebox'
import type { Seen } from '../log/entries.ts'
import {
  LATEST_PLANNED_MS,
  LONGEST_ID,
  laneIdPattern,
  MOST_LANES,
  MOST_PLANNED,
  MOST_TABS,
  PROXIES,
  SOCKET_IO,
  settingLimits,
  stageActs,
} from './limits.ts'

/** The parts of log/entries.ts that come from outside, as JSON; how much of each is said in limits.ts alone. */

/** With these properties, and no others. */
export const object = <Parts extends Record<string, Type.TSchema>>(parts: Parts) =>
  Type.Object(parts, { additionalProperties: false })
export const literals = <Text extends string>(texts: readonly Text[]) =>
  Type.Unsafe<Text>(Type.Union(texts.map((text) => Type.Literal(text))))

export const LaneId = Type.String({ pattern: laneIdPattern, maxLength: LONGEST_ID })
export const Tab = Type.Integer({ minimum: 1, maximum: MOST_TABS })
export const Count = Type.Integer({ minimum: 0, maximum: 1e9 })
export const StageActSchema = literals(stageActs)

const numberOf = (name: keyof typeof settingLimits) => {
  const { least, most, isWhole } = settingLimits[name]
  const range = { minimum: least, maximum: most }
  return isWhole ? Type.Integer(range) : Type.Number(range)
}

export const StageSettingsSchema = object({
  // None at all is a rate, too.
  ratePerSecond: Type.Union([Type.Literal(0), numberOf('ratePerSecond')]),
  payloadBytes: numberOf('payloadBytes'),
  pollIntervalMs: numberOf('pollIntervalMs'),
  holdMs: numberOf('holdMs'),
  addedDelayMs: numberOf('addedDelayMs'),
  proxy: literals(PROXIES),
  isPaused: Type.Boolean(),
})

export const LaneSpecSchema = object({
  id: LaneId,
  technique: LaneId,
  forgetful: Type.Optional(Type.Boolean()),
  tabs: Type.Optional(Tab),
  socketIo: Type.Optional(literals(SOCKET_IO)),
})

export const StageSetupSchema = object({
  lanes: Type.Array(LaneSpecSchema, { maxItems: MOST_LANES }),
  settings: StageSettingsSchema,
  plan: Type.Optional(
    Type.Array(
      object({ atMs: Type.Number({ minimum: 0, maximum: LATEST_PLANNED_MS }), act: StageActSchema }),
      { maxItems: MOST_PLANNED },
    ),
  ),
})

const seen = <Parts extends Record<string, Type.TSchema>>(kind: Seen['kind'], parts: Parts) =>
  object({ kind: Type.Literal(kind), ...seenBy, ...parts })
const seenBy = { atUs: Type.Number({ minimum: -1e15, maximum: 1e15 }), lane: LaneId, tab: Type.Optional(Tab) }

export const SeenSchema = Type.Union([
  seen('asked', {}),
  seen('opened', {}),
  seen('answered', { events: Count }),
  seen('received', { seq: Count }),
  seen('gap', { after: Count, next: Count }),
  seen('failed', { message: Type.String({ maxLength: 1_000 }) }),
  seen('probed', { state: literals(['waits', 'answered']) }),
])
