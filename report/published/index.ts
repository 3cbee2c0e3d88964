import type { Evidence } from '../claims/claim.ts'
import { browsers } from './browsers.ts'
import type { Here, PublishedFigure } from './figure.ts'
import { kaazing } from './kaazing.ts'
import { load } from './load.ts'
import { longPolling } from './long-polling.ts'

/** All figures, each source's together. */
export const publishedFigures: readonly PublishedFigure[] = [...kaazing, ...longPolling, ...load, ...browsers]

/** A published figure with what the run says of it. */
export interface SideBySide extends Omit<PublishedFigure, 'here'> {
  here: Here
}

/** Published, model and here, side by side. */
export function sideBySide(evidence: Evidence): SideBySide[] {
  return publishedFigures.map((figure) => ({ ...figure, here: figure.here(evidence) }))
}
