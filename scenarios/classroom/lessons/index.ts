import { setupOf } from '../log/entries.ts'
import { costOfSilence } from './cost-of-silence.ts'
import { doesLongPollingPush } from './does-long-polling-push.ts'
import { type Lesson, lanesOf } from './lesson.ts'
import { longPollingAtTwenty } from './long-polling-at-twenty.ts'
import { oneLump } from './one-lump.ts'
import { pollDelay } from './poll-delay.ts'
import { serverRestart } from './server-restart.ts'
import { sizeOfHello } from './size-of-hello.ts'
import { socketIoStart } from './socket-io-start.ts'
import { tabSeven } from './tab-seven.ts'
import { websocketOrSse } from './websocket-or-sse.ts'

/** All lessons, in their order: lesson N is `lessons[N - 1]`. */
export const lessons: readonly Lesson[] = [
  pollDelay,
  costOfSilence,
  doesLongPollingPush,
  longPollingAtTwenty,
  tabSeven,
  sizeOfHello,
  websocketOrSse,
  serverRestart,
  oneLump,
  socketIoStart,
]

/** Lesson 0: the five main techniques, and every control. */
export const sandbox = setupOf(lanesOf('short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket'))

/** A lesson by its number, from 1; undefined where there is none. */
export function lessonOf(number: number): Lesson | undefined {
  return lessons.find((lesson) => lesson.number === number)
}
