import type { ResultRecord } from '../../results/record.ts'
import { pollOf } from '../../server/registry.ts'
import { compressedSides } from './compressed.ts'
import { sumOf } from './ledger-fault.ts'

/** What TLS 1.3 adds to a record, and the length of the HTTP/2 frame WINDOW_UPDATE, in bytes. */
const RECORD_BYTES = 22
const WINDOW_UPDATE_BYTES = 13

/**
 * By how many bytes per event the probe differs from the swarm beyond what the edges of the window, its own messages
 * and its own connection explain; not above 0 where all is well.
 */
export function probeExcess(record: ResultRecord): number {
  const { ledger, traffic } = record
  const { window } = traffic
  if (ledger.windowEvents === 0 || window.events === 0) return 0
  const probe = sumOf(ledger.window.up) + sumOf(ledger.window.down)
  const swarm = window.bytesUp + window.bytesDown
  const own = ownPollsBytes(record) + ownMessagesBytes(record) + ownConnectionBytes(record)
  return (
    Math.abs(probe / ledger.windowEvents - swarm / window.events) -
    own / ledger.windowEvents -
    (compressedSides(record).down ? COMPRESSED_SHARE * (swarm / window.events) : 0) -
    0.05
  )
}

/**
 * Of a subscriber that polls, one poll may cross an edge, and one event with its share of polls. Which events share the
 * answer to a held poll is chance where a server is busy: so many more polls as a binomial distribution of the swarm's
 * share has in three standard deviations.
 */
function ownPollsBytes({ technique, ledger, traffic: { window } }: ResultRecord): number {
  if (window.requests <= window.messages) return 0
  const swarm = window.bytesUp + window.bytesDown
  const pollsPerEvent = window.requests / window.events
  const isHeld = pollOf(technique) === 'held'
  const share = isHeld ? Math.min(1, pollsPerEvent) : 1
  const byChance = 3 * Math.sqrt(ledger.windowEvents * share * (1 - share))
  return (1 + byChance) * (swarm / window.requests) + swarm / window.events
}

/** How events fell together decides what a compressor makes of them, and that may differ between subscribers. */
const COMPRESSED_SHARE = 0.01

/**
 * Subscribers publish in turn: in the window the probe has sent less than one message more or less than the others on
 * average, and one may cross an edge. That many messages, with their answers.
 */
function ownMessagesBytes({ ledger, traffic: { window }, point: { feed } }: ResultRecord): number {
  if (window.messages === 0) return 0
  const exchanges = Math.max(window.requests, window.messages)
  // Of polls a mean request has the body of a message only now and then.
  const sent = window.bytesUp / exchanges + feed.payloadBytes * (1 - window.messages / exchanges)
  const answered = Math.min(
    window.requests > 0 ? window.bytesDown / window.requests : 0,
    ledger.total.down.header / Math.max(1, ledger.totalMessages),
  )
  return 2 * (sent + answered)
}

/** A connection of its own has records and flow control of its own: one of each may stand on either side of an edge. */
function ownConnectionBytes({ point: { variant } }: ResultRecord): number {
  return 2 * ((variant.tls ? RECORD_BYTES : 0) + (variant.http === '2' ? WINDOW_UPDATE_BYTES : 0))
}
