import { type Html, html } from '../../html.ts'
import type { Text } from '../../words/say.ts'
import { BASELINE, labels, WIDTH } from './drawing.ts'
import { widest } from './labels.ts'

/** Where the middle of each sample stands, and the texts beside them. */
export interface Legend {
  places: { x: number; y: number }[]
  texts: Html
  height: number
}

const ROW = 19
/** Half the width of a sample. */
export const SAMPLE = 12
const MARGIN = 8

/** Samples and names in columns that are as wide as the longest name wants, from left to right. */
export function legend(names: readonly Text[], top: number): Legend {
  if (names.length === 0) return { places: [], texts: html``, height: 0 }
  const wanted = widest(names) + 2 * SAMPLE + 22
  const columns = Math.max(1, Math.min(names.length, Math.floor((WIDTH - MARGIN) / wanted)))
  const places = names.map((_, i) => ({
    x: MARGIN + SAMPLE + (i % columns) * Math.floor((WIDTH - MARGIN) / columns),
    y: top + ROW / 2 + Math.floor(i / columns) * ROW,
  }))
  const texts = labels(
    names.map((text, i) => {
      const { x, y } = places[i] as { x: number; y: number }
      return { x: x + SAMPLE + 6, y: y + BASELINE, text }
    }),
  )
  return { places, texts, height: Math.ceil(names.length / columns) * ROW + 6 }
}
