import Type from 'typebox'
import { Value } from 'typebox/value'
import { PushlabError } from '../../../server/error.ts'
import { object } from '../stage/schema.ts'
import { codeAlphabet, codeLength } from './codes.ts'
import { BallotId, Hands, LessonNumber, OptionIndex, PhaseSchema } from './protocol-schema.ts'

const Token = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
const VoteId = Type.String({ pattern: '^\\d{1,2}/(predict|transfer)$' })

const SnapshotSchema = object({
  version: Type.Literal(1),
  code: Type.String({ pattern: `^[${codeAlphabet}]{${codeLength}}$` }),
  lesson: LessonNumber,
  phase: PhaseSchema,
  // The latest round of each vote that has been opened: `["2/predict", 1]`.
  rounds: Type.Array(Type.Tuple([VoteId, Type.Integer({ minimum: 1, maximum: 99 })]), { maxItems: 200 }),
  // Ballots whose right option students have been told.
  revealed: Type.Array(BallotId, { maxItems: 20_000 }),
  ballots: Type.Array(
    object({
      id: BallotId,
      votes: Type.Array(Type.Tuple([Token, OptionIndex]), { maxItems: 10_000 }),
      hands: Type.Optional(Hands),
      leftOut: Type.Optional(Type.Array(Token, { maxItems: 10_000 })),
    }),
    { maxItems: 20_000 },
  ),
  tokens: Type.Array(Token, { maxItems: 10_000 }),
})

/** What of a room is kept, as JSON, so that a demo that crashed goes on with the same class. The key is not in it. */
export type RoomSnapshot = Type.Static<typeof SnapshotSchema>

/** @throws {PushlabError} BAD_INPUT where this is no snapshot of a room. */
export function readSnapshot(value: unknown): RoomSnapshot {
  if (Value.Check(SnapshotSchema, value)) return value
  const [first] = Value.Errors(SnapshotSchema, value)
  throw badSnapshot(first ? `${first.instancePath || '/'} ${first.message}` : 'it has another form')
}

export function badSnapshot(why: string): PushlabError {
  return new PushlabError(
    'BAD_INPUT',
    `The room cannot go on from what was kept: ${why}. Leave it out to begin with an empty room.`,
  )
}
