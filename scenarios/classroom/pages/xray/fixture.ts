import type { Capture, CapturedStream } from '../../../../clients/measure/capture.ts'
import { type ByteClass, byteClasses, type ClassSums, sumClasses } from '../../../../server/wire/span.ts'
import type { UnitKind } from '../../../../server/wire/units.ts'
import { defaultStageSettings, type LaneSpec, type Unit } from '../../log/entries.ts'
import type { LaneState, StageState } from '../../log/state.ts'

const MOST_SHOWN_BYTES = 2_048

/** A unit as the tap would tell it, of bytes with their spans. */
export function unitFixture(
  bytes: Uint8Array | string,
  spans: [bytes: number, byteClass: ByteClass, label: string][],
  more: Partial<Unit> = {},
): Unit {
  const all = Buffer.from(bytes)
  let at = 0
  const placed = spans.map(([length, byteClass, label]): Unit['spans'][number] => {
    at += length
    return [at - length, at, byteClass, label]
  })
  const shown = all.subarray(0, MOST_SHOWN_BYTES)
  const sums = sumClasses(
    placed.map(([start, end, byteClass, label]) => ({ start, end, class: byteClass, label })),
  )
  return {
    ...{ kind: 'unit', atUs: 1_250_000, fromUs: 1_250_000, lane: 'sse', connection: 1, unit: 1 },
    ...{ direction: 'down', what: 'chunk', bytes: all.length, events: [] },
    sums: Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum > 0)),
    shown: shown.toString('base64'),
    spans: placed
      .filter(([start]) => start < shown.length)
      .map(([start, end, ...rest]) => [start, Math.min(end, shown.length), ...rest]),
    ...more,
  }
}

/** Everything that was captured, a unit for each piece that was written or read at once. */
export function unitsOfCapture({ connections }: Capture, lane: string): Unit[] {
  const units = connections.flatMap(({ up, down }, i) => [
    ...unitsOfStream(up, { lane, connection: i + 1, direction: 'up' }),
    ...unitsOfStream(down, { lane, connection: i + 1, direction: 'down' }),
  ])
  return units.sort((a, b) => a.atUs - b.atUs).map((unit, i) => ({ ...unit, unit: i + 1 }))
}

function unitsOfStream({ bytes, spans, pieces }: CapturedStream, more: Partial<Unit>): Unit[] {
  return pieces.flatMap(({ end, atUs }, i) => {
    const start = pieces[i - 1]?.end ?? 0
    const its = spans.filter((span) => span.start < end && span.end > start)
    const parts = its.map((span): [number, ByteClass, string] => [
      Math.min(span.end, end) - Math.max(span.start, start),
      span.class,
      span.label,
    ])
    const events = its.some((span) => span.class === 'payload') ? [1] : []
    const [first] = its
    if (!first) return []
    return [
      unitFixture(bytes.subarray(start, end), parts, {
        ...more,
        atUs,
        fromUs: atUs,
        events,
        what: kindOf(first),
      }),
    ]
  })
}

function kindOf({ class: byteClass, label }: { class: ByteClass; label: string }): UnitKind {
  if (label === 'request line') return byteClass === 'handshake' ? 'handshake-request' : 'request'
  if (label === 'status line') return byteClass === 'handshake' ? 'handshake-response' : 'response'
  return label.startsWith('frame header') ? 'frame' : 'chunk'
}

/** A lane whose counters are the sums of its units. */
export function laneFixture(spec: LaneSpec, units: Unit[]): LaneState {
  const sum = (direction?: 'up' | 'down') =>
    units
      .filter((unit) => !direction || unit.direction === direction)
      .reduce((bytes, unit) => bytes + unit.bytes, 0)
  const sums = Object.fromEntries(
    byteClasses.map((name) => [name, units.reduce((bytes, unit) => bytes + (unit.sums[name] ?? 0), 0)]),
  ) as ClassSums
  return {
    ...{ spec, openedUs: [1], isOpen: [true], requests: 1, answers: 0, emptyAnswers: 0, connections: [] },
    ...{ bytes: sum(), bytesUp: sum('up'), bytesDown: sum('down'), sums },
    ...{ received: [], lost: [], duplicated: [], failures: [], units, agrees: true, pageBytes: 4_321 },
  }
}

export function stateFixture(lanes: LaneState[], run = 1): StageState {
  return {
    ...{ run, atUs: 2e6, settings: defaultStageSettings, network: 'up', server: 'up' },
    ...{ lanes, events: [], changes: [] },
  }
}
