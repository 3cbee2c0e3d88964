import { registryPosition } from './analysis/cells.ts'

/** How a series is told apart everywhere: by hue, by marker and by dash, so that print and colour-blind readers can. */
export interface Identity {
  color: string
  /** A Chart.js point style. */
  marker: string
  /** Lengths of strokes and gaps in px; empty for a solid line. */
  dash: number[]
}

const IDENTITIES: Identity[] = [
  { color: '#C2500A', marker: 'circle', dash: [] },
  { color: '#6B3E00', marker: 'triangle', dash: [8, 3] },
  { color: '#1B8A6B', marker: 'rect', dash: [2, 3] },
  { color: '#1F6FB2', marker: 'rectRot', dash: [] },
  { color: '#33115C', marker: 'star', dash: [10, 3, 2, 3] },
  { color: '#9A1750', marker: 'crossRot', dash: [4, 4] },
  { color: '#5B6B00', marker: 'rectRounded', dash: [] },
  { color: '#00677F', marker: 'cross', dash: [6, 2] },
]

/** The identity of a technique: by its line in the registry, from the beginning again where they run out. */
export function identityOf(technique: string): Identity {
  return IDENTITIES[registryPosition(technique) % IDENTITIES.length] as Identity
}

/** Parts of a whole, for stacked bars. */
export const partColors = { payload: '#1F6FB2', down: '#E8A33D', up: '#8C4A00' } as const
/** What a model predicts, beside what was measured. */
export const theory: Identity = { color: '#777777', marker: 'line', dash: [5, 5] }
