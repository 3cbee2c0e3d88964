import { type Catalogue, chineseOf } from '../../../report/words/say.ts'
import { titles } from '../../../report/words/zh/titles.ts'
import { wire } from '../../../report/words/zh/wire.ts'
import { wireLabels } from '../../../report/words/zh/wire-labels.ts'
import { classroom } from './classroom.ts'
import { demo } from './demo.ts'
import { lessons } from './lessons.ts'
import { room } from './room.ts'
import { stage } from './stage.ts'
import { student } from './student.ts'
import { worksheet } from './worksheet.ts'
import { xray } from './xray.ts'

/** The classroom's own catalogues, by their files. */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  classroom,
  student,
  demo,
  room,
  stage,
  xray,
  lessons,
  worksheet,
}

/** What the classroom says in Chinese: techniques are called, and bytes explained, as in the report. */
export const chinese = chineseOf(...Object.values(catalogues), titles, wire, wireLabels)
