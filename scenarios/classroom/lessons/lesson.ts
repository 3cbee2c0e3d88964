import type { Said } from '../../../report/words/say.ts'
import type { LaneSpec, StageAct, StageSettings, StageSetup } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'

/**
 * A lesson is data: a question that everybody answers before anything is shown, a stage on which the answer can be seen,
 * steps that tick when it has been seen, and the reasons. Texts are English where they stand, and Chinese in
 * scenarios/classroom/words/lessons.ts.
 */
export interface Lesson {
  /** From 1. */
  number: number
  /** `poll-delay`: the name of its recording, too. */
  id: string
  title: Said
  /** What students can do afterwards, in one sentence. */
  goal: Said
  predict: Question
  /** What neighbours talk about before they see it. */
  discuss: Said
  setup: StageSetup
  /** What of the stage the lesson lets people change: one or two, and what acts its steps ask for. */
  controls: readonly (keyof StageSettings)[]
  acts: readonly StageAct[]
  /** What the large letters of each lane say; the last delay where it is left out. */
  figure?: FigureName
  /** Its stage is over so soon that its beginning is played by the time lens, so many times slower. */
  beginsSlowed?: 10 | 100 | 1_000
  steps: readonly Step[]
  /** Why it is so, in paragraphs; numbers in them are those of this run. */
  explain(state: StageState | undefined): Said[]
  transfer: Question
  worksheet: readonly WorksheetQuestion[]
}

export interface Question {
  text: Said
  options: readonly Option[]
}

export interface Option {
  text: Said
  /** True for exactly one. */
  isRight?: true
  /** What to say to who has chosen it. */
  why: Said
}

/** What the large letters of a lane can say; see figures.ts. */
export type FigureName =
  | 'lastDelay'
  | 'medianDelay'
  | 'longestDelay'
  | 'emptyAnswers'
  | 'requestsPerEvent'
  | 'eventBytes'
  | 'openTabs'
  | 'lost'
  | 'requestsToStart'

/** One observation. It ticks by itself, from the stage's log alone, and stays so. */
export interface Step {
  /** Unique within the lesson. */
  id: string
  /** What to do, or to look at. */
  text: Said
  isDone(state: StageState): boolean
  /** It asks to look at bytes, and ticks while they are shown. */
  needsXRay?: true
  /** What has been seen, from what made it done: see `doneBy`. It stands below the step from then on. */
  seen?(state: StageState): Said | undefined
  /** How far it is until then: `37 of 60 polls`. */
  progress?(state: StageState): Said
  /** What a button beside the step does: an act, or a change of settings and then perhaps an act. */
  act?: StageAct | { change: Partial<StageSettings>; act?: StageAct }
  /** Behind "why?". */
  why: Said
  /** Behind "I did not see that": what to try, or what may be in the way. */
  notSeen: Said
}

/** A lane for each of some techniques, as the technique is by itself. */
export function lanesOf(...techniques: readonly string[]): LaneSpec[] {
  return techniques.map((technique) => ({ id: technique, technique }))
}

/** A question with a number for an answer, which the student's own run decides. */
export interface WorksheetQuestion {
  /** Unique within the lesson: `empty-polls`. */
  id: string
  text: Said
  /** Of the answer: `ms`, `B`, `%`, or nothing for a count. */
  unit: '' | 'ms' | 'B' | '%' | 'events/s'
  /** From the run; undefined where the run does not tell. */
  answer(state: StageState): number | undefined
  /** What theory says, for the key: `T/2 = 500 ms`. */
  theory: Said
  /** How far an answer may be off: `relative` as a share of the run's own value, or `absolute` in its unit. */
  tolerance: { relative?: number; absolute?: number }
}
