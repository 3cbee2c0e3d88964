import { chinese } from '../../words/catalogue.ts'
import { english, inWords, type Text } from '../../words/say.ts'

/** Texts have no language yet when a drawing is laid out: there has to be room for each of them. */

/** Of svg.css. */
const FONT_SIZE = 13
/** Of a character to the size of the font, in a wide font. */
const LATIN = 0.57

/** Whether a character is as wide as it is high. */
const WIDE = /[\u1100-\u115f\u2e80-\uffdc]/

/** How wide a text is about in its wider language, in units of the drawing. */
export function widthOf(text: Text): number {
  return FONT_SIZE * Math.max(...[english, chinese].map((words) => emsOf(inWords(text, words))))
}

function emsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 1 : LATIN), 0)
}

export function widest(texts: readonly Text[]): number {
  return Math.max(0, ...texts.map(widthOf))
}

/** Wider names stand over what they name. */
const WIDEST_BESIDE = 190

/** Room for names at the left, and whether they are too wide for it. */
export function nameColumn(names: readonly Text[]): { left: number; over: boolean } {
  const wanted = widest(names)
  return wanted > WIDEST_BESIDE ? { left: 12, over: true } : { left: Math.ceil(wanted) + 16, over: false }
}
