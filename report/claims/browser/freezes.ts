import { type PageFreezesRow, pageFreezesRows } from '../../../results/rows/page-freezes.ts'
import { type Said, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, fromValues, inconclusive, notValid } from '../evidence.ts'
import { column, rowsWhere } from '../rows.ts'

const FREEZE_US = 5_000

export const pollFreezesPage: Claim = {
  id: 'poll-freezes-page',
  from: 'notes',
  claim: 'Polling freezes the page.',
  source: 'Lecture notes on push techniques, of short polling by Ajax',
  prediction:
    'p99 differs by well under 5 ms: fetch works beside the event loop. A synchronous request would freeze ' +
    'it.',
  experiments: ['page-freezes'],
  metric:
    'Difference of the p99 of a page’s event-loop delay with a short poll every 100 ms and without, of one ' +
    'trial',
  rule:
    'Over the trials’ differences: an interval of the median wholly below 5 ms did not hold, wholly at or ' +
    'above it held, else inconclusive; so are fewer than 3 trials, and a synchronous poll (the control) ' +
    'that does not show as a median difference of at least 5 ms.',
  judge: byRows(pageFreezesRows, (rows) => {
    const timed = (what: Said, valuesUs: readonly number[], expected?: number) =>
      fromValues(valuesUs, { what, unit: 'us', kind: 'timed', expected })
    const added = said('What a short poll adds to the p99 of the page’s event-loop delay')
    const more = timed(added, differencesUs(rows, 'short poll'), 0)
    const control = timed(said('What a synchronous poll adds'), differencesUs(rows, 'synchronous poll'))
    const numbers = [more, control]
    const invalid = notValid(numbers)
    if (invalid) return invalid
    numbers.push(
      timed(said('p99 without a poll'), column(rows, 'p99Us', { poll: 'none' })),
      timed(said('p99 with a short poll'), column(rows, 'p99Us', { poll: 'short poll' })),
    )
    const unseen = said('Not even a synchronous poll shows as a freeze, so nothing here would.')
    if (control.value < FREEZE_US) return inconclusive(unseen, numbers)
    const ms = (us: number) => (us / 1e3).toFixed(1)
    const interval = more.interval === '95 %' ? more.interval : said('min-max')
    const because = say`A short poll every 100 ms adds ${ms(more.value)} ms to the p99 of the event-loop delay (${interval} ${ms(more.low)} to ${ms(more.high)}), a synchronous one ${ms(control.value)} ms.`
    if (more.high < FREEZE_US) return { verdict: 'did not hold', because, numbers }
    return { verdict: more.low >= FREEZE_US ? 'held' : 'inconclusive', because, numbers }
  }),
}

/** How much longer the p99 is with a poll than without, trial by trial. */
function differencesUs(rows: readonly PageFreezesRow[], poll: PageFreezesRow['poll']): number[] {
  return rowsWhere(rows, { poll }).flatMap(({ trial, p99Us }) =>
    column(rows, 'p99Us', { poll: 'none', trial }).map((without) => p99Us - without),
  )
}
