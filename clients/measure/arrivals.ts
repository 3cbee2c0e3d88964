import { performance } from 'node:perf_hooks'
import { nowUs } from '../../server/clock.ts'
import { threadWaitedUs } from './thread-wait.ts'

/** What an event loop tells of itself; tests plant their own. */
export interface LoopClock {
  nowUs(): number
  /** How long it has slept in its polls so far, microseconds. */
  idleUs(): number
  /** Events that its polls have given so far, and those of them that were waiting when their poll began; complete after a poll. */
  polled(): { events: number; eventsWaiting: number }
  /** How long the thread has been ready and waited for a core so far, microseconds; 0 where nobody knows. */
  waitedUs(): number
  /** Calls back once the present poll is over. */
  afterPoll(callback: () => void): void
}

const { nodeTiming } = performance

const ownLoop: LoopClock = {
  nowUs,
  idleUs: () => nodeTiming.idleTime * 1e3,
  polled: () => nodeTiming.uvMetricsInfo,
  waitedUs: threadWaitedUs,
  afterPoll: (callback) => void setImmediate(callback),
}

/** The events of one poll, by columns. Good during the call alone. Times are monotonic microseconds. */
export interface Arrived {
  length: number
  subscribers: Uint32Array
  seqs: Uint32Array
  /** As the events carry them, microseconds after the feed's epoch; not numbers where they carry none. */
  dues: Float64Array
  pubs: Float64Array
  /** Within the bound, which ends at the latest. Without a reader: when it was parsed, and no bound. */
  arrivedAtUs: Float64Array
  latestAtUs: Float64Array
  boundUs: Float64Array
  /** Not numbers where no reader read, and where the parsing was not timed. */
  readAtUs: Float64Array
  parsedAtUs: Float64Array
}

/** A read whose bytes are parsed later: a decoder stands between. */
export interface ReadMark {
  readonly atUs: number
  readonly order: number
  gaveEvent: boolean
  /** Known once its poll is over: when the first event in it arrived, at the latest too, and before when none did. */
  arrivedAtUs: number
  latestAtUs: number
  earliestUs: number
}

/** epoll gives at most 1,024 sockets at once, and libuv asks again before JavaScript's next phase. Some fewer, to be sure. */
const BATCH = 1_000
/**
 * So short after the poll before it does not matter whether bytes were waiting: to ask costs a third of a microsecond, for what may
 * be a single event. Not to ask for so many reads makes a batch of sockets look fuller than it was, by as many.
 */
const TIGHT_US = 50
/** To ask the kernel takes more than a microsecond: not for shorter sleeps, nor more often. */
const WORTH_ASKING_US = 50
const FEW_READS = 64
/** An event's `order` where it did not arrive with its poll's first read, and where its time is known already. */
const OWN_READ = 0xffff_fffe
const KNOWN = 0xffff_ffff

/**
 * When did an event arrive? JavaScript sees neither the kernel nor the return of a poll; it sees reads. Carriers tell each read
 * from a socket before they parse its bytes; events are noted as they are parsed, and told at the end of the poll.
 *
 * **Not later than.** A poll gives the sockets that were readable when it returned, so that what made them readable was there
 * before the poll's first read: the first event of each read. What came behind it may have come until its own read. So may what
 * a read without an event before it completes, which may be the same socket's; and what is beyond the first batch of sockets.
 *
 * **Not earlier than.** What a read finds came after the poll before had returned, else that one had given it; and where nothing
 * was waiting when this poll began, after that beginning. While the loop slept nothing waited. So no event waited for longer than
 * the loop was busy from then on: the time gone by less the growth of idleTime. A poll's return and its beginning are themselves
 * known by this: not before the end of the last poll that gave any.
 *
 * **A late wake-up.** Where another process has the core, a sleeper is woken and has to wait, and the loop takes that for sleep. The
 * kernel tells for how long, and the bound is so much wider.
 *
 * **The estimate.** A server writes to one socket after the other, and epoll gives them in that order. So the reads of a poll are spread
 * evenly over the time that there was for them: from the wake-up on where the loop slept, from the first read of the poll before on where
 * events were waiting. Dated to the poll's first read, all of them would be late by half of that time on average: beside the
 * kernel's own stamps by 0.3 ms at the median, and by 0.09 as it is.
 *
 * A grown idleTime alone proves nothing: a timer's or a message's wake-up makes it grow while bytes wait. Events of one poll that
 * hold more than 2 MB of one socket may be older than said: libuv leaves the rest for the next poll.
 */
export class Arrivals {
  /** Whether a carrier has told a read. Before that an event counts as arrived when a library has parsed it. */
  isRead = false
  /** Told the events of each poll. */
  onArrived: (arrived: Arrived) => void = () => {}

  readonly #clock: LoopClock
  readonly #onPollEnd = () => this.flush()
  readonly #tasks: (() => void)[] = []
  #columns = columnsFor(1_024)
  #isPollEndAsked = false

  /** Of the present poll: its first read, when the loop had slept for so long, and how many reads there were. */
  #firstUs = 0
  #idleUs = 0
  #reads = 0
  /** How late its sleeper got a core. */
  #lateUs = 0
  /** What its reads are spread over, and where in the first one's share that one lies. */
  #spreadUs = 0
  #fromOrder = 0
  #marks: ReadMark[] = []
  /** Of the present read. */
  #readUs = 0
  #order = 0
  #gaveEvent = true
  #mark: ReadMark | undefined

  /** Of the polls before, in the time that the loop was busy: when the last one was over, and before when it did not return. */
  #endBusyUs: number
  #returnBusyUs: number
  /** Of the poll before, likewise: its first read. */
  #firstBusyUs: number
  #events = 0
  #eventsWaiting = 0
  /** Before the present poll slept: for how long the thread had waited for cores, when that was read, and how long it had slept. */
  #waitedUs = 0
  #waitedAtUs = 0
  #sleptUs = 0
  /** Reads since they were asked for. */
  #unasked = 0

  constructor(clock: LoopClock = ownLoop) {
    this.#clock = clock
    this.#endBusyUs = clock.nowUs() - clock.idleUs()
    this.#returnBusyUs = this.#endBusyUs
    this.#firstBusyUs = this.#endBusyUs
  }

  /** To be called at each read from a socket, before its bytes are parsed. */
  read(): void {
    const atUs = this.#clock.nowUs()
    if (this.#reads === 0) {
      this.isRead = true
      this.#firstUs = atUs
      this.#idleUs = this.#clock.idleUs()
      this.#lateUs = this.#latenessUs()
      this.#gaveEvent = true
      this.#askPollEnd()
    }
    this.#readUs = atUs
    this.#order = this.#gaveEvent ? this.#reads : OWN_READ
    this.#gaveEvent = false
    this.#mark = undefined
    this.#reads++
  }

  /** Holds the present read, for events that a decoder gives later. */
  mark(): ReadMark {
    const mark = {
      ...{ atUs: this.#readUs, order: this.#order, gaveEvent: false },
      ...{ arrivedAtUs: Number.NaN, latestAtUs: Number.NaN, earliestUs: Number.NaN },
    }
    this.#marks.push(mark)
    // Which of its bytes make an event only the decoder will know.
    this.#gaveEvent = true
    return mark
  }

  /** Lets the events that follow, until the next read, count as read with `mark`. */
  use(mark: ReadMark): void {
    this.#mark = mark
  }

  /**
   * Notes an event that has just been parsed.
   * @param due and `pub` as it carries them.
   * @param isTimed whether it is to be known when it was parsed; a look at the clock is a tenth of what an event costs here.
   */
  note(subscriber: number, seq: number, due = Number.NaN, pub = Number.NaN, isTimed = true): void {
    const parsedAtUs = isTimed || !this.isRead ? this.#clock.nowUs() : Number.NaN
    const mark = this.#mark
    // Bytes that somebody has kept: their reading is now.
    if (this.isRead && this.#reads === 0 && !mark) this.read()
    this.#askPollEnd()
    if (this.#columns.length === this.#columns.seqs.length) this.#columns = grown(this.#columns)
    const {
      subscribers,
      seqs,
      dues,
      pubs,
      orders,
      arrivedAtUs,
      latestAtUs,
      boundUs,
      readAtUs,
      parsedAtUs: parsed,
    } = this.#columns
    const i = this.#columns.length++
    subscribers[i] = subscriber
    seqs[i] = seq
    dues[i] = due
    pubs[i] = pub
    parsed[i] = parsedAtUs
    if (mark) {
      orders[i] = mark.gaveEvent ? OWN_READ : mark.order
      readAtUs[i] = mark.atUs
      if (!Number.isNaN(mark.earliestUs)) {
        arrivedAtUs[i] = mark.gaveEvent ? mark.atUs : mark.arrivedAtUs
        latestAtUs[i] = mark.gaveEvent ? mark.atUs : mark.latestAtUs
        boundUs[i] = (latestAtUs[i] as number) - mark.earliestUs
        orders[i] = KNOWN
      }
      mark.gaveEvent = true
    } else if (this.isRead) {
      orders[i] = this.#gaveEvent ? OWN_READ : this.#order
      readAtUs[i] = this.#readUs
      this.#gaveEvent = true
    } else {
      orders[i] = KNOWN
      readAtUs[i] = Number.NaN
      arrivedAtUs[i] = parsedAtUs
      latestAtUs[i] = parsedAtUs
      boundUs[i] = Number.NaN
    }
  }

  /**
   * Does something once the sockets that are readable have been read, or at once where none is being read. Work between two reads is
   * waited for by all that come after, and is in their bound.
   */
  afterReads(task: () => void): void {
    if (this.#reads === 0) task()
    else this.#tasks.push(task)
  }

  /** Tells what has been noted so far, as the end of each poll does by itself. */
  flush(): void {
    this.#tell()
    for (const task of this.#tasks.splice(0)) task()
  }

  #tell(): void {
    this.#isPollEndAsked = false
    const columns = this.#columns
    this.#unasked += this.#reads
    if (this.#reads > 0) {
      let batch = OWN_READ
      let earliestUs = this.#idleUs + this.#returnBusyUs
      this.#spreadUs = this.#lateUs + Math.max(0, this.#firstUs - this.#idleUs - this.#firstBusyUs)
      this.#fromOrder = 0.5
      if (Math.max(this.#lateUs, this.#firstUs - earliestUs) > TIGHT_US || this.#unasked > FEW_READS) {
        const { events, eventsWaiting } = this.#clock.polled()
        const given = events - this.#events
        // Sockets that gave no read, new connections for example, take places in a batch, too.
        if (given >= BATCH) batch = BATCH - Math.max(0, given - this.#reads)
        if (eventsWaiting === this.#eventsWaiting) {
          earliestUs = this.#idleUs + this.#endBusyUs
          this.#spreadUs = this.#lateUs
          this.#fromOrder = 0
        }
        this.#events = events
        this.#eventsWaiting = eventsWaiting
        this.#unasked = 0
      }
      this.#date(columns, batch, earliestUs)
      for (const mark of this.#marks) {
        mark.latestAtUs = mark.order < batch ? this.#firstUs : mark.atUs
        mark.arrivedAtUs = mark.order < batch ? this.#estimateUs(mark.order) : mark.atUs
        mark.earliestUs = earliestUs - this.#lateUs
      }
      if (this.#marks.length > 0) this.#marks = []
    }
    if (columns.length > 0) this.onArrived(columns)
    columns.length = 0
    if (this.isRead) {
      // A poll that gave events alone, of a decoder, has returned as well.
      const idleUs = this.#reads > 0 ? this.#idleUs : this.#clock.idleUs()
      this.#returnBusyUs = this.#endBusyUs
      if (this.#reads > 0) this.#firstBusyUs = this.#firstUs - this.#idleUs
      const endUs = this.#clock.nowUs()
      this.#endBusyUs = endUs - idleUs
      this.#sleptUs = idleUs
      this.#noteWaited(endUs)
    }
    this.#reads = 0
    this.#mark = undefined
  }

  /** How late the sleeper of a poll that has just returned got a core: no longer than it was thought to sleep. */
  #latenessUs(): number {
    const sleptUs = this.#idleUs - this.#sleptUs
    if (sleptUs < WORTH_ASKING_US) return 0
    return Math.min(sleptUs, Math.max(0, this.#clock.waitedUs() - this.#waitedUs))
  }

  /** At the end of a poll, before it sleeps. Read so shortly before, it is still right by as much. */
  #noteWaited(atUs: number): void {
    if (atUs - this.#waitedAtUs < WORTH_ASKING_US) return
    this.#waitedUs = this.#clock.waitedUs()
    this.#waitedAtUs = atUs
  }

  /** When a read of this poll's first batch arrived: reads come in the order of arrival, spread evenly over the time there was for it. */
  #estimateUs(order: number): number {
    return this.#firstUs - this.#spreadUs * (1 - (order + this.#fromOrder) / this.#reads)
  }

  #date(
    { length, orders, arrivedAtUs, latestAtUs, boundUs, readAtUs }: Columns,
    batch: number,
    earliestUs: number,
  ): void {
    for (let i = 0; i < length; i++) {
      const order = orders[i] as number
      if (order === KNOWN) continue
      const isInBatch = order < batch
      const latestUs = isInBatch ? this.#firstUs : (readAtUs[i] as number)
      latestAtUs[i] = latestUs
      arrivedAtUs[i] = isInBatch ? this.#estimateUs(order) : latestUs
      boundUs[i] = latestUs - earliestUs + this.#lateUs
    }
  }

  #askPollEnd(): void {
    if (this.#isPollEndAsked) return
    this.#isPollEndAsked = true
    this.#clock.afterPoll(this.#onPollEnd)
  }
}

interface Columns extends Arrived {
  /** Which read of its poll it came with. */
  orders: Uint32Array
}

function columnsFor(events: number): Columns {
  const [words, times] = [() => new Uint32Array(events), () => new Float64Array(events)]
  return {
    length: 0,
    ...{ subscribers: words(), seqs: words(), orders: words(), dues: times(), pubs: times() },
    ...{
      arrivedAtUs: times(),
      latestAtUs: times(),
      boundUs: times(),
      readAtUs: times(),
      parsedAtUs: times(),
    },
  }
}

/** Twice as long: for the most events that ever come in one poll. */
function grown(columns: Columns): Columns {
  const larger = columnsFor(2 * columns.seqs.length)
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column !== 'number') larger[name as 'seqs'].set(column)
  }
  larger.length = columns.length
  return larger
}
