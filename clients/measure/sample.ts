import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'
import { PROBE } from './account.ts'

/** Subscribers whose events' parts are told apart. */
const SIZE = 10

/** Some subscribers, drawn by a seed; not the probe, where there are others. */
export function sampleOf(subscribers: number, seed: number): number[] {
  const random = mersenne(seed)
  const others = Array.from({ length: subscribers }, (_, i) => i).filter((i) => i !== PROBE)
  if (others.length === 0) return [PROBE]
  const size = Math.min(SIZE, others.length)
  // The first steps of a Fisher-Yates shuffle.
  for (let i = 0; i < size; i++) {
    const from = uniformInt(random, i, others.length - 1)
    ;[others[i], others[from]] = [others[from] as number, others[i] as number]
  }
  return others.slice(0, size).sort((a, b) => a - b)
}
