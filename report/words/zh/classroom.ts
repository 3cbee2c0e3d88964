import type { Catalogue } from '../catalogue.ts'

/** What the pages of the classroom say: clients/browser/pages. */
export const classroom: Catalogue = {}
