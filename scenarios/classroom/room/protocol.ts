import type { Seen, Stage, StageAct, StageEntry, StageSettings, StageSetup } from '../log/entries.ts'

/**
 * What pages and room say to each other: JSON messages on a WebSocket at `/room`, on the room's own port. Lanes have
 * ports of their own, so that whatever a lesson does to a browser's connections, this one is free.
 */

/** A text in both languages. */
export interface Bilingual {
  en: string
  zh: string
}

/**
 * Where a lesson is: everybody predicts alone, discusses with a neighbour, observes, explains, and transfers what was
 * learned to another case. 0 in `RoomState.lesson` is the sandbox, which has no phases: it always says `predict`.
 */
export const phases = ['predict', 'discuss', 'observe', 'explain', 'transfer'] as const
export type Phase = (typeof phases)[number]

/** What a class votes on, as students see it: nothing in it tells which option is right. */
export interface Ballot {
  /** `2/predict/1`: lesson, phase and round. */
  id: string
  question: Bilingual
  options: Bilingual[]
}

/** How a class has voted, for staff. */
export interface Tally {
  ballot: string
  /** Votes for each option. */
  counts: number[]
  /** Sum of the counts. */
  votes: number
  /** Index of the right option. */
  right: number
  /** How many of the counts are hands that staff counted, where there are any. */
  hands?: number[]
}

/** Mazur's peer instruction (Crouch and Mazur 2001): what a share of right votes advises. */
export type Advice = 'too-few-votes' | 're-teach' | 'discuss-and-revote' | 'move-on'

/** From a page to the room. */
export type ToRoom =
  /**
   * Always first. A student says the code of the room, and the token that an earlier welcome gave; staff the key.
   */
  | { type: 'hello'; role: 'student'; code: string; token?: string }
  | { type: 'hello'; role: 'staff'; key: string; isWall?: true }
  /** The page's clock, in ms; answered at once. */
  | { type: 'clock'; sentMs: number }
  /** A student's vote; said again after a break, and counted once. It cannot be changed. */
  | { type: 'vote'; ballot: string; option: number }
  // Staff only, from here on.
  /**
   * Goes to a lesson and phase, or to the sandbox (0), which has no phases. `observe` and the sandbox set up their stage,
   * unless it is theirs since it last began. To go where the room is already changes nothing.
   */
  | { type: 'go'; lesson: number; phase: Phase }
  /**
   * Ends the vote on the transfer, which has no phase behind it that would, and shows what was right. Refused unless
   * `ballot` is that vote, and open: said twice, or of another round, it shows nothing.
   */
  | { type: 'close'; ballot: string }
  /** Opens another round of the phase's vote, from a phase behind it too: the class predicts, or transfers, once more. */
  | { type: 'revote' }
  /** Hands that were counted for each option of the open ballot, in place of those before. */
  | { type: 'hands'; ballot: string; counts: number[] }
  /** Shows everybody how the class has voted, or hides it, until lesson, phase or round change. */
  | { type: 'bars'; on: boolean }
  /** Leaves out the latest round's votes from the address with the most, or counts them again. */
  | { type: 'leave-out'; on: boolean }
  /** A clock that everybody sees runs down; 0 stops it. So does another phase or round. */
  | { type: 'timer'; seconds: number }
  /** Forgets votes and students and takes another code, at the first question of this lesson; `undo` takes that back for a minute. */
  | { type: 'new-class' }
  | { type: 'undo' }
  /** Clears the stage and sets it up, whatever the lesson. */
  | { type: 'begin'; setup: StageSetup }
  | { type: 'change'; settings: Partial<StageSettings> }
  | { type: 'act'; act: StageAct }
  /**
   * Wants to play the lanes in this page, in place of another that does where it says `takeOver`. Without that it is refused
   * where another does, or where a wall has only just left, which may come back; but a wall comes before other pages.
   * `goesOn` says that its lanes have played all the time, while this page was away from the room.
   */
  | { type: 'play'; takeOver: boolean; goesOn?: true }
  /** The player can no longer be seen, or again. Of another page it is dropped without a word. */
  | { type: 'hidden'; on: boolean }
  /**
   * The player knows its clock better: what it has told in this run was too early by `shiftUs`, and may be wrong by `errorUs`
   * from then on. Of another page, or another run, it is dropped without a word.
   */
  | { type: 'clocked'; run: number; shiftUs: number; errorUs: number }
  /** The player tells what its lanes have seen. Of another page, or another run, it is dropped without a word. */
  | { type: 'seen'; run: number; entries: Seen[] }
  /**
   * The player tells which steps of the lesson have ticked, for the teacher's page. Of another page, or where the room is
   * in another lesson than `lesson` or the stage in another run, it is dropped without a word.
   */
  | { type: 'ticked'; lesson: number; run: number; steps: string[] }
  /** The wall plays the lesson's recording in place of the live stage, or goes back to live. Not in the sandbox. */
  | { type: 'recording'; on: boolean }

/** From the room to a page. */
export type FromRoom =
  | { type: 'welcome'; role: 'student'; token: string }
  | { type: 'welcome'; role: 'staff' }
  /**
   * What was asked for is not done. `ballot` where it is a vote that is not counted. The room closes the connection behind
   * it after a refused hello, after a message that is binary or too long, after more messages than it takes, and where a
   * student has the room open in too many tabs.
   */
  | { type: 'refused'; code: RefusalCode; message: Bilingual; ballot?: string }
  /** `atUs` on the host's monotonic clock, absolute. */
  | { type: 'clock'; sentMs: number; atUs: number }
  | { type: 'student'; state: StudentState }
  | { type: 'room'; state: RoomState }
  | { type: 'voted'; ballot: string; option: number }
  /**
   * Entries of the stage's log, to every staff page from its hello on, from `began` on or from what the stage has not
   * forgotten; once more from there after each beginning, and where a page reads so slowly that the stage forgets first.
   */
  | { type: 'log'; run: number; entries: StageEntry[] }
  /** To the page that plays the lanes alone: it asks each of them for a `probe`. */
  | { type: 'probe' }
  /** The class has ended, and the room closes the connection: there is nothing to come back to. */
  | { type: 'goodbye' }

export type RefusalCode =
  | 'WRONG_CODE'
  | 'WRONG_KEY'
  | 'ROOM_FULL'
  | 'TOO_MANY_TRIES'
  | 'BAD_MESSAGE'
  | 'NOT_ALLOWED'
  | 'VOTE_CLOSED'
  | 'STAGE_FAILED'

/** What students are told. */
export interface StudentState {
  lesson: number
  title: Bilingual
  phase: Phase
  /** What can be voted on now. */
  ballot?: Ballot
  /** The option that this student has voted for, in the ballot that is open or was last. */
  vote?: number
  /**
   * Once the vote is over: how all have voted, if everybody sees that; `right` and why once that has been shown: by
   * `explain`, or at the transfer's end.
   */
  result?: { ballot: Ballot; counts?: number[]; votes: number; right?: number; whys?: Bilingual[] }
  /** When the clock that runs down is at zero, on the host's monotonic clock. */
  endsAtUs?: number
  /** What to look at or to talk about in this phase. */
  prompt?: Bilingual
}

/** What staff are told. */
export interface RoomState {
  /** What students type, and where: `http://192.168.1.5:8080/`. The code stands behind `#` in the QR code's address. */
  code: string
  joinUrl: string
  /** Where else the room can be opened: at this machine's addresses in other networks. */
  alsoAt?: string[]
  students: { here: number; joined: number; most: number }
  lesson: number
  phase: Phase
  round: number
  /**
   * How many could vote in the latest round: students who are here, those who have voted in it and are gone, and hands.
   * Those whose votes are left out are not among them.
   */
  voters: number
  ballot?: Ballot
  /** Of every round of this phase's vote so far, the latest last. */
  tallies: Tally[]
  advice?: Advice
  /** Whether everybody sees how the class has voted. */
  bars?: boolean
  /** Many votes of the latest round that came from one address. */
  crowd?: { votes: number; isLeftOut: boolean }
  /** As in StudentState. */
  endsAtUs?: number
  /** A new class has just begun, and can still be undone. */
  canUndo?: boolean
  /** Ids of the steps that have ticked, as the player has told. */
  steps: string[]
  /** Whether walls play the lesson's recording. Off whenever lesson or phase change. */
  recording: boolean
  stage: Pick<Stage, 'run' | 'epochUs' | 'setup' | 'settings' | 'lanes' | 'network' | 'server'> & {
    /** Whether a page plays the lanes, and whether it is the one that is told this. None, too, where this one may. */
    player: 'none' | 'you' | 'another'
    /** Whether the page that plays them is no wall. */
    isAside?: boolean
  }
}
