import { type Said, say } from '../../../report/words/say.ts'

/** What the room says to people in a few words of its own. None of it repeats what somebody sent. */
export const roomTexts = {
  wrongCode: say`This is not the code of this room. Look at the projector: it has six letters and digits, and none of them is 0, O, 1, I or L.`,
  wrongKey: say`This is not the key of this room. Open the address that the terminal shows in which the demo runs.`,
  tooManyTries: say`Too many wrong tries from this address. Wait a few seconds, look at the projector and try again.`,
  tooManyNew: say`Too many students have joined from this address within a minute. This page asks again by itself; a page that was here before comes in at once.`,
  staffFull: say`Too many staff pages are open. Close one of them and load this one again.`,
  tooManyTabs: say`This student has the room open in too many tabs. This one is closed; go on in the latest.`,
  helloFirst: say`A page has to say hello first, with the code of the room or its key. Load this page again.`,
  badMessage: say`The room does not understand this message. Load this page again; it may be of another version.`,
  tooLong: say`This message is too long. Load this page again.`,
  tooFast: say`This page sends more messages than the room takes. Wait a moment and load it again.`,
  staffOnly: say`Only the teacher can do this.`,
  noStudent: say`Only students vote. Join the room with its code to do so.`,
  voteClosed: say`This vote is over.`,
  voteJustOpened: say`This vote has only just been opened. Show the answer once somebody has voted.`,
  noSuchLesson: say`There is no such lesson.`,
  noVoteHere: say`There is nothing to vote on here. Go to a lesson first.`,
  nothingToUndo: say`There is no class to go back to any more.`,
  noRecordingHere: say`The sandbox has no recording. Go to a lesson first.`,
  anotherPlays: say`Another page plays the lanes. Take over to play them here.`,
  stageFailed: say`The stage could not do this. Try once more, or reset it.`,
  lanesFailed: say`The process behind the lanes did not do this. Wait a few seconds and reset the stage; if it happens again, start the demo once more.`,
  stageClosed: say`The stage is closed, for the demo is ending. Start it again.`,
  sandbox: say`Sandbox`,
  notFound: say`There is nothing at this address. Students type the address on the projector; the teacher’s is in the terminal.`,
  noHands: say`Hands are counted while the vote is open, for each of its answers.`,
  noSuchMethod: say`Pages are read here with GET, and nothing else.`,
  wrongHost: say`The room does not answer to this host name. Type the address on the projector as it stands; or start the demo with --allow-host and this name.`,
  wrongOrigin: say`Only the room’s own pages may connect to it.`,
  upgrade: say`This is the WebSocket of the room’s pages.`,
  failed: say`This is a mistake in pushlab itself. Load the page again.`,
} as const

/** Of another round: what to do in it. */
export function voteAgainText(round: number): Said {
  return say`Vote ${round} on the same question. Has your neighbour convinced you? Decide alone, once more.`
}

/** Behind it. */
export const discussAgainText = say`Compare both votes. Who has changed the answer? Say what convinced you.`

/** The room holds so many students. */
export function fullText(most: number): Said {
  return say`The room is full (${most} students). Look at the projector together with your neighbour.`
}
