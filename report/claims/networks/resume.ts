import { type ResumeRow, resumeRows } from '../../../results/rows/resume.ts'
import { clauses, said, say, sentences } from '../../words/say.ts'
import type { Claim } from '../claim.ts'
import { byRows, judgement } from '../evidence.ts'
import { counted, rowsWhere, total, without } from '../rows.ts'

const unharmed = ({ eventsLost, eventsTwice, eventsOutOfOrder }: ResumeRow) =>
  eventsLost === 0 && eventsTwice === 0 && eventsOutOfOrder === 0

export const resumeLosesNothing: Claim = {
  id: 'resume-loses-nothing',
  from: 'notes',
  claim: 'With Last-Event-ID, or a cursor, a dropped connection loses nothing.',
  source: 'Lecture notes on push techniques; HTML Living Standard, section 9.2.3, on the last event ID',
  prediction:
    'Nothing is lost by any technique as long as the server’s history reaches back; without a cursor ' +
    'all that came meanwhile is.',
  experiments: ['resume'],
  metric:
    'Events lost, received twice or out of order by a subscriber that is cut off 5 times while the ' +
    'feed goes on',
  rule:
    'With a history that holds all that was missed: held where no technique that comes back with its ' +
    'cursor loses, repeats or reorders an event; did not hold where every one does; depends on the ' +
    'technique where some do, named. Inconclusive where coming back without a cursor loses nothing ' +
    'either: then the cuts cost nothing.',
  judge: byRows(resumeRows, (rows) => {
    const long = rowsWhere(rows, { history: 'long' })
    const resumed = rowsWhere(long, { resume: true })
    const forgot = rowsWhere(long, { resume: false })
    const short = rowsWhere(rows, { history: 'short', resume: true })
    const harmed = resumed.filter((row) => !unharmed(row))
    const numbers = [
      counted(said('Techniques cut off'), resumed.length),
      counted(said('Events lost with a cursor'), total(resumed, 'eventsLost'), 0),
      counted(
        said('Events received twice or out of order with a cursor'),
        total(resumed, 'eventsTwice') + total(resumed, 'eventsOutOfOrder'),
        0,
      ),
      counted(said('Events lost without a cursor'), total(forgot, 'eventsLost')),
      counted(said('Events lost with a cursor and too short a history'), total(short, 'eventsLost')),
      counted(
        said('Of these, events that the subscriber was told of'),
        total(short, 'eventsToldLost'),
        total(short, 'eventsLost'),
      ),
    ]
    if (resumed.length === 0 || forgot.some(({ eventsLost }) => eventsLost === 0) || forgot.length === 0)
      return without(said('a break without a cursor lost nothing, or was not tried'), numbers)
    const breaks = total(resumed, 'cuts')
    const [lost, lostWithout] = [total(resumed, 'eventsLost'), total(forgot, 'eventsLost')]
    if (harmed.length > 0) {
      const names = clauses(harmed.map(({ technique }) => technique))
      const isAll = harmed.length === resumed.length
      const because = isAll
        ? say`It is so of no technique: over ${breaks} breaks of ${resumed.length} techniques ${lost} events were lost with a cursor, ${lostWithout} without; harmed were ${names}.`
        : say`It depends on the technique: over ${breaks} breaks of ${resumed.length} techniques ${lost} events were lost with a cursor, ${lostWithout} without; harmed were ${names}.`
      return judgement(isAll ? 'did not hold' : 'depends', because, numbers)
    }
    const because = sentences([
      say`Over ${breaks} breaks of ${resumed.length} techniques ${lost} events were lost with a cursor, ${lostWithout} without.`,
      short.length === 0
        ? ''
        : say`Where the server’s history was too short ${total(short, 'eventsLost')} were lost, and ${total(short, 'eventsToldLost')} of them told.`,
    ])
    return { verdict: 'held', because, numbers }
  }),
}
