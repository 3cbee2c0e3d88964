import { defaultStageSettings, type StageSetup } from '../log/entries.ts'

/** Lesson 0: the five main techniques, and every control. */
export const sandbox: StageSetup = {
  lanes: ['short-poll', 'long-poll', 'iframe-stream', 'sse', 'websocket'].map((technique) => ({
    id: technique,
    technique,
  })),
  settings: defaultStageSettings,
}
