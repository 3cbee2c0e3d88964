import { Said } from '../../../report/words/say.ts'
import type { StageAct, StageSettings, StageSetup } from '../log/entries.ts'
import { type Condition, isMet, numberOf, progressOf } from './conditions.ts'
import type { Lesson, Question, Step } from './lesson.ts'

/** A text of a lesson of one's own: English alone, which stands in for Chinese, too; or both. */
export type OwnText = string | { en: string; zh: string }

interface OwnQuestion {
  question: OwnText
  options: { text: OwnText; why: OwnText; right?: boolean }[]
}

/** A lesson that somebody has written as a JSON file; README.md says what is in it, own-lesson-schema.ts checks it. */
export interface OwnLesson {
  title: OwnText
  goal: OwnText
  predict: OwnQuestion
  discuss: OwnText
  stage: StageSetup
  controls?: (keyof StageSettings)[]
  acts?: StageAct[]
  steps: {
    text: OwnText
    /** All of them. */
    seen: Condition[]
    why: OwnText
    ifNot: OwnText
    button?: NonNullable<Step['act']>
  }[]
  /** Paragraphs; `{sse.received}` in them is a number of the run, and where there is none yet the paragraph waits. */
  explain: OwnText[]
  transfer: OwnQuestion
}

/** `{sse.medianDelay}`: a lane and what of it. */
export const PLACEHOLDER = /\{([a-z0-9-]+)\.([A-Za-z]+)\}/g

/** Makes a lesson of what was read from a file. Its steps tick by ready conditions, and it has no worksheet. */
export function lessonFrom(own: OwnLesson, number: number): Lesson {
  const { stage, steps, explain, controls = [], acts = [] } = own
  const buttons = steps.flatMap(({ button }) => (button === undefined ? [] : [button]))
  const changes = buttons.flatMap((button) => (typeof button === 'string' ? [] : Object.keys(button.change)))
  const acted = buttons.flatMap((button) => (typeof button === 'string' ? button : (button.act ?? [])))
  return {
    number,
    id: 'own-lesson',
    title: new Own(own.title),
    goal: new Own(own.goal),
    predict: questionFrom(own.predict),
    discuss: new Own(own.discuss),
    setup: stage,
    controls: [...new Set([...controls, ...(changes as (keyof StageSettings)[])])],
    acts: [...new Set([...acts, ...acted])],
    steps: steps.map(
      ({ text, seen, why, ifNot, button }, i): Step => ({
        id: `step-${i + 1}`,
        text: new Own(text),
        isDone: (state) => seen.every((condition) => isMet(state, condition)),
        ...(seen.some(({ lane }) => lane) && { progress: (state) => progressOf(state, seen) }),
        ...(button !== undefined && { act: button }),
        why: new Own(why),
        notSeen: new Own(ifNot),
      }),
    ),
    explain: (state) =>
      explain.flatMap((text) => {
        const values = new Map(
          [...englishOf(text).matchAll(PLACEHOLDER)].map(([all, lane = '', name = '']) => [
            all,
            state && numberOf(state, lane, name),
          ]),
        )
        return [...values.values()].some((value) => value === undefined) ? [] : [new Own(text, values)]
      }),
    transfer: questionFrom(own.transfer),
    worksheet: [],
  }
}

export function englishOf(text: OwnText): string {
  return typeof text === 'string' ? text : text.en
}

function questionFrom({ question, options }: OwnQuestion): Question {
  return {
    text: new Own(question),
    options: options.map(({ text, why, right }) => ({
      text: new Own(text),
      why: new Own(why),
      ...(right && { isRight: true as const }),
    })),
  }
}

/** What no catalogue knows. */
class Own extends Said {
  readonly #text: OwnText
  readonly #values: ReadonlyMap<string, string | undefined>

  constructor(text: OwnText, values: ReadonlyMap<string, string | undefined> = new Map()) {
    super()
    this.#text = text
    this.#values = values
  }

  in({ language }: { language: 'en' | 'zh' }): string {
    const text = typeof this.#text === 'string' ? this.#text : this.#text[language]
    return text.replaceAll(PLACEHOLDER, (all) => this.#values.get(all) ?? all)
  }
}
