import type { Language } from '../../../report/words/say.ts'
import { advance } from '../log/advance.ts'
import type { StageEntry, Unit } from '../log/entries.ts'
import type { StageState } from '../log/state.ts'
import type { Lesson, WorksheetQuestion } from './lesson.ts'

export const WORKSHEET_SCHEMA = 'pushlab/worksheet@1'
/** A log longer than this is cut off at its end: it holds a quarter of an hour of the busiest lesson. */
export const MOST_ENTRIES = 200_000

/** An entry as a worksheet keeps it: without the bytes themselves, which no answer needs. */
export type KeptEntry = Exclude<StageEntry, Unit> | Omit<Unit, 'shown' | 'spans'>

/** What a student has written down, and the run that it was read from. */
export interface WorksheetFile {
  schema: typeof WORKSHEET_SCHEMA
  /** From 1. */
  lesson: number
  language: Language
  /** By the ids of the lesson's questions, in their units; null where nothing was written. */
  answers: Record<string, number | null>
  /** Of the stage, from its beginning on. */
  log: KeptEntry[]
  /** ISO 8601. */
  savedAt: string
}

/** Makes the file that the self-study page saves. */
export function worksheetFile({
  lesson,
  language,
  answers,
  log,
  savedAt,
}: {
  lesson: Lesson
  language: Language
  answers: Readonly<Record<string, number | null | undefined>>
  log: readonly (StageEntry | KeptEntry)[]
  savedAt: Date
}): WorksheetFile {
  return {
    schema: WORKSHEET_SCHEMA,
    lesson: lesson.number,
    language,
    answers: Object.fromEntries(lesson.worksheet.map(({ id }) => [id, answers[id] ?? null])),
    log: log.slice(0, MOST_ENTRIES).map(kept),
    savedAt: savedAt.toISOString(),
  }
}

/** An entry as a worksheet keeps it. */
export function kept(entry: StageEntry | KeptEntry): KeptEntry {
  if (!('shown' in entry)) return entry
  const { shown: _shown, spans: _spans, ...rest } = entry
  return rest
}

/** not-observed: the run does not tell, for what the question asks about did not happen in it. */
export type Mark = 'right' | 'off' | 'missing' | 'not-observed'

export interface Grade {
  question: WorksheetQuestion
  given: number | null
  /** What the run says; of what changed while it ran, the value nearest to the student's. */
  own: number | undefined
  mark: Mark
}

/** So many moments of a run are looked at, at most. */
export const MOST_MOMENTS = 300
/** Of these, so many right before something was changed: the latest ones. */
const MOST_CHANGES = 60

/**
 * Grades each answer against the student's own run. Nearly every question has one answer, which stays once it is there;
 * where a run has several, as of two restarts, any of them is right, within the question's tolerance.
 */
export function gradeWorksheet(lesson: Lesson, { answers, log }: WorksheetFile): Grade[] {
  const values = valuesOf(lesson, log)
  return lesson.worksheet.map((question) => {
    const given = answers[question.id] ?? null
    const own = nearest(values.get(question.id) ?? [], given)
    return { question, given, own, mark: markOf(question, given, own) }
  })
}

/** The different values that each question had in the run, in their order. */
function valuesOf({ worksheet }: Lesson, log: readonly KeptEntry[]): Map<string, number[]> {
  const values = new Map<string, number[]>(worksheet.map(({ id }) => [id, []]))
  let state: StageState | undefined
  let from = 0
  for (const to of momentsOf(log)) {
    // What is left out are the bytes themselves, which no counter goes by.
    state = advance(state, log.slice(from, to) as StageEntry[])
    from = to
    if (!state) continue
    for (const { id, answer } of worksheet) {
      const [value, seen] = [answer(state), values.get(id)]
      if (value !== undefined && Number.isFinite(value) && seen?.at(-1) !== value) seen?.push(value)
    }
  }
  return values
}

/**
 * After how many entries a run is looked at: its end, in steps of equal size, and right before somebody changed settings,
 * the network or the server, for what changes an answer is mostly that.
 */
export function momentsOf(log: readonly KeptEntry[]): number[] {
  const changes = log.flatMap(({ kind }, i) => (kind === 'changed' ? [i] : [])).slice(-MOST_CHANGES)
  const even = Math.min(log.length, MOST_MOMENTS - MOST_CHANGES)
  const steps = Array.from({ length: even }, (_, i) => Math.round(((i + 1) / even) * log.length))
  return [...new Set([...changes, ...steps])].filter((moment) => moment > 0).sort((a, b) => a - b)
}

/** The latest where nothing is given. */
function nearest(values: readonly number[], given: number | null): number | undefined {
  if (given === null) return values.at(-1)
  const off = (value: number) => Math.abs(value - given)
  return values.length === 0
    ? undefined
    : values.reduce((best, value) => (off(value) <= off(best) ? value : best))
}

function markOf(
  { tolerance: { relative = 0, absolute = 0 } }: WorksheetQuestion,
  given: number | null,
  own: number | undefined,
): Mark {
  if (own === undefined) return 'not-observed'
  if (given === null) return 'missing'
  // What is equal in decimals may differ in the last binary digit.
  const mayBeOff = Math.max(Math.abs(own) * relative, absolute) + 1e-9
  return Math.abs(given - own) <= mayBeOff ? 'right' : 'off'
}
