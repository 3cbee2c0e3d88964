import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { CASES, type Case, ruleFor } from './oracle.ts'

export interface Round extends Case {
  /** From 1. With the seed it tells all of a round. */
  number: number
}

/** When in its phase a fault is planted, and in which trial: drawn anew where it came too early or too late. */
export interface Moment {
  /** 0 to 1, of how long a phase usually takes. */
  share: number
  /** Of a bench with two: 1 or 2. */
  trial: 1 | 2
  /** Draws what else is to be chosen, such as a file. */
  choice: number
}

type Random = ReturnType<typeof mersenne>

/**
 * Rounds by a seed: each fault in each process once before any comes twice, in shuffled order, each time in another command or phase
 * until all have been.
 */
export function drawRounds(seed: number, count: number): Round[] {
  const random = mersenne(seed)
  const meant = CASES.filter((one) => typeof ruleFor(one)?.is === 'object')
  const groups = Map.groupBy(meant, ({ command, fault, target }) =>
    target === 'main' && (command === 'server' || command === 'demo')
      ? `${fault} ${command}`
      : `${fault} ${target}`,
  )
  const decks = [...groups.values()].map((cases) => shuffled(cases, random))
  const rounds: Round[] = []
  for (let pass = 0; rounds.length < count; pass++) {
    for (const deck of shuffled(decks, random))
      rounds.push({ ...(deck[pass % deck.length] as Case), number: rounds.length + 1 })
  }
  return rounds.slice(0, count)
}

/** @param attempt from 1. */
export function drawMoment(seed: number, round: number, attempt: number): Moment {
  const random = mersenne(seed * 1_000_003 + round * 101 + attempt)
  return {
    share: uniformInt(random, 0, 1_000) / 1_000,
    trial: uniformInt(random, 1, 2) as 1 | 2,
    choice: uniformInt(random, 0, 2 ** 30),
  }
}

/** Fisher-Yates. */
function shuffled<One>(values: readonly One[], random: Random): One[] {
  const list = [...values]
  for (let i = list.length - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i)
    ;[list[i], list[j]] = [list[j] as One, list[i] as One]
  }
  return list
}
