import {
  type EventSourceFailuresRow,
  eventSourceFailuresRows,
} from '../../../results/rows/event-source-failures.ts'
import { list, type Said, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, inconclusive, judgement } from '../evidence.ts'
import { counted } from '../rows.ts'

type Failure = EventSourceFailuresRow['failure']
const FAILURES: Record<Failure, Said> = {
  'end of the stream': said('the end of the stream'),
  'connection reset': said('a reset connection'),
  'connection refused': said('a refused connection'),
  'status 500': said('the status 500'),
  'wrong content type': said('a wrong content type'),
}

export const sseReconnects: Claim = {
  id: 'sse-reconnects',
  from: 'notes',
  claim: 'A Server-Sent Events connection that breaks is opened again by the browser.',
  source: 'Lecture notes on push techniques; WHATWG HTML, section 9.2',
  prediction:
    'It depends: network errors and the end of the stream are retried, a status or a content type that is ' +
    'wrong is not.',
  experiments: ['event-source-failures'],
  metric: 'Requests within ten reconnection times after each of five failures',
  rule:
    'At least one request after every failure held, after none did not hold, after some depends on the ' +
    'failure. Inconclusive where a failure was not met by an open EventSource, or is missing.',
  judge: byRows(eventSourceFailuresRows, (rows) => {
    const names = eventSourceFailuresRows.columns.failure
    const rowOf = (name: Failure) => rows.find((row) => row.failure === name)
    const numbers = names.flatMap((name) => {
      const requestsAfter = rowOf(name)?.requestsAfter
      return requestsAfter === undefined ? [] : counted(say`Requests after ${FAILURES[name]}`, requestsAfter)
    })
    const unseen = names.filter((name) => rowOf(name)?.met !== true)
    const listed = (of: readonly Failure[]) => list(of.map((name) => FAILURES[name]))
    if (unseen.length > 0) return inconclusive(say`No open EventSource met ${listed(unseen)}.`, numbers)
    const retried = (name: Failure) => (rowOf(name)?.requestsAfter ?? 0) > 0
    const [yes, no] = [names.filter(retried), names.filter((name) => !retried(name))]
    if (no.length === 0) return judgement('held', say`Retried after ${listed(yes)}.`, numbers)
    if (yes.length === 0) return judgement('did not hold', say`Not retried after ${listed(no)}.`, numbers)
    const because = say`It depends on the failure: retried after ${listed(yes)}, but not after ${listed(no)}.`
    return { verdict: 'depends', because, numbers }
  }),
}
