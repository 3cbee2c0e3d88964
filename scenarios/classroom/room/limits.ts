import type { Rate } from './rate-limit.ts'
import { defaultSeatLimits, type SeatLimits } from './seats.ts'

/** What the room takes from whom. */
export interface RoomLimits {
  seats: SeatLimits
  /** Bytes of a message: of a student or of somebody who has not said hello; of staff. */
  studentMessageBytes: number
  staffMessageBytes: number
  studentMessages: Rate
  /** Without `seen`, which has a rate of its own, for it comes by itself. */
  staffMessages: Rate
  seenMessages: Rate
  /** Wrong codes from one address, and wrong keys. */
  wrongCodes: Rate
  wrongKeys: Rate
  /** Codes, right or wrong, that are looked at from an address which has used up its wrong ones. */
  suspectCodes: Rate
  /** Who has not said hello after this is sent away. */
  helloMs: number
  waiting: WaitingLimits
  staffConnections: number
  /** Tabs of the same student. */
  connectionsPerStudent: number
  /** TCP connections in all, of pages that are being fetched, too, but for this machine's own; and of one address. */
  sockets: number
  socketsPerAddress: number
  /** A vote that nobody has voted in yet is not closed before it was open for so long: see `close` in protocol.ts. */
  closeAfterMs: number
  /** For how long a new class can be undone. */
  undoMs: number
  /** Bytes that wait for a page that does not read, before it is cut off. */
  studentBufferBytes: number
  staffBufferBytes: number
  /** For so long the lanes of a wall that has left are nobody else's. */
  wallReturnsMs: number
  /** Time between two broadcasts of a state. */
  broadcastMs: number
  /** Time between two pings; for how long who answers none stays: see server/pong-guard.ts. */
  heartbeatMs: number
}

/** For connections that have not said hello. */
export interface WaitingLimits {
  /** From so many of one address on, those that are silent for longer than `patienceMs` give way. */
  perAddress: number
  patienceMs: number
  /** In all. */
  most: number
}

/**
 * A whole class may come from one address, behind a NAT, at once: 300 right codes pass whatever else that address sends,
 * and connections are limited by how long they are silent, not by how many there are. 20 codes a second would take more
 * than a year to try 887 million.
 *
 * A student is whoever knows the code: there are no accounts, and a whole class behind one NAT looks like one student with
 * 300 tabs. So nobody can be kept from voting more than once who throws the token away each time; it can only be bounded.
 * An address brings 300 new students at once and 30 a minute after that (`seats.newcomers`). Where the room is full, an
 * address that holds more than a tenth of the seats gives those of students who are gone to other addresses at once, and
 * one that holds more than half gives its latest: it cannot keep the others out. How many are here stands on the wall, so
 * that a teacher sees 200 votes of a class of 25 for what they are; and the teacher's page says how many votes came from one
 * address, and can leave them out.
 *
 * Three sockets for each of 300 students behind one address are 900, for a browser opens some before it needs them.
 */
export const defaultRoomLimits: RoomLimits = {
  seats: defaultSeatLimits,
  studentMessageBytes: 1_024,
  staffMessageBytes: 256 * 1_024,
  studentMessages: { burst: 60, perSecond: 20 },
  staffMessages: { burst: 200, perSecond: 50 },
  seenMessages: { burst: 400, perSecond: 100 },
  wrongCodes: { burst: 10, perSecond: 1 / 5 },
  wrongKeys: { burst: 5, perSecond: 1 / 10 },
  suspectCodes: { burst: 300, perSecond: 20 },
  helloMs: 5_000,
  waiting: { perAddress: 20, patienceMs: 1_000, most: 400 },
  staffConnections: 16,
  connectionsPerStudent: 3,
  sockets: 2_000,
  socketsPerAddress: 1_000,
  closeAfterMs: 2_000,
  undoMs: 60_000,
  studentBufferBytes: 256 * 1_024,
  staffBufferBytes: 8 * 1_024 * 1_024,
  wallReturnsMs: 5_000,
  broadcastMs: 250,
  heartbeatMs: 10_000,
}
