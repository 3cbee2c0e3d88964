import { readFileSync } from 'node:fs'
import Type from 'typebox'
import { Value } from 'typebox/value'
import { utf8Text } from '../../../results/text.ts'
import { PushlabError } from '../../../server/error.ts'
import { type StageSettings, setupOf } from '../log/entries.ts'
import { checkSettings, checkSetup } from '../stage/limits.ts'
import { runnableTechniques } from '../stage/runnable.ts'
import { LaneSpecSchema, object, StageActSchema, StageSetupSchema } from '../stage/schema.ts'
import { type Condition, counters, delays } from './conditions.ts'
import { englishOf, type OwnLesson, type OwnText, PLACEHOLDER } from './own-lesson.ts'

/** So much of a text that a wall has room for it. */
const text = (maxLength: number) => {
  const words = Type.String({ minLength: 1, maxLength })
  return Type.Union([words, object({ en: words, zh: words })])
}
const Sentence = text(300)
const Count = Type.Integer({ minimum: 1, maximum: 1_000_000 })
const Ms = Type.Number({ minimum: 0, maximum: 60_000 })
/** The stage itself says what is wrong with them. */
const SomeSettings = Type.Object({})

const QuestionSchema = object({
  question: text(160),
  options: Type.Array(object({ text: text(100), why: Sentence, right: Type.Optional(Type.Boolean()) }), {
    minItems: 2,
    maxItems: 5,
  }),
})

const ConditionSchema = object({
  lane: Type.Optional(Type.String()),
  ...{ received: Type.Optional(Count), slowerThanMs: Type.Optional(Ms), fasterThanMs: Type.Optional(Ms) },
  settings: Type.Optional(SomeSettings),
  ...Object.fromEntries(Object.keys(counters).map((name) => [name, Type.Optional(Count)])),
  happened: Type.Optional(Type.Union(['cut', 'mended', 'down', 'up'].map((what) => Type.Literal(what)))),
})

const LessonSchema = object({
  title: text(60),
  goal: Sentence,
  predict: QuestionSchema,
  discuss: Sentence,
  stage: object({
    lanes: Type.Array(Type.Union([Type.String(), LaneSpecSchema]), { minItems: 1, maxItems: 5 }),
    settings: Type.Optional(SomeSettings),
    plan: StageSetupSchema.properties.plan,
  }),
  controls: Type.Optional(Type.Array(Type.String(), { maxItems: 3 })),
  acts: Type.Optional(Type.Array(StageActSchema)),
  steps: Type.Array(
    object({
      text: Sentence,
      seen: Type.Array(ConditionSchema, { minItems: 1, maxItems: 5 }),
      why: Sentence,
      ifNot: Sentence,
      button: Type.Optional(
        Type.Union([StageActSchema, object({ change: SomeSettings, act: Type.Optional(StageActSchema) })]),
      ),
    }),
    { minItems: 1, maxItems: 6 },
  ),
  explain: Type.Array(text(600), { minItems: 1, maxItems: 6 }),
  transfer: QuestionSchema,
})

const SEE = 'What a lesson has is said in scenarios/classroom/lessons/README.md.'

/**
 * Reads a lesson that somebody has written.
 * @throws {PushlabError} BAD_INPUT where it is none, saying what is wrong, where, and what would be right.
 */
export function readOwnLesson(file: string): OwnLesson {
  const wrong = (what: string, cause?: unknown) =>
    new PushlabError(
      'BAD_INPUT',
      `${file} is no lesson: ${what} ${SEE}`,
      cause === undefined ? undefined : { cause },
    )
  let value: unknown
  try {
    value = JSON.parse(utf8Text(readFileSync(file), file))
  } catch (cause) {
    if (cause instanceof PushlabError) throw cause
    throw new PushlabError('BAD_INPUT', `Cannot read the lesson ${file}: ${(cause as Error).message}`, {
      cause,
    })
  }
  const mismatch = firstMismatch(value)
  if (mismatch) throw wrong(mismatch)
  let own: OwnLesson
  let problem: string | undefined
  try {
    own = withSetup(value as Written)
    problem = problemOf(own)
  } catch (cause) {
    // What the stage cannot be asked for it says itself.
    if (cause instanceof PushlabError) throw wrong(cause.message, cause)
    throw cause
  }
  if (problem) throw wrong(problem)
  return own
}

/** As it stands in the file: a lane may be the name of its technique, and settings those that differ from the default. */
type Written = Omit<OwnLesson, 'stage'> & {
  stage: {
    lanes: (string | OwnLesson['stage']['lanes'][number])[]
    settings?: Partial<StageSettings>
    plan?: OwnLesson['stage']['plan']
  }
}

function withSetup({ stage: { lanes, settings, plan }, ...lesson }: Written): OwnLesson {
  const specs = lanes.map((lane) => (typeof lane === 'string' ? { id: lane, technique: lane } : lane))
  const setup = setupOf(specs, checkSettings(settings ?? {}))
  return { ...lesson, stage: checkSetup({ ...setup, ...(plan && { plan }) }, runnableTechniques()) }
}

/** The first thing that is not as it has to be, in words. */
function firstMismatch(value: unknown): string | undefined {
  if (Value.Check(LessonSchema, value)) return undefined
  // Of a choice, the deepest error says what is wrong with the one that was meant.
  const errors = [...Value.Errors(LessonSchema, value)].filter(({ keyword }) => keyword !== 'boolean')
  const [error] = errors.toSorted((a, b) => depth(b.instancePath) - depth(a.instancePath))
  if (!error) return 'it has another form.'
  const { keyword, params, instancePath, message } = error
  const where = placeOf(instancePath)
  if (keyword === 'additionalProperties') {
    const { additionalProperties: names = [] } = params as { additionalProperties?: string[] }
    return `${where} has a field ${JSON.stringify(names[0])}, which nothing there is called.`
  }
  if (keyword === 'required') {
    const { requiredProperties: names = [] } = params as { requiredProperties?: string[] }
    return `${where} has no ${JSON.stringify(names[0])}.`
  }
  return `${where} ${message}.`
}

const depth = (path: string) => path.split('/').length

/** `/steps/0/text` as people say it: `steps[0].text`. */
function placeOf(path: string): string {
  const place = path
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
  return place === '' ? 'it' : place
}

/** What a form cannot say. */
function problemOf(own: OwnLesson): string | undefined {
  const ids = own.stage.lanes.map(({ id }) => id)
  for (const name of ['predict', 'transfer'] as const) {
    const right = own[name].options.filter((option) => option.right).length
    if (right !== 1) return `${right} options of ${name} are "right": true, instead of one.`
  }
  for (const control of own.controls ?? []) {
    if (!(control in own.stage.settings)) {
      return `there is no control ${JSON.stringify(control)}. There are: ${Object.keys(own.stage.settings).join(', ')}.`
    }
  }
  for (const [i, { seen, button }] of own.steps.entries()) {
    if (typeof button === 'object') checkSettings(button.change)
    for (const [j, condition] of seen.entries()) {
      const problem = problemOfCondition(condition, ids)
      if (problem) return `steps[${i}].seen[${j}] ${problem}`
    }
  }
  for (const [i, paragraph] of own.explain.entries()) {
    const problem = textsOf(paragraph)
      .map((one) => problemOfValues(one, ids))
      .find(Boolean)
    if (problem) return `explain[${i}] ${problem}`
  }
  return undefined
}

function problemOfCondition(condition: Condition, ids: readonly string[]): string | undefined {
  const { lane, happened, settings, ...counts } = condition
  const hasCounts = Object.keys(counts).length > 0
  if (hasCounts && lane === undefined)
    return `counts something of no lane: give it "lane", one of ${ids.join(', ')}.`
  if (lane !== undefined && !ids.includes(lane)) {
    return `is of a lane ${JSON.stringify(lane)}. The stage has: ${ids.join(', ')}.`
  }
  if (lane !== undefined && !hasCounts)
    return `names the lane ${lane}, and nothing of it, such as "received": 10.`
  if (!hasCounts && !happened && !settings) return 'says nothing that could be seen.'
  checkSettings(settings ?? {})
  return undefined
}

function problemOfValues(paragraph: string, ids: readonly string[]): string | undefined {
  const names = ['received', ...Object.keys(counters), ...Object.keys(delays)]
  for (const [all, lane = '', name = ''] of paragraph.matchAll(PLACEHOLDER)) {
    if (!ids.includes(lane)) return `has ${all}, and the stage no lane ${lane}. It has: ${ids.join(', ')}.`
    if (!names.includes(name)) return `has ${all}. Of a lane there are: ${names.join(', ')}.`
  }
  return undefined
}

function textsOf(text: OwnText): string[] {
  return typeof text === 'string' ? [text] : [englishOf(text), text.zh]
}
