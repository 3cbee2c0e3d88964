import type { Page } from 'playwright-core'

/** How large walls are: a projector, a laptop or a projector at 150 %, and an old projector. */
export const wallSizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
] as const

/** What must be on the screen without scrolling, whatever else there is. */
const NEEDED = [
  ...[
    'h1',
    '.steps .current .what',
    '.steps .current .row > button',
    '.lane canvas',
    '.lane .big',
    '.signs li',
  ],
  ...[
    '.stage-controls button',
    '.stage-controls input',
    '.stage-controls select',
    '.charts .caption',
    '.answer p',
    '.votes .share',
  ],
  ...['.numbers td', '.explanation p', '.tools button'],
].join()

/**
 * What is out of sight on a page, cut, or over something else, in words; nothing where all is well.
 * @param needed what has to be in sight; of a page that scrolls, nothing has to be.
 */
export function misfits(page: Page, needed: string = NEEDED): Promise<string[]> {
  return page.evaluate(async (needed) => {
    // What changes with the size of the window does so before the frame after the next one.
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve))
    const faults: string[] = []
    const name = (element: Element) =>
      `${element.className || element.tagName} “${element.textContent?.trim().slice(0, 40)}”`
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true })
    }
    /** What of a box can be seen within all that scrolls around an element. */
    const clip = (
      element: Element,
      { left, right, top, bottom }: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>,
    ) => {
      const seen = { left, right, top, bottom }
      for (
        let around: Element | null = element;
        around && around !== document.body;
        around = around.parentElement
      ) {
        const { overflowX, overflowY, clipPath } = getComputedStyle(around)
        if (clipPath !== 'none') return undefined
        if (overflowX === 'visible' && overflowY === 'visible') continue
        const box = around.getBoundingClientRect()
        Object.assign(seen, { left: Math.max(seen.left, box.left), right: Math.min(seen.right, box.right) })
        Object.assign(seen, { top: Math.max(seen.top, box.top), bottom: Math.min(seen.bottom, box.bottom) })
      }
      return seen.right - seen.left > 2 && seen.bottom - seen.top > 2 ? seen : undefined
    }
    for (const element of document.querySelectorAll(needed)) {
      if (!isSeen(element)) continue
      const { top, left, bottom, right } = element.getBoundingClientRect()
      if (top < -1 || left < -1 || bottom > innerHeight + 1 || right > innerWidth + 1)
        faults.push(`beyond the window: ${name(element)}`)
      for (
        let around = element.parentElement;
        around && around !== document.body;
        around = around.parentElement
      ) {
        if (getComputedStyle(around).overflowY === 'visible') continue
        const box = around.getBoundingClientRect()
        if (top < box.top - 2 || bottom > box.bottom + 2 || left < box.left - 2 || right > box.right + 2)
          faults.push(`out of sight within ${around.className}: ${name(element)}`)
      }
    }
    const texts: { element: Element; left: number; right: number; top: number; bottom: number }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      if (!element || !walker.currentNode.textContent?.trim() || !isSeen(element)) continue
      // What is folded has a box all the same.
      if (element.matches('details:not([open])')) continue
      if (element.closest('.unseen, option, script, style, dt, .stage-spoken, .stage-told, .stage-say'))
        continue
      const { overflowX, textOverflow } = getComputedStyle(element)
      if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
        faults.push(`cut${textOverflow === 'ellipsis' ? ' by an ellipsis' : ''}: ${name(element)}`)
      const range = document.createRange()
      range.selectNodeContents(walker.currentNode)
      for (const { left, right, top, bottom } of range.getClientRects()) {
        // Of a line only what letters fill: lines may be closer than their boxes are high.
        const spare = (bottom - top) * 0.25
        const seen = clip(element, { left, right, top: top + spare, bottom: bottom - spare })
        if (seen) texts.push({ element, ...seen })
      }
    }
    texts.forEach((one, i) => {
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
        if (across > 2 && down > 2)
          faults.push(`over each other: ${name(one.element)} and ${name(other.element)}`)
      }
    })
    return [...new Set(faults)]
  }, needed)
}
