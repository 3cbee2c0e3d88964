import { type Catalogue, chineseOf } from './say.ts'
import { analysis } from './zh/analysis.ts'
import { claims } from './zh/claims.ts'
import { experiments } from './zh/experiments.ts'
import { facts } from './zh/facts.ts'
import { page } from './zh/page.ts'
import { published } from './zh/published.ts'
import { scenarios } from './zh/scenarios.ts'
import { titles } from './zh/titles.ts'
import { wire } from './zh/wire.ts'

/** The report's catalogues, by their files in `zh/`. */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  page,
  analysis,
  claims,
  published,
  scenarios,
  experiments,
  facts,
  titles,
  wire,
}

/** What the report says in Chinese. */
export const chinese = chineseOf(...Object.values(catalogues))
