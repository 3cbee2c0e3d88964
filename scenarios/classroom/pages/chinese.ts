import type { Words } from '../../../report/words/say.ts'
import { wire } from '../../../report/words/zh/wire.ts'
import { wireLabels } from '../../../report/words/zh/wire-labels.ts'
import { classroom } from '../words/classroom.ts'
import { lessons } from '../words/lessons.ts'
import { stage } from '../words/stage.ts'
import { student } from '../words/student.ts'
import { worksheet } from '../words/worksheet.ts'
import { xray } from '../words/xray.ts'

const all = new Map(
  [classroom, student, stage, xray, lessons, worksheet, wire, wireLabels].flatMap((catalogue) =>
    Object.entries(catalogue),
  ),
)

/** Simplified Chinese, of what staff's pages say. Students' pages have one of their own, without the lessons. */
export const chinese: Words = { language: 'zh', of: (english) => all.get(english) }
