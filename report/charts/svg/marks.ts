import { type Html, html } from '../../html.ts'
import type { Identity, Marker } from '../../palette.ts'
import type { Path } from './path.ts'

/** A marker as path data. */
export interface Mark {
  /** Where it begins, from its middle. */
  from: readonly [x: number, y: number]
  /** Relative to there. */
  shape: string
  look: 'solid' | 'hollow' | 'strokes' | 'dot'
}

const TRIANGLES: Record<number, Pick<Mark, 'from' | 'shape'>> = {
  0: { from: [0, -5], shape: 'l5 8h-10z' },
  90: { from: [5, 0], shape: 'l-8 5v-10z' },
  180: { from: [0, 5], shape: 'l5-8h-10z' },
  270: { from: [-5, 0], shape: 'l8 5v-10z' },
}
const SHAPES: Record<Exclude<Marker['shape'], 'triangle' | 'none'>, Pick<Mark, 'from' | 'shape'>> = {
  circle: { from: [-4, 0], shape: 'a4 4 0 108 0 4 4 0 10-8 0z' },
  rect: { from: [-4, -4], shape: 'h8v8h-8z' },
  rectRounded: { from: [-2, -4], shape: 'h4q2 0 2 2v4q0 2-2 2h-4q-2 0-2-2v-4q0-2 2-2z' },
  rectRot: { from: [0, -5], shape: 'l5 5-5 5-5-5z' },
  star: { from: [-5, 0], shape: 'h10m-5-5v10m-4-9l8 8m0-8l-8 8' },
  cross: { from: [-5, 0], shape: 'h10m-5-5v10' },
  crossRot: { from: [-4, -4], shape: 'l8 8m0-8l-8 8' },
}
const STROKES = new Set<Marker['shape']>(['star', 'cross', 'crossRot'])

/** A marker of the palette, at the size that Chart.js draws it in; undefined for none. */
export function markOf({ shape, rotation = 0, hollow }: Marker): Mark | undefined {
  if (shape === 'none') return undefined
  // A stroke without length whose ends are round is a disc, and the shortest way to write one.
  if (shape === 'circle' && !hollow) return { from: [0, 0], shape: 'h0z', look: 'dot' }
  const look = STROKES.has(shape) ? 'strokes' : hollow ? 'hollow' : 'solid'
  const drawn = shape === 'triangle' ? TRIANGLES[rotation] : SHAPES[shape]
  if (!drawn) throw new Error(`No ${shape} is drawn at ${rotation} degrees: add it to TRIANGLES in marks.ts`)
  return { ...drawn, look }
}

/** Draws a marker around a place. */
export function stamp(path: Path, { from, shape }: Pick<Mark, 'from' | 'shape'>, x: number, y: number): void {
  path.stamp(Math.round(x) + from[0], Math.round(y) + from[1], shape)
}

/** A marker by itself, beside a name; or at a place of a drawing whose width is not known. */
export function markSvg({ color, marker }: Identity, at?: { x: string; y: number }): Html {
  const mark = markOf(marker)
  const path = mark && html`<path class="${mark.look}" d="M${mark.from.join(' ')}${mark.shape}"/>`
  return at
    ? html`<svg x="${at.x}" y="${at.y}" overflow="visible"><g color="${color}">${path}</g></svg>`
    : html`<svg class="drawing mark" viewBox="-7 -7 14 14" aria-hidden="true"><g color="${color}">${path}</g></svg>`
}
