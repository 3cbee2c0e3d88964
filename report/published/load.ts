import { deflateMemoryRows } from '../../results/rows/deflate-memory.ts'
import { capacitiesOf } from '../analysis/capacity.ts'
import type { Evidence } from '../claims/claim.ts'
import { cellAt, rowsOf } from '../claims/evidence.ts'
import { addedByCompression, ZLIB_BYTES } from '../claims/memory/deflate.ts'
import { fromSlope } from '../claims/memory/growth.ts'
import { paired } from '../claims/paired.ts'
import { type Said, said, say } from '../words/say.ts'
import type { Here, PublishedFigure } from './figure.ts'

const BOZDAG = 'Bozdag, Mesbah and van Deursen, A Comparison of Push and Pull Techniques for AJAX (2007)'

/**
 * CPU time of the server with one technique over that with another, for the same events to the same
 * subscribers.
 */
function cpuRatio(
  evidence: Evidence,
  { scenario, more, less, what }: { scenario: string; more: string; less: string; what: Said },
): Here {
  const measured = evidence.scenario(scenario)
  const [numerator, denominator] = [more, less].map((technique) => cellAt(measured, technique))
  if (!numerator || !denominator) return { notMeasured: say`The run has no records of both in ${scenario}.` }
  return { measured: paired(numerator, denominator, 'serverCpuUsPer1000Events', { what }).number }
}

/** The most long-polling subscribers that have their events in time. */
function saturation(evidence: Evidence): Here {
  const measured = evidence.scenario('capacity-subscribers')
  const found =
    measured && capacitiesOf(measured, evidence.failures).find(({ technique }) => technique === 'long-poll')
  if (!found || found.value === null)
    return { notMeasured: said('The run has not searched how many subscribers long polling can have.') }
  const { value, low, high, trials } = found
  return {
    measured: {
      what: said('Long-polling subscribers with every event within 100 ms, 99 times in 100'),
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

/** What compression adds to a connection of the server, by least squares over their numbers. */
function deflateHere(evidence: Evidence): Here {
  const found = rowsOf(evidence, deflateMemoryRows)
  if ('none' in found) return { notMeasured: found.none.because }
  const added = addedByCompression(found.rows)
  if (!added) return { notMeasured: said('A slope needs three numbers of connections or more.') }
  const what = said('What compression adds to one connection of the server after the first message')
  return { measured: fromSlope(added, { what }) }
}

/** What has been published of the load of a server. */
export const load: PublishedFigure[] = [
  {
    id: 'bozdag-cpu',
    source: BOZDAG,
    what: 'CPU time of the server, push by Comet over pull',
    published: { text: '7 times', value: 7 },
    unit: 'ratio',
    here: (evidence) =>
      cpuRatio(evidence, {
        scenario: 'steady-feed',
        more: 'long-poll',
        less: 'short-poll',
        what: said('CPU time of the server, long polling over short polling every second'),
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
    here: saturation,
    comment:
      'Theirs is a CPU of 2007 that was full. Here deliveries that are late end it, and server ' +
      'and load agent share the cores.',
  },
  {
    id: 'icwe-clients',
    source:
      'Van de Vyvere et al., Comparing a Polling and Push-Based Approach for Live Open Data ' +
      'Interfaces (ICWE 2020)',
    what: 'Clients that one server can have, by Server-Sent Events over polling, for 5.2 kB every 5 s',
    published: { text: '25,000 against 2,000, 12.5 times', value: 12.5 },
    unit: 'ratio',
    here: (evidence) =>
      cpuRatio(evidence, {
        scenario: 'open-data',
        more: 'short-poll',
        less: 'sse',
        what: said('CPU time of the server for each of 200 subscribers, polling over Server-Sent Events'),
      }),
    comment:
      'Theirs counts clients until the delay grows, in a Kubernetes cluster. Here it is CPU ' +
      'time for each of 200 subscribers; what an idle server takes is among it and lowers the ' +
      'ratio. A cache that answers polls is not measured.',
  },
  {
    id: 'deflate-used',
    source: 'zlib 1.3.1, zconf.h (2024)',
    what: 'Memory that permessage-deflate adds to a WebSocket connection, after its first message',
    published: {
      text:
        '(1 << (windowBits + 2)) + (1 << (memLevel + 9)) bytes, at the defaults 262,144, "plus a few ' +
        'kilobytes for small objects"',
      value: ZLIB_BYTES,
    },
    unit: 'bytes',
    here: deflateHere,
    comment:
      'Theirs is what the compressor asks for. One that has seen a small message has not touched all of ' +
      'its memory, and what is not touched is not resident.',
  },
]
