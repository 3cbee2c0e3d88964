import Type from 'typebox'
import { Compile } from 'typebox/compile'
import {
  Count,
  literals,
  object,
  SeenSchema,
  StageActSchema,
  StageSettingsSchema,
  StageSetupSchema,
} from '../stage/schema.ts'
import { phases, type ToRoom } from './protocol.ts'

/** The messages of protocol.ts and the parts of log/entries.ts in them, as the room accepts them. */

export const PhaseSchema = literals(phases)
export const LessonNumber = Type.Integer({ minimum: 0, maximum: 99 })
/** `2/predict/1` */
export const BallotId = Type.String({ pattern: '^\\d{1,2}/(predict|transfer)/\\d{1,2}$' })
/** Hands for each option. */
export const Hands = Type.Array(Type.Integer({ minimum: 0, maximum: 999 }), { minItems: 1, maxItems: 20 })
export const OptionIndex = Type.Integer({ minimum: 0, maximum: 19 })

const Micros = Type.Integer({ minimum: -1e15, maximum: 1e15 })

const message = <T extends Record<string, Type.TSchema>>(type: string, properties: T) =>
  object({ type: Type.Literal(type), ...properties })

const schemas = {
  hello: Type.Union([
    message('hello', {
      role: Type.Literal('student'),
      code: Type.String({ maxLength: 40 }),
      token: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    message('hello', {
      role: Type.Literal('staff'),
      key: Type.String({ maxLength: 200 }),
      isWall: Type.Optional(Type.Literal(true)),
    }),
  ]),
  clock: message('clock', { sentMs: Type.Number() }),
  vote: message('vote', { ballot: BallotId, option: OptionIndex }),
  go: message('go', { lesson: LessonNumber, phase: PhaseSchema }),
  close: message('close', { ballot: BallotId }),
  revote: message('revote', {}),
  hands: message('hands', { ballot: BallotId, counts: Hands }),
  bars: message('bars', { on: Type.Boolean() }),
  'leave-out': message('leave-out', { on: Type.Boolean() }),
  timer: message('timer', { seconds: Type.Integer({ minimum: 0, maximum: 3_600 }) }),
  'new-class': message('new-class', {}),
  undo: message('undo', {}),
  begin: message('begin', { setup: StageSetupSchema }),
  change: message('change', { settings: Type.Partial(StageSettingsSchema, { additionalProperties: false }) }),
  act: message('act', { act: StageActSchema }),
  play: message('play', { takeOver: Type.Boolean(), goesOn: Type.Optional(Type.Literal(true)) }),
  hidden: message('hidden', { on: Type.Boolean() }),
  clocked: message('clocked', { run: Count, shiftUs: Micros, errorUs: Micros }),
  seen: message('seen', { run: Count, entries: Type.Array(SeenSchema, { maxItems: 5_000 }) }),
  ticked: message('ticked', {
    lesson: LessonNumber,
    run: Count,
    steps: Type.Array(Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }), { maxItems: 64 }),
  }),
  recording: message('recording', { on: Type.Boolean() }),
} satisfies Record<ToRoom['type'], Type.TSchema>

const validators = new Map(Object.entries(schemas).map(([type, schema]) => [type, Compile(schema)]))

/** A message from a page; undefined where it is none that the protocol knows, in every part. */
export function readToRoom(text: string): ToRoom | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const type = (value as { type?: unknown } | null)?.type
  if (typeof type !== 'string' || !validators.get(type)?.Check(value)) return undefined
  return value as ToRoom
}
