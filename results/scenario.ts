import Type from 'typebox'
import { Value } from 'typebox/value'
import { PushlabError } from '../server/error.ts'
import { withRate } from '../server/schedule.ts'
import { defaultSettings, LONGEST_MS } from '../server/settings.ts'
import { completeVariant } from '../server/variant.ts'
import { VariantSchema } from './variant-schema.ts'

const closed = { additionalProperties: false }
const RatePerSecond = Type.Number({ exclusiveMinimum: 0, maximum: 100_000 })

/** The schema of server/schedule.ts. */
const ScheduleSchema = Type.Union([
  Type.Object({ kind: Type.Literal('constant'), ratePerSecond: RatePerSecond }, closed),
  Type.Object(
    { kind: Type.Literal('poisson'), ratePerSecond: RatePerSecond, seed: Type.Integer({ minimum: 0 }) },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('bursts'),
      burstEvents: Type.Integer({ minimum: 1, maximum: 100_000 }),
      everyMs: Type.Number({ exclusiveMinimum: 0, maximum: LONGEST_MS }),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal('silent') }, closed),
])

/** Data that describe what to measure. A scenario is stored verbatim in every record that it leads to. */
export const FeedSchema = Type.Object(
  {
    schedule: ScheduleSchema,
    /** Length of every encoded event, in bytes. From 64 on an event also carries its own times. */
    payloadBytes: Type.Integer({ minimum: 16, maximum: 1_048_576 }),
    /**
     * Who publishes: the server (default), or its subscribers in turn, each message going up to the server and from
     * there to everybody, the sender included. That needs payloads of 64 bytes or more, and no bursts.
     */
    source: Type.Optional(Type.Enum(['server', 'subscribers'])),
  },
  closed,
)

const DurationMs = Type.Number({ minimum: 1, maximum: 3_600_000 })

export const LoadSchema = Type.Object(
  {
    subscribers: Type.Integer({ minimum: 1, maximum: 100_000 }),
    /** Time between the feed's epoch and the window; events due in it are delivered but are not samples. */
    warmUpMs: Type.Number({ minimum: 0, maximum: 3_600_000 }),
    /** Length of the window: events due in it are the samples. */
    measureMs: DurationMs,
    /** Time between two requests of a short-polling subscriber. */
    pollIntervalMs: DurationMs,
    /** How long the server holds a long poll without an event before it answers empty. */
    holdMs: DurationMs,
    /** How often a stream shows that it lives; default 15,000. */
    heartbeatMs: Type.Optional(DurationMs),
  },
  closed,
)

/**
 * What lies between subscribers and server, in a process of its own on this machine; each part is left out for none. What
 * a user-space link cannot show: loss, retransmission, slow start.
 */
export const NetworkSchema = Type.Object(
  {
    /** How long a round trip takes, half of it each way. */
    roundTripMs: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    /** Each way takes up to so much longer, at random, by the run's seed; order is kept. */
    jitterMs: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    /** What each connection carries in each direction. */
    bytesPerSecond: Type.Optional(Type.Integer({ minimum: 1_000 })),
    /**
     * A proxy before the server. buffering: collects an answer's body, unless it says `X-Accel-Buffering: no`;
     * stubborn-buffering: whatever it says; idle-timeout: cuts connections over which nothing passes; no-upgrade: an
     * HTTP/1.1 proxy that knows no WebSocket; http-only: lets nothing pass but HTTP.
     */
    proxy: Type.Optional(
      Type.Enum(['none', 'buffering', 'stubborn-buffering', 'idle-timeout', 'no-upgrade', 'http-only']),
    ),
    /** Of a buffering proxy; default 8,192. */
    bufferBytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_048_576 })),
    /** Of an idle timeout; default 60,000. */
    idleMs: Type.Optional(DurationMs),
  },
  closed,
)
export type NetworkPlan = Type.Static<typeof NetworkSchema>

/** What a sweep may vary: one setting of load, feed or network, or one choice of a variant, by its name. */
export const AxisSchema = Type.Union([
  Type.Enum(['pollIntervalMs', 'subscribers', 'payloadBytes', 'ratePerSecond', 'roundTripMs', 'proxy']),
  Type.KeyOf(VariantSchema),
])
export type Axis = Type.Static<typeof AxisSchema>

/** A position on an axis: a number, or the name of a choice, or whether. */
const AxisValueSchema = Type.Union([Type.Number({ minimum: 0 }), Type.String(), Type.Boolean()])
export type AxisValue = Type.Static<typeof AxisValueSchema>

/**
 * The largest value of an axis at which a delay stays within a limit. Each value tried is measured in up to `trials`
 * trials, the majority deciding; a trial also fails where an event is lost, or the subscribers are not accepted.
 */
export const SearchSchema = Type.Object(
  {
    axis: Type.Enum(['subscribers', 'ratePerSecond']),
    /** The smallest value tried, and the largest. */
    from: Type.Integer({ minimum: 1 }),
    to: Type.Integer({ minimum: 2 }),
    /** Ends where what holds and what does not are nearer than this ratio: 1.2 for a fifth. */
    resolution: Type.Number({ exclusiveMinimum: 1, maximum: 2 }),
    /** From which delay on a delivery counts as late, in ms: of each trial at most one in a hundred may. */
    lateAfterMs: Type.Number({ exclusiveMinimum: 0 }),
  },
  closed,
)
export type Search = Type.Static<typeof SearchSchema>

export const ScenarioSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
    /** The question that the scenario answers, as a person would ask it. */
    question: Type.String({ minLength: 1 }),
    /** What theory leads one to expect, written down before it is measured. */
    expectation: Type.Optional(Type.String({ minLength: 1 })),
    /** glance: only of `make quick`. quick: part of every `make bench`. full: only of `make bench-full`. large: only of `make bench-large`. */
    suite: Type.Enum(['glance', 'quick', 'full', 'large']),
    /** Names from the registry; left out: all of them. Where a variant means nothing to one, it is not measured. */
    techniques: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    /** How often each cell is repeated, each time in a fresh server process. */
    trials: Type.Integer({ minimum: 1, maximum: 1000 }),
    feed: FeedSchema,
    load: LoadSchema,
    /** What lies between; left out: nothing but loopback. */
    network: Type.Optional(NetworkSchema),
    /** Stops the server's process in the window, `afterMs` from its start on, as SIGSTOP does. */
    stall: Type.Optional(Type.Object({ afterMs: DurationMs, forMs: DurationMs }, closed)),
    /**
     * How events fail to arrive because the scenario means them to: the gate then warns of it, where it would void the
     * cell.
     */
    breaks: Type.Optional(
      Type.Array(Type.Enum(['lost', 'duplicated', 'reordered']), { minItems: 1, uniqueItems: true }),
    ),
    /** Set where options or a file of one's own made it another than the library's of that name. */
    altered: Type.Optional(Type.Literal(true)),
    /** Choices that differ from the default, at every point. */
    variant: Type.Optional(Type.Partial(VariantSchema, closed)),
    /** Instead of a sweep: how far each technique can go, found by bisection. */
    search: Type.Optional(SearchSchema),
    sweep: Type.Optional(
      Type.Object(
        { axis: AxisSchema, values: Type.Array(AxisValueSchema, { minItems: 1, uniqueItems: true }) },
        closed,
      ),
    ),
  },
  closed,
)
export type Scenario = Type.Static<typeof ScenarioSchema>

/** One position of a scenario's sweep with its settings filled in; a scenario without a sweep has exactly one. */
export const PointSchema = Type.Object(
  {
    /** The swept axis and its value; left out where the scenario has no sweep. */
    at: Type.Optional(Type.Object({ axis: AxisSchema, value: AxisValueSchema }, closed)),
    feed: FeedSchema,
    load: LoadSchema,
    network: Type.Optional(NetworkSchema),
    variant: VariantSchema,
  },
  closed,
)
export type Point = Type.Static<typeof PointSchema>

/** How a scenario contradicts itself where each part of it is as the schema says; undefined where it does not. */
export function contradictionIn({ search, sweep, feed, network, variant }: Scenario): string | undefined {
  const axis = search?.axis ?? sweep?.axis
  const proxies = sweep?.axis === 'proxy' ? sweep.values : [network?.proxy]
  const has = (...kinds: string[]) => proxies.some((proxy) => kinds.includes(String(proxy)))
  if (search && sweep) return 'it has a sweep and a search. Leave one of them out'
  if (search && search.from > search.to)
    return `its search goes from ${search.from} to ${search.to}. Begin with the smaller`
  if (search && !fits(search.axis, search.to)) return `its search goes to ${search.to}, beyond all ${axis}`
  if (axis === 'ratePerSecond' && feed.schedule.kind === 'silent') return 'a silent feed has no rate to vary'
  if (variant?.http === '2' && variant.tls === false)
    return 'HTTP/2 is spoken over TLS here, as in browsers. Leave "tls": false out'
  if (variant?.http === '2' && variant.client === 'library')
    return 'client libraries speak HTTP/1.1 here. Leave "client" or "http" out'
  if (network?.bufferBytes && !has('buffering', 'stubborn-buffering'))
    return 'it has bufferBytes and no proxy that buffers'
  if (network?.idleMs && !has('idle-timeout')) return 'it has idleMs and no proxy of the kind idle-timeout'
  return undefined
}

/** The point at a value of a search. */
export function searchedPoint(scenario: Scenario, { axis }: Search, value: number): Point {
  return checkSource(scenario, { at: { axis, value }, ...settingsAt(scenario, axis, value) })
}

/**
 * The points of a scenario in the order of its sweep; of a search the first.
 * @throws {PushlabError} BAD_INPUT where a value does not fit its axis, or subscribers cannot publish what is asked
 * for.
 */
export function pointsOf(scenario: Scenario): Point[] {
  const { feed, load, sweep, search } = scenario
  if (search) return [searchedPoint(scenario, search, search.from)]
  const between = scenario.network && { network: scenario.network }
  if (!sweep) {
    const variant = completeVariant(scenario.variant ?? {})
    return [checkSource(scenario, { feed, load, ...between, variant })]
  }
  return sweep.values.map((value) => {
    const { axis } = sweep
    if (!fits(axis, value)) {
      throw new PushlabError(
        'BAD_INPUT',
        `${scenario.name}: ${JSON.stringify(value)} is no value of ${axis}. results/scenario.ts and server/variant.ts say which there are.`,
      )
    }
    return checkSource(scenario, { at: { axis, value }, ...settingsAt(scenario, axis, value) })
  })
}

function fits(axis: Axis, value: AxisValue): boolean {
  switch (axis) {
    case 'payloadBytes':
      return Value.Check(FeedSchema.properties.payloadBytes, value)
    case 'ratePerSecond':
      return Value.Check(RatePerSecond, value)
    case 'pollIntervalMs':
    case 'subscribers':
      return Value.Check(LoadSchema.properties[axis], value)
    case 'roundTripMs':
    case 'proxy':
      return Value.Check(NetworkSchema.properties[axis], value)
    default:
      return Value.Check(VariantSchema.properties[axis], value)
  }
}

/** @param value that fits the axis. */
function settingsAt(scenario: Scenario, axis: Axis, value: AxisValue): Omit<Point, 'at'> {
  const { feed, load, network } = scenario
  const chosen = scenario.variant ?? {}
  const settings = { feed, load, ...(network && { network }), variant: completeVariant(chosen) }
  switch (axis) {
    case 'payloadBytes':
      return { ...settings, feed: { ...feed, payloadBytes: Number(value) } }
    case 'ratePerSecond':
      return { ...settings, feed: { ...feed, schedule: withRate(feed.schedule, Number(value)) } }
    case 'pollIntervalMs':
    case 'subscribers':
      return { ...settings, load: { ...load, [axis]: value } }
    case 'roundTripMs':
    case 'proxy':
      return { ...settings, network: { ...network, [axis]: value } }
    default:
      return { ...settings, variant: completeVariant({ ...chosen, [axis]: value }) }
  }
}

function checkSource({ name }: Scenario, point: Point): Point {
  const { source, payloadBytes, schedule } = point.feed
  const fitting = payloadBytes >= 64 && payloadBytes <= defaultSettings.maxMessageBytes
  if (source !== 'subscribers' || (fitting && schedule.kind !== 'bursts')) return point
  throw new PushlabError(
    'BAD_INPUT',
    `${name}: subscribers publish messages of 64 to ${defaultSettings.maxMessageBytes} bytes, which carry their time, and one at a time: no bursts.`,
  )
}
