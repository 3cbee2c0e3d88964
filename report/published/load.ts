import { capacitiesOf } from '../analysis/capacity.ts'
import { type Slope, slopeOf } from '../analysis/slope.ts'
import type { Evidence, Row } from '../claims/claim.ts'
import { cellAt, rowsOf } from '../claims/evidence.ts'
import { paired } from '../claims/paired.ts'
import type { Here, PublishedFigure } from '../published.ts'

const BOZDAG = 'Bozdag, Mesbah and van Deursen, A Comparison of Push and Pull Techniques for AJAX (2007)'
const DEFLATE = 'Seen once with the defaults of ws, before this project measured it (2026)'

/**
 * CPU time of the server with one technique over that with another, for the same events to the same
 * subscribers.
 */
function cpuRatio(
  evidence: Evidence,
  { scenario, more, less, what }: { scenario: string; more: string; less: string; what: string },
): Here {
  const measured = evidence.scenario(scenario)
  const [numerator, denominator] = [more, less].map((technique) => cellAt(measured, technique))
  if (!numerator || !denominator) return { notMeasured: `The run has no records of both in ${scenario}.` }
  return { measured: paired(numerator, denominator, 'serverCpuUsPer1000Events', { what }).number }
}

/** The most long-polling subscribers that have their events in time. */
function saturation(evidence: Evidence): Here {
  const measured = evidence.scenario('capacity-subscribers')
  const found = measured && capacitiesOf(measured, []).find(({ technique }) => technique === 'long-poll')
  if (!found || found.value === null)
    return { notMeasured: 'The run has not searched how many subscribers long polling can have.' }
  const { value, low, high, trials } = found
  return {
    measured: {
      what: 'Long-polling subscribers with every event within 100 ms, 99 times in 100',
      value,
      low: low ?? value,
      high: high ?? value,
      interval: 'min-max',
      n: trials,
      unit: 'count',
      badge: 'use with care',
    },
  }
}

/** Resident memory for each compressed connection at a stage, by least squares over their numbers. */
function deflateSlope(rows: readonly Row[], stage: string): Slope | undefined {
  return slopeOf(
    rows.flatMap((row) =>
      row.compression === true && row.stage === stage
        ? [[Number(row.subscribers), Number(row.rssBytes)] as const]
        : [],
    ),
  )
}

function deflateHere(evidence: Evidence, stage: string): Here {
  const found = rowsOf(evidence, 'deflate-memory')
  if ('none' in found) return { notMeasured: found.none.because }
  const slope = deflateSlope(found.rows, stage)
  if (!slope) return { notMeasured: 'A slope needs three numbers of connections or more.' }
  const { value, low, high, n } = slope
  return {
    measured: {
      what: `Resident memory of the server for each compressed connection ${stage}`,
      ...{ value, low, high, n },
      interval: '95 %',
      unit: 'bytes',
      badge: n < 6 ? 'use with care' : 'valid',
    },
  }
}

/** What has been published of the load of a server. */
export const load: PublishedFigure[] = [
  {
    id: 'bozdag-cpu',
    source: BOZDAG,
    what: 'CPU time of the server, push by Comet over pull',
    published: { text: '7 times', value: 7 },
    unit: 'ratio',
    model: null,
    here: (evidence) =>
      cpuRatio(evidence, {
        scenario: 'steady-feed',
        more: 'long-poll',
        less: 'short-poll',
        what: 'CPU time of the server, long polling over short polling every second',
      }),
    comment:
      'Theirs was Comet on Jetty against a page that polls. Here one server does both, for ' +
      'ten events a second: what pushing costs goes by the event, what polling costs by the ' +
      'second.',
  },
  {
    id: 'bozdag-saturation',
    source: BOZDAG,
    what: 'Users at which the server of push is saturated',
    published: { text: '350 to 500 users', value: 500 },
    unit: 'count',
    model: null,
    here: saturation,
    comment:
      'Theirs is a CPU of 2007 that was full. Here the p99 of the delay is what ends it, and ' +
      'server and load agent share the cores.',
  },
  {
    id: 'icwe-clients',
    source:
      'Van de Vyvere et al., Comparing a Polling and Push-Based Approach for Live Open Data ' +
      'Interfaces (ICWE 2020)',
    what: 'Clients that one server can have, by Server-Sent Events over polling, for 5.2 kB every 5 s',
    published: { text: '25,000 against 2,000, 12.5 times', value: 12.5 },
    unit: 'ratio',
    model: null,
    here: (evidence) =>
      cpuRatio(evidence, {
        scenario: 'open-data',
        more: 'short-poll',
        less: 'sse',
        what: 'CPU time of the server for each of 200 subscribers, polling over Server-Sent Events',
      }),
    comment:
      'Theirs counts clients until the delay grows, in a Kubernetes cluster. Here it is CPU ' +
      'time for each of 200 subscribers; what an idle server takes is among it and lowers the ' +
      'ratio. A cache that answers polls is not measured.',
  },
  {
    id: 'deflate-idle',
    source: DEFLATE,
    what: 'Memory of a WebSocket connection with permessage-deflate before its first message',
    published: { text: '8.5 kB', value: 8_500 },
    unit: 'bytes',
    model: null,
    here: (evidence) => deflateHere(evidence, 'before the first message'),
    comment: 'What Node.js and ws hold for any connection; the compressor is made with the first message.',
  },
  {
    id: 'deflate-used',
    source: DEFLATE,
    what: 'Memory of a WebSocket connection with permessage-deflate after its first message',
    published: { text: '229 kB', value: 229_000 },
    unit: 'bytes',
    model: {
      value: 2 ** (15 + 2) + 2 ** (8 + 9),
      by: "2^(windowBits + 2) + 2^(memLevel + 9) of zlib's compressor, at 15 and 8 (zconf.h)",
    },
    here: (evidence) => deflateHere(evidence, 'after the first message'),
    comment:
      'A compressor that has seen one small message has not touched all of its memory, and ' +
      'what is not touched is not resident.',
  },
]
