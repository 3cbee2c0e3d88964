import type { Pen } from './canvas-dots.ts'
import type { LaneScene } from './lane-scene.ts'

/** Where everything of a picture stands, CSS pixels. */
export interface Layout {
  height: number
  feed: Box
  server: Box
  browser: Box
  /** Of the dots, everywhere. */
  middle: number
  /** Between neighbours. */
  gap: number
  /** Of a dot with the largest number there is, and of a pill with two. */
  dot: number
  pill: number
  /** The place of a share of the wire: 0 at the server, 1 at the browser. */
  at(place: number): number
}

/** The way between: a line; a full tube while a stream is open, a hollow one while the server holds a request. */
export function drawWire(
  pen: Pen,
  { openStreams, heldRequests, tubes, network, server, lost }: LaneScene,
  layout: Layout,
): void {
  const { context, colors, em, words } = pen
  const { left, right, top, height } = wireOf(layout)
  const { middle } = layout
  const isBroken = network === 'cut' || server === 'down'
  context.setLineDash([])
  if (!isBroken && tubes.length > 0) {
    drawTubes(pen, tubes, layout)
    return
  }
  if (!isBroken && (openStreams > 0 || heldRequests > 0)) {
    context.beginPath()
    context.roundRect(left, top, right - left, height, em * 0.4)
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

/** Between server and browser, a little lower than they are. */
function wireOf({ server, browser, height }: Layout) {
  return { left: server.right - 1, right: browser.left + 1, top: height * 0.06, height: height * 0.88 }
}

/** A thin tube for each tab, one above the other; dashed, and with a word, for each that has no stream. */
function drawTubes(pen: Pen, tubes: readonly boolean[], layout: Layout): void {
  const { context, colors, em, fontFamily } = pen
  const { waits } = pen.words
  const { left, right, top, height } = wireOf(layout)
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

/** Where a box of the picture stands, and where its name: above what is in it, or before or behind that. */
export interface Box {
  left: number
  right: number
  name: string
  nameAt: 'top' | 'middle' | 'left' | 'right'
}

/** A box with its name; struck while what it stands for is gone. */
export function drawBox(
  { context, colors, em }: Pen,
  { left, right, name, nameAt }: Box,
  height: number,
  isDown = false,
): void {
  const [top, bottom] = [Math.max(1, height * 0.04), Math.min(height - 1, height * 0.96)]
  context.setLineDash([])
  context.strokeStyle = isDown ? colors.bad : colors.ink
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  context.roundRect(left + 1, top, right - left - 2, bottom - top, em * 0.25)
  context.fillStyle = colors.ground
  context.fill()
  context.stroke()
  if (isDown) {
    context.lineWidth = Math.max(3, em / 6)
    context.beginPath()
    context.moveTo(left + 1, top)
    context.lineTo(right - 1, bottom)
    context.moveTo(right - 1, top)
    context.lineTo(left + 1, bottom)
    context.stroke()
  }
  const x = {
    left: left + em * 0.4,
    right: right - em * 0.4,
    top: (left + right) / 2,
    middle: (left + right) / 2,
  }
  context.fillStyle = isDown ? colors.bad : colors.quiet
  context.textAlign = nameAt === 'left' || nameAt === 'right' ? nameAt : 'center'
  context.fillText(name, x[nameAt], nameAt === 'top' ? top + em * 0.72 : height / 2)
}

/** An arrow with what it says on it, near its head; nothing where it has no way yet. */
export function drawArrow(
  { context, em, colors, fontFamily }: Pen,
  from: number,
  to: number,
  y: number,
  color: string,
  word: string,
  letters: number,
): void {
  if (Math.abs(to - from) < 1) return
  const side = Math.sign(from - to)
  const back = side * em * 0.42
  context.strokeStyle = color
  context.fillStyle = color
  context.lineWidth = Math.max(2, em / 8)
  context.setLineDash([])
  context.beginPath()
  context.moveTo(from, y)
  context.lineTo(to + back, y)
  context.stroke()
  context.beginPath()
  context.moveTo(to, y)
  context.lineTo(to + back, y - em * 0.24)
  context.lineTo(to + back, y + em * 0.24)
  context.fill()
  if (!word) return
  context.save()
  context.font = `600 ${letters}px ${fontFamily}`
  const wide = context.measureText(word).width + letters * 0.7
  const x = to + back + side * (wide / 2 + em * 0.3)
  if (Math.abs(from - to) > wide + em) {
    // What is over fades, but its word stays legible.
    context.globalAlpha = 1
    context.beginPath()
    context.roundRect(x - wide / 2, y - letters * 0.58, wide, letters * 1.16, letters * 0.2)
    context.fillStyle = colors.ground
    context.fill()
    context.lineWidth = Math.max(1, em / 16)
    context.stroke()
    context.fillStyle = colors.ink
    context.textAlign = 'center'
    context.fillText(word, x, y + letters * 0.05)
  }
  context.restore()
}
