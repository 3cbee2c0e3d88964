import type { Words } from '../../../report/words/say.ts'
import { student } from '../words/student.ts'

const all = new Map(Object.entries(student))

/** Simplified Chinese, of what the student's page says: without the lessons, whose texts hold their answers. */
export const studentChinese: Words = { language: 'zh', of: (english) => all.get(english) }
