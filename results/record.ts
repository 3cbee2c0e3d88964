import Type from 'typebox'
import { PointSchema, ScenarioSchema } from './scenario.ts'
import { INSTRUMENT, instrumentOf, RECORD_SCHEMA, RUN_SCHEMA, readerOf } from './versions.ts'

/**
 * The schema of what a run leaves behind. The records are the only interface between measuring and reporting:
 * the report is a pure function of them and can be made again from the files alone.
 *
 * A new field is Type.Optional, and one that is absent means "not recorded", never 0: then older runs stay readable. That
 * goes for all of what a run leaves behind: records, run.json, observations, and the scenarios in them. A field that
 * changes its meaning, or has to be there, takes a new version of its schema.
 *
 * Conventions: every number carries its unit in its name; `Us` are microseconds, bytes are bytes of the TCP stream
 * (HTTP or WebSocket and everything above it; no TCP/IP headers), up is client to server, down is server to client.
 */
export { INSTRUMENT, instrumentOf, RECORD_SCHEMA, RUN_SCHEMA, readerOf }

const Count = Type.Integer({ minimum: 0 })
const NonNegative = Type.Number({ minimum: 0 })
const closed = { additionalProperties: false }

/** A distribution: what is read off an HdrHistogram with 3 significant figures, and in older runs the histogram, too. */
export const DistributionSchema = Type.Object(
  {
    /** Number of samples. With none of them every other figure is 0. */
    n: Count,
    /** Exact to a nanosecond, not from the histogram's buckets. */
    meanUs: Type.Number(),
    /** Below 0 only where clocks disagree, which the honesty gate reports. */
    minUs: Type.Number(),
    p50Us: NonNegative,
    p90Us: NonNegative,
    p99Us: NonNegative,
    p999Us: NonNegative,
    maxUs: NonNegative,
    /** HdrHistogram V2 compressed encoding, base64; values in microseconds. Merge these, never percentiles. */
    hdr: Type.Optional(Type.String()),
  },
  closed,
)
export type Distribution = Type.Static<typeof DistributionSchema>

/** A distribution with its histogram, for whoever merges it or reads any percentile off it. */
const HistogramSchema = Type.Object(
  {
    ...DistributionSchema.properties,
    hdr: Type.String(),
    /** In a page alone, in the histogram's place: its upper end as far down as percentiles need it, see report/analysis/merged.ts. */
    tail: Type.Optional(Type.Array(Type.Number())),
  },
  closed,
)
export type Histogram = Type.Static<typeof HistogramSchema>

/** What became of the events due in the window, over all subscribers. expected = delivered + lost. */
export const AccountSchema = Type.Object(
  { expected: Count, delivered: Count, lost: Count, duplicated: Count, reordered: Count },
  closed,
)
export type Account = Type.Static<typeof AccountSchema>

/** Traffic that the meter counted at the client's sockets between two instants. */
export const TrafficSchema = Type.Object(
  {
    bytesUp: Count,
    bytesDown: Count,
    /** TCP connections opened. */
    connections: Count,
    /** HTTP requests sent, opening handshakes of WebSocket included. */
    requests: Count,
    /** Poll answers without an event. */
    emptyAnswers: Count,
    /** Events parsed by subscribers, whenever they were due. */
    events: Count,
    /** Their payload, in bytes. */
    payloadBytes: Count,
    /** Messages that subscribers published. */
    messages: Count,
  },
  closed,
)
export type Traffic = Type.Static<typeof TrafficSchema>

/** How late the events due in each slice of the window were, over all subscribers. */
export const TimelineSchema = Type.Object(
  {
    /** Length of a slice: the window has a whole number of them, the first begins with it. */
    sliceMs: NonNegative,
    slices: Type.Array(
      Type.Object(
        {
          /** The lowest octave that holds a delay; 0 where the slice has none. */
          from: Count,
          /**
           * Delays of each octave from there on to the highest that holds one: octave k are those in [2^k, 2^(k+1))
           * microseconds, octave 0 also those below 1. Over all slices they add up to latency.n.
           */
          counts: Type.Array(Count),
          /** The longest delay; 0 where the slice has none. */
          maxUs: Count,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Timeline = Type.Static<typeof TimelineSchema>

/** The schema of server/pauses.ts. */
export const PausesSchema = Type.Object(
  {
    /** Garbage collections of the main thread, and how long they took together. */
    gcCount: Count,
    gcTotalUs: NonNegative,
    /** The longest ones of at least 2 ms, at most 12, in the order of time. */
    longest: Type.Array(
      Type.Object(
        {
          /** When it began, from the window's beginning on. */
          atMs: Type.Number(),
          durationUs: NonNegative,
          /**
           * A garbage collection by its kind; or stall: a timer of the event loop fired so much too late, for whatever
           * reason. A stall may hold collections, which are listed as well.
           */
          kind: Type.Enum(['gc minor', 'gc major', 'gc incremental', 'gc weakcb', 'stall']),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** The schema of server/process-cost.ts. */
export const ProcessCostSchema = Type.Object(
  {
    /** User and system time of all threads. */
    cpuUs: NonNegative,
    /** Length of the window as this process saw it. */
    elapsedUs: NonNegative,
    /** Resident set size at the end of the window. */
    rssBytes: Count,
    /** How late timers of the event loop fired; 0 means on time. */
    loopDelayP50Us: NonNegative,
    loopDelayP99Us: NonNegative,
    loopDelayMaxUs: NonNegative,
    pauses: PausesSchema,
  },
  closed,
)

/** Bytes of one direction by what they are there for, as server/wire/span.ts defines the classes. */
export const LedgerSideSchema = Type.Object(
  {
    payload: Count,
    framing: Count,
    compressed: Count,
    header: Count,
    handshake: Count,
    control: Count,
    tls: Count,
    unparsed: Count,
  },
  closed,
)
export type LedgerSide = Type.Static<typeof LedgerSideSchema>
const BothSides = Type.Object({ up: LedgerSideSchema, down: LedgerSideSchema }, closed)

/** Every byte of the probe, one subscriber whose connection is tapped, with its label. */
export const LedgerSchema = Type.Object(
  {
    /** Until the last subscriber was accepted; within the window; from the first byte to the last. */
    setup: BothSides,
    window: BothSides,
    total: BothSides,
    /** Bytes that the tap kept, and those that the probe's sockets counted themselves. */
    tappedUp: Count,
    tappedDown: Count,
    socketUp: Count,
    socketDown: Count,
    /** Events that the probe received in the window. */
    windowEvents: Count,
    /** Messages that the probe published, from the first byte to the last. */
    totalMessages: Count,
  },
  closed,
)
export type Ledger = Type.Static<typeof LedgerSchema>

export const EnvironmentSchema = Type.Object(
  {
    /** The operating system's name, release and machine type, as uname prints them. */
    os: Type.String(),
    cpuModel: Type.String(),
    cores: Count,
    memoryBytes: Count,
    /** Soft limit on open files of a process; null where it is unlimited or unknown. */
    descriptorLimit: Type.Union([Count, Type.Null()]),
    /** MTU of the loopback interface; null where it could not be read. */
    loopbackMtuBytes: Type.Union([Count, Type.Null()]),
    /** Node.js and the libraries on the measured path, by name. */
    versions: Type.Record(Type.String(), Type.String()),
    /** The commit measured; null outside a git checkout. */
    commit: Type.Union([Type.String(), Type.Null()]),
    /** Whether files differed from that commit. */
    dirty: Type.Boolean(),
    /** What all measured connections have in common, in words; the rest is the variant of each point. */
    transport: Type.Record(Type.String(), Type.String()),
    /**
     * What a page has to load before it can use a technique that no browser has built in, by the technique's name.
     */
    clientScripts: Type.Record(Type.String(), Type.Object({ bytes: Count, gzipBytes: Count }, closed)),
  },
  closed,
)
export type Environment = Type.Static<typeof EnvironmentSchema>

/** What theory says, beside what was measured. */
export const PredictionSchema = Type.Object(
  {
    /** Bytes of the TCP stream in both directions per event. */
    bytesPerEvent: Type.Union([NonNegative, Type.Null()]),
    /** The same with TCP/IP headers and the packets that only acknowledge. */
    wireBytesPerEvent: Type.Union([NonNegative, Type.Null()]),
    meanLatencyUs: Type.Union([NonNegative, Type.Null()]),
    /** Without queueing and the harness's own noise. */
    maxLatencyUs: Type.Union([NonNegative, Type.Null()]),
  },
  closed,
)
export type Prediction = Type.Static<typeof PredictionSchema>

/**
 * Where the time goes from an event's schedule to the application, in the order of time: the first three add up to the
 * delay, the other two to the client's cost. Means, which add.
 */
export const PartsSchema = Type.Object(
  {
    /** Subscribers in the sample, and events of theirs. */
    subscribers: Count,
    events: Count,
    /** From schedule to publication. */
    lagUs: Type.Number(),
    /**
     * From publication until the server wrote it to this subscriber's socket: its turn in the broadcast. Of polls the wait for the
     * next request, too: one answer holds all events since the one before.
     */
    fanOutUs: Type.Number(),
    /** From there to its arrival: what is left of the delay. */
    wayUs: Type.Number(),
    /** From its arrival until the load agent read it: its turn among the sockets. */
    waitUs: Type.Number(),
    /** From there until it was parsed. */
    parsingUs: Type.Number(),
  },
  closed,
)
export type Parts = Type.Static<typeof PartsSchema>

/** One trial of one cell: technique x scenario point, in a fresh server process. */
export const ResultRecordSchema = Type.Object(
  {
    schema: Type.Literal(RECORD_SCHEMA),
    run: Type.String(),
    /** What measured it, by name and version; instrumentOf knows those that do not say. */
    instrument: Type.Optional(Type.String()),
    scenario: ScenarioSchema,
    point: PointSchema,
    technique: Type.String(),
    /** 2 for the second of two cells that measure the same: their difference is what the harness makes up (A/A). */
    copy: Type.Union([Type.Literal(1), Type.Literal(2)]),
    /** 1 for the first trial of the cell. */
    trial: Type.Integer({ minimum: 1 }),
    /** Position in the run's order, 1 for the first trial measured. */
    position: Type.Integer({ minimum: 1 }),
    seed: Type.Integer({ minimum: 0 }),
    command: Type.String(),
    startedAt: Type.String(),
    environment: EnvironmentSchema,
    account: AccountSchema,
    /** Arrival - scheduledAtUs of the events due in the window: the figure to quote. A library client's receipt is its arrival. */
    latency: HistogramSchema,
    /** Arrival - publishedAtUs of the same events, without the feed's own lag; without samples where they do not carry it. */
    latencyFromPublished: DistributionSchema,
    /**
     * How long the interval is in which an event arrived, as far as the load agent can tell: a delay may be so much
     * shorter than `latency` says. Of the same events, where a reader read them.
     */
    bound: Type.Optional(DistributionSchema),
    /** From the arrival of an event's last byte until it was parsed, its turn in the load agent included: of the sample of `parts`. */
    clientCost: Type.Optional(DistributionSchema),
    /** What a delay is made of: means over the same events of a seeded sample of subscribers. */
    parts: Type.Optional(PartsSchema),
    /** Where subscribers publish: receipt by the sender itself - scheduledAtUs, of the same events; else null. */
    roundTrip: Type.Union([DistributionSchema, Type.Null()]),
    /** publishedAtUs - scheduledAtUs of the events due in the window. */
    feedLag: DistributionSchema,
    /** Events due in the window, and how many of those were published at all. */
    eventsScheduled: Count,
    eventsPublished: Count,
    traffic: Type.Object(
      {
        /** From the first connection until every subscriber was accepted. */
        setup: TrafficSchema,
        /** The window: between two instants, so that bytes and events belong to each other. */
        window: TrafficSchema,
        /** Everything, until the last subscriber was closed. */
        total: TrafficSchema,
      },
      closed,
    ),
    /** The labelled bytes of one subscriber. */
    ledger: LedgerSchema,
    /**
     * What the kernel counted on loopback over the window, all subscribers, both directions, TCP/IP headers included;
     * null where the interface was not the run's own.
     */
    kernel: Type.Union([Type.Object({ bytes: Count, packets: Count }, closed), Type.Null()]),
    /** The same delays as `latency` holds, by when their events were due. */
    timeline: TimelineSchema,
    /**
     * Median latency of the first, middle and last third of the window: whether the cell was steady; 0 without
     * samples.
     */
    thirdsP50Us: Type.Tuple([NonNegative, NonNegative, NonNegative]),
    /** How long this trial warmed up: about the load's warmUpMs, by its seed (scenarios/bench/warm-up.ts). */
    warmUpMs: Type.Optional(NonNegative),
    /** What the models of results/model/prediction.ts say for this cell; null where there is none. */
    prediction: PredictionSchema,
    server: ProcessCostSchema,
    /** Of several load agents that which used most of a core. */
    agent: ProcessCostSchema,
    /** Where there are several, each: by how much they differ from one another. */
    agents: Type.Optional(
      Type.Array(
        Type.Object(
          {
            subscribers: Count,
            cpuUs: NonNegative,
            elapsedUs: NonNegative,
            /** Events due in the window, over its subscribers. */
            delivered: Count,
            /** Its median latency. */
            p50Us: NonNegative,
          },
          closed,
        ),
      ),
    ),
    /**
     * CPU time over the window that others than the bench's processes used, steal included, and that of all cores: the
     * host's in a container.
     */
    others: Type.Optional(Type.Object({ cpuUs: NonNegative, availableUs: NonNegative }, closed)),
    /** Failures of a subscriber's transport by code, ECONNRESET for example. */
    errors: Type.Record(Type.String(), Count),
    /** What the server counted of the technique, from its start to the end of the drain. */
    counters: Type.Record(Type.String(), Count),
  },
  closed,
)
export type ResultRecord = Type.Static<typeof ResultRecordSchema>

/** A record without the histograms that nobody reads: agents send them, and older runs hold them. */
export function withoutUnread(record: ResultRecord): ResultRecord {
  const { latencyFromPublished, roundTrip, feedLag, bound, clientCost } = record
  const lean = ({ hdr: _, ...figures }: Distribution): Distribution => figures
  return {
    ...record,
    latencyFromPublished: lean(latencyFromPublished),
    roundTrip: roundTrip && lean(roundTrip),
    feedLag: lean(feedLag),
    ...(bound && { bound: lean(bound) }),
    ...(clientCost && { clientCost: lean(clientCost) }),
  }
}

const placeFields = {
  scenario: Type.String(),
  technique: Type.String(),
  /** The position in the scenario's sweep; left out where it has none. */
  at: PointSchema.properties.at,
}
const cellFields = { ...placeFields, copy: Type.Union([Type.Literal(1), Type.Literal(2)]) }

/** One trial that the run planned and could not measure. */
export const FailureSchema = Type.Object(
  {
    ...cellFields,
    trial: Type.Integer({ minimum: 1 }),
    reason: Type.String(),
    /** Of a search: the trial could not be had at this value, which is the search's result and no fault. */
    beyond: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type Failure = Type.Static<typeof FailureSchema>

/** One experiment that the run planned and could not bring to its end. */
export const FailedExperimentSchema = Type.Object(
  { experiment: Type.String(), reason: Type.String() },
  closed,
)

/** The run itself: what was planned, so that what is missing can be told, and the run resumed. */
export const RunSchema = Type.Object(
  {
    schema: Type.Literal(RUN_SCHEMA),
    run: Type.String(),
    command: Type.String(),
    seed: Type.Integer({ minimum: 0 }),
    startedAt: Type.String(),
    endedAt: Type.String(),
    /** What it measures, as it was asked to: with another number of trials, for example, than the library says. */
    scenarios: Type.Array(ScenarioSchema),
    /** Only these techniques of theirs; null for all. */
    techniques: Type.Union([Type.Array(Type.String()), Type.Null()]),
    /** Names of the experiments that it makes. */
    experiments: Type.Array(Type.String()),
    /** Load agents that subscribers are dealt out over; a run that does not say has one. */
    agents: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Without those of searches, whose number nobody knows beforehand. */
    plannedTrials: Count,
    /** Every cell that the run planned; of a search none. */
    planned: Type.Array(Type.Object({ ...cellFields, trials: Count }, closed)),
    /** Cells that were left out, and why: TLS for a technique that knows none, one that a named scenario does not have. */
    notApplicable: Type.Array(Type.Object({ ...placeFields, reason: Type.String() }, closed)),
    /** True when the run was interrupted: the records are real, the set is not complete. */
    partial: Type.Boolean(),
    /** Others may have measured on this machine at the same time (--share). */
    shared: Type.Optional(Type.Literal(true)),
    failures: Type.Array(FailureSchema),
    failedExperiments: Type.Array(FailedExperimentSchema),
    environment: EnvironmentSchema,
  },
  closed,
)
export type Run = Type.Static<typeof RunSchema>
