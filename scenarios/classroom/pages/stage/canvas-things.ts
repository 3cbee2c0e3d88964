import type { Pen } from './canvas-dots.ts'
import type { LaneScene } from './lane-scene.ts'

/** Words in the picture, in the page's language. */
export interface CanvasWords {
  cut: string
  down: string
  proxy: string
  server: string
  browser: string
  waits: string
}

/** The way between: a line; a full tube while a stream is open, a hollow one while the server holds a request. */
export function drawWire(
  pen: Pen,
  { openStreams, heldRequests, tubes, network, server, lost }: LaneScene,
  left: number,
  right: number,
  height: number,
  words: CanvasWords,
): void {
  const { context, colors, em } = pen
  const middle = height / 2
  const radius = height * 0.44
  const isBroken = network === 'cut' || server === 'down'
  context.setLineDash([])
  if (!isBroken && tubes.length > 0) {
    drawTubes(pen, tubes, left, right, middle - radius, radius * 2, words.waits)
    return
  }
  if (!isBroken && (openStreams > 0 || heldRequests > 0)) {
    context.beginPath()
    context.roundRect(left, middle - radius, right - left, radius * 2, em * 0.4)
    context.fillStyle = colors.tint
    if (openStreams > 0) context.fill()
    context.strokeStyle = colors.hue
    context.lineWidth = Math.max(1.5, em / 14)
    context.stroke()
    return
  }
  context.strokeStyle = isBroken ? colors.bad : colors.edge
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  if (!isBroken) {
    context.moveTo(left, middle)
    context.lineTo(right, middle)
    context.stroke()
    return
  }
  const text = network === 'cut' ? words.cut : words.down
  // What is lost stands at the right.
  const center = left + (right - left) * (lost.length > 0 ? 0.32 : 0.5)
  const reach = Math.min(context.measureText(text).width / 2 + em * 0.9, center - left)
  for (const [end, from, side] of [
    [left, center - reach, 1],
    [right, center + reach, -1],
  ] as const) {
    context.moveTo(end, middle)
    context.lineTo(from, middle)
    // Where it is torn.
    context.lineTo(from + side * em * 0.18, middle - em * 0.4)
    context.moveTo(from, middle)
    context.lineTo(from + side * em * 0.3, middle + em * 0.4)
  }
  context.stroke()
  context.fillStyle = colors.bad
  context.textAlign = 'center'
  context.fillText(text, center, middle, reach * 2)
}

/** A thin tube for each tab, one above the other; dashed, and with a word, for each that has no stream. */
function drawTubes(
  { context, colors, em, fontFamily }: Pen,
  tubes: readonly boolean[],
  left: number,
  right: number,
  top: number,
  height: number,
  waits: string,
): void {
  const pitch = height / tubes.length
  const thick = Math.max(2, pitch * 0.7)
  const topOf = (row: number) => top + row * pitch + (pitch - thick) / 2
  tubes.forEach((isOpen, row) => {
    context.setLineDash(isOpen ? [] : [em * 0.3, em * 0.25])
    context.beginPath()
    context.roundRect(left, topOf(row), right - left, thick, thick / 2)
    context.fillStyle = colors.tint
    if (isOpen) context.fill()
    context.strokeStyle = isOpen ? colors.hue : colors.ink
    context.lineWidth = Math.max(1, em / 18)
    context.stroke()
  })
  context.setLineDash([])
  const letters = Math.min(em, Math.max(em * 0.7, thick))
  context.save()
  context.font = `600 ${letters}px ${fontFamily}`
  context.textAlign = 'center'
  const width = context.measureText(waits).width + letters * 0.6
  // Beside where dots and arrows meet most. Neighbours share a word: rows may be lower than letters.
  const x = left + (right - left) * 0.72
  tubes.forEach((isOpen, row) => {
    if (isOpen || tubes[row - 1] === false) return
    const end = tubes.indexOf(true, row)
    const last = (end < 0 ? tubes.length : end) - 1
    const center = (topOf(row) + topOf(last) + thick) / 2
    // Of the lowest row there may be more letters than room.
    const y = Math.min(top + height - letters * 0.5, Math.max(top + letters * 0.5, center))
    context.fillStyle = colors.ground
    context.fillRect(x - width / 2, y - letters * 0.55, width, letters * 1.1)
    context.fillStyle = colors.ink
    context.fillText(waits, x, y)
  })
  context.restore()
}

/** A box with its name, or with the slots of a machine where that has no room; struck while its process is gone. */
export function drawServer(
  { context, colors, em }: Pen,
  isDown: boolean,
  width: number,
  height: number,
  name: string | undefined,
): void {
  const [top, bottom] = [height * 0.08, height * 0.92]
  context.setLineDash([])
  context.strokeStyle = isDown ? colors.bad : colors.ink
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  context.roundRect(1, top, width - em * 0.3, bottom - top, em * 0.2)
  for (const share of name === undefined ? [1 / 3, 2 / 3] : []) {
    const y = top + (bottom - top) * share
    context.moveTo(1, y)
    context.lineTo(1 + width - em * 0.3, y)
  }
  context.stroke()
  context.fillStyle = isDown ? colors.bad : colors.hue
  if (name !== undefined) {
    context.fillStyle = isDown ? colors.bad : colors.ink
    context.textAlign = 'center'
    context.fillText(name, (width - em * 0.3) / 2, height / 2)
  }
  for (const share of name === undefined ? [1 / 6, 3 / 6, 5 / 6] : []) {
    context.beginPath()
    context.arc(em * 0.38, top + (bottom - top) * share, em * 0.12, 0, Math.PI * 2)
    context.fill()
  }
  if (!isDown) return
  context.lineWidth = Math.max(3, em / 6)
  context.beginPath()
  context.moveTo(2, top)
  context.lineTo(width - em * 0.3, bottom)
  context.moveTo(width - em * 0.3, top)
  context.lineTo(2, bottom)
  context.stroke()
}

/** A window, in which what has arrived stands in a row; it has its name as long as there is room for that. */
export function drawBrowser(
  { context, colors, em }: Pen,
  left: number,
  right: number,
  height: number,
  room: number,
  name: string,
): void {
  context.setLineDash([])
  context.strokeStyle = colors.ink
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  context.roundRect(left, height * 0.04, right - left - 1, height * 0.92, em * 0.25)
  context.stroke()
  if (context.measureText(name).width + em * 0.8 > room) return
  context.fillStyle = colors.quiet
  context.textAlign = 'right'
  context.fillText(name, right - em * 0.4, height / 2)
}

/** What stands between and may hold bytes back. */
export function drawProxy({ context, colors, em }: Pen, x: number, height: number, word: string): void {
  const width = context.measureText(word).width + em * 0.8
  context.setLineDash([])
  context.beginPath()
  context.roundRect(x - width / 2, height * 0.04, width, height * 0.92, em * 0.15)
  context.fillStyle = colors.ground
  context.fill()
  context.strokeStyle = colors.ink
  context.lineWidth = Math.max(1.5, em / 14)
  context.stroke()
  context.fillStyle = colors.quiet
  context.textAlign = 'center'
  context.fillText(word, x, height / 2)
}

/** Where events wait that the server has and has not sent. */
export function drawDock({ context, colors, em }: Pen, left: number, right: number, height: number): void {
  context.setLineDash([em * 0.08, em * 0.24])
  context.strokeStyle = colors.edge
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  context.moveTo(left, height / 2)
  context.lineTo(right, height / 2)
  context.stroke()
  context.setLineDash([])
}
