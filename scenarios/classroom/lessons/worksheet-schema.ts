import Type, { type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { languages } from '../../../report/words/say.ts'
import { describeMismatch } from '../../../results/mismatch.ts'
import { PushlabError } from '../../../server/error.ts'
import { pushlabCommand } from '../../../server/own-command.ts'
import { byteClasses } from '../../../server/wire/span.ts'
import { MOST_LANES } from '../stage/limits.ts'
import {
  Count,
  LaneId,
  LaneSpecSchema,
  literals,
  object,
  StageSettingsSchema,
  Tab as TabNumber,
} from '../stage/schema.ts'
import { lessonOf } from './index.ts'
import type { Lesson } from './lesson.ts'
import { type KeptEntry, MOST_ENTRIES, WORKSHEET_SCHEMA, type WorksheetFile } from './worksheet-file.ts'

/** Larger files are not read: a quarter of an hour of the busiest lesson has half of it. */
export const MOST_FILE_BYTES = 64 * 1024 * 1024

const Seq = Type.Integer({ minimum: 1, maximum: 1e7 })
/** A browser's may be before the stage's epoch, by the error of its clock. */
const atUs = Type.Number({ minimum: -1e12, maximum: 1e12 })
const Tab = Type.Optional(TabNumber)

const Sums = object(Object.fromEntries(byteClasses.map((name) => [name, Type.Optional(Count)])))
const Runs = Type.Array(Type.Tuple([Seq, Seq]), { maxItems: 100_000 })

const entry = (properties: Record<string, TSchema>) => object({ atUs, ...properties })
const sighted = (properties: Record<string, TSchema> = {}) =>
  entry({ lane: LaneId, tab: Tab, kind: Type.String(), ...properties })
const kind = Type.String()

/** What each kind of entry looks like, as scenarios/classroom/log/entries.ts says; a unit without its bytes. */
const entries: Record<KeptEntry['kind'], TSchema> = {
  began: entry({
    kind,
    run: Count,
    lanes: Type.Array(LaneSpecSchema, { minItems: 1, maxItems: MOST_LANES }),
    settings: StageSettingsSchema,
  }),
  changed: entry({
    kind,
    settings: Type.Optional(StageSettingsSchema),
    network: Type.Optional(literals(['up', 'cut'])),
    server: Type.Optional(literals(['up', 'down'])),
  }),
  published: entry({ kind, seq: Seq, dueUs: atUs, payloadBytes: Count }),
  connected: entry({ kind, lane: LaneId, connection: Count }),
  closed: entry({ kind, lane: LaneId, connection: Count }),
  unit: entry({
    kind,
    fromUs: atUs,
    lane: LaneId,
    connection: Count,
    unit: Count,
    direction: literals(['up', 'down']),
    what: literals([
      ...['request', 'response', 'response-head', 'chunk', 'handshake-request', 'handshake-response'],
      ...['frame', 'rest'],
    ]),
    about: Type.Optional(Type.String({ maxLength: 4_096 })),
    bytes: Count,
    sums: Sums,
    events: Type.Array(Seq, { maxItems: 10_000 }),
  }),
  page: entry({ kind, lane: LaneId, bytes: Count }),
  totals: entry({
    kind,
    lane: LaneId,
    socketUp: Count,
    socketDown: Count,
    tappedUp: Count,
    tappedDown: Count,
  }),
  player: entry({ kind, isHere: Type.Boolean(), isHidden: Type.Optional(Type.Boolean()) }),
  clock: entry({ kind, errorUs: Type.Number({ minimum: 0, maximum: 1e12 }) }),
  folded: entry({
    kind,
    lane: LaneId,
    ...{ requests: Count, handshakes: Count, answers: Count, emptyAnswers: Count },
    ...{ bytesUp: Count, bytesDown: Count, sumsUp: Sums, sumsDown: Sums },
    tabs: Type.Array(
      object({
        ...{ isOpen: Type.Boolean(), hasCursor: Type.Boolean(), received: Runs },
        ...{ openedUs: Type.Optional(atUs), toldUs: Type.Optional(atUs) },
      }),
      { maxItems: 20 },
    ),
    ...{ passedSeq: Count, lost: Runs, duplicated: Runs },
    early: Type.Array(object({ seq: Seq, tab: Type.Integer({ minimum: 1, maximum: 20 }), atUs }), {
      maxItems: 10_000,
    }),
  }),
  asked: sighted(),
  opened: sighted(),
  answered: sighted({ events: Count }),
  received: sighted({ seq: Seq }),
  gap: sighted({ after: Count, next: Count }),
  failed: sighted({ message: Type.String({ maxLength: 4_096 }) }),
  probed: sighted({ state: literals(['waits', 'answered']) }),
}
const checks = new Map(Object.entries(entries).map(([name, schema]) => [name, Compile(schema)]))

const Head = object({
  schema: Type.Literal(WORKSHEET_SCHEMA),
  lesson: Type.Integer({ minimum: 1, maximum: 99 }),
  language: literals(languages),
  answers: Type.Record(Type.String({ maxLength: 64 }), Type.Union([Type.Number(), Type.Null()])),
  log: Type.Array(Type.Unknown(), { minItems: 1, maxItems: MOST_ENTRIES }),
  savedAt: Type.String({ minLength: 10, maxLength: 40 }),
})

const AGAIN =
  'Save the worksheet again from the self-study page (npx pushlab demo) and give that file as it is.'

/**
 * Reads a saved worksheet that may come from anybody.
 * @param name of the file, for messages.
 * @throws {PushlabError} BAD_INPUT where it is no worksheet of this lesson, saying what is wrong, where, and what to do.
 */
export function readWorksheet(text: string, name: string, lesson: Lesson): WorksheetFile {
  const value = parsed(text, name)
  const { schema, lesson: number } = (value ?? {}) as Partial<WorksheetFile>
  if (schema !== WORKSHEET_SCHEMA) {
    const found = schema === undefined ? 'says no schema' : `says it is ${shown(schema)}`
    throw bad(`${name} is no worksheet: it ${found} instead of "${WORKSHEET_SCHEMA}". ${AGAIN}`)
  }
  if (!Value.Check(Head, value)) {
    throw bad(`${name} is not as a worksheet has to be: ${describeMismatch(Head, value)}. ${AGAIN}`)
  }
  if (number !== lesson.number) throw otherLesson(name, value.lesson, lesson)
  const file = value as WorksheetFile
  checkAnswers(file, name, lesson)
  checkLog(file.log, name, lesson)
  return file
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw bad(`${name} is not JSON (${shown((cause as Error).message, 80)}). ${AGAIN}`, cause)
  }
}

function otherLesson(name: string, number: number, { number: wanted }: Lesson): PushlabError {
  const way = lessonOf(number) ? `Use: ${pushlabCommand('check', number, name)}` : AGAIN
  return bad(`${name} is the worksheet of lesson ${number}, not of lesson ${wanted}. ${way}`)
}

function checkAnswers({ answers }: WorksheetFile, name: string, { worksheet, number }: Lesson): void {
  const known = worksheet.map(({ id }) => id)
  const other = Object.keys(answers).find((id) => !known.includes(id))
  if (other === undefined) return
  throw bad(
    `${name} answers ${shown(other)}, which lesson ${number} does not ask. It asks: ${known.join(', ')}. ${AGAIN}`,
  )
}

function checkLog(log: readonly unknown[], name: string, { number, setup }: Lesson): void {
  let published = 0
  log.forEach((entry, i) => {
    const at = `${name}: log entry ${i + 1}`
    const { kind, ...rest } = (entry ?? {}) as KeptEntry
    const check = typeof kind === 'string' ? checks.get(kind) : undefined
    if (!check) throw bad(`${at} is of the unknown kind ${shown(kind)}. ${AGAIN}`)
    if (!check.Check(entry)) {
      throw bad(`${at} (${kind}) is wrong: ${describeMismatch(entries[kind], entry)}. ${AGAIN}`)
    }
    if ((kind === 'began') !== (i === 0)) {
      throw bad(`${at} is wrong: a log begins once, with its first entry. ${AGAIN}`)
    }
    if ('lanes' in rest) {
      const ids = rest.lanes.map(({ id }) => id).sort()
      const own = setup.lanes.map(({ id }) => id).sort()
      if (String(ids) !== String(own)) {
        throw bad(
          `${at} is of a stage with ${ids.map((id) => shown(id)).join(', ')}; lesson ${number} has ${own.join(', ')}. Observe the lesson itself, then save its worksheet.`,
        )
      }
    }
    // The state keeps events by number: a number that leaps would make it a list as long as the leap.
    if (kind === 'published' && (entry as { seq: number }).seq !== ++published) {
      throw bad(
        `${at} is wrong: event ${(entry as { seq: number }).seq} follows event ${published - 1}. ${AGAIN}`,
      )
    }
  })
}

/** Something of the file, short enough for a message, without control characters. */
function shown(value: unknown, most = 40): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, most)
}

function bad(message: string, cause?: unknown): PushlabError {
  return new PushlabError('BAD_INPUT', message, cause === undefined ? undefined : { cause })
}
