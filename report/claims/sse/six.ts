import { type EventSourceSixRow, eventSourceSixRows } from '../../../results/rows/event-source-six.ts'
import { said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, inconclusive } from '../evidence.ts'
import { counted } from '../rows.ts'

export const sseSix: Claim = {
  id: 'sse-six',
  from: 'literature',
  claim:
    'Over HTTP/1.1 a browser opens six EventSources to an origin, and the page’s other requests to it ' +
    'hang; over HTTP/2 there is no such limit.',
  source: 'MDN Web Docs, "EventSource" and "Using server-sent events" (2024)',
  prediction:
    'Of seven six open over HTTP/1.1, and a fetch waits until one is closed; over HTTP/2 all seven open.',
  experiments: ['event-source-six'],
  metric:
    'How many of seven EventSources to one origin open within 2 s, and whether a fetch is answered within ' +
    '2 s then',
  rule:
    'Held where exactly six open and the fetch is not answered over HTTP/1.1, and all seven open and it is ' +
    'answered over HTTP/2; anything else did not hold. Inconclusive where the fetch is not answered with ' +
    'one of the six closed either: then it is not they that it waits for.',
  judge: byRows(eventSourceSixRows, (rows) => {
    const { http: versions } = eventSourceSixRows.columns
    const [first, second] = versions.map((http) => rows.find((row) => row.http === http))
    const numbers = [first, second].flatMap((row) => {
      if (!row) return []
      const { http, asked, open, answered } = row
      const [openExpected, answeredExpected] = http === '2' ? [asked, 1] : [6, 0]
      return [
        counted(say`EventSources open of ${asked} over HTTP/${http}`, open, openExpected),
        counted(say`Fetches answered beside them over HTTP/${http}`, answered ? 1 : 0, answeredExpected),
      ]
    })
    if (!first || !second) return inconclusive(said('One of the two versions of HTTP was not seen.'), numbers)
    const held = said(
      'The fetch was not answered with one EventSource fewer either: something else held it up.',
    )
    if (!first.answered && !first.answeredAfterClosing) return inconclusive(held, numbers)
    const limited = first.open === 6 && !first.answered
    const free = second.open === second.asked && second.answered
    const fateOf = ({ answered }: EventSourceSixRow) => (answered ? said('was answered') : said('hung'))
    return {
      verdict: limited && free ? 'held' : 'did not hold',
      because: say`Of ${first.asked} EventSources ${first.open} opened over HTTP/1.1 and a fetch beside them ${fateOf(first)}; over HTTP/2 ${second.open} opened and it ${fateOf(second)}.`,
      numbers,
    }
  }),
}
