import { type Said, say } from '../../../report/words/say.ts'
import { type Phase, phases, type RoomState } from '../../../server/classroom/protocol.ts'
import { phaseNames } from './phase-strip.tsx'

export interface Move {
  lesson: number
  phase: Phase
  name: Said
}

/**
 * What comes next in the course of a lesson. The vote on the transfer has no phase behind it that would end it, so
 * transfer once more does (see Course.go of server/classroom/room-course.ts). Undefined at the end, and in the sandbox.
 */
export function nextMove({
  lesson,
  phase,
  ballot,
}: Pick<RoomState, 'lesson' | 'phase' | 'ballot'>): Move | undefined {
  if (lesson === 0) return undefined
  const next = phases[phases.indexOf(phase) + 1]
  if (next) return { lesson, phase: next, name: phaseNames[next] }
  return ballot ? { lesson, phase, name: say`Show the answer` } : undefined
}

export function previousMove({ lesson, phase }: Pick<RoomState, 'lesson' | 'phase'>): Move | undefined {
  const previous = phases[phases.indexOf(phase) - 1]
  return lesson > 0 && previous ? { lesson, phase: previous, name: phaseNames[previous] } : undefined
}
