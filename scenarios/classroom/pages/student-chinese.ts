import { chineseOf } from '../../../report/words/say.ts'
import { student } from '../words/student.ts'

/** Of what the student's page says: without the lessons, whose texts hold their answers. */
export const studentChinese = chineseOf(student)
