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

/**
 * Moves labels apart, as little as can be, in the order that they are in.
 * @param wanted where each would stand, in increasing order.
 * @param gap that they need at least.
 * @returns where each may stand, between low and high as far as there is room.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const blocks: Block[] = []
  for (const place of wanted) {
    let block: Block = { places: [place], start: Math.max(low, Math.min(place, high)) }
    for (let last = blocks.at(-1); last && endOf(last, gap) > block.start; last = blocks.at(-1)) {
      blocks.pop()
      block = blockOf([...last.places, ...block.places], gap, low, high)
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ places, start }) => places.map((_, i) => start + i * gap))
}

/** Labels that stand as close as they may. */
interface Block {
  /** Where they would stand. */
  places: number[]
  /** Where the first of them stands. */
  start: number
}

function blockOf(places: number[], gap: number, low: number, high: number): Block {
  const mean = places.reduce((sum, place, i) => sum + place - i * gap, 0) / places.length
  return { places, start: Math.max(low, Math.min(mean, high - (places.length - 1) * gap)) }
}

function endOf({ places, start }: Block, gap: number): number {
  return start + places.length * gap
}

/** Wider names stand over what they name. */
const WIDEST_BESIDE = 190

/** Room for names at the left, and whether they are too wide for it. */
export function nameColumn(names: readonly Text[]): { left: number; over: boolean } {
  const wanted = widest(names)
  return wanted > WIDEST_BESIDE ? { left: 12, over: true } : { left: Math.ceil(wanted) + 16, over: false }
}
