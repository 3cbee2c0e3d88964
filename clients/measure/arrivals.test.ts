import { afterEach, describe, expect, test } from 'vitest'
import { Arrivals, type LoopClock } from './arrivals.ts'

/** A loop that is told what happens, in microseconds. */
class PlantedLoop implements LoopClock {
  atUs = 1_000
  sleptUs = 0
  events = 0
  eventsWaiting = 0
  waited = 0
  #atPollEnd: (() => void)[] = []

  nowUs = () => this.atUs
  idleUs = () => this.sleptUs
  polled = () => ({ events: this.events, eventsWaiting: this.eventsWaiting })
  waitedUs = () => this.waited
  afterPoll = (callback: () => void) => void this.#atPollEnd.push(callback)

  work(us: number): void {
    this.atUs += us
  }
  /** A poll that sleeps before something comes; a callback of it each. */
  sleepThenPoll(us: number, ...callbacks: (() => void)[]): void {
    this.atUs += us
    this.sleptUs += us
    this.#poll(callbacks, 0)
  }
  /** A poll that finds all waiting. */
  poll(...callbacks: (() => void)[]): void {
    this.#poll(callbacks, callbacks.length)
  }
  #poll(callbacks: (() => void)[], waiting: number): void {
    for (const callback of callbacks) callback()
    this.events += callbacks.length
    this.eventsWaiting += waiting
    for (const callback of this.#atPollEnd.splice(0)) callback()
  }
}

let loop = new PlantedLoop()
afterEach(() => {
  loop = new PlantedLoop()
})

/** [when it arrived at the latest, by how much earlier at most, when it was read, when parsed] of each event. */
function watched(): { arrivals: Arrivals; told: [number, number, number, number][]; estimates: number[] } {
  const arrivals = new Arrivals(loop)
  const estimates: number[] = []
  const told: [number, number, number, number][] = []
  arrivals.onArrived = ({ length, arrivedAtUs, latestAtUs, boundUs, readAtUs, parsedAtUs }) => {
    for (let i = 0; i < length; i++) {
      estimates.push(arrivedAtUs[i] as number)
      told.push(
        [latestAtUs, boundUs, readAtUs, parsedAtUs].map((column) => column[i]) as [
          number,
          number,
          number,
          number,
        ],
      )
    }
  }
  return { arrivals, told, estimates }
}
/** A read from a socket with so many events, each parsed in so many microseconds. */
const reading =
  (arrivals: Arrivals, events = 1, parsingUs = 10) =>
  () => {
    loop.work(5)
    arrivals.read()
    for (let i = 0; i < events; i++) {
      loop.work(parsingUs)
      arrivals.note(1, i + 1)
    }
  }

describe('the estimate', () => {
  test('is the first read of a poll that slept', () => {
    const { arrivals, estimates } = watched()
    loop.sleepThenPoll(900, reading(arrivals), reading(arrivals))
    loop.work(200)
    loop.sleepThenPoll(900, reading(arrivals), reading(arrivals))
    expect(estimates.slice(2)).toEqual([3_035, 3_035])
  })

  test('is spread evenly over the time since the first read of the poll before, where events were waiting', () => {
    const { arrivals, estimates } = watched()
    loop.sleepThenPoll(900, reading(arrivals, 1, 990))
    loop.poll(reading(arrivals), reading(arrivals), reading(arrivals), reading(arrivals), reading(arrivals))
    // From the first read at 1,905 to that at 2,900, in fifths, in the middle of each.
    expect(estimates).toEqual([1_902.5, 2_004.5, 2_203.5, 2_402.5, 2_601.5, 2_800.5])
  })

  test('is spread over what a sleeper waited for a core, from its wake-up on, by which the bound is wider', () => {
    const { arrivals, told, estimates } = watched()
    loop.sleepThenPoll(900, reading(arrivals))
    loop.waited += 400
    loop.sleepThenPoll(1_000, reading(arrivals), reading(arrivals))
    expect(estimates.slice(1)).toEqual([2_520, 2_720])
    expect(told.slice(1).map(([latestAtUs, boundUs]) => [latestAtUs, boundUs])).toEqual([
      [2_920, 405],
      [2_920, 405],
    ])
  })
})

describe('an event arrived', () => {
  test('with the first read of a poll that slept, whichever socket it came by', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, reading(arrivals), reading(arrivals), reading(arrivals))
    expect(told).toEqual([
      [1_905, 5, 1_905, 1_915],
      [1_905, 5, 1_920, 1_930],
      [1_905, 5, 1_935, 1_945],
    ])
  })

  test('by its own read at the latest where another of the same read came before it', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, reading(arrivals), reading(arrivals, 2))
    expect(told.map(([arrivedAtUs, boundUs]) => [arrivedAtUs, boundUs])).toEqual([
      [1_905, 5],
      [1_905, 5],
      [1_920, 20],
    ])
  })

  test('by its own read at the latest where the read before it gave none, and may have been of the same event', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, reading(arrivals, 0), reading(arrivals))
    expect(told.map(([arrivedAtUs, boundUs]) => [arrivedAtUs, boundUs])).toEqual([[1_910, 10]])
  })

  test('after the return of the poll before where it was waiting: work in a timer widens the bound, however long the loop slept', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, reading(arrivals))
    loop.sleepThenPoll(700)
    loop.work(5_000)
    loop.poll(reading(arrivals))
    const [first, second] = told.map(([, boundUs]) => boundUs)
    expect(first).toBe(5)
    // The timer, this read's way, and all of the poll before.
    expect(second).toBe(5_000 + 5 + 15)
  })

  test('after the return of the poll before where it was waiting: work in a read of that one widens the bound', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, reading(arrivals, 1, 5_000), reading(arrivals))
    loop.poll(reading(arrivals))
    // The two of the first poll were there before the work.
    expect(told.map(([arrivedAtUs, boundUs]) => [arrivedAtUs, boundUs])).toEqual([
      [1_905, 5],
      [1_905, 5],
      [6_925, 5_025],
    ])
  })

  test('after the work of a message of the same poll began, and before it ended', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, () => loop.work(5_000), reading(arrivals))
    expect(told).toEqual([[6_905, 5_005, 6_905, 6_915]])
  })

  test('by its own read at the latest where it is beyond the sockets that one call of epoll gives', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, ...Array.from({ length: 1_500 }, () => reading(arrivals)))
    const shared = told.filter(([arrivedAtUs]) => arrivedAtUs === 1_905)
    expect(shared).toHaveLength(1_000)
    for (const [arrivedAtUs, boundUs, readAtUs] of told.slice(1_000)) {
      expect([arrivedAtUs, boundUs]).toEqual([readAtUs, readAtUs - 1_900])
    }
  })

  test('when its bytes were read where a decoder gives it in a later poll', () => {
    const { arrivals, told } = watched()
    const marks: ReturnType<Arrivals['mark']>[] = []
    const marking = () => {
      loop.work(5)
      arrivals.read()
      marks.push(arrivals.mark())
    }
    const decoded = () => {
      for (const mark of marks) {
        loop.work(40)
        arrivals.use(mark)
        arrivals.note(1, 1)
      }
      arrivals.note(1, 2)
    }
    loop.sleepThenPoll(900, marking, marking)
    loop.work(300)
    loop.sleepThenPoll(100, decoded)
    expect(told).toEqual([
      [1_905, 5, 1_905, 2_350],
      [1_905, 5, 1_910, 2_390],
      // The second of its read.
      [1_910, 10, 1_910, 2_390],
    ])
  })

  test('when a library had parsed it, where no reader reads', () => {
    const { arrivals, told } = watched()
    loop.sleepThenPoll(900, () => {
      loop.work(30)
      arrivals.note(1, 1)
    })
    expect(told).toEqual([[1_930, Number.NaN, Number.NaN, 1_930]])
    expect(arrivals.isRead).toBe(false)
  })
})

test('as many events in one poll as ever come are told once each, in their order', () => {
  const { arrivals } = watched()
  const seqs: number[] = []
  arrivals.onArrived = (arrived) => seqs.push(...arrived.seqs.subarray(0, arrived.length))
  loop.sleepThenPoll(900, reading(arrivals, 5_000))
  loop.poll(reading(arrivals, 3))
  expect(seqs).toEqual([...Array.from({ length: 5_000 }, (_, i) => i + 1), 1, 2, 3])
})
