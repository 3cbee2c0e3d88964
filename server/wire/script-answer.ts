import { dissectPollAnswer } from './poll-answer.ts'
import { ascii, type Dissector, type Span, SpanWriter, shift } from './span.ts'

/** A JSONP answer: the call is framing around the answer to a poll. */
export const dissectScriptAnswer: Dissector = (bytes) => {
  const [call, name] = /^([\w$.]+)\(/.exec(ascii(bytes, 0, 80)) ?? []
  const end = bytes.length - 2
  if (!call || !name || end < call.length || ascii(bytes, end) !== ');') {
    return new SpanWriter(bytes.length).finish('unparsed', 'not a call, or cut short')
  }
  const answer = shift(dissectPollAnswer(bytes.subarray(call.length, end)), call.length)
  const around = (start: number, to: number, label: string): Span => ({
    start,
    end: to,
    class: 'framing',
    label,
  })
  return [
    around(0, call.length, 'call of the callback'),
    ...answer,
    around(end, bytes.length, 'end of the call'),
  ]
}
