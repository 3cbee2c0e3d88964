import { expect } from 'vitest'

/** Reads drawings back, for tests: from what is written, and not by the code that writes it. */

export interface Place {
  x: number
  y: number
}

const TOKEN = /[a-zA-Z]|-?(?:\d*\.\d+|\d+)/g
const NUMBERS: Record<string, number> = { m: 2, l: 2, h: 1, v: 1, z: 0 }

/** The subpaths of path data, each as its corners; knows the commands that Path writes, and no curves. */
export function subpathsOf(data: string): Place[][] {
  const tokens = data.match(TOKEN) ?? []
  const subpaths: Place[][] = []
  let [x, y, command, isClosed] = [0, 0, '', false]
  for (let i = 0; i < tokens.length; ) {
    if (/[a-zA-Z]/.test(tokens[i] as string)) command = tokens[i++] as string
    const lower = command.toLowerCase()
    const count = NUMBERS[lower]
    if (count === undefined) throw new Error(`This path has a ${command}: ${data}`)
    const numbers = tokens.slice(i, i + count).map(Number)
    i += count
    const isRelative = command === lower
    if (lower === 'z') {
      const start = subpaths.at(-1)?.[0] as Place
      ;[x, y] = [start.x, start.y]
      isClosed = true
      continue
    }
    const before = { x, y }
    const base = isRelative ? before : { x: 0, y: 0 }
    if (lower === 'h') x = base.x + (numbers[0] as number)
    else if (lower === 'v') y = base.y + (numbers[0] as number)
    else [x, y] = [base.x + (numbers[0] as number), base.y + (numbers[1] as number)]
    // What follows a closed subpath without a move begins where that began.
    if (isClosed && lower !== 'm') subpaths.push([before])
    isClosed = false
    if (lower === 'm') {
      subpaths.push([])
      // More numbers after a move are lines.
      command = isRelative ? 'l' : 'L'
    }
    subpaths.at(-1)?.push({ x, y })
  }
  return subpaths
}

/** The data of the paths of a class. */
export function pathsOf(svg: string, look: string): string[] {
  return [...svg.matchAll(new RegExp(`<path class="${look}" d="([^"]*)"`, 'g'))].map(
    ([, data]) => data as string,
  )
}

export interface Label extends Place {
  text: string
}

export function textsOf(svg: string): Label[] {
  return [...svg.matchAll(/<text x="(-?\d+)" y="(-?\d+)">([^<]*)<\/text>/g)].map(([, x, y, text]) => ({
    x: Number(x),
    y: Number(y),
    text: text as string,
  }))
}

/** What holds for every drawing. */
export function expectSound(svg: string): void {
  expect(svg).toMatch(/^<svg class="drawing" viewBox="0 0 640 \d+" role="img" aria-label="[^"]+">/)
  expect(svg).not.toMatch(/NaN|undefined|Infinity|null|\bstyle\b|<script|href|url\((?!#)|\d{7}/)
  for (const [, id] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(svg).toContain(`<pattern id="${id}"`)
  const open: string[] = []
  for (const [tag, end, name, attributes, empty] of svg.matchAll(/<(\/?)(\w+)([^<>]*?)(\/?)>/g)) {
    if (end) expect(open.pop(), tag).toBe(name)
    else if (!empty) open.push(name as string)
    expect(attributes, tag).toMatch(/^(?: [a-z-]+(?:[A-Z][a-z]+)?="[^"<]*")*$/)
    const names = [...(attributes as string).matchAll(/ ([\w-]+)=/g)].map(([, attribute]) => attribute)
    expect(new Set(names).size, tag).toBe(names.length)
  }
  expect(open).toEqual([])
  expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
}
