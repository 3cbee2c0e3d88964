import { eventSource204Rows } from '../../../results/rows/event-source-204.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, inconclusive } from '../evidence.ts'
import { counted } from '../rows.ts'

export const sse204: Claim = {
  id: 'sse-204',
  from: 'notes',
  claim: 'The status 204 No Content stops EventSource from reconnecting.',
  source:
    'Lecture notes on push techniques; WHATWG HTML, section 9.2: "a client can be told to stop ' +
    'reconnecting using the HTTP 204 No Content response code"',
  prediction: 'No request after the 204; after the end of a stream about one a reconnection time.',
  experiments: ['event-source-204'],
  metric: 'Requests within three reconnection times after a reconnection was answered with 204',
  rule:
    '0 requests held, any did not hold. Inconclusive where EventSource never reconnected, or did not do so ' +
    'again after a 200 either (the control).',
  judge: byRows(eventSource204Rows, (rows) => {
    const [stopped, control] = [204, 200].map((status) => rows.find((row) => row.status === status))
    const numbers = [stopped, control].flatMap((row) => {
      if (!row) return []
      const what = say`Requests within three reconnection times after a ${row.status}`
      return counted(what, row.requestsAfter, row.status === 204 ? 0 : undefined)
    })
    if (!stopped?.reconnected || !control?.requestsAfter) {
      const because = said('EventSource did not come back where it should: nothing shows that 204 stops it.')
      return inconclusive(because, numbers)
    }
    const { requestsAfter } = stopped
    const because = say`${requestsAfter} requests after the 204, and ${control.requestsAfter} after a 200.`
    return { verdict: requestsAfter === 0 ? 'held' : 'did not hold', because, numbers }
  }),
}
