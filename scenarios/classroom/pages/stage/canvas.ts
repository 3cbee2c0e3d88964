import { drawDot, drawLostDot, type Pen, widthOfDot } from './canvas-dots.ts'
import { type CanvasWords, drawBrowser, drawDock, drawProxy, drawServer, drawWire } from './canvas-things.ts'
import type { LaneScene } from './lane-scene.ts'

/**
 * Draws the picture of a lane: the server left, the browser right, and what is between them.
 * @param pen its context is scaled so that a unit is a CSS pixel.
 */
export function drawLane(
  pen: Pen,
  scene: LaneScene,
  width: number,
  height: number,
  words: CanvasWords,
): void {
  const { context, em } = pen
  context.clearRect(0, 0, width, height)
  context.font = `600 ${em}px ${pen.fontFamily}`
  context.textBaseline = 'middle'
  const middle = height / 2
  const gap = em * 0.2
  const isNarrow = width < 26 * em
  const box = isNarrow ? em * 1.7 : context.measureText(words.server).width + em * 1.3
  const widest = widthOfDot(Math.max(1, scene.arrived.at(-1)?.seq ?? 0, scene.waiting.at(-1) ?? 0), em)
  // There are words on the wire then.
  const isBroken = scene.network === 'cut' || scene.server === 'down'
  const queue = Math.min(12, Math.max(2, Math.floor((width * (isNarrow ? 0.42 : 0.3)) / (widest + gap))))
  const queueStart = width - queue * (widest + gap) - gap
  const places = isNarrow ? 1 : 3
  const wireStart = box + gap + places * (widest + gap) + (isNarrow ? 0 : em * 2)
  const wireEnd = queueStart - gap * 2
  const at = (place: number) => wireStart + place * (wireEnd - wireStart)

  drawDock(pen, box - em * 0.3, wireStart - gap, height)
  drawWire(pen, scene, wireStart - gap, wireEnd + gap, height, words)
  drawServer(pen, scene.server === 'down', box, height, isNarrow ? undefined : words.server)
  const room = (queue - Math.min(queue, scene.arrived.length)) * (widest + gap)
  drawBrowser(pen, wireEnd + gap, width, height, room, words.browser)
  drawArrows(pen, scene, at, height)
  if (scene.proxy) drawProxy(pen, at(0.5), height, words.proxy)

  drawWaiting(pen, scene.waiting, { left: box + gap, places, widest, gap, middle })
  const held = scene.between.slice(0, 2)
  held.forEach((seq, i) => {
    drawDot(pen, 'flying', seq, at(0.5) + (i - (held.length - 1) / 2) * (widest + gap), middle)
  })
  if (scene.between.length > 2) count(pen, `+${scene.between.length - 2}`, at(0.5) + widest + gap * 2, middle)
  drawLost(pen, scene.lost, at(0.93), middle, isNarrow || isBroken ? 1 : 3, widest + gap)
  for (const { seq, place } of scene.flying) drawDot(pen, 'flying', seq, at(place), middle)
  scene.arrived
    .slice(-queue)
    .reverse()
    .forEach(({ seq, isFresh }, i) => {
      drawDot(pen, isFresh ? 'fresh' : 'arrived', seq, queueStart + gap + (i + 0.5) * (widest + gap), middle)
    })
}

interface Waiting {
  left: number
  places: number
  widest: number
  gap: number
  middle: number
}

/** The oldest stands nearest to the wire; how many more there are is told. */
function drawWaiting(pen: Pen, waiting: number[], { left, places, widest, gap, middle }: Waiting): void {
  const shown = waiting.slice(0, places)
  shown.forEach((seq, i) => {
    drawDot(pen, 'waiting', seq, left + (places - i - 0.5) * (widest + gap), middle)
  })
  const more = waiting.length - shown.length
  if (more > 0) count(pen, `+${more}`, left + places * (widest + gap), middle)
}

function drawLost(
  pen: Pen,
  lost: number[],
  right: number,
  middle: number,
  most: number,
  pitch: number,
): void {
  lost
    .slice(-most)
    .reverse()
    .forEach((seq, i) => {
      drawLostDot(pen, seq, right - i * pitch, middle)
    })
}

/** Requests point to the left, below; answers to the right, above. */
function drawArrows(
  pen: Pen,
  { asks, answers }: LaneScene,
  at: (place: number) => number,
  height: number,
): void {
  const { context, em, colors } = pen
  const thick = Math.max(2, em / 8)
  for (const { head, isOver, isFailed } of asks) {
    context.globalAlpha = isOver ? 0.6 : 1
    arrow(pen, at(1), at(head), height * 0.76, thick, isFailed ? colors.bad : colors.ink)
  }
  for (const { head, isOver, isEmpty } of answers) {
    context.globalAlpha = isOver ? 0.6 : 1
    arrow(pen, at(0), at(head), height * 0.24, thick, colors.hue)
    context.globalAlpha = 1
    if (isEmpty) drawDot(pen, 'empty', undefined, at(head), height / 2)
  }
  context.globalAlpha = 1
}

function arrow(
  { context, em }: Pen,
  from: number,
  to: number,
  y: number,
  thick: number,
  color: string,
): void {
  if (Math.abs(to - from) < 1) return
  const back = Math.sign(from - to) * em * 0.42
  context.strokeStyle = color
  context.fillStyle = color
  context.lineWidth = thick
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
}

function count({ context, colors }: Pen, text: string, left: number, middle: number): void {
  context.fillStyle = colors.ink
  context.textAlign = 'left'
  context.fillText(text, left, middle)
}
