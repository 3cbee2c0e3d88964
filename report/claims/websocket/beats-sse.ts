import { atPosition } from '../../axis.ts'
import { list, say } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byScenario, cellAt, cellsOf, notValid } from '../evidence.ts'
import { paired } from '../paired.ts'
import { positionOf } from '../trials.ts'

/** What a wide margin is. */
const WIDE_RATIO = 1.5

export const websocketBeatsSse: Claim = {
  id: 'ws-beats-sse',
  from: 'literature',
  claim: 'WebSocket beats Server-Sent Events in delay by a wide margin.',
  source: 'Bigestans (2014); the other way Slodziak and Nowak (2016), who found the two about equal',
  prediction:
    'Both write some bytes to an open TCP connection, so that they differ by what server and client do ' +
    'besides: microseconds on an idle machine.',
  scenarios: ['payload-size'],
  techniques: ['sse', 'websocket'],
  metric:
    'Median delay of Server-Sent Events over that of WebSocket, paired by round, at every size of payload.',
  rule:
    "A wide margin is 1.5 times. The interval is that of Student's t on the logarithms of the paired " +
    'ratios, 95 %. Held where its lower end is at least 1.5 at every size; did not hold where its upper ' +
    'end is below 1.5 at every size; depends on the size where it is so at some and the other at the ' +
    'rest; inconclusive where it holds 1.5 at any size, where the gate voids a delay, or where a size of ' +
    'the sweep is missing.',
  judge: byScenario('payload-size', ['sse', 'websocket'], (measured) => {
    const compared = cellsOf(measured, 'sse').flatMap((sse) => {
      const websocket = cellAt(measured, 'websocket', sse.point.at?.value)
      const what = say`Median delay of Server-Sent Events over WebSocket's${positionOf(sse)}`
      return websocket ? [{ sse, ...paired(sse, websocket, 'p50Us', { what }) }] : []
    })
    const numbers = compared.map(({ number }) => number)
    const invalid = notValid(numbers)
    if (invalid) return invalid
    const wide = compared.filter(({ ratio }) => ratio.low >= WIDE_RATIO)
    const notWide = compared.filter(({ ratio }) => ratio.high < WIDE_RATIO)
    const ratios = compared.map(({ ratio }) => ratio.value)
    const found = say`The median delay of Server-Sent Events is ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} times WebSocket's`
    const open = compared.length - wide.length - notWide.length
    if (open > 0) {
      const because = say`${found}; at ${open} of ${compared.length} sizes the interval reaches over 1.5 times.`
      return { verdict: 'inconclusive', because, numbers }
    }
    if (notWide.length === 0) return { verdict: 'held', because: say`${found}.`, numbers }
    if (wide.length === 0) return { verdict: 'did not hold', because: say`${found}.`, numbers }
    const where = list(wide.map(({ sse: { point } }) => (point.at ? atPosition(point.at) : '')))
    return { verdict: 'depends', because: say`${found}: by a wide margin ${where}.`, numbers }
  }),
}
