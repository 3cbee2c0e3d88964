import type { ByteClass } from '../server/wire/span.ts'
import { registryPosition } from './analysis/cells.ts'

/**
 * How a series is told apart everywhere: by hue, by marker and by dash, so that print and colour-blind readers can. No
 * two techniques share any of the three.
 */
export interface Identity {
  color: string
  marker: Marker
  /** Lengths of strokes and gaps in px; empty for a solid line. */
  dash: number[]
}

export interface Marker {
  /** A Chart.js point style. */
  shape: 'circle' | 'triangle' | 'rect' | 'rectRot' | 'rectRounded' | 'star' | 'cross' | 'crossRot' | 'none'
  /** Clockwise, in degrees. */
  rotation?: number
  /** An outline alone. */
  hollow?: true
}

/**
 * In the order of the registry. The hues were chosen for the largest smallest distance in OKLab, as seen with normal
 * vision and with protanopia, deuteranopia and tritanopia, among those with a contrast of 3:1 or more on white.
 */
export const identities: readonly Identity[] = [
  { color: '#e05400', marker: { shape: 'circle' }, dash: [] },
  { color: '#541c00', marker: { shape: 'triangle' }, dash: [8, 3] },
  { color: '#a85470', marker: { shape: 'triangle', rotation: 180, hollow: true }, dash: [2, 6] },
  { color: '#708c54', marker: { shape: 'rect' }, dash: [2, 3] },
  { color: '#545400', marker: { shape: 'rect', hollow: true }, dash: [12, 3, 2, 3, 2, 3] },
  { color: '#001c8c', marker: { shape: 'circle', hollow: true }, dash: [5, 2] },
  { color: '#0070a8', marker: { shape: 'rectRot' }, dash: [14, 3] },
  { color: '#a80054', marker: { shape: 'star' }, dash: [10, 3, 2, 3] },
  { color: '#381c54', marker: { shape: 'crossRot' }, dash: [4, 4] },
  { color: '#c470e0', marker: { shape: 'triangle', rotation: 180 }, dash: [16, 4, 4, 4] },
  // The floor is grey, for nobody chooses it.
  { color: '#8a8a8a', marker: { shape: 'cross' }, dash: [6, 8] },
  { color: '#701c38', marker: { shape: 'rectRot', hollow: true }, dash: [6, 2, 2, 2] },
  { color: '#548ca8', marker: { shape: 'triangle', rotation: 90 }, dash: [20, 4] },
  { color: '#541ca8', marker: { shape: 'triangle', hollow: true }, dash: [3, 2] },
  { color: '#c41c38', marker: { shape: 'triangle', rotation: 270 }, dash: [8, 8] },
  { color: '#a854c4', marker: { shape: 'rectRounded', hollow: true }, dash: [12, 6, 3, 6] },
]

/** The identity of a technique: by its line in the registry, from the beginning again where they run out. */
export function identityOf(technique: string): Identity {
  return identities[registryPosition(technique) % identities.length] as Identity
}

/** Parts of a whole, for stacked bars. */
export const partColors = {
  payload: '#1F6FB2',
  down: '#E8A33D',
  up: '#8C4A00',
  payloadUp: '#7FB8E6',
  compressed: '#5F6B7A',
} as const
/** What bytes are there for, for stacked bars. */
export const classColors: Record<ByteClass, string> = {
  payload: '#1F6FB2',
  framing: '#F2B84B',
  compressed: '#5F6B7A',
  header: '#8C4A00',
  handshake: '#D98CB3',
  control: '#4B2E83',
  tls: '#3D8B6E',
  unparsed: '#C4122F',
}

/** What is drawn on a colour, so that parts are told apart in grey, too, and by those who see fewer hues. */
export interface Hatch {
  ink: string
  /** Path data of lines in a tile of 8 by 8, which go on in the next tile; those around its corners stop gaps there. */
  lines: string
}

const [WHITE, BLACK] = ['#fff', '#1b1f24']
const RISING = 'M-2 2l4-4M0 8l8-8M6 10l4-4'
const FALLING = 'M-2 6l4 4M0 0l8 8M6-2l4 4'
const LEVEL = 'M0 4h8'
const UPRIGHT = 'M4 0v8'
const DOTS = 'M3 2h2M3 3h2M-1 6h2M-1 7h2M7 6h2M7 7h2'

/** By the colour of a part; payload alone is plain. */
export const hatches: Readonly<Record<string, Hatch>> = {
  [partColors.down]: { ink: BLACK, lines: FALLING },
  [partColors.up]: { ink: WHITE, lines: RISING },
  [partColors.payloadUp]: { ink: BLACK, lines: DOTS },
  [classColors.framing]: { ink: BLACK, lines: FALLING },
  [classColors.header]: { ink: WHITE, lines: RISING },
  [classColors.compressed]: { ink: WHITE, lines: RISING + FALLING },
  [classColors.handshake]: { ink: BLACK, lines: UPRIGHT },
  [classColors.control]: { ink: WHITE, lines: LEVEL },
  [classColors.tls]: { ink: WHITE, lines: DOTS },
  [classColors.unparsed]: { ink: WHITE, lines: LEVEL + UPRIGHT },
}

/** What a model predicts, beside what was measured. */
export const theory: Identity = { color: '#777777', marker: { shape: 'none' }, dash: [5, 5] }
