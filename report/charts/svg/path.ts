/**
 * Writes path data as short as it can: relative where that is shorter, no letter twice, no zero or space that can be
 * left out. Every position is rounded by itself, so that rounding does not add up along a path.
 */
export class Path {
  readonly #scale: number
  #data = ''
  /** The command that further numbers would belong to. */
  #command = ''
  /** Where the pen is, in the smallest units that are written; NaN where it is not known. */
  #x = Number.NaN
  #y = Number.NaN

  /** @param decimals of the positions. */
  constructor(decimals = 0) {
    this.#scale = 10 ** decimals
  }

  get data(): string {
    return this.#data
  }

  move(x: number, y: number): this {
    const [toX, toY] = [this.#units(x), this.#units(y)]
    if (toX === this.#x && toY === this.#y) return this
    const relative = `m${this.#numbers(toX - this.#x, toY - this.#y)}`
    const absolute = `M${this.#numbers(toX, toY)}`
    this.#data += Number.isNaN(this.#x) || relative.length >= absolute.length ? absolute : relative
    this.#command = ''
    this.#at(toX, toY)
    return this
  }

  line(x: number, y: number): this {
    const [toX, toY] = [this.#units(x), this.#units(y)]
    if (toY === this.#y) this.#write(['h', toX - this.#x], ['H', toX])
    else if (toX === this.#x) this.#write(['v', toY - this.#y], ['V', toY])
    else this.#write(['l', toX - this.#x, toY - this.#y], ['L', toX, toY])
    this.#at(toX, toY)
    return this
  }

  /** A line from one place to another. */
  segment(x1: number, y1: number, x2: number, y2: number): this {
    return this.move(x1, y1).line(x2, y2)
  }

  /** A shape that is written relative to where it begins. */
  stamp(x: number, y: number, shape: string): this {
    this.move(x, y)
    this.#data += shape
    this.#command = ''
    // A closed shape ends where it began.
    if (!shape.endsWith('z')) this.#at(Number.NaN, Number.NaN)
    return this
  }

  #write(...ways: [string, ...number[]][]): void {
    const written = ways.map(([command, ...numbers]) => ({
      command,
      text: command === this.#command ? this.#appended(numbers) : command + this.#numbers(...numbers),
    }))
    const shortest = written.reduce((best, way) => (way.text.length < best.text.length ? way : best))
    this.#data += shortest.text
    this.#command = shortest.command
  }

  #appended(numbers: number[]): string {
    const text = this.#numbers(...numbers)
    return text.startsWith('-') ? text : ` ${text}`
  }

  #numbers(...units: number[]): string {
    return units
      .map((unit) => short(unit / this.#scale))
      .reduce((all, text) => all + (text.startsWith('-') ? '' : ' ') + text)
  }

  #units(value: number): number {
    return Math.round(value * this.#scale)
  }

  #at(x: number, y: number): void {
    this.#x = x
    this.#y = y
  }
}

/** A number without a zero before its point. */
export function short(value: number): string {
  return String(value).replace(/^(-?)0\./, '$1.')
}
