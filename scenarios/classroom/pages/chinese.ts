import { chineseOf } from '../../../report/words/say.ts'
import { titles } from '../../../report/words/zh/titles.ts'
import { wire } from '../../../report/words/zh/wire.ts'
import { wireLabels } from '../../../report/words/zh/wire-labels.ts'
import { classroom } from '../words/classroom.ts'
import { lessons } from '../words/lessons.ts'
import { stage } from '../words/stage.ts'
import { student } from '../words/student.ts'
import { worksheet } from '../words/worksheet.ts'
import { xray } from '../words/xray.ts'

/** Of what staff's pages say: without what only the room or the terminal does. Students' pages have one of their own. */
export const chinese = chineseOf(
  classroom,
  student,
  stage,
  xray,
  lessons,
  worksheet,
  titles,
  wire,
  wireLabels,
)
