import { type IframeMemoryRow, iframeMemoryRows } from '../../../results/rows/iframe-memory.ts'
import { determination } from '../../statistics/determination.ts'
import { median } from '../../statistics/median.ts'
import { slopeOf } from '../../statistics/slope.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, fromValues, notValid } from '../evidence.ts'

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
    if (trials.length === 0 || trials.some(({ points }) => points < FEWEST_POINTS)) {
      const because = say`A line needs ${FEWEST_POINTS} numbers of events in every trial.`
      return { verdict: 'inconclusive', because, numbers: [] }
    }
    const timed = { kind: 'timed' } as const
    const of = (pick: (trial: Trial) => number) => trials.map(pick)
    const numbers = [
      fromValues(
        of(({ bytes }) => bytes.slope),
        { what: said('Bytes sent per event of an iframe stream'), unit: 'bytes', ...timed },
      ),
      fromValues(
        of(({ memory }) => memory.slope),
        { what: said('Memory that the page holds per event of an iframe stream'), unit: 'bytes', ...timed },
      ),
      fromValues(
        of(({ bytes }) => bytes.determination),
        { what: said('R^2 of the bytes'), unit: 'ratio', expected: 1, ...timed },
      ),
      fromValues(
        of(({ memory }) => memory.determination),
        { what: said('R^2 of the memory'), unit: 'ratio', expected: 1, ...timed },
      ),
    ]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    if (others.length > 0) {
      numbers.push(
        fromValues(
          others.map(({ memory }) => memory.slope),
          {
            what: said('Memory that a page holds per event of EventSource'),
            unit: 'bytes',
            expected: 0,
            ...timed,
          },
        ),
      )
    }
    const growing = trials.filter(({ bytes, memory }) => [bytes, memory].every(isLinear)).length
    const verdict = growing === trials.length ? 'held' : growing === 0 ? 'did not hold' : 'inconclusive'
    const [sent = Number.NaN, held = Number.NaN] = numbers.map(({ value }) => Math.round(value))
    const least = Math.min(
      ...trials.flatMap(({ bytes, memory }) => [bytes.determination, memory.determination]),
    )
    const beside = median(others.map(({ memory }) => memory.slope))
    const because =
      others.length > 0
        ? say`Linear in ${growing} of ${trials.length} trials (R^2 ${least.toFixed(3)} and more): ${sent} bytes sent and ${held} bytes of memory held per event, against ${Math.round(beside)} of EventSource.`
        : say`Linear in ${growing} of ${trials.length} trials (R^2 ${least.toFixed(3)} and more): ${sent} bytes sent and ${held} bytes of memory held per event.`
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
