/**
 * Text that fills events up: words and numbers as messages have them, so that compressing an event saves about what
 * compressing real ones does, where one letter repeated would save nearly everything. Made once; each event gets
 * another part of it.
 */
const WORDS =
  'price volume bid ask open close high low change symbol order trade user message room status online offline ' +
  'updated created total count value level alert sensor humidity temperature pressure battery signal city street ' +
  'title author comment reply thanks please today tomorrow meeting score team goal minute player winner ticket'
const POOL_CHARACTERS = 1 << 20

let pool = ''

/** A piece of `length` ASCII characters, without any that JSON escapes; the same for the same seed. */
export function filler(seed: number, length: number): string {
  pool ||= makePool()
  const start = scramble(seed) % POOL_CHARACTERS
  let text = pool.slice(start, start + length)
  while (text.length < length) text += pool.slice(0, length - text.length)
  return text
}

function makePool(): string {
  const words = WORDS.split(' ')
  const parts: string[] = []
  let characters = 0
  for (let i = 1; characters < POOL_CHARACTERS; i++) {
    const draw = scramble(i)
    // Every fourth is a number.
    const part = draw % 4 === 0 ? String(draw % 100_000) : (words[(draw >>> 4) % words.length] as string)
    parts.push(part)
    characters += part.length + 1
  }
  return parts.join(' ').slice(0, POOL_CHARACTERS)
}

/** The finalizer of MurmurHash3 (Appleby 2011): neighbours get far apart. */
function scramble(value: number): number {
  let hash = Math.imul(value ^ (value / 2 ** 32), 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
