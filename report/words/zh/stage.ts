import type { Catalogue } from '../catalogue.ts'

/** What stands on the stage, its lanes and charts: clients/browser/stage. */
export const stage: Catalogue = {}
