import type { TechniqueEntry } from '../../server/registry.ts'
import { type CapturedConnection, type CapturedStream, passedAtUs } from './capture.ts'

/** What a connection does for a while. Times are microseconds on the monotonic clock. */
export interface Interval {
  /**
   * connect: setting up the TCP connection. request: from the first to the last byte of a request, an opening
   * handshake or a message that the client sends. wait: from there to the first byte of its answer. receive: from the
   * first to the last byte of an answer, or of one chunk, frame or message of a stream.
   */
  kind: 'connect' | 'request' | 'wait' | 'receive'
  fromUs: number
  toUs: number
  /** Of a request and of what is received. */
  bytes?: number
  /** A wait that was not over when the capture ended, which is the interval's end then. */
  open?: true
}

export interface IntervalsOptions {
  carrier: TechniqueEntry['carrier']
  /**
   * How long a connection over the simulated link takes to open: what the client's kernel takes before counts as sent
   * then (see clients/network/delay.ts).
   */
  connectUs: number
  /** When the capture ended. */
  endUs: number
}

/** What one connection did, without TLS and over HTTP/1.1 where that carries it, by the time of beginning. Pure. */
export function intervalsOf(
  { beganAtUs, up, down }: CapturedConnection,
  { carrier, connectUs, endUs }: IntervalsOptions,
): Interval[] {
  const openUs = beganAtUs + connectUs
  const sent = messagesOf(up, carrier).map((message) => ({
    ...message,
    fromUs: Math.max(openUs, message.fromUs),
    toUs: Math.max(openUs, message.toUs),
  }))
  const received = messagesOf(down, carrier)
  const answers = received.filter(({ label }) => isAnswer(label, carrier))
  const waits = sent
    .filter(({ label }) => isRequest(label, carrier))
    .map(({ toUs: fromUs }, i): Interval => {
      const answer = answers[i]
      return answer
        ? { kind: 'wait', fromUs, toUs: answer.fromUs }
        : { kind: 'wait', fromUs, toUs: Math.max(fromUs, endUs), open: true }
    })
  const all: Interval[] = [
    { kind: 'connect', fromUs: beganAtUs, toUs: openUs },
    ...sent.map(({ fromUs, toUs, bytes }) => ({ kind: 'request' as const, fromUs, toUs, bytes })),
    ...waits,
    ...received.map(({ fromUs, toUs, bytes }) => ({ kind: 'receive' as const, fromUs, toUs, bytes })),
  ]
  return all.sort((a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs)
}

interface Message {
  /** Of its first span. */
  label: string
  fromUs: number
  toUs: number
  bytes: number
}

/** A stream's messages, one behind the other: heads with their body or each of its chunks, frames, lines. */
function messagesOf(stream: CapturedStream, carrier: IntervalsOptions['carrier']): Message[] {
  const starts = stream.spans.filter(({ label }, i) => i === 0 || beginsMessage(label, carrier))
  return starts.map(({ start, label }, i) => {
    const end = starts[i + 1]?.start ?? stream.bytes.length
    const [fromUs, toUs] = [passedAtUs(stream, start), passedAtUs(stream, end - 1)]
    return { label, fromUs, toUs, bytes: end - start }
  })
}

/** By the dissectors' labels, server/wire/. */
function beginsMessage(label: string, carrier: IntervalsOptions['carrier']): boolean {
  if (carrier === 'tcp') return label.startsWith('event') || label.startsWith('message')
  return ['request line', 'status line', 'chunk size'].includes(label) || label.startsWith('frame header')
}

/** What is answered: requests, and of a protocol without them what the client says first. Frames are not. */
function isRequest(label: string, carrier: IntervalsOptions['carrier']): boolean {
  return carrier === 'tcp' || label === 'request line'
}

function isAnswer(label: string, carrier: IntervalsOptions['carrier']): boolean {
  return carrier === 'tcp' || label === 'status line'
}
