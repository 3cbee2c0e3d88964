import { bilingual } from './bilingual.ts'
import type { RoomLesson, RoomQuestion } from './lesson.ts'
import type { Advice, Ballot, Bilingual, Phase, StudentState, Tally } from './protocol.ts'
import type { RoomSnapshot } from './snapshot.ts'
import { discussAgainText, roomTexts, voteAgainText } from './texts.ts'
import { adviceFor, type Crowd, type VoteOutcome, Votes } from './votes.ts'

/** The two phases in which a class votes. */
type VotingPhase = 'predict' | 'transfer'

/** Rounds of one vote at most. */
const MOST_ROUNDS = 99

/** What of a course is kept, so that a demo that crashed goes on where it was. */
export type CourseSnapshot = Omit<RoomSnapshot, 'version' | 'code' | 'tokens'>

/**
 * Where a class is in its lessons, and how it votes on the way. A ballot is open in `predict` and `transfer`, and closed
 * in every other phase. Going back opens it again with the votes that it has, unless its right option has been shown
 * since: then only another round is a vote. Pure: it touches no stage and no socket.
 */
export class Course {
  readonly #lessons: ReadonlyMap<number, RoomLesson>
  #lesson = 0
  #phase: Phase = 'predict'
  #rounds = new Map<string, number>()
  #revealed = new Set<string>()
  #votes = new Votes()
  /** Whether staff want everybody to see how the class has voted; undefined while nobody has said. */
  #bars: boolean | undefined

  /** Begins with the first of the lessons. */
  constructor(lessons: readonly RoomLesson[]) {
    this.#lessons = new Map(lessons.map((lesson) => [lesson.number, lesson]))
    // The wall shows at once what there is to answer, and how to join.
    this.go(lessons[0]?.number ?? 0, 'predict')
  }

  /** 0 is the sandbox. */
  get lesson(): number {
    return this.#lesson
  }

  get phase(): Phase {
    return this.#phase
  }

  /** Of this phase's vote; 0 where there was none yet. */
  get round(): number {
    return this.#rounds.get(this.#vote()) ?? 0
  }

  /** The lesson's own part; undefined in the sandbox. */
  get current(): RoomLesson | undefined {
    return this.#lessons.get(this.#lesson)
  }

  /** Goes to a lesson and phase; where the course is already, that changes nothing. Returns false where there is no such lesson. */
  go(lesson: number, phase: Phase): boolean {
    if (lesson !== 0 && !this.#lessons.has(lesson)) return false
    if (lesson !== this.#lesson || phase !== this.#phase) {
      this.#bars = undefined
      this.#dropUnused()
    }
    this.#votes.close(this.#latest())
    this.#lesson = lesson
    this.#phase = lesson === 0 ? 'predict' : phase
    if (phase === 'explain') this.#reveal()
    this.#openWhereItIsTime()
    return true
  }

  /**
   * Ends the vote on the transfer, and shows what was right: no phase behind it would. Returns false unless this ballot is
   * that vote, and open.
   */
  close(ballot: string): boolean {
    if (this.#phase !== 'transfer' || ballot !== this.#latest() || !this.#votes.isOpen(ballot)) return false
    this.#votes.close(ballot)
    this.#reveal()
    return true
  }

  /**
   * Another round of this phase's vote: of the prediction, and then the class predicts again, or of the transfer. A round
   * that nobody has voted in yet stays. Returns false in the sandbox.
   */
  revote(): boolean {
    if (!this.current || this.round >= MOST_ROUNDS) return false
    const latest = this.#latest()
    if (!this.#votes.isOpen(latest) || !this.#votes.isUnused(latest)) {
      this.#votes.close(latest)
      this.#rounds.set(this.#vote(), this.round + 1)
    }
    this.#phase = this.#votingPhase()
    this.#bars = undefined
    this.#openWhereItIsTime()
    return true
  }

  /** @param site where the vote comes from. */
  vote(token: string, ballot: string, option: number, site?: string): VoteOutcome {
    return this.#votes.vote(token, ballot, option, site)
  }

  /** Takes over hands that were counted. False unless that is the ballot that is open, with so many options. */
  raise(ballot: string, hands: readonly number[]): boolean {
    return ballot === this.#latest() && this.#votes.raise(ballot, hands)
  }

  /** Shows everybody how the class has voted, or not yet. */
  showBars(isShown: boolean): void {
    this.#bars = isShown
  }

  /**
   * Whether everybody sees how the class has voted. Not while a vote is open; and not before the second vote unless staff
   * say so, for who sees a majority joins it (Perez et al. 2010, "The effect of seeing classmates' responses").
   */
  get bars(): boolean {
    if (this.ballot || !this.#votes.has(this.#latest())) return false
    const isBetween = this.#phase === 'predict' || (this.#phase === 'discuss' && this.round < 2)
    return this.#bars ?? !isBetween
  }

  /** Leaves out the votes of the latest round that came from one address, or counts them again. */
  leaveOut(isLeftOut: boolean): void {
    this.#votes.leaveOut(this.#latest(), isLeftOut)
  }

  /** Votes of the latest round that came from one address, where they are many. */
  get crowd(): Crowd | undefined {
    return this.#votes.crowd(this.#latest())
  }

  /** Tokens whose votes of the latest round are left out. */
  get leftOut(): ReadonlySet<string> {
    return this.#votes.leftOut(this.#latest())
  }

  /** What can be voted on now. */
  get ballot(): Ballot | undefined {
    return this.#votes.isOpen(this.#latest()) ? this.#ballotOf(this.#latest()) : undefined
  }

  /** Tokens that have voted in the latest round of this phase's vote. */
  get voters(): string[] {
    return this.#votes.voters(this.#latest())
  }

  /** Of every round of this phase's vote, the latest last. */
  get tallies(): Tally[] {
    return Array.from({ length: this.round }, (_, index) => {
      const ballot = `${this.#vote()}/${index + 1}`
      const right = this.#question()?.right ?? 0
      const hands = this.#votes.hands(ballot)
      const counts = this.#votes.counts(ballot)
      return { ballot, counts, votes: this.#sum(ballot), right, ...(hands && { hands: [...hands] }) }
    })
  }

  /** Every vote so far, a row for each option, below a row with what the columns are. */
  rows(): (string | number)[][] {
    const heads = ['lesson', 'title', 'question', 'vote', 'option', 'text', 'right', 'votes', 'of them hands']
    const rows = this.#votes.entries().flatMap(({ id }) => {
      const { vote, round } = partsOf(id)
      const [lesson = '', phase = ''] = vote.split('/')
      const { options = [], right = 0 } = this.#questionOf(vote) ?? {}
      const counts = this.#votes.counts(id)
      return options.map(({ en }, i) => [
        ...[Number(lesson), this.#lessons.get(Number(lesson))?.title.en ?? '', phase, round],
        ...[String.fromCharCode(65 + i), en, i === right ? 'yes' : 'no'],
        ...[counts[i] ?? 0, this.#votes.hands(id)?.[i] ?? 0],
      ])
    })
    return [heads, ...rows]
  }

  get advice(): Advice | undefined {
    const latest = this.tallies.at(-1)
    return latest && adviceFor(latest.counts[latest.right] ?? 0, latest.votes)
  }

  /** What a student is told: what is right only once it has been shown to all. */
  studentState(token: string): StudentState {
    const lesson = this.current
    const state: StudentState = {
      lesson: this.#lesson,
      title: lesson?.title ?? bilingual(roomTexts.sandbox),
      phase: this.#phase,
    }
    const prompt = this.#promptAgain() ?? lesson?.prompts[this.#phase]
    if (prompt) state.prompt = prompt
    const latest = this.#latest()
    const ballot = this.#ballotOf(latest)
    if (!ballot || !this.#votes.has(latest)) return state
    const vote = this.#votes.of(token, latest)
    if (vote !== undefined) state.vote = vote
    if (this.#votes.isOpen(latest)) return { ...state, ballot }
    const counts = this.bars ? { counts: this.#votes.counts(latest) } : {}
    const result = { ballot, votes: this.#sum(latest), ...counts }
    const { right = 0, whys = [] } = this.#question() ?? {}
    return { ...state, result: this.#revealed.has(latest) ? { ...result, right, whys } : result }
  }

  /** What is said in place of the lesson's own words from the second vote on. */
  #promptAgain(): Bilingual | undefined {
    if (this.round < 2) return undefined
    if (this.ballot) return bilingual(voteAgainText(this.round))
    return this.#phase === 'discuss' ? bilingual(discussAgainText) : undefined
  }

  snapshot(): CourseSnapshot {
    return {
      lesson: this.#lesson,
      phase: this.#phase,
      rounds: [...this.#rounds],
      revealed: [...this.#revealed],
      ballots: this.#votes.entries(),
    }
  }

  /** Goes on from a snapshot that fits these lessons; returns what does not fit, and is unchanged then. */
  restore({ lesson, phase, rounds, revealed, ballots }: CourseSnapshot): string | undefined {
    if (lesson !== 0 && !this.#lessons.has(lesson)) return `there is no lesson ${lesson}`
    const latest = new Map(rounds)
    const votes = new Votes()
    for (const vote of latest.keys()) if (!this.#questionOf(vote)) return `there is no vote ${vote}`
    for (const ballot of ballots) {
      const { id } = ballot
      const { vote, round } = partsOf(id)
      const options = this.#questionOf(vote)?.options.length ?? 0
      if (round < 1 || round > (latest.get(vote) ?? 0)) return `there is no ballot ${id}`
      const isOther = ballot.hands !== undefined && ballot.hands.length !== options
      if (isOther || ballot.votes.some(([, option]) => option >= options))
        return `ballot ${id} has ${options} options`
      votes.put(ballot, options)
    }
    this.#lesson = lesson
    this.#phase = phase
    this.#rounds = latest
    this.#revealed = new Set(revealed)
    this.#votes = votes
    this.#bars = undefined
    this.#openWhereItIsTime()
    return undefined
  }

  #votingPhase(): VotingPhase {
    return this.#phase === 'transfer' ? 'transfer' : 'predict'
  }

  /** `2/predict` */
  #vote(): string {
    return `${this.#lesson}/${this.#votingPhase()}`
  }

  /** The ballot of this phase's latest round; of round 0, which is none, before the first. */
  #latest(): string {
    return `${this.#vote()}/${this.round}`
  }

  #question(): RoomQuestion | undefined {
    return this.current?.[this.#votingPhase()]
  }

  #questionOf(vote: string): RoomQuestion | undefined {
    const [lesson, phase] = vote.split('/')
    return this.#lessons.get(Number(lesson))?.[phase as VotingPhase]
  }

  #ballotOf(id: string): Ballot | undefined {
    const question = this.#question()
    return question && { id, question: question.question, options: question.options }
  }

  #sum(ballot: string): number {
    return this.#votes.counts(ballot).reduce((sum, count) => sum + count, 0)
  }

  #reveal(): void {
    for (let round = 1; round <= this.round; round++) this.#revealed.add(`${this.#vote()}/${round}`)
  }

  /** Another round that nobody has voted in when the class goes on was none: what all have voted before stays. */
  #dropUnused(): void {
    const latest = this.#latest()
    if (this.round < 2 || !this.#votes.isOpen(latest) || !this.#votes.isUnused(latest)) return
    this.#votes.remove(latest)
    this.#rounds.set(this.#vote(), this.round - 1)
  }

  #openWhereItIsTime(): void {
    const question = this.#question()
    if (!question || (this.#phase !== 'predict' && this.#phase !== 'transfer')) return
    if (this.round === 0) this.#rounds.set(this.#vote(), 1)
    if (!this.#revealed.has(this.#latest())) this.#votes.open(this.#latest(), question.options.length)
  }
}

function partsOf(ballot: string): { vote: string; round: number } {
  const end = ballot.lastIndexOf('/')
  return { vote: ballot.slice(0, end), round: Number(ballot.slice(end + 1)) }
}
