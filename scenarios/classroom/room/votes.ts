import type { Advice } from './protocol.ts'

/** Fewer votes than this advise nothing. */
const LEAST_VOTES = 3
/** Fewer votes than this are a table of neighbours, wherever they come from. */
const LEAST_CROWD = 10

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
  /** Where votes came from, by token; kept nowhere else. */
  sites: Map<string, string>
  /** Hands that were counted for each option. */
  hands: readonly number[]
  /** Tokens whose votes are not counted, and the site from which none is. */
  leftOut: Set<string>
  leftOutSite: string | undefined
}

/** A ballot with its votes, to be kept. */
export interface KeptBallot {
  id: string
  votes: [token: string, option: number][]
  hands?: number[]
  leftOut?: string[]
}

/** Votes of a ballot that came from one address: many, and more than half of all. */
export interface Crowd {
  votes: number
  isLeftOut: boolean
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
    // An address whose votes were left out last is left out in the next ballot, too.
    const leftOutSite = [...this.#boxes.values()].at(-1)?.leftOutSite
    if (box) box.isOpen = true
    else this.#boxes.set(ballot, { ...empty(options), isOpen: true, leftOutSite })
  }

  close(ballot: string): void {
    const box = this.#boxes.get(ballot)
    if (box) box.isOpen = false
  }

  /** Whether nobody has voted in it. */
  isUnused(ballot: string): boolean {
    return (this.#boxes.get(ballot)?.votes.size ?? 0) === 0 && !this.hands(ballot)
  }

  /** Forgets a ballot. */
  remove(ballot: string): void {
    this.#boxes.delete(ballot)
  }

  has(ballot: string): boolean {
    return this.#boxes.has(ballot)
  }

  isOpen(ballot: string): boolean {
    return this.#boxes.get(ballot)?.isOpen ?? false
  }

  /**
   * Counts a vote. A student who has voted before is told what counts, also when the ballot is closed by now.
   * @param site where it comes from.
   */
  vote(token: string, ballot: string, option: number, site?: string): VoteOutcome {
    const box = this.#boxes.get(ballot)
    const before = box?.votes.get(token)
    if (before !== undefined) return { outcome: 'counted', option: before, isNew: false }
    if (!box?.isOpen) return { outcome: 'closed' }
    if (!Number.isInteger(option) || option < 0 || option >= box.options) return { outcome: 'no-such-option' }
    box.votes.set(token, option)
    if (site !== undefined) box.sites.set(token, site)
    if (site !== undefined && site === box.leftOutSite) box.leftOut.add(token)
    return { outcome: 'counted', option, isNew: true }
  }

  /** The option that counts for a token. */
  of(token: string, ballot: string): number | undefined {
    return this.#boxes.get(ballot)?.votes.get(token)
  }

  /** Takes over what hands were counted in an open ballot, in place of what was. False where it is not open, or has other options. */
  raise(ballot: string, hands: readonly number[]): boolean {
    const box = this.#boxes.get(ballot)
    if (!box?.isOpen || hands.length !== box.options) return false
    box.hands = hands
    return true
  }

  /** Hands for each option; undefined where none were counted. */
  hands(ballot: string): readonly number[] | undefined {
    const hands = this.#boxes.get(ballot)?.hands ?? []
    return hands.some((count) => count > 0) ? hands : undefined
  }

  /** Tokens that have voted in a ballot, and whose votes count. */
  voters(ballot: string): string[] {
    const box = this.#boxes.get(ballot)
    return box ? [...box.votes.keys()].filter((token) => !box.leftOut.has(token)) : []
  }

  /** Tokens whose votes are left out. */
  leftOut(ballot: string): ReadonlySet<string> {
    return this.#boxes.get(ballot)?.leftOut ?? new Set()
  }

  /** Leaves out what came, and comes, from the address with the most votes; or counts it again. */
  leaveOut(ballot: string, isLeftOut: boolean): void {
    const box = this.#boxes.get(ballot)
    if (!box) return
    const most = isLeftOut ? busiest(box) : undefined
    box.leftOut = new Set(most?.[1])
    box.leftOutSite = most?.[0]
  }

  /** Undefined where there is none. */
  crowd(ballot: string): Crowd | undefined {
    const box = this.#boxes.get(ballot)
    if (!box) return undefined
    if (box.leftOut.size > 0) return { votes: box.leftOut.size, isLeftOut: true }
    const votes = busiest(box)?.[1].length ?? 0
    return votes >= LEAST_CROWD && votes * 2 > box.votes.size ? { votes, isLeftOut: false } : undefined
  }

  /** Votes for each option, hands among them; empty where there is no such ballot. */
  counts(ballot: string): number[] {
    const box = this.#boxes.get(ballot)
    const counts = Array.from({ length: box?.options ?? 0 }, (_, option) => box?.hands[option] ?? 0)
    for (const [token, option] of box?.votes ?? []) {
      if (!box?.leftOut.has(token)) counts[option] = (counts[option] as number) + 1
    }
    return counts
  }

  /** All ballots. */
  entries(): KeptBallot[] {
    return [...this.#boxes].map(([id, { votes, leftOut }]) => {
      const hands = this.hands(id)
      return {
        id,
        votes: [...votes],
        ...(hands && { hands: [...hands] }),
        ...(leftOut.size > 0 && { leftOut: [...leftOut] }),
      }
    })
  }

  /** Puts a kept ballot back, closed. */
  put({ id, votes, hands = [], leftOut = [] }: KeptBallot, options: number): void {
    this.#boxes.set(id, { ...empty(options), votes: new Map(votes), hands, leftOut: new Set(leftOut) })
  }
}

function empty(options: number): Box {
  const nobody = { votes: new Map(), sites: new Map(), hands: [], leftOut: new Set<string>() }
  return { options, isOpen: false, ...nobody, leftOutSite: undefined }
}

/** The site with the most votes, and their tokens. */
function busiest({ sites }: Box): [site: string, tokens: string[]] | undefined {
  const bySite = Map.groupBy(sites.keys(), (token) => sites.get(token) as string)
  return [...bySite].reduce<[string, string[]] | undefined>(
    (most, some) => (most && most[1].length >= some[1].length ? most : some),
    undefined,
  )
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
