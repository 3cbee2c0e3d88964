import type { ProfileLink } from '../../results/profiles.ts'
import { instrumentOf, RECORD_SCHEMA, type ResultRecord, type Run } from '../../results/record.ts'
import { format } from '../format.ts'
import { type Html, html } from '../html.ts'
import { said, say, type Text } from '../words/say.ts'
import { scrolling, section } from './section.ts'

const DEFINITIONS: [string, string][] = [
  [
    'Delay',
    'From the time for which the feed’s schedule asked for an event to the moment at which its last byte arrived at the subscriber, on the host’s monotonic clock; where a client library reads, until it had parsed it. The schedule is open loop: it never waits for subscribers. Samples are the events due in the window, whenever they arrive.',
  ],
  [
    'Instrument’s bound',
    'The load agent sees when it reads, and not when an event arrived: by so much a delay may be shorter than it is said to be.',
  ],
  [
    'Client’s cost',
    'From an event’s arrival until the client has parsed it, its turn in the load agent included. No part of the delay.',
  ],
  [
    'Delay from publication',
    'The same from the moment at which the feed published the event: without the feed’s own lag.',
  ],
  [
    'Round trip',
    'Where subscribers publish: from the time at which a subscriber was to send a message until that subscriber has it back.',
  ],
  [
    'p99',
    'The delay that 99 % of the events of all trials do not exceed. Shown from 1,000 events of 100 moments on, p99.9 from 10,000 of 1,000: what stops a server hits every subscriber of a moment at once.',
  ],
  [
    'Bytes',
    'Of the TCP stream as the client’s sockets count it: HTTP or WebSocket and everything in it, in both directions, without TCP/IP headers. Set-up is not in the window.',
  ],
  [
    'Payload',
    'The encoded event itself; all else is overhead, base64 included. Behind a compression the two cannot be told apart.',
  ],
  [
    'Bytes to set up',
    'Of one subscriber, in both directions, from its first byte until the server has accepted it.',
  ],
  [
    'Bytes besides events',
    'Of one subscriber, from its first byte to its last, warm-up and end included: headers, handshakes, control messages and TLS. For Socket.IO with its polls before the upgrade.',
  ],
  ['Requests', 'HTTP requests sent in the window, polls that brought nothing included.'],
  [
    'Server CPU',
    'User and system time of the server’s process over the window, of all its threads, the kernel’s work for its system calls included.',
  ],
  [
    'Lost, duplicated, reordered',
    'Events due in the window that a subscriber never got; got twice; got after a later one. Every subscriber is owed every event.',
  ],
]

const LIMITS = [
  'Both ends run on one machine over loopback: there is no delay but what a scenario adds, no loss, and the processes share the cores.',
  'The subscribers are Node.js processes, not browsers: requests carry few headers unless a scenario gives them those of a browser, which are about 500 bytes and more with cookies.',
  'Short-polling subscribers are spread evenly over their interval, which gives the mean of independent pollers without its scatter.',
  'Network delays, jitter, bandwidth and proxies are made by a process in user space on the same machine. It shows neither loss, nor retransmission, nor the slow start of a congestion window; the experiment packet-loss, where it can be made, loses real packets.',
  'Each trial is a young process: the first seconds of Node.js are slower than its steady state.',
]

/**
 * Last section: on what machine, how measured, how to repeat.
 * @param checksum SHA-256 of the records that the page holds, in hex.
 * @param records whose instruments are named.
 */
export function methodSection(
  run: Run,
  checksum: string,
  records: readonly ResultRecord[],
  profiles: readonly ProfileLink[] = [],
): Html {
  const { environment } = run
  const commit = environment.commit ?? said('unknown')
  const facts: [string, Text | Html][] = [
    ['Command', run.command],
    ['Seed', String(run.seed)],
    ['Started, ended', `${run.startedAt}, ${run.endedAt}`],
    ['Operating system', environment.os],
    ['Processor', `${environment.cores} x ${environment.cpuModel}`],
    ['Memory', format.megabytes(environment.memoryBytes)],
    ['File descriptors per process', environment.descriptorLimit?.toLocaleString('en-US') ?? 'unknown'],
    [
      'MTU of loopback',
      environment.loopbackMtuBytes ? format.bytes(environment.loopbackMtuBytes) : 'unknown',
    ],
    ['Load agents', String(run.agents ?? 1)],
    ['Commit', environment.dirty ? say`${commit}, with changes` : commit],
    ['Instrument', [...new Set(records.map(instrumentOf))].join(', ')],
    ['Schema', `${run.schema}, ${RECORD_SCHEMA}`],
    ['Checksum of the records (SHA-256)', checksumCell(checksum)],
    ...Object.entries(environment.versions),
    ...Object.entries(environment.transport),
  ]
  return section(
    'method',
    html`<p class="answer">${say`To repeat it: ${run.command}`}</p>
<div id="downloads"></div>`,
    html`<div class="columns"><div><h3>What each number means</h3><dl>${DEFINITIONS.map(
      ([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`,
    )}</dl>
<h3>Known limits</h3><ul>${LIMITS.map((limit) => html`<li>${limit}</li>`)}</ul></div>
<div><h3>Environment</h3>${scrolling(
      'Environment',
      html`<table class="facts"><tbody>${facts.map(
        ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
      )}</tbody></table>`,
    )}${profiles.length > 0 && html`<h3>Profiles of the server</h3><ul>${profiles.map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)}</ul>`}</div></div>`,
  )
}

/** The element `data` in the file of a report, which stands on a line of its own, put back into what was compressed. */
const RECOMPUTE =
  'sed -n \'s/^<script type="text.plain" id="data">\\([^<]*\\).*/\\1/p\' index.html | base64 -d | gunzip | sha256sum'

function checksumCell(checksum: string): Html {
  return html`<span>${checksum}</span> <small>Of the JSON text of the records as this file holds it, compressed, in its element data; what the page saves is laid out in another way. To compute it again from the file:</small> <code translate="no">${RECOMPUTE}</code>`
}
