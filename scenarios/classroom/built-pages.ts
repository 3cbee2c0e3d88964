import { globSync, readFileSync } from 'node:fs'
import { type Html, html, json } from '../../report/html.ts'
import { english } from '../../report/words/say.ts'
import { buildPage } from './bundle.ts'
import { lessons } from './lessons/index.ts'
import type { Lesson } from './lessons/lesson.ts'
import type { OwnLesson } from './lessons/own-lesson.ts'
import { answerKeyMarkup, worksheetMarkup } from './lessons/worksheet.ts'
import type { Recording } from './log/recording-format.ts'
import type { RoomPages } from './room/page-routes.ts'
import { runnableTechniques } from './stage/runnable.ts'
import { chinese } from './words/catalogue.ts'

/** The room's WebSocket, on the page's own port. */
const ROOM = "connect-src 'self'"
/** Lanes have ports of their own, which change. */
const LANES = 'frame-src http://127.0.0.1:* http://localhost:*'

/**
 * Builds every page of the classroom. Some take turns, for each is a bundle of its own.
 * @param own what staff's pages are given besides the lessons that there are.
 */
export async function buildPages(own?: OwnLesson): Promise<RoomPages> {
  const techniques = html`<div hidden data-techniques="${runnableTechniques().join(' ')}"></div>`
  const lesson = own ? html`<script type="application/json" id="own-lesson">${json(own)}</script>` : ''
  const body = html`${techniques}${lesson}${recordings()}`.markup
  const [student, teacher, projector, learn, key, worksheet, answers] = await Promise.all([
    buildPage({ entry: 'student.tsx', title: 'pushlab', csp: [ROOM] }),
    buildPage({ entry: 'teacher.tsx', title: 'pushlab', csp: [ROOM], body }),
    buildPage({ entry: 'projector.tsx', title: 'pushlab', csp: [ROOM, LANES], body }),
    buildPage({ entry: 'learn.tsx', title: 'pushlab', csp: [ROOM, LANES], body }),
    buildPage({ entry: 'key.tsx', title: 'pushlab', csp: [] }),
    buildPage({ entry: 'paper.tsx', title: 'pushlab', csp: [], body: papers(worksheetMarkup) }),
    buildPage({ entry: 'paper.tsx', title: 'pushlab', csp: [], body: papers(answerKeyMarkup) }),
  ])
  return { student, teacher, projector, learn, key, worksheet, answers }
}

const RECORDINGS = new URL('./lessons/recordings/', import.meta.url)

/** Every lesson's recording, as data that a page reads when it plays it. */
function recordings(): Html[] {
  return globSync('*.json', { cwd: RECORDINGS })
    .sort()
    .map((file) => {
      const recording: Recording = JSON.parse(readFileSync(new URL(file, RECORDINGS), 'utf8'))
      return html`<script type="application/json" id="recording-${recording.lesson}">${json(recording)}</script>`
    })
}

/** What is printed of every lesson, in both languages; the page's script shows one of them. */
function papers(markupOf: (lesson: Lesson) => Html): string {
  return [english, chinese]
    .map((words) => {
      const { language } = words
      const sheets = lessons.map(
        (lesson) => html`<div data-lesson="${lesson.number}">${markupOf(lesson)}</div>`,
      )
      const lang = language === 'zh' ? 'zh-Hans' : 'en'
      return html`<main class="papers" lang="${lang}" data-language="${language}"${language === 'zh' ? html` hidden` : ''}>${sheets}</main>`.in(
        words,
      )
    })
    .join('')
}
