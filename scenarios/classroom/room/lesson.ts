import type { StageSetup } from '../log/entries.ts'
import type { Bilingual, Phase } from './protocol.ts'

/** A question that a class votes on. */
export interface RoomQuestion {
  question: Bilingual
  options: Bilingual[]
  /** Of each option, why it is right, or wrong. */
  whys: Bilingual[]
  /** Index of the right option. */
  right: number
}

/** What the room has to know of a lesson. */
export interface RoomLesson {
  /** From 1. */
  number: number
  title: Bilingual
  predict: RoomQuestion
  transfer: RoomQuestion
  /** What students are asked to look at or to talk about, by phase. */
  prompts: Partial<Record<Phase, Bilingual>>
  setup: StageSetup
}
