import { bilingual } from './bilingual.ts'
import type { RoomLesson, RoomQuestion } from './lesson.ts'
import type { Advice, Ballot, Phase, StudentState, Tally } from './protocol.ts'
import type { RoomSnapshot } from './snapshot.ts'
import { roomTexts } from './texts.ts'
import { adviceFor, type VoteOutcome, Votes } from './votes.ts'

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

  constructor(lessons: readonly RoomLesson[]) {
    this.#lessons = new Map(lessons.map((lesson) => [lesson.number, lesson]))
    // The wall shows at once what there is to answer, and how to join.
    this.go(Math.min(...this.#lessons.keys()), 'predict')
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
    const isUnused = this.#votes.isOpen(latest) && this.#sum(latest) === 0
    if (!isUnused) {
      this.#votes.close(latest)
      this.#rounds.set(this.#vote(), this.round + 1)
    }
    this.#phase = this.#votingPhase()
    this.#openWhereItIsTime()
    return true
  }

  vote(token: string, ballot: string, option: number): VoteOutcome {
    return this.#votes.vote(token, ballot, option)
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
      return { ballot, counts: this.#votes.counts(ballot), votes: this.#sum(ballot), right }
    })
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
    const prompt = lesson?.prompts[this.#phase]
    if (prompt) state.prompt = prompt
    const latest = this.#latest()
    const ballot = this.#ballotOf(latest)
    if (!ballot || !this.#votes.has(latest)) return state
    const vote = this.#votes.of(token, latest)
    if (vote !== undefined) state.vote = vote
    if (this.#votes.isOpen(latest)) return { ...state, ballot }
    const result = { ballot, counts: this.#votes.counts(latest), votes: this.#sum(latest) }
    const right = this.#question()?.right ?? 0
    return { ...state, result: this.#revealed.has(latest) ? { ...result, right } : result }
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
    for (const { id, votes: kept } of ballots) {
      const { vote, round } = partsOf(id)
      const options = this.#questionOf(vote)?.options.length ?? 0
      if (round < 1 || round > (latest.get(vote) ?? 0)) return `there is no ballot ${id}`
      if (kept.some(([, option]) => option >= options)) return `ballot ${id} has ${options} options`
      votes.put(id, options, kept)
    }
    this.#lesson = lesson
    this.#phase = phase
    this.#rounds = latest
    this.#revealed = new Set(revealed)
    this.#votes = votes
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
