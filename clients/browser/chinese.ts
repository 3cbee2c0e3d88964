import type { Words } from '../../report/words/say.ts'
import { classroom } from '../../report/words/zh/classroom.ts'
import { lessons } from '../../report/words/zh/lessons.ts'
import { stage } from '../../report/words/zh/stage.ts'
import { student } from '../../report/words/zh/student.ts'
import { wire } from '../../report/words/zh/wire.ts'
import { wireLabels } from '../../report/words/zh/wire-labels.ts'
import { worksheet } from '../../report/words/zh/worksheet.ts'
import { xray } from '../../report/words/zh/xray.ts'

const all = new Map(
  [classroom, student, stage, xray, lessons, worksheet, wire, wireLabels].flatMap((catalogue) =>
    Object.entries(catalogue),
  ),
)

/** Simplified Chinese, of what staff's pages say. Students' pages have one of their own, without the lessons. */
export const chinese: Words = { language: 'zh', of: (english) => all.get(english) }
