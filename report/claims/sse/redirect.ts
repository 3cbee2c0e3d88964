import { eventSourceRedirectsRows } from '../../../results/rows/event-source-redirects.ts'
import { list, said, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, inconclusive } from '../evidence.ts'
import { counted } from '../rows.ts'

const CLAIMED = [301, 307]
const REDIRECTS = [301, 302, 303, 307, 308]
const CONTROL = 200

export const sseRedirect: Claim = {
  id: 'sse-redirect',
  from: 'notes',
  claim: 'EventSource follows the redirects 301 and 307.',
  source:
    'Lecture notes on push techniques; WHATWG HTML, section 9.2: "redirected using HTTP 301 and 307 ' +
    'redirects as with normal HTTP requests"',
  prediction: 'All five redirects are followed: EventSource asks by Fetch, in its redirect mode "follow".',
  experiments: ['event-source-redirects'],
  metric: 'Whether an event arrives from where a 301, 302, 303, 307 or 308 points to',
  rule:
    'An event through 301 and one through 307 held, without either did not hold; the other statuses are ' +
    'named. Inconclusive where no event came without a redirect (the control), or a status is missing.',
  judge: byRows(eventSourceRedirectsRows, (rows) => {
    const followed = (status: number) => rows.find((row) => row.status === status)?.followed
    const numbers = [CONTROL, ...REDIRECTS].flatMap((status) => {
      const what = status === CONTROL ? said('Events without a redirect') : say`Events through a ${status}`
      const seen = followed(status)
      return seen === undefined ? [] : counted(what, seen ? 1 : 0, 1)
    })
    if (followed(CONTROL) !== true)
      return inconclusive(said('No event came, not even without a redirect.'), numbers)
    const missing = REDIRECTS.filter((status) => followed(status) === undefined)
    if (missing.length > 0) return inconclusive(say`Not seen: ${list(missing)}.`, numbers)
    const yes = REDIRECTS.filter(followed)
    const no = REDIRECTS.filter((status) => !followed(status))
    const because =
      no.length === 0
        ? say`EventSource followed ${list(yes)}.`
        : yes.length === 0
          ? say`EventSource did not follow ${list(no)}.`
          : say`EventSource followed ${list(yes)}, and did not follow ${list(no)}.`
    return { verdict: CLAIMED.every(followed) ? 'held' : 'did not hold', because, numbers }
  }),
}
