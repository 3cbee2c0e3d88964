import type { Catalogue } from '../catalogue.ts'

/** What a worksheet says besides its lesson, and who grades it: scenarios/lessons/worksheet. */
export const worksheet: Catalogue = {}
