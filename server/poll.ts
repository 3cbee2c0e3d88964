import type { FastifyReply } from 'fastify'
import type { ServerTechnique, TechniqueContext } from './technique.ts'

/**
 * Answers polls with the batch after their cursor, as one JSON object. Subscribers that keep up ask with the same
 * cursor, so an answer is built once per event and sent to all of them.
 */
export function pollAnswerer(
  { feed, settings, counters }: TechniqueContext,
  frame: ServerTechnique['frame'],
): (reply: FastifyReply, cursor?: number) => FastifyReply {
  interface Answer {
    body: string
    events: number
    lost: number
  }
  const answers = new Map<number, Answer>()
  let answersAt = ''

  function answerFor(cursor: number): Answer {
    const now = `${feed.latestSeq} ${feed.ended}`
    if (answersAt !== now) {
      answers.clear()
      answersAt = now
    }
    let answer = answers.get(cursor)
    if (!answer) {
      const { gap, events } = feed.since(cursor, settings.bufferBytes)
      const next = events.at(-1)?.seq ?? (gap ? gap.next - 1 : cursor)
      const head = [
        `"cursor":${next}`,
        gap && `"gap":${JSON.stringify(gap)}`,
        feed.ended && next === feed.latestSeq && '"ended":true',
        `"events":[${events.map(frame).join(',')}]`,
      ]
      answer = {
        body: `{${head.filter(Boolean).join(',')}}`,
        events: events.length,
        lost: gap ? Math.max(0, gap.next - gap.after - 1) : 0,
      }
      answers.set(cursor, answer)
    }
    return answer
  }

  return (reply, cursor = feed.latestSeq) => {
    const { body, events, lost } = answerFor(cursor)
    counters.eventsWritten += events
    counters.eventsLost += lost
    if (events === 0) counters.emptyAnswers++
    // The same rule as for streams: who takes no byte for too long is cut off.
    reply.raw.setTimeout(settings.stallMs, () => {
      counters.stalled++
      reply.raw.destroy()
    })
    return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(body)
  }
}
