import { eventSourceSixRows } from '../../results/rows/event-source-six.ts'
import type { Evidence } from '../claims/claim.ts'
import { cellAt, rowsOf } from '../claims/evidence.ts'
import { paired } from '../claims/paired.ts'
import { counted } from '../claims/rows.ts'
import { said, say } from '../words/say.ts'
import type { Here, PublishedFigure } from './figure.ts'

const MDN = 'MDN Web Docs, Using server-sent events (2024)'

/** How many of seven EventSources a browser opened. */
function openSources(evidence: Evidence, http: '1.1' | '2'): Here {
  const found = rowsOf(evidence, eventSourceSixRows)
  if ('none' in found) return { notMeasured: found.none.because }
  const row = found.rows.find((one) => one.http === http)
  if (!row) return { notMeasured: say`The experiment saw nothing over HTTP/${http}.` }
  const { open, asked } = row
  if (open === asked && http === '2')
    return { notMeasured: say`All of the ${asked} that were asked for opened: the limit is further up.` }
  const what = say`EventSources open of ${asked} to one origin over HTTP/${http}`
  return { measured: counted(what, open) }
}

function delayRatio(evidence: Evidence, payloadBytes: number): Here {
  const measured = evidence.scenario('payload-size')
  const [sse, websocket] = ['sse', 'websocket'].map((technique) => cellAt(measured, technique, payloadBytes))
  if (!sse || !websocket)
    return { notMeasured: said('The run has no records of both over sizes of payload.') }
  const what = say`Median delay of Server-Sent Events over WebSocket's with ${payloadBytes.toLocaleString('en-US')} bytes`
  return { measured: paired(sse, websocket, 'p50Us', { what }).number }
}

/** What has been published of browsers, and of what runs in them. */
export const browsers: PublishedFigure[] = [
  {
    id: 'mdn-connections',
    source: MDN,
    what: 'Event streams that a browser opens to one origin over HTTP/1.1',
    published: { text: '6', value: 6 },
    unit: 'count',
    here: (evidence) => openSources(evidence, '1.1'),
    comment:
      'Theirs is a limit of browser and domain, over all tabs; here one page of one browser ' +
      'asks for seven.',
  },
  {
    id: 'mdn-streams',
    source: MDN,
    what: 'Event streams that a browser opens to one origin over HTTP/2',
    published: { text: '100 by default, negotiated by server and client', value: 100 },
    unit: 'count',
    here: (evidence) => openSources(evidence, '2'),
    comment: 'It is the server that says how many streams it takes; seven are asked for here.',
  },
  {
    id: 'slodziak-equal',
    source:
      'Slodziak and Nowak, Performance Analysis of Web Systems Based on XMLHttpRequest, ' +
      'Server-Sent Events and WebSocket (2016)',
    what: 'Delay of Server-Sent Events over that of WebSocket, events of 4,096 bytes',
    published: { text: 'about equal up to 7.5 kB, WebSocket lower above', value: 1 },
    unit: 'ratio',
    here: (evidence) => delayRatio(evidence, 4_096),
    comment:
      'Theirs ends in a page, whose own work hides what differs; here the last byte is parsed ' +
      'in Node.js.',
  },
]
