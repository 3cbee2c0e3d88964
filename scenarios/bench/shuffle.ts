import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/**
 * Rounds, each with one trial of every cell that has trials left, shuffled by the seed. Cells of one round are
 * neighbours in time, so that a slow minute of the machine hits all alike and differences within a round can be paired;
 * the shuffle keeps any one from always following the same other.
 *
 * @param trials of every cell, or of each.
 */
export function shuffledRounds<Cell>(
  cells: readonly Cell[],
  trials: number | ((cell: Cell) => number),
  seed: number,
): (Cell & { trial: number })[] {
  const trialsOf = typeof trials === 'number' ? () => trials : trials
  const random = mersenne(seed)
  const rounds = Math.max(0, ...cells.map(trialsOf))
  return Array.from({ length: rounds }, (_, i) => i + 1).flatMap((trial) => {
    const round = cells.filter((cell) => trialsOf(cell) >= trial).map((cell) => ({ ...cell, trial }))
    // Fisher-Yates: from the end, each place takes one of those up to it, itself included.
    for (let i = round.length - 1; i > 0; i--) {
      const j = uniformInt(random, 0, i)
      ;[round[i], round[j]] = [round[j] as Cell & { trial: number }, round[i] as Cell & { trial: number }]
    }
    return round
  })
}
