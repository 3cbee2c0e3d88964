/**
 * Lines at the end of a terminal's output that are drawn anew in their place. They keep to its width and height, and of the
 * terminal's own settings they change none: whatever ends the process, nothing is to be put back.
 */
export class Screen {
  readonly #stream: NodeJS.WriteStream
  #drawn: string[] = []

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  /** Some terminals know no size, and say 0. */
  get columns(): number {
    return this.#stream.columns || 80
  }

  get rows(): number {
    return this.#stream.rows || 24
  }

  draw(lines: readonly string[]): void {
    const { columns, rows } = this
    // One column and one row less: a full one makes some terminals go on with the next.
    const fitting = lines
      .slice(0, Math.max(1, rows - 1))
      .map((line) => line.slice(0, Math.max(1, columns - 1)))
    // A terminal that became narrower has folded the lines that were longer.
    const drawn = this.#drawn.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / columns)), 0)
    // In one piece, for else it would flicker. Were lines only written over, a terminal would still take them for folded.
    this.#stream.write(
      `${drawn > 0 ? `\x1b[${drawn}A` : ''}\r\x1b[J${fitting.map((line) => `${line}\n`).join('')}`,
    )
    this.#drawn = fitting
  }

  clear(): void {
    this.draw([])
  }
}
