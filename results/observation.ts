import Type from 'typebox'
import { EnvironmentSchema } from './record.ts'

/** What an experiment leaves behind: rows of figures, where no feed and no window give a ResultRecord. */
export const OBSERVATION_SCHEMA = 'pushlab/observation@1'

/**
 * One row of figures: a condition, and what was seen under it. Every number carries its unit in its name (`delayUs`,
 * `rssBytes`); what has been repeated is one row each time, with a `trial` from 1 on.
 */
export const RowSchema = Type.Record(
  Type.String(),
  Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
)
export type Row = Type.Static<typeof RowSchema>

/** What one experiment saw, or why it could not be made here. New fields are optional, as record.ts says. */
export const ObservationSchema = Type.Object(
  {
    schema: Type.Literal(OBSERVATION_SCHEMA),
    run: Type.String(),
    /** Name of the experiment. */
    experiment: Type.String(),
    /** What it asks, in words. */
    question: Type.String(),
    /** What theory leads one to expect, written down before it is seen. */
    expectation: Type.String(),
    seed: Type.Integer({ minimum: 0 }),
    command: Type.String(),
    startedAt: Type.String(),
    endedAt: Type.String(),
    environment: EnvironmentSchema,
    /** Versions of what took part besides Node.js and the packages: `{ "Chromium": "153.0.7000.0" }`. */
    participants: Type.Record(Type.String(), Type.String()),
    rows: Type.Array(RowSchema),
    /** Why there are no rows: no browser, no nginx, not allowed here; null where there are. */
    unavailable: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
)
export type Observation = Type.Static<typeof ObservationSchema>
