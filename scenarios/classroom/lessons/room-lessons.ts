import { say, sentences } from '../../../report/words/say.ts'
import { bilingual } from '../room/bilingual.ts'
import type { Bilingual, Phase } from '../room/protocol.ts'
import type { RoomLesson, RoomQuestion } from '../room/room.ts'
import { lessons } from './index.ts'
import type { Lesson, Question } from './lesson.ts'
import { lessonFrom, type OwnLesson } from './own-lesson.ts'

/**
 * What the room tells students of the lessons, in both languages, and how it sets up their stages.
 * @param own comes first.
 */
export function roomLessons(own?: OwnLesson): RoomLesson[] {
  return [...(own ? [lessonFrom(own, lessons.length + 1)] : []), ...lessons].map(roomLesson)
}

function roomLesson(lesson: Lesson): RoomLesson {
  return {
    number: lesson.number,
    title: bilingual(lesson.title),
    predict: roomQuestion(lesson.predict),
    transfer: roomQuestion(lesson.transfer),
    prompts: promptsOf(lesson),
    setup: lesson.setup,
  }
}

function roomQuestion({ text, options }: Question): RoomQuestion {
  return {
    question: bilingual(text),
    options: options.map((option) => bilingual(option.text)),
    whys: options.map(({ why }) => bilingual(why)),
    right: options.findIndex(({ isRight }) => isRight),
  }
}

function promptsOf({ discuss, steps }: Lesson): Record<Phase, Bilingual> {
  const first = steps[0] ? [steps[0].text] : []
  return {
    predict: bilingual(say`Decide alone, and vote. What would you bet on?`),
    discuss: bilingual(
      sentences([discuss, say`Convince your neighbour, or be convinced; then there is another vote.`]),
    ),
    observe: bilingual(sentences([say`Look at the projector.`, ...first])),
    explain: bilingual(
      say`Explain it to your neighbour in one sentence: why did it happen as it did, and what did your prediction leave out?`,
    ),
    transfer: bilingual(say`A new case. What you have seen decides it, too: vote alone.`),
  }
}
