import { type Said, say } from '../../../report/words/say.ts'
import { type Phase, phases, type RoomState, type ToRoom } from '../room/protocol.ts'
import { phaseNames } from './phase-strip.tsx'

export interface Move {
  name: Said
  /** What asks the room for it. */
  message: Extract<ToRoom, { type: 'go' | 'close' | 'revote' }>
}

type Place = Pick<RoomState, 'lesson' | 'phase' | 'ballot' | 'round' | 'advice' | 'tallies'>

const voteAgain: Move = { name: say`Vote again`, message: { type: 'revote' } }

/**
 * What can come next in the course of a lesson, what is advised first: neighbours discuss and vote again where neither few
 * nor most were right, and once at most. The vote on the transfer has no phase behind it that would end it, so that it is
 * closed by name. Empty in the sandbox; where only another vote is left, `nextMove` is undefined.
 */
export function movesFrom({ lesson, phase, ballot, round, advice, tallies }: Place): Move[] {
  if (lesson === 0) return []
  const [discuss, observe] = [goTo(lesson, 'discuss'), goTo(lesson, 'observe')]
  const again = (tallies.at(-1)?.votes ?? 0) > 0 ? [voteAgain] : []
  switch (phase) {
    case 'predict':
      // Its answer has been shown before.
      if (!ballot) return [voteAgain, discuss]
      if (round > 1 || advice === 'move-on') return [observe, discuss, ...again]
      return [discuss, ...again]
    case 'discuss': {
      const isAdvised = round < 2 && (advice === 'discuss-and-revote' || advice === 're-teach')
      return isAdvised ? [voteAgain, observe] : [observe, voteAgain]
    }
    case 'observe':
      return [goTo(lesson, 'explain')]
    case 'explain':
      return [goTo(lesson, 'transfer')]
    case 'transfer':
      return ballot
        ? [{ name: say`Show the answer`, message: { type: 'close', ballot: ballot.id } }, ...again]
        : [voteAgain]
  }
}

/** The one that is advised. Undefined at the end of a lesson, and in the sandbox. */
export function nextMove(place: Place): Move | undefined {
  return place.phase === 'transfer' && !place.ballot ? undefined : movesFrom(place)[0]
}

/** The others. */
export function otherMoves(place: Place): Move[] {
  return movesFrom(place).slice(nextMove(place) ? 1 : 0)
}

export function previousMove({ lesson, phase }: Pick<RoomState, 'lesson' | 'phase'>): Move | undefined {
  const previous = phases[phases.indexOf(phase) - 1]
  return lesson > 0 && previous ? goTo(lesson, previous) : undefined
}

/** Whether a click is the second of a double click that was meant for another button in the same place. */
export function isSlip({ message }: Move, { detail }: Pick<UIEvent, 'detail'>): boolean {
  return message.type !== 'go' && detail > 1
}

function goTo(lesson: number, phase: Phase): Move {
  return { name: phaseNames[phase], message: { type: 'go', lesson, phase } }
}
