import { classroom } from '../../scenarios/classroom/words/classroom.ts'
import { demo } from '../../scenarios/classroom/words/demo.ts'
import { lessons } from '../../scenarios/classroom/words/lessons.ts'
import { stage } from '../../scenarios/classroom/words/stage.ts'
import { student } from '../../scenarios/classroom/words/student.ts'
import { worksheet } from '../../scenarios/classroom/words/worksheet.ts'
import { xray } from '../../scenarios/classroom/words/xray.ts'
import type { Words } from './say.ts'
import { analysis } from './zh/analysis.ts'
import { claims } from './zh/claims.ts'
import { experiments } from './zh/experiments.ts'
import { facts } from './zh/facts.ts'
import { page } from './zh/page.ts'
import { published } from './zh/published.ts'
import { scenarios } from './zh/scenarios.ts'
import { wire } from './zh/wire.ts'

/** The Chinese of a part of the report or the classroom, by its English; `{0}` stands for the first value of a text, and so on. */
export type Catalogue = Readonly<Record<string, string>>

/** Every part of the catalogue, by its file in `zh/`. */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  page,
  analysis,
  claims,
  published,
  scenarios,
  experiments,
  facts,
  wire,
  classroom,
  student,
  demo,
  stage,
  xray,
  lessons,
  worksheet,
}

const all = new Map(Object.values(catalogues).flatMap((catalogue) => Object.entries(catalogue)))

/** Simplified Chinese. */
export const chinese: Words = { language: 'zh', of: (english) => all.get(english) }
