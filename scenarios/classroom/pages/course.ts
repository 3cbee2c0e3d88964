import { type Said, say } from '../../../report/words/say.ts'
import { type Phase, phases, type RoomState, type ToRoom } from '../room/protocol.ts'
import { phaseNames } from './phase-strip.tsx'

export interface Move {
  name: Said
  /** What asks the room for it. */
  message: Extract<ToRoom, { type: 'go' | 'close' }>
}

/**
 * What comes next in the course of a lesson. The vote on the transfer has no phase behind it that would end it, so that it
 * is closed by name. Undefined at the end, and in the sandbox.
 */
export function nextMove({
  lesson,
  phase,
  ballot,
}: Pick<RoomState, 'lesson' | 'phase' | 'ballot'>): Move | undefined {
  if (lesson === 0) return undefined
  const next = phases[phases.indexOf(phase) + 1]
  if (next) return goTo(lesson, next)
  return ballot ? { name: say`Show the answer`, message: { type: 'close', ballot: ballot.id } } : undefined
}

export function previousMove({ lesson, phase }: Pick<RoomState, 'lesson' | 'phase'>): Move | undefined {
  const previous = phases[phases.indexOf(phase) - 1]
  return lesson > 0 && previous ? goTo(lesson, previous) : undefined
}

/** Whether a click is the second of a double click that was meant for another button in the same place. */
export function isSlip({ message }: Move, { detail }: Pick<UIEvent, 'detail'>): boolean {
  return message.type === 'close' && detail > 1
}

function goTo(lesson: number, phase: Phase): Move {
  return { name: phaseNames[phase], message: { type: 'go', lesson, phase } }
}
