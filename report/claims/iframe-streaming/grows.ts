import { type IframeMemoryRow, iframeMemoryRows } from '../../../results/rows/iframe-memory.ts'
import { determination } from '../../statistics/determination.ts'
import { median } from '../../statistics/median.ts'
import { slopeOf } from '../../statistics/slope.ts'
import { type Said, said, say } from '../../words/say.ts'
import type { Claim, Unit } from '../claim.ts'
import { byRows, fromValues, inconclusive, notValid } from '../evidence.ts'

const LEAST_DETERMINATION = 0.98
const FEWEST_POINTS = 4

export const iframeGrows: Claim = {
  id: 'iframe-grows',
  from: 'notes',
  claim: 'An iframe stream pushes continuously, into a page that never finishes loading and only grows.',
  source: 'Lecture notes on push techniques; Schiemann, "The forever-frame technique", Comet Daily (2007)',
  prediction:
    'The bytes of a script element an event; in the page three DOM nodes an event (script, its text, a ' +
    'line break), which EventSource does not leave.',
  experiments: ['iframe-memory'],
  metric:
    'Slope and R^2 of bytes sent, and of the page’s script and DOM heaps after a collection, over events ' +
    'received',
  rule:
    'Lines of least squares over at least 4 numbers of events, one a trial: R^2 >= 0.98 and a slope above ' +
    '0, of bytes and of memory, in every trial held, in none did not hold; else inconclusive, as are fewer ' +
    'than 3 trials. EventSource stands beside it and does not decide.',
  judge: byRows(iframeMemoryRows, (rows) => {
    const trials = trialsOf(rows, 'iframe-stream')
    const others = trialsOf(rows, 'sse')
    if (trials.length === 0 || trials.some(({ points }) => points < FEWEST_POINTS))
      return inconclusive(say`A line needs ${FEWEST_POINTS} numbers of events in every trial.`)
    const timed = (what: Said, unit: Unit, of: (trial: Trial) => number, expected?: number) =>
      fromValues(trials.map(of), { what, unit, kind: 'timed', expected })
    const numbers = [
      timed(said('Bytes sent per event of an iframe stream'), 'bytes', ({ bytes }) => bytes.slope),
      timed(
        said('Memory that the page holds per event of an iframe stream'),
        'bytes',
        ({ memory }) => memory.slope,
      ),
      timed(said('R^2 of the bytes'), 'ratio', ({ bytes }) => bytes.determination, 1),
      timed(said('R^2 of the memory'), 'ratio', ({ memory }) => memory.determination, 1),
    ]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    if (others.length > 0) {
      const what = said('Memory that a page holds per event of EventSource')
      const slopes = others.map(({ memory }) => memory.slope)
      numbers.push(fromValues(slopes, { what, unit: 'bytes', kind: 'timed', expected: 0 }))
    }
    const growing = trials.filter(({ bytes, memory }) => [bytes, memory].every(isLinear)).length
    const verdict = growing === trials.length ? 'held' : growing === 0 ? 'did not hold' : 'inconclusive'
    const [sent = Number.NaN, held = Number.NaN] = numbers.map(({ value }) => Math.round(value))
    const determinations = trials.flatMap(({ bytes, memory }) => [bytes.determination, memory.determination])
    const least = Math.min(...determinations).toFixed(3)
    const beside = median(others.map(({ memory }) => memory.slope))
    const because =
      others.length > 0
        ? say`Linear in ${growing} of ${trials.length} trials (R^2 ${least} and more): ${sent} bytes sent and ${held} bytes of memory held per event, against ${Math.round(beside)} of EventSource.`
        : say`Linear in ${growing} of ${trials.length} trials (R^2 ${least} and more): ${sent} bytes sent and ${held} bytes of memory held per event.`
    return { verdict, because, numbers }
  }),
}

interface Growth {
  /** Bytes per event. */
  slope: number
  determination: number
}

interface Trial {
  points: number
  bytes: Growth
  memory: Growth
}

function trialsOf(rows: readonly IframeMemoryRow[], technique: string): Trial[] {
  const ofTechnique = rows.filter((row) => row.technique === technique)
  return [...Map.groupBy(ofTechnique, ({ trial }) => trial).values()].map((trial) => ({
    points: new Set(trial.map(({ events }) => events)).size,
    bytes: growth(trial, ({ bytes }) => bytes),
    memory: growth(trial, ({ scriptHeapBytes, domHeapBytes }) => scriptHeapBytes + domHeapBytes),
  }))
}

function growth(rows: readonly IframeMemoryRow[], of: (row: IframeMemoryRow) => number): Growth {
  const points = rows.map((row) => [row.events, of(row)] as const)
  return { slope: slopeOf(points)?.value ?? Number.NaN, determination: determination(points) }
}

function isLinear({ slope, determination }: Growth): boolean {
  return slope > 0 && determination >= LEAST_DETERMINATION
}
