/** A vote of this page: on its way, counted by the room, or refused because it came too late. */
export interface OwnVote {
  option: number
  state: 'queued' | 'counted' | 'refused'
}

/** Older ones are of lessons that are over. */
const MOST_VOTES = 20

/**
 * The votes of a page, in the order in which they were given. Each is said until the room has answered it, and once more
 * after each return, for the room may have lost it; the room counts it once. Pure.
 */
export class OwnVotes {
  #votes = new Map<string, OwnVote>()

  /** By ballot; another map after each change. */
  get all(): ReadonlyMap<string, OwnVote> {
    return this.#votes
  }

  /** Gives a vote. False where there is one in this ballot, which cannot be changed. */
  give(ballot: string, option: number): boolean {
    const before = this.#votes.get(ballot)
    if (before && before.state !== 'refused') return false
    this.#put(ballot, { option, state: 'queued' })
    return true
  }

  /** The room has counted a vote, this page's or an earlier one of the same student. */
  counted(ballot: string, option: number): void {
    this.#put(ballot, { option, state: 'counted' })
  }

  /** The room has refused a vote. */
  refused(ballot: string): void {
    const vote = this.#votes.get(ballot)
    if (vote) this.#put(ballot, { ...vote, state: 'refused' })
  }

  /** What to say after a return. */
  toSay(): { ballot: string; option: number }[] {
    return [...this.#votes]
      .filter(([, { state }]) => state !== 'refused')
      .map(([ballot, { option }]) => ({ ballot, option }))
  }

  #put(ballot: string, vote: OwnVote): void {
    const votes = new Map(this.#votes)
    votes.set(ballot, vote)
    const [oldest] = votes.keys()
    if (votes.size > MOST_VOTES && oldest !== undefined) votes.delete(oldest)
    this.#votes = votes
  }
}
