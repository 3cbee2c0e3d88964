import type { Ledger } from '../../results/record.ts'
import { type ByteClass, byteClasses } from '../../server/wire/span.ts'
import { type Cell, isCandidate, type MeasuredScenario } from '../analysis/cells.ts'
import { format } from '../format.ts'
import { classColors } from '../palette.ts'
import { bytesRanking } from '../sentences/ranking.ts'
import { median } from '../statistics/median.ts'
import { said } from '../words/say.ts'
import type { ChartSpec } from './spec.ts'
import { axisOf } from './techniques.ts'

/** What each class is called in the legend. */
const NAMES: Record<ByteClass, string> = {
  payload: 'payload',
  framing: 'framing',
  compressed: 'compressed',
  header: 'headers',
  handshake: 'handshake',
  control: 'control',
  tls: 'TLS',
  unparsed: 'not understood',
}

/** The bytes of one event, in both directions, by what they are there for: from the labelled bytes of the probe. */
export function classChart(id: string, measured: MeasuredScenario): ChartSpec {
  const cells = measured.cells.filter((cell) => isCandidate(cell) && probeEvents(cell) > 0)
  const series = byteClasses.map((byteClass) => ({
    name: said(NAMES[byteClass]),
    color: classColors[byteClass],
    points: cells.map((cell, x) => {
      const value = perEvent(cell, byteClass)
      return { x, y: value, text: format.bytes(value) }
    }),
  }))
  return {
    id,
    kind: 'bar',
    question: said('What is each byte of an event there for?'),
    conclusion: bytesRanking(measured),
    x: {
      ...axisOf(cells, 'bytesPerEvent'),
      targets: cells.map(({ technique }) => `bytes-${technique}`),
    },
    y: { title: said('Bytes of the TCP stream per event of one tapped subscriber, both directions') },
    stacked: true,
    series: series.filter(({ points }) => points.some(({ y }) => y > 0)),
  }
}

function probeEvents({ records }: Cell): number {
  return Math.min(...records.map(({ ledger }) => ledger.windowEvents))
}

function perEvent({ records }: Cell, byteClass: ByteClass): number {
  const bytesOf = ({ window: { up, down }, windowEvents }: Ledger) =>
    (up[byteClass] + down[byteClass]) / windowEvents
  return median(records.map(({ ledger }) => bytesOf(ledger)))
}
