import { type NagleRow, nagleRows } from '../../../results/rows/nagle.ts'
import { format } from '../../format.ts'
import { median } from '../../statistics/median.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement, notValid } from '../evidence.ts'
import { column, rowsWhere, timed, without } from '../rows.ts'

const ADDS_US = { low: 30_000, high: 50_000 }
const NOTHING_US = 5_000

export const nagle: Claim = {
  id: 'nagle',
  from: 'literature',
  claim: 'Nagle’s algorithm and delayed acknowledgements together add about 40 ms.',
  source:
    'RFC 896 (1984); RFC 1122 (1989), section 4.2.3.2; Cheshire, TCP Performance problems caused by ' +
    'interaction between Nagle’s Algorithm and Delayed ACK (2005)',
  prediction:
    'The second of two writes waits for the first’s acknowledgement, which Linux holds back for 40 ms ' +
    'where it expects to send something itself.',
  experiments: ['nagle'],
  metric:
    'Median delay of an event’s second write with Nagle’s algorithm, less that with TCP_NODELAY, of ' +
    'the same trial',
  rule:
    'For a receiver that only listens and for one that answers each event: 30 to 50 ms more in the ' +
    'median over trials is about 40 ms, less than 5 ms is nothing. Held where both have about 40 ms; did ' +
    'not hold where both have nothing; depends on whether the receiver answers where one has it and the ' +
    'other nothing; else inconclusive, and so with fewer than 3 trials.',
  judge: byRows(nagleRows, (rows) => {
    const two = rowsWhere(rows, { writesPerEvent: 2 })
    const [listens, answers] = [addedUs(two, false), addedUs(two, true)]
    const numbers = [
      ...timed(said('What Nagle’s algorithm adds, receiver only listens'), listens),
      ...timed(said('What Nagle’s algorithm adds, receiver answers each event'), answers, 40_000),
      ...timed(said('p99 with Nagle’s algorithm, receiver only listens'), p99(two, false)),
      ...timed(said('p99 with Nagle’s algorithm, receiver answers'), p99(two, true)),
      ...timed(
        said('Median with Nagle’s algorithm and one write per event, receiver answers'),
        column(rows, 'lastByteP50Us', { writesPerEvent: 1, noDelay: false }),
      ),
    ]
    if (listens.length === 0 || answers.length === 0)
      return without(said('one of the two receivers is missing'), numbers)
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const [ofListening, ofAnswering] = [median(listens), median(answers)]
    const adds = (us: number) => us >= ADDS_US.low && us <= ADDS_US.high
    const nothing = (us: number) => us < NOTHING_US
    const all = [ofListening, ofAnswering]
    const depends = all.some(adds) && all.some(nothing)
    const because = depends
      ? say`Two writes an event: Nagle’s algorithm added ${format.us(ofAnswering)} where the receiver answers each event, and ${format.us(ofListening)} where it only listens, as it does of a stream: it depends on that.`
      : say`Two writes an event: Nagle’s algorithm added ${format.us(ofAnswering)} where the receiver answers each event, and ${format.us(ofListening)} where it only listens.`
    if (depends) return judgement('depends', because, numbers)
    const verdict = all.every(adds) ? 'held' : all.every(nothing) ? 'did not hold' : 'inconclusive'
    return judgement(verdict, because, numbers)
  }),
}

function addedUs(rows: readonly NagleRow[], answers: boolean): number[] {
  const withNagle = rowsWhere(rows, { answers, noDelay: false })
  return withNagle.flatMap(({ trial, lastByteP50Us }) =>
    column(rows, 'lastByteP50Us', { answers, noDelay: true, trial }).map((us) => lastByteP50Us - us),
  )
}

function p99(rows: readonly NagleRow[], answers: boolean): number[] {
  return column(rows, 'lastByteP99Us', { answers, noDelay: false })
}
