import type { Catalogue } from '../catalogue.ts'

/** What the X-ray says besides what report/wire explains: clients/browser/xray. */
export const xray: Catalogue = {}
