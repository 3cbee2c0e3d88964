import {
  drawDot,
  drawLostDot,
  nameOfPiece,
  type Pen,
  type Piece,
  piecesOf,
  widthOfDot,
} from './canvas-dots.ts'
import { type Box, drawArrow, drawBox, drawWire, type Layout } from './canvas-things.ts'
import type { LaneScene } from './lane-scene.ts'

/**
 * Draws the picture of a lane: feed and server left, the browser right, and what is between them.
 * @param pen its context is scaled so that a unit is a CSS pixel.
 */
export function drawLane(pen: Pen, scene: LaneScene, width: number, height: number): void {
  const { context, em } = pen
  context.clearRect(0, 0, width, height)
  context.font = `600 ${em}px ${pen.fontFamily}`
  context.textBaseline = 'middle'
  const layout = layOut(pen, scene, width, height)
  const { feed, server, browser, at } = layout
  const isDown = scene.server === 'down'

  drawWire(pen, scene, layout)
  joinFeed(pen, layout)
  drawBox(pen, feed, height)
  drawBox(pen, server, height, isDown)
  drawBox(pen, browser, height)
  drawArrows(pen, scene, layout)
  if (scene.proxy) drawProxy(pen, scene.between, layout)
  else
    drawTogether(
      pen,
      scene.between.map((seq) => ({ seq, x: at(0.5) })),
      layout,
    )

  drawWaiting(pen, scene.waiting, layout)
  drawLost(pen, scene.lost, layout, scene.network === 'cut' || isDown)
  drawTogether(
    pen,
    scene.flying.map(({ seq, place }) => ({ seq, x: at(place) })),
    layout,
  )
  drawArrived(pen, scene.arrived, layout)
}

function layOut({ context, em, words }: Pen, scene: LaneScene, width: number, height: number): Layout {
  const isNarrow = width < 26 * em
  const isTall = isNarrow || height >= em * 3
  const gap = em * 0.2
  const latest = Math.max(
    1,
    scene.arrived.at(-1)?.seq ?? 0,
    scene.waiting.at(-1) ?? 0,
    scene.lost.at(-1) ?? 0,
  )
  const dot = widthOfDot(String(latest), em)
  const pill = widthOfDot(`${latest}–${latest}`, em)
  const wordWidth = (word: string) => context.measureText(word).width + em * 0.8
  /** A box for so much beside its name, or below it. */
  const boxWidth = (word: string, inner: number) =>
    isTall ? Math.max(wordWidth(word), inner + gap * 3) : wordWidth(word) + inner + gap * 2
  const feedRight = boxWidth(words.feed, isNarrow ? pill : Math.max(pill, 2 * dot + gap))
  const serverLeft = feedRight + em * 0.4
  const serverRight = serverLeft + wordWidth(words.server)
  const left = width - serverRight
  const wanted = Math.min(left * 0.55, boxWidth(words.browser, 12 * (dot + gap)))
  const browserLeft = width - Math.max(wanted, boxWidth(words.browser, dot))
  return {
    feed: { left: 0, right: feedRight, name: words.feed, nameAt: isTall ? 'top' : 'left' },
    server: { left: serverLeft, right: serverRight, name: words.server, nameAt: 'middle' },
    browser: { left: browserLeft, right: width, name: words.browser, nameAt: isTall ? 'top' : 'right' },
    middle: isTall ? Math.max(em * 1.98, height * 0.56) : height / 2,
    ...{ height, gap, dot, pill },
    at: (place) => serverRight + place * (browserLeft - serverRight),
  }
}

/** The feed hands its events to the server. */
function joinFeed({ context, colors, em }: Pen, { feed, server, middle }: Layout): void {
  context.setLineDash([])
  context.strokeStyle = colors.ink
  context.lineWidth = Math.max(1.5, em / 14)
  context.beginPath()
  context.moveTo(feed.right - 1, middle)
  context.lineTo(server.left + 1, middle)
  context.stroke()
}

/** The oldest stands nearest to the server; those that do not fit are one pill. */
function drawWaiting(pen: Pen, waiting: number[], { feed, middle, gap, dot }: Layout): void {
  const room = feed.right - gap - (feed.nameAt === 'left' ? wordEnd(pen, feed) : feed.left + gap)
  const fits = waiting.length * (dot + gap) <= room + gap
  const pieces = fits ? waiting.map((seq) => ({ from: seq, to: seq })) : [ends(waiting)]
  let right = feed.right - gap * 1.5
  for (const piece of pieces) {
    const name = nameOfPiece(piece)
    const wide = widthOfDot(name, pen.em)
    drawDot(pen, 'waiting', name, right - wide / 2, middle)
    right -= wide + gap
  }
}

function wordEnd({ context, em }: Pen, { left, name }: Box): number {
  return left + em * 0.5 + context.measureText(name).width
}

function ends(seqs: readonly number[]): Piece {
  return { from: seqs[0] ?? 0, to: seqs.at(-1) ?? 0 }
}

/** What arrived, the newest nearest to the wire; fewer where the name stands behind them. */
function drawArrived(pen: Pen, arrived: LaneScene['arrived'], { browser, middle, gap, dot }: Layout): void {
  const name = browser.nameAt === 'right' ? pen.context.measureText(browser.name).width + pen.em * 0.6 : 0
  const queue = Math.max(1, Math.floor((browser.right - browser.left - gap * 2 - name) / (dot + gap)))
  arrived
    .slice(-queue)
    .reverse()
    .forEach(({ seq, isFresh }, i) => {
      const x = browser.left + gap * 1.5 + i * (dot + gap) + dot / 2
      drawDot(pen, isFresh ? 'fresh' : 'arrived', String(seq), x, middle)
    })
}

/** Events on the wire: those that would lie over each other are one pill, where the first of them is. */
function drawTogether(pen: Pen, dots: readonly { seq: number; x: number }[], { middle, dot }: Layout): void {
  const groups: { seqs: number[]; x: number }[] = []
  for (const { seq, x } of dots) {
    const last = groups.at(-1)
    const isNear = last && Math.abs(last.x - x) < (widthOfDot(nameOfPiece(ends(last.seqs)), pen.em) + dot) / 2
    if (isNear && seq === (last.seqs.at(-1) ?? 0) + 1) last.seqs.push(seq)
    else groups.push({ seqs: [seq], x })
  }
  for (const { seqs, x } of groups) drawDot(pen, 'flying', nameOfPiece(ends(seqs)), x, middle)
}

/** All that never came, in as few pieces as they are, from the browser's side on; before those that do not fit, their number. */
function drawLost(pen: Pen, lost: number[], { at, middle, gap }: Layout, isBroken: boolean): void {
  let right = at(1) - gap * 2
  const left = at(isBroken ? 0.6 : 0.1)
  for (const piece of piecesOf(lost).reverse()) {
    const name = nameOfPiece(piece)
    const wide = widthOfDot(name, pen.em)
    if (right - wide < left) return
    drawLostDot(pen, name, right - wide / 2, middle)
    right -= wide + gap
  }
}

/** Requests point to the left, above; answers to the right, below: as they follow each other. */
function drawArrows(
  pen: Pen,
  { asks, answers, heldRequests, flying, between }: LaneScene,
  { at, middle, height }: Layout,
): void {
  const { context, em, colors, words } = pen
  // With the frame around them they fit above the middle, and below it.
  const letters = Math.min(em, height * 0.4)
  const [above, below] = [height * 0.25, height * 0.76]
  const waits = heldRequests > 0 && asks.every(({ isOver }) => isOver)
  const shown = waits ? [{ head: 0, isOver: false, isFailed: false }] : asks
  shown.forEach(({ head, isOver, isFailed }, i) => {
    context.globalAlpha = isOver ? 0.6 : 1
    // The words of two would lie over each other.
    const word = i === shown.length - 1 ? words.ask : ''
    drawArrow(pen, at(1), at(head), above, isFailed ? colors.bad : colors.ink, word, letters)
  })
  // What an answer carries says more than its status, where there is no room for both.
  const hasRoom = height >= em * 3 || flying.length + between.length === 0
  answers.forEach(({ head, isOver, isEmpty }, i) => {
    context.globalAlpha = isOver ? 0.6 : 1
    const word = hasRoom && i === answers.length - 1 ? words.answer : ''
    drawArrow(pen, at(0), at(head), below, colors.hue, word, letters)
    context.globalAlpha = 1
    if (isEmpty) drawDot(pen, 'empty', '', at(head) - Math.sign(head - 0.5) * em * 0.7, middle)
  })
  context.globalAlpha = 1
}

/** What stands between, with its name and what it holds back. */
function drawProxy(pen: Pen, held: number[], { at, middle, height, gap, pill }: Layout): void {
  const name = pen.words.proxy
  const isTall = height >= pen.em * 3
  const word = pen.context.measureText(name).width + pen.em * 0.8
  const wide = isTall ? Math.max(word, pill + gap * 2) : word + pill
  const [left, right] = [at(0.5) - wide / 2, at(0.5) + wide / 2]
  drawBox(pen, { left, right, name, nameAt: isTall ? 'top' : 'left' }, height)
  if (held.length === 0) return
  const x = isTall ? at(0.5) : right - gap - widthOfDot(nameOfPiece(ends(held)), pen.em) / 2
  drawDot(pen, 'flying', nameOfPiece(ends(held)), x, middle)
}
