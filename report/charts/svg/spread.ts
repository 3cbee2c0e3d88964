/**
 * How high the name of each line stands: next to where it ends, as near as its neighbours let it.
 * @param ends how high each line ends.
 * @param gap that names need at least.
 */
export function besideEnds(
  ends: readonly number[],
  gap: number,
  { top, bottom }: { top: number; bottom: number },
): number[] {
  const order = [...ends.entries()].sort(([i, a], [k, b]) => a - b || i - k)
  const rows = spread(
    order.map(([, end]) => end),
    gap,
    top,
    bottom,
  )
  const places: number[] = []
  for (const [row, [i]] of order.entries()) places[i] = rows[row] as number
  return places
}

/**
 * Moves labels apart, as little as can be, in the order that they are in.
 * @param wanted where each would stand, in increasing order.
 * @param gap that they need at least.
 * @returns where each may stand, between low and high as far as there is room.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const blocks: Block[] = []
  for (const place of wanted) {
    let block: Block = { places: [place], start: Math.max(low, Math.min(place, high)) }
    for (let last = blocks.at(-1); last && endOf(last, gap) > block.start; last = blocks.at(-1)) {
      blocks.pop()
      block = blockOf([...last.places, ...block.places], gap, low, high)
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ places, start }) => places.map((_, i) => start + i * gap))
}

/** Labels that stand as close as they may. */
interface Block {
  /** Where they would stand. */
  places: number[]
  /** Where the first of them stands. */
  start: number
}

function blockOf(places: number[], gap: number, low: number, high: number): Block {
  const mean = places.reduce((sum, place, i) => sum + place - i * gap, 0) / places.length
  return { places, start: Math.max(low, Math.min(mean, high - (places.length - 1) * gap)) }
}

function endOf({ places, start }: Block, gap: number): number {
  return start + places.length * gap
}
