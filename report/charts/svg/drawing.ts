import { type Html, html } from '../../html.ts'
import type { Text } from '../../words/say.ts'
import type { Path } from './path.ts'

/** Width of every drawing; its texts are 13 high, see svg.css. */
export const WIDTH = 640
/** From the middle of a line of text down to where its letters stand. */
export const BASELINE = 4.5

/**
 * A drawing on its white plate, which is white in the dark too: the hues are made for white.
 * @param id where the drawing is shown a second time.
 */
export function drawing(
  question: Text,
  height: number,
  content: readonly (Html | undefined)[],
  id?: string,
): Html {
  return html`<svg${id !== undefined && html` id="${id}"`} class="drawing" viewBox="0 0 ${WIDTH} ${Math.ceil(height)}" role="img" aria-label="${question}"><path fill="#fff" d="M0 0h${WIDTH}v${Math.ceil(height)}H0z"/>${content.filter((part) => part !== undefined)}</svg>`
}

/** A path of a class of svg.css; nothing where nothing is drawn. */
export function drawn(look: string, { data }: Path): Html {
  return data === '' ? html`` : html`<path class="${look}" d="${data}"/>`
}

export interface Label {
  x: number
  y: number
  text: Text
}

export function label({ x, y, text }: Label): Html {
  return html`<text x="${Math.round(x)}" y="${Math.round(y)}">${text}</text>`
}

/** @param look a class of svg.css. */
export function labels(
  all: readonly Label[],
  { anchor = '', look = '' }: { anchor?: '' | 'middle' | 'end'; look?: '' | 'quiet' } = {},
): Html {
  if (all.length === 0) return html``
  return html`<g${look && html` class="${look}"`}${anchor && html` text-anchor="${anchor}"`}>${all.map(label)}</g>`
}
