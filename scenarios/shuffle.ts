import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/**
 * Rounds of all cells, each in its own seeded random order, so that a slow minute of the machine hits all alike and
 * none always follows the same other.
 */
export function shuffledRounds<Cell>(
  cells: readonly Cell[],
  rounds: number,
  seed: number,
): (Cell & { trial: number })[] {
  const random = mersenne(seed)
  return Array.from({ length: rounds }, (_, i) => i + 1).flatMap((trial) => {
    const round = cells.map((cell) => ({ ...cell, trial }))
    // Fisher-Yates: from the end, each place takes one of those up to it, itself included.
    for (let i = round.length - 1; i > 0; i--) {
      const j = uniformInt(random, 0, i)
      ;[round[i], round[j]] = [round[j] as Cell & { trial: number }, round[i] as Cell & { trial: number }]
    }
    return round
  })
}
