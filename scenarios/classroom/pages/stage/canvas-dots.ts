import type { LaneColors } from './canvas-colors.ts'

/** What a lane is drawn with. */
export interface Pen {
  context: CanvasRenderingContext2D
  colors: LaneColors
  /** Height of letters, CSS pixels; all sizes follow it. */
  em: number
  fontFamily: string
  /** In the page's language. */
  words: CanvasWords
}

/** Words in the picture; `ask` and `answer` are the method of the technique's requests and the status of its answers. */
type CanvasWords = Record<
  'cut' | 'down' | 'proxy' | 'feed' | 'server' | 'browser' | 'waits' | 'ask' | 'answer',
  string
>

/** waiting: at the server, an outline; flying and fresh: full; arrived: an outline in a box; empty: crossed, no number. */
export type DotLook = 'waiting' | 'flying' | 'fresh' | 'arrived' | 'empty'

const HEIGHT_EMS = 1.4

/** Events one after the other that are drawn as one thing: a dot, or a pill `10–14` where there are several. */
export interface Piece {
  from: number
  to: number
}

/** Numbers in order, those that follow each other together. */
export function piecesOf(seqs: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  for (const seq of seqs) {
    const last = pieces.at(-1)
    if (last && seq === last.to + 1) last.to = seq
    else pieces.push({ from: seq, to: seq })
  }
  return pieces
}

export function nameOfPiece({ from, to }: Piece): string {
  return from === to ? String(from) : `${from}–${to}`
}

/** A dot grows to a pill with its digits. */
export function widthOfDot(name: string, em: number): number {
  return Math.max(HEIGHT_EMS, name.length * 0.7 + 0.5) * em
}

/** Draws an event around its middle. */
export function drawDot(
  { context, colors, em }: Pen,
  look: DotLook,
  name: string,
  x: number,
  y: number,
): void {
  const width = look === 'empty' ? HEIGHT_EMS * 0.8 * em : widthOfDot(name, em)
  const height = look === 'empty' ? width : HEIGHT_EMS * em
  const isFull = look === 'flying' || look === 'fresh'
  const line = Math.max(1.5, em / (look === 'waiting' ? 9 : 14))
  context.beginPath()
  context.roundRect(
    x - width / 2 + line / 2,
    y - height / 2 + line / 2,
    width - line,
    height - line,
    height / 2,
  )
  context.fillStyle = isFull ? colors.hue : colors.ground
  context.fill()
  context.setLineDash([])
  context.strokeStyle = look === 'empty' ? colors.ink : colors.hue
  context.lineWidth = line
  context.stroke()
  if (look === 'empty') {
    const reach = width * 0.3
    context.beginPath()
    context.moveTo(x - reach, y - reach)
    context.lineTo(x + reach, y + reach)
    context.moveTo(x + reach, y - reach)
    context.lineTo(x - reach, y + reach)
    context.stroke()
    return
  }
  context.fillStyle = isFull ? colors.onHue : colors.ink
  context.textAlign = 'center'
  context.fillText(name, x, y + em * 0.06)
}

/** Events that never came: dashed all around and broken across. */
export function drawLostDot({ context, colors, em }: Pen, name: string, x: number, y: number): void {
  const width = widthOfDot(name, em)
  const height = HEIGHT_EMS * em
  context.beginPath()
  context.roundRect(x - width / 2 + 1, y - height / 2 + 1, width - 2, height - 2, height / 2)
  context.fillStyle = colors.ground
  context.fill()
  context.strokeStyle = colors.bad
  context.lineWidth = Math.max(2, em / 9)
  context.setLineDash([em * 0.28, em * 0.2])
  context.stroke()
  context.setLineDash([])
  context.fillStyle = colors.bad
  context.textAlign = 'center'
  context.fillText(name, x, y + em * 0.06)
  context.lineWidth = Math.max(1.5, em / 12)
  context.beginPath()
  // Above and below, so that the number can be read.
  for (const side of [-1, 1]) {
    const y0 = y + side * height * 0.66
    context.moveTo(x - side * width * 0.26, y0)
    context.lineTo(x - side * width * 0.06, y + side * height * 0.5)
    context.lineTo(x - side * width * 0.18, y + side * height * 0.42)
  }
  context.stroke()
}
