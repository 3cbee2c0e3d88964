import type { Advice } from './protocol.ts'

/** Fewer votes than this advise nothing. */
const LEAST_VOTES = 3

/** What became of a vote. `counted` also when it had been counted before. */
export type VoteOutcome =
  | { outcome: 'counted'; option: number; isNew: boolean }
  | { outcome: 'closed' }
  | { outcome: 'no-such-option' }

interface Box {
  options: number
  isOpen: boolean
  /** Option by token. */
  votes: Map<string, number>
}

/**
 * The ballot boxes of a room. A student's token has one vote in each ballot: said again, it is the same vote, and it
 * stays what it was first. Another round is another ballot.
 */
export class Votes {
  readonly #boxes = new Map<string, Box>()

  /** Opens a ballot with so many options; one that has had votes keeps them. */
  open(ballot: string, options: number): void {
    const box = this.#boxes.get(ballot)
    if (box) box.isOpen = true
    else this.#boxes.set(ballot, { options, isOpen: true, votes: new Map() })
  }

  close(ballot: string): void {
    const box = this.#boxes.get(ballot)
    if (box) box.isOpen = false
  }

  has(ballot: string): boolean {
    return this.#boxes.has(ballot)
  }

  isOpen(ballot: string): boolean {
    return this.#boxes.get(ballot)?.isOpen ?? false
  }

  /** Counts a vote. A student who has voted before is told what counts, also when the ballot is closed by now. */
  vote(token: string, ballot: string, option: number): VoteOutcome {
    const box = this.#boxes.get(ballot)
    const before = box?.votes.get(token)
    if (before !== undefined) return { outcome: 'counted', option: before, isNew: false }
    if (!box?.isOpen) return { outcome: 'closed' }
    if (!Number.isInteger(option) || option < 0 || option >= box.options) return { outcome: 'no-such-option' }
    box.votes.set(token, option)
    return { outcome: 'counted', option, isNew: true }
  }

  /** The option that counts for a token. */
  of(token: string, ballot: string): number | undefined {
    return this.#boxes.get(ballot)?.votes.get(token)
  }

  /** Tokens that have voted in a ballot. */
  voters(ballot: string): string[] {
    return [...(this.#boxes.get(ballot)?.votes.keys() ?? [])]
  }

  /** Votes for each option; empty where there is no such ballot. */
  counts(ballot: string): number[] {
    const box = this.#boxes.get(ballot)
    const counts = new Array<number>(box?.options ?? 0).fill(0)
    for (const option of box?.votes.values() ?? []) counts[option] = (counts[option] as number) + 1
    return counts
  }

  /** All ballots with their votes, to be kept. */
  entries(): { id: string; votes: [token: string, option: number][] }[] {
    return [...this.#boxes].map(([id, { votes }]) => ({ id, votes: [...votes] }))
  }

  /** Puts a kept ballot back, closed. */
  put(id: string, options: number, votes: Iterable<readonly [token: string, option: number]>): void {
    this.#boxes.set(id, { options, isOpen: false, votes: new Map(votes) })
  }
}

/**
 * What to do next, by the share of right votes: below 35 % explain it once more, from 35 to 70 % let neighbours discuss
 * and vote again, above that go on (Crouch and Mazur 2001, "Peer Instruction: Ten years of experience and results").
 */
export function adviceFor(rightVotes: number, votes: number): Advice {
  if (votes < LEAST_VOTES) return 'too-few-votes'
  // Whole numbers, for 7 of 20 are 35 % and nothing less.
  if (rightVotes * 100 < votes * 35) return 're-teach'
  return rightVotes * 100 <= votes * 70 ? 'discuss-and-revote' : 'move-on'
}
