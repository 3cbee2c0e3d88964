import { crossOriginRows } from '../../../results/rows/cross-origin.ts'
import { said } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement } from '../evidence.ts'
import { counted, without } from '../rows.ts'

/** What the page asked, and whether it should have received something, if the claim is right. */
const WEB_SOCKET = {
  'checks no origin': [said('WebSocket to a server that checks no origin'), true],
  'does not list the origin': [said('WebSocket to a server whose allow-list lacks the page’s origin'), false],
  'lists the origin': [said('WebSocket to a server whose allow-list has it'), true],
} as const
const FETCH = {
  'without CORS headers': [said('fetch without CORS headers'), false],
  'of the same origin': [said('The same fetch by a page of that origin'), true],
} as const
const ASKED = Object.entries({ WebSocket: WEB_SOCKET, fetch: FETCH }).flatMap(([means, servers]) =>
  Object.entries(servers).map(([server, [what, expected]]) => ({ means, server, what, expected })),
)

export const wsCrossOrigin: Claim = {
  id: 'ws-cross-origin',
  from: 'notes',
  claim: 'WebSocket is not restricted by the same-origin policy: a page may connect to any server.',
  source: 'Lecture notes on push techniques; RFC 6455 (2011), section 10.2',
  prediction: 'The browser lets it pass, and tells its origin: whether to refuse is up to the server.',
  experiments: ['cross-origin'],
  metric: 'Whether a page receives what a server of another origin says, by WebSocket and by fetch',
  rule:
    'Held where the page receives a message of a server that checks no origin, and an allow-list ' +
    'decides: it refuses without the page’s origin and lets in with it; no message without a check did ' +
    'not hold. Inconclusive where the allow-list does not decide, or the control fails: a fetch without ' +
    'CORS headers that can be read, or one of the same origin that cannot.',
  judge: byRows(crossOriginRows, (rows) => {
    const seen = ASKED.map(({ means, server, what, expected }) => {
      const received = rows.find((row) => row.means === means && row.server === server)?.received
      return { means, what, expected, received }
    })
    const numbers = seen.flatMap(({ what, expected, received }) =>
      received === undefined ? [] : counted(what, Number(received), Number(expected)),
    )
    const off = seen.filter(({ expected, received }) => received !== expected)
    const [unchecked] = seen
    const control = off.find(({ means }) => means === 'fetch')
    if (control) return without(control.what, numbers)
    if (unchecked?.received === false) {
      const because = said('A page of another origin got no message of a server that checks no origin.')
      return judgement('did not hold', because, numbers)
    }
    if (off[0]) return without(off[0].what, numbers)
    const because = said(
      'A page of another origin got a message where the server checks no origin, and none where an ' +
        'allow-list lacks it: the server has to refuse. Of a fetch the browser kept the answer.',
    )
    return judgement('held', because, numbers)
  }),
}
