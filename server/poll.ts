import type { FastifyReply, FastifyRequest } from 'fastify'
import { coded, codingFor } from './content-coding.ts'
import { isUpToDate, lostBy } from './cursor.ts'
import type { Cursor } from './event.ts'
import type { HeldPoll, ServerTechnique, TechniqueContext } from './technique.ts'

/** How an answer is sent; left out: as JSON. */
export interface AnswerForm {
  contentType: string
  /** The answer's text from its JSON. */
  wrap(json: string, request: FastifyRequest): string
}

const JSON_FORM: AnswerForm = { contentType: 'application/json; charset=utf-8', wrap: (json) => json }

/** Answers kept for who asks the same, between two events. */
const MOST_CACHED = 16

export type Answerer = (request: FastifyRequest, reply: FastifyReply, cursor?: Cursor) => FastifyReply

/**
 * Answers polls with the batch after their cursor, as one JSON object. Subscribers that keep up ask with the same
 * cursor, so an answer is built once per event and sent to all of them.
 */
export function pollAnswerer(
  { feed, settings, counters }: TechniqueContext,
  frame: ServerTechnique['frame'],
  { contentType, wrap } = JSON_FORM,
): Answerer {
  interface Answer {
    json: string
    etag: string
    events: number
    lost: number
  }
  const answers = new Map<string, Answer>()
  /** Coded bodies of the same answers, by the body itself. */
  const codedBodies = new Map<string, Uint8Array>()
  let answersAt = ''

  function answerFor(cursor: Cursor): Answer {
    const now = `${feed.latestSeq} ${feed.ended}`
    if (answersAt !== now) {
      answers.clear()
      codedBodies.clear()
      answersAt = now
    }
    const asked = `${cursor.seq} ${cursor.feedId ?? ''}`
    let answer = answers.get(asked)
    if (!answer) {
      // Subscribers that keep up share a few cursors; who asks with ever new ones shall not fill the memory.
      if (answers.size >= MOST_CACHED) answers.clear()
      const { gap, events } = feed.since(cursor, settings.bufferBytes)
      const next = events.at(-1)?.seq ?? (gap ? gap.next - 1 : cursor.seq)
      const ended = feed.ended && next >= feed.latestSeq
      const head = [
        `"cursor":${next},"feedId":${JSON.stringify(feed.feedId)}`,
        gap && `"gap":${JSON.stringify(gap)}`,
        ended && '"ended":true',
        `"events":[${events.map(frame).join(',')}]`,
      ]
      answer = {
        json: `{${head.filter(Boolean).join(',')}}`,
        // The same number is another state in another feed.
        etag: `"${feed.feedId}-${next}${ended ? 'e' : ''}"`,
        events: events.length,
        lost: gap ? lostBy(gap) : 0,
      }
      answers.set(asked, answer)
    }
    return answer
  }

  function codedOnce(coding: 'gzip' | 'br', body: string): Uint8Array {
    let bytes = codedBodies.get(body)
    if (!bytes) {
      if (codedBodies.size >= MOST_CACHED) codedBodies.clear()
      bytes = coded(coding, body)
      codedBodies.set(body, bytes)
    }
    return bytes
  }

  return (request, reply, cursor = { seq: feed.latestSeq }) => {
    const { json, etag, events, lost } = answerFor(cursor)
    counters.eventsWritten += events
    counters.eventsLost += lost
    if (events === 0) counters.emptyAnswers++
    // The same rule as for streams: who takes no byte for too long is cut off.
    reply.raw.setTimeout(settings.stallMs, () => {
      counters.stalled++
      reply.raw.destroy()
    })
    if (settings.conditional) {
      // A browser revalidates what it keeps with no-cache, and keeps nothing with no-store.
      reply.header('cache-control', 'no-cache').header('etag', etag)
      if (events === 0 && request.headers['if-none-match'] === etag) return reply.code(304).send()
    } else reply.header('cache-control', 'no-store')
    reply.type(contentType)
    const body = wrap(json, request)
    const coding = codingFor(request, settings)
    if (!coding) return reply.send(body)
    reply.header('content-encoding', coding).header('vary', 'accept-encoding')
    return reply.send(codedOnce(coding, body))
  }
}

/**
 * Holds requests that ask for what is not there yet (RFC 6202 section 2): answers each as soon as there is an event,
 * the hold is over, the feed ends or the server closes. A request without a cursor is answered at once, so that its
 * sender has one.
 */
export function holder({ feed, settings, counters, held }: TechniqueContext, answer: Answerer) {
  let closing = false
  return {
    receive(request: FastifyRequest, reply: FastifyReply, cursor: Cursor | undefined): FastifyReply {
      counters.opened++
      const answersNow = !cursor || !isUpToDate(feed, cursor) || feed.ended || closing
      if (answersNow) return answer(request, reply, cursor)
      counters.open++
      const cameMs = performance.now()
      let timer: NodeJS.Timeout | undefined
      let gone = false
      const release = () => {
        if (!held.delete(poll)) return
        counters.open--
        unsubscribe()
        clearTimeout(timer)
        // All events that were published in this turn belong to one batch.
        queueMicrotask(() => {
          if (!gone) answer(request, reply, cursor)
        })
      }
      const hold = () => {
        clearTimeout(timer)
        timer = setTimeout(release, settings.holdMs - (performance.now() - cameMs))
      }
      const poll: HeldPoll = { release, hold }
      held.add(poll)
      hold()
      const onEvent = () => isUpToDate(feed, cursor) || release()
      const unsubscribe = feed.subscribe({ onEvent, onEnd: release })
      reply.raw.on('close', () => {
        gone = true
        release()
      })
      return reply
    },
    /** Answers every held request, and holds no further one. */
    async close(): Promise<void> {
      closing = true
      for (const poll of [...held]) poll.release()
    },
  }
}
