import Type from 'typebox'
import { ScheduleSchema, withRate } from '../server/schedule.ts'

/** Data that describe what to measure. A scenario is stored verbatim in every record that it leads to. */
export const FeedSchema = Type.Object(
  {
    schedule: ScheduleSchema,
    /** UTF-8 length of every encoded event, in bytes. From 64 on an event also carries its own times. */
    payloadBytes: Type.Integer({ minimum: 16, maximum: 1_048_576 }),
  },
  { additionalProperties: false },
)

const DurationMs = Type.Number({ exclusiveMinimum: 0, maximum: 3_600_000 })

export const LoadSchema = Type.Object(
  {
    subscribers: Type.Integer({ minimum: 1, maximum: 100_000 }),
    /** Time between the feed's epoch and the window; events due in it are delivered but are not samples. */
    warmUpMs: Type.Number({ minimum: 0, maximum: 3_600_000 }),
    /** Length of the window: events due in it are the samples. */
    measureMs: DurationMs,
    /** Time between two requests of a short-polling subscriber, on a fixed timer. */
    pollIntervalMs: DurationMs,
    /** How long the server holds a long poll without an event before it answers empty. */
    holdMs: DurationMs,
  },
  { additionalProperties: false },
)
export type LoadPlan = Type.Static<typeof LoadSchema>

/** What a sweep may vary: one load or feed setting by its name. */
export const AxisSchema = Type.Union([
  Type.Literal('pollIntervalMs'),
  Type.Literal('subscribers'),
  Type.Literal('payloadBytes'),
  Type.Literal('ratePerSecond'),
])
export type Axis = Type.Static<typeof AxisSchema>

export const ScenarioSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
    /** The question that the scenario answers, as a person would ask it. */
    question: Type.String({ minLength: 1 }),
    /** quick: part of every `make bench`. full: only of `make bench-full`. */
    suite: Type.Union([Type.Literal('quick'), Type.Literal('full')]),
    /** Names from the registry; left out: all of them. */
    techniques: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    /** How often each cell is repeated, each time in a fresh server process. */
    trials: Type.Integer({ minimum: 1, maximum: 1000 }),
    feed: FeedSchema,
    load: LoadSchema,
    sweep: Type.Optional(
      Type.Object(
        { axis: AxisSchema, values: Type.Array(Type.Number({ exclusiveMinimum: 0 }), { minItems: 1 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Scenario = Type.Static<typeof ScenarioSchema>

/** One position of a scenario's sweep with its settings filled in; a scenario without a sweep has exactly one. */
export const PointSchema = Type.Object(
  {
    /** The swept axis and its value; left out where the scenario has no sweep. */
    at: Type.Optional(
      Type.Object({ axis: AxisSchema, value: Type.Number() }, { additionalProperties: false }),
    ),
    feed: FeedSchema,
    load: LoadSchema,
  },
  { additionalProperties: false },
)
export type Point = Type.Static<typeof PointSchema>

/** The points of a scenario in the order of its sweep. */
export function pointsOf({ feed, load, sweep }: Scenario): Point[] {
  if (!sweep) return [{ feed, load }]
  return sweep.values.map((value) => {
    const at = { axis: sweep.axis, value }
    switch (sweep.axis) {
      case 'payloadBytes':
        return { at, feed: { ...feed, payloadBytes: value }, load }
      case 'ratePerSecond':
        return { at, feed: { ...feed, schedule: withRate(feed.schedule, value) }, load }
      default:
        return { at, feed, load: { ...load, [sweep.axis]: value } }
    }
  })
}
