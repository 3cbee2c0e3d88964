import type { Catalogue } from '../catalogue.ts'

/** What the lessons say: scenarios/lessons. */
export const lessons: Catalogue = {}
