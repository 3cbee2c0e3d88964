import { entryOf } from '../../../server/registry.ts'
import type { ByteClass } from '../../../server/wire/span.ts'
import type { UnitKind } from '../../../server/wire/units.ts'
import {
  defaultStageSettings,
  type LaneSpec,
  type Seen,
  type StageEntry,
  type StageSettings,
  type Unit,
} from './entries.ts'

export interface LogOptions {
  lanes?: readonly (LaneSpec | string)[]
  settings?: Partial<StageSettings>
  /** So many events on a schedule, the first 500 ms after the beginning. */
  events?: number
  /** What happens besides: the network or the server, at some ms. */
  changes?: readonly { atMs: number; network?: 'up' | 'cut'; server?: 'up' | 'down' }[]
  /** Chooses how long each way takes; the same seed gives the same log. */
  seed?: number
}

const OPEN_US = 100_000

/**
 * A plausible log of a stage, for tests and to look at pictures: polls ask on their timer, held ones and streams have an
 * event at once, every byte is in a unit. While the network is cut or the server down nothing passes; a lane that is
 * forgetful loses those events, others have them as soon as they are back. In the order of time.
 */
export function logFixture(options: LogOptions = {}): StageEntry[] {
  const settings = { ...defaultStageSettings, ...options.settings }
  const lanes = (options.lanes ?? ['short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket']).map(
    (lane) => (typeof lane === 'string' ? { id: lane, technique: lane } : lane),
  )
  const random = randomOf(options.seed ?? 1)
  const rate = settings.ratePerSecond || 1
  const events = Array.from({ length: options.events ?? 10 }, (_, i) => {
    const dueUs = 500_000 + Math.round((i / rate) * 1e6)
    return { seq: i + 1, dueUs, atUs: dueUs + Math.round(50 + random() * 300) }
  })
  const changes = options.changes ?? []
  const endUs = (events.at(-1)?.atUs ?? 500_000) + Math.max(400_000, settings.pollIntervalMs * 1_200)
  const entries: StageEntry[] = events.map((event) => ({
    kind: 'published',
    ...event,
    payloadBytes: settings.payloadBytes,
  }))
  for (const { atMs, ...change } of changes) entries.push({ kind: 'changed', atUs: atMs * 1_000, ...change })
  let unitNumber = 0
  let connectionNumber = 0
  const outages = outagesOf(changes, endUs)

  for (const spec of lanes) {
    const lane = spec.id
    const isPoll = entryOf(spec.technique)?.family === 'poll'
    const wayUs = () => Math.round(settings.addedDelayMs * 1_000 + 150 + random() * 500)
    const totals = { up: 0, down: 0 }
    const unit = (
      atUs: number,
      connection: number,
      direction: Unit['direction'],
      what: UnitKind,
      sums: Partial<Record<ByteClass, number>>,
      seqs: number[] = [],
    ) => {
      const bytes = Object.values(sums).reduce((sum, part) => sum + part, 0)
      totals[direction] += bytes
      entries.push({
        ...{
          kind: 'unit',
          atUs,
          fromUs: atUs - 10,
          lane,
          connection,
          unit: ++unitNumber,
          direction,
          what,
          bytes,
        },
        ...{ sums, events: seqs, shown: '', spans: [] },
        about: direction === 'up' ? `/${spec.technique}` : '200',
      })
    }
    const see = (atUs: number, tab: number, sight: DistributiveOmit<Seen, 'atUs' | 'lane' | 'tab'>) =>
      entries.push({ atUs, lane, tab, ...sight } as Seen)
    entries.push({ kind: 'page', atUs: OPEN_US / 2, lane, bytes: 12_345 })

    for (let tab = 1; tab <= (spec.tabs ?? 1); tab++) {
      let next = 0
      for (const [fromUs, toUs] of stretches(outages, endUs)) {
        const connection = ++connectionNumber
        entries.push({ kind: 'connected', atUs: fromUs, lane, connection })
        const payload = (seqs: number[]) => ({ payload: seqs.length * settings.payloadBytes })
        const deliver = (
          atUs: number,
          what: UnitKind,
          head: Partial<Record<ByteClass, number>>,
          seqs: number[],
        ) => {
          unit(atUs, connection, 'down', what, { ...head, ...payload(seqs) }, seqs)
          const readUs = atUs + wayUs()
          if (what === 'response') see(readUs, tab, { kind: 'answered', events: seqs.length })
          for (const [i, seq] of seqs.entries()) see(readUs + i, tab, { kind: 'received', seq })
          return readUs
        }
        // Who is forgetful, or new, begins with what comes now.
        if (spec.forgetful || next === 0) next = events.filter(({ atUs }) => atUs < fromUs).length
        if (!isPoll) {
          see(fromUs, tab, { kind: 'asked' })
          const isSocket = entryOf(spec.technique)?.carrier === 'websocket'
          const arrivedUs = fromUs + wayUs()
          unit(
            arrivedUs,
            connection,
            'up',
            isSocket ? 'handshake-request' : 'request',
            isSocket ? { handshake: 480 } : { header: 390 },
          )
          unit(
            arrivedUs + 300,
            connection,
            'down',
            isSocket ? 'handshake-response' : 'response-head',
            isSocket ? { handshake: 129 } : { header: 180 },
          )
          see(arrivedUs + 300 + wayUs(), tab, { kind: 'opened' })
          const framing = isSocket ? 2 : spec.technique === 'iframe-stream' ? 41 : 24
          for (; next < events.length && (events[next]?.atUs ?? 0) < toUs; next++) {
            const { seq, atUs } = events[next] as (typeof events)[0]
            deliver(Math.max(atUs, arrivedUs + 400) + 80, isSocket ? 'frame' : 'chunk', { framing }, [seq])
          }
        } else {
          const isHeld = spec.technique !== 'short-poll'
          let askUs = fromUs
          let isFirst = next === 0 || spec.forgetful === true
          while (askUs < toUs - 2_000 * settings.addedDelayMs - 5_000) {
            see(askUs, tab, { kind: 'asked' })
            const arrivedUs = askUs + wayUs()
            unit(arrivedUs, connection, 'up', 'request', { header: 410 })
            const nextUs = events[next]?.atUs ?? Number.POSITIVE_INFINITY
            const holdUs = arrivedUs + settings.holdMs * 1_000
            const answeredUs =
              (isHeld && !isFirst ? Math.max(arrivedUs, Math.min(nextUs, holdUs)) : arrivedUs) + 90
            if (answeredUs >= toUs) break
            const seqs = isFirst
              ? []
              : events
                  .slice(next)
                  .filter(({ atUs }) => atUs < answeredUs)
                  .map(({ seq }) => seq)
            const readUs = deliver(answeredUs, 'response', { header: 195, control: 24 }, seqs)
            if (isFirst) see(readUs, tab, { kind: 'opened' })
            next += seqs.length
            isFirst = false
            askUs = isHeld ? readUs + 120 : Math.max(readUs, askUs + settings.pollIntervalMs * 1_000)
          }
        }
        if (toUs >= endUs) continue
        entries.push({ kind: 'closed', atUs: toUs + 100, lane, connection })
        see(toUs + 800, tab, { kind: 'failed', message: 'TypeError: Failed to fetch' })
      }
    }
    entries.push({
      ...{ kind: 'totals', atUs: endUs, lane, socketUp: totals.up, socketDown: totals.down },
      ...{ tappedUp: totals.up, tappedDown: totals.down },
    })
  }
  entries.sort((a, b) => a.atUs - b.atUs)
  return [{ kind: 'began', atUs: 0, run: 1, lanes, settings }, ...entries]
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** When nothing passes, from and to in µs. */
function outagesOf(changes: NonNullable<LogOptions['changes']>, endUs: number): [number, number][] {
  const outages: [number, number][] = []
  let sinceUs: number | undefined
  const bad = new Set<string>()
  for (const { atMs, network, server } of [...changes].sort((a, b) => a.atMs - b.atMs)) {
    if (network) bad[network === 'cut' ? 'add' : 'delete']('network')
    if (server) bad[server === 'down' ? 'add' : 'delete']('server')
    if (bad.size > 0) sinceUs ??= atMs * 1_000
    else if (sinceUs !== undefined) {
      outages.push([sinceUs, atMs * 1_000])
      sinceUs = undefined
    }
  }
  if (sinceUs !== undefined) outages.push([sinceUs, endUs])
  return outages
}

/** When something passes. Pages come back a moment after an outage. */
function stretches(outages: readonly [number, number][], endUs: number): [number, number][] {
  const starts = [OPEN_US, ...outages.map(([, toUs]) => toUs + 100_000)]
  return starts
    .map((fromUs, i): [number, number] => [fromUs, outages[i]?.[0] ?? endUs])
    .filter(([fromUs, toUs]) => toUs > fromUs)
}

/** Numbers from 0 to 1 that a seed decides: a linear congruential generator. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
