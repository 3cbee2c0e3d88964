import { describe, expect, test } from 'vitest'
import { frameHeaderBytes } from '../../results/model/prediction.ts'
import type { Ledger, ResultRecord } from '../../results/record.ts'
import { loadScenario } from '../../scenarios/bench/library.ts'
import { registry } from '../../server/registry.ts'
import { cellFixture, judged, withWindow } from '../fixture/cells.ts'
import { websocketClaims } from './index.ts'

const judge = (id: string, records: readonly ResultRecord[]) => judged(websocketClaims, id, records)
const verdict = (id: string, records: readonly ResultRecord[]) => judge(id, records).verdict

/** Without one cell: that of the last record. */
function withoutOne(records: readonly ResultRecord[]): ResultRecord[] {
  const { scenario, technique, point } = records.at(-1) ?? expect.fail()
  return records.filter(
    (record) =>
      record.scenario.name !== scenario.name ||
      record.technique !== technique ||
      record.point.at?.value !== point.at?.value,
  )
}
/** What a rule over every point comes to where a cell is missing. */
const MISSING = {
  verdict: 'inconclusive',
  because: expect.stringMatching(/^The run has no records of /),
  numbers: [],
}

test.each(websocketClaims.map(({ id }) => id))('%s is not tested by a run without its scenarios', (id) => {
  expect(judge(id, cellFixture('nagle', 'bare-tcp', { at: true }))).toMatchObject({
    verdict: 'not tested here',
    numbers: [],
  })
})

describe('ws-no-headers', () => {
  const SIZES = [16, 128, 4_096, 65_536]
  /** Framing as RFC 6455 has it, and what is planted on top. */
  function measured({ more = 0, headers = 0, lost = 0, trial = 0, up = 6 } = {}) {
    const plant = (record: ResultRecord, n: number) => {
      const { ledger } = record
      if (trial > 0 && n !== trial) return {}
      const side = { ...ledger.total.up, header: headers, framing: up * ledger.totalMessages }
      // Labels move from one class to another, so that all bytes stay accounted for.
      const moved = headers + side.framing - ledger.total.up.framing
      const changed: Ledger = {
        ...ledger,
        total: { ...ledger.total, up: side },
        tappedUp: ledger.tappedUp + moved,
        socketUp: ledger.socketUp + moved,
      }
      return { ledger: changed }
    }
    return [
      ...SIZES.flatMap((at) =>
        cellFixture('payload-size', 'websocket', {
          at,
          overheadBytes: frameHeaderBytes(at) + (at === 128 ? more : 0),
          lost,
          plant,
        }),
      ),
      ...cellFixture('chat-room', 'websocket', {
        overheadBytes: 2,
        plant: (record, n) => ({
          ...plant(record, n),
          // Each of 20 subscribers has sent one.
          ...withWindow(record, { messages: 20, bytesUp: 20 * 106 }),
        }),
      }),
    ]
  }

  test('holds with 2, 4 and 10 bytes of framing, 4 more on the way up, and no header', () => {
    expect(judge('ws-no-headers', measured())).toMatchObject({
      verdict: 'held',
      because:
        '0 B of headers after the handshake; framing of 2, 4, 10 bytes an event by size, and 6 a message ' +
        'on the way up.',
    })
  })

  test('does not hold with a byte more of framing, or with headers', () => {
    expect(verdict('ws-no-headers', measured({ more: 1 }))).toBe('did not hold')
    expect(verdict('ws-no-headers', measured({ headers: 70 }))).toBe('did not hold')
    expect(verdict('ws-no-headers', measured({ up: 2 }))).toBe('did not hold')
    const chats = measured({ headers: 70 }).filter(({ scenario }) => scenario.name === 'chat-room')
    const plain = measured().filter(({ scenario }) => scenario.name !== 'chat-room')
    expect(verdict('ws-no-headers', [...plain, ...chats])).toBe('did not hold')
  })

  test('is inconclusive where one trial differs, and where events were lost', () => {
    expect(verdict('ws-no-headers', measured({ headers: 70, trial: 2 }))).toBe('inconclusive')
    expect(verdict('ws-no-headers', measured({ lost: 2 }))).toBe('inconclusive')
  })

  test('is inconclusive without messages on the way up, or without a size', () => {
    const down = measured().filter(({ scenario }) => scenario.name !== 'chat-room')
    expect(judge('ws-no-headers', down)).toMatchObject(MISSING)
    expect(judge('ws-no-headers', withoutOne(down))).toMatchObject(MISSING)
  })
})

/** Trials scatter by some hundredths, each technique in its own way. */
const scattered = (trial: number, technique: string, share = 0.02) =>
  1 + share * Math.sin(7 * trial + technique.length)

describe('ws-less-load', () => {
  const HTTP = registry.filter(({ carrier }) => carrier === 'http').map(({ name }) => name)
  const STEADY = loadScenario('steady-feed').techniques ?? []
  /** What every technique costs of which nothing else is said, microseconds over the window. */
  const OTHERS_US = 5e5
  const cell = (name: string, technique: string, us: number, copy: 1 | 2 = 1) =>
    cellFixture(name, technique, {
      copy,
      plant: ({ server }, trial) => ({
        server: { ...server, cpuUs: us * scattered(trial, technique, 0.005) },
      }),
    })
  /** CPU time by technique, WebSocket's 1e5; the A/A pair of the steady feed differs by a share. */
  const measured = (cpuUs: Record<string, number>, { again = 0, othersUs = OTHERS_US } = {}) => [
    ...['steady-feed', 'every-technique'].flatMap((name) => cell(name, 'websocket', 1e5)),
    ...HTTP.flatMap((technique) =>
      cell(
        STEADY.includes(technique) ? 'steady-feed' : 'every-technique',
        technique,
        cpuUs[technique] ?? othersUs,
      ),
    ),
    ...(again > 0 ? cell('steady-feed', 'sse', (cpuUs.sse ?? othersUs) * (1 + again), 2) : []),
  ]

  test('holds where every technique over HTTP costs more', () => {
    expect(judge('ws-less-load', measured({ sse: 1.5e5 }))).toMatchObject({
      verdict: 'held',
      because: expect.stringMatching(
        /^CPU time per event, more than WebSocket: Short polling, Long polling, .* \(1\.\d\d to \d\.\d\d times\)/,
      ),
    })
  })

  test('depends on the technique where some cost less or the same, and does not hold where all do', () => {
    expect(judge('ws-less-load', measured({ 'short-poll': 3e4 }))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('less than WebSocket: Short polling'),
    })
    expect(judge('ws-less-load', measured({ sse: 1.04e5 }))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('the same as WebSocket: Server-Sent Events'),
    })
    expect(verdict('ws-less-load', measured({}, { othersUs: 5e4 }))).toBe('did not hold')
    expect(verdict('ws-less-load', measured({}, { othersUs: 1.01e5 }))).toBe('did not hold')
  })

  test('is not told where the A/A pair made up as much, though it may not be the same', () => {
    expect(verdict('ws-less-load', measured({ sse: 1.2e5 }, { again: 0.1 }))).toBe('held')
    expect(judge('ws-less-load', measured({ sse: 1.2e5 }, { again: 0.3 }))).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining('not told apart from WebSocket: Server-Sent Events'),
    })
  })

  test('takes the largest noise of the run where a scenario has no A/A pair, and 5 % where none has', () => {
    const jsonp = { 'jsonp-poll': 1.08e5 }
    const because = (again: number) => judge('ws-less-load', measured(jsonp, { again })).because
    expect(because(0)).not.toContain('the same as')
    expect(because(0.2)).toContain('the same as WebSocket: JSONP')
  })

  /** With trials of Server-Sent Events that do not agree. */
  const wavering = (records: ResultRecord[]) =>
    records.map((record) => {
      const cpuUs = record.server.cpuUs * (record.trial % 2 === 0 ? 0.6 : 1.4)
      return record.technique === 'sse' ? { ...record, server: { ...record.server, cpuUs } } : record
    })

  test('is inconclusive where what the trials do not agree on could change it, and only there', () => {
    const unclear = expect.stringContaining('not told apart from WebSocket: Server-Sent Events')
    expect(judge('ws-less-load', wavering(measured({ sse: 1.3e5 })))).toMatchObject({
      verdict: 'inconclusive',
      because: unclear,
    })
    const some = wavering(measured({ sse: 1.3e5, 'short-poll': 3e4 }))
    expect(judge('ws-less-load', some)).toMatchObject({ verdict: 'depends', because: unclear })
    expect(verdict('ws-less-load', wavering(measured({ sse: 1e5 }, { othersUs: 5e4 })))).toBe('inconclusive')
  })

  test('takes a technique of both scenarios from the steady feed, and lists it once', () => {
    const twice = [...measured({ sse: 1.5e5 }), ...cell('every-technique', 'sse', 2e4)]
    expect(judge('ws-less-load', twice)).toEqual(judge('ws-less-load', measured({ sse: 1.5e5 })))
  })

  test('leaves the floor out, and is inconclusive where the gate voids a technique', () => {
    const floor = cell('steady-feed', 'bare-tcp', 5e4)
    expect(judge('ws-less-load', [...measured({}), ...floor])).toEqual(judge('ws-less-load', measured({})))
    const lost = measured({}).map((record) =>
      record.technique === 'sse' ? { ...record, account: { ...record.account, lost: 5 } } : record,
    )
    expect(verdict('ws-less-load', lost)).toBe('inconclusive')
  })

  test('is inconclusive without one of the cells', () => {
    expect(judge('ws-less-load', withoutOne(measured({})))).toMatchObject(MISSING)
  })
})

describe('ws-faster', () => {
  interface Delays {
    [technique: string]: number
  }
  /** Median delays by technique in steady-feed, and in a sweep at 100 ms of round trip, which are those unless said. */
  const measured = (steady: Delays, roundTrip: Delays = steady) => {
    const cells = (name: string, at: number | undefined, delays: Delays) =>
      Object.entries(delays).flatMap(([technique, us]) =>
        cellFixture(name, technique, {
          ...(at !== undefined && { at }),
          plant: ({ latency }, trial) => ({
            latency: { ...latency, p50Us: us * scattered(trial, technique, 0.01) },
          }),
        }),
      )
    return [...cells('steady-feed', undefined, steady), ...cells('round-trip', 100, roundTrip)]
  }
  const asClaimed = { websocket: 3_000, sse: 4_000, 'long-poll': 16_000, 'short-poll': 500_000 }

  test('holds where each link of the order is told apart', () => {
    expect(judge('ws-faster', measured(asClaimed))).toMatchObject({
      verdict: 'held',
      because:
        'Of 12 pairs 12 stand as the claim says, 0 are ties and 0 stand the other way round; each link of the ' +
        'order is told apart.',
    })
  })

  test('does not hold with one inversion anywhere, which it names', () => {
    expect(
      judge('ws-faster', measured(asClaimed, { 'long-poll': 400_000, 'short-poll': 300_000 })),
    ).toMatchObject({
      verdict: 'did not hold',
      because: expect.stringContaining(
        'Short polling before Long polling in round-trip at a round trip of 100 ms.',
      ),
    })
  })

  test('depends where one link ties everywhere, which it names', () => {
    expect(judge('ws-faster', measured({ ...asClaimed, websocket: 4_100 }))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining(
        '0 stand the other way round; WebSocket before Server-Sent Events ties in each of 2 pairs.',
      ),
    })
    const onlyPolls = { websocket: 4_000, sse: 4_000, 'long-poll': 4_000, 'short-poll': 500_000 }
    expect(judge('ws-faster', measured(onlyPolls))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('Server-Sent Events before Long polling ties in each of 2 pairs'),
    })
  })

  test('is inconclusive where no link is told apart, or one is told and the others were not compared', () => {
    const same = { websocket: 4_000, sse: 4_000, 'long-poll': 4_000, 'short-poll': 4_000 }
    expect(verdict('ws-faster', measured(same))).toBe('inconclusive')
    expect(judge('ws-faster', measured({ websocket: 3_000, sse: 4_000 }))).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining(
        'Server-Sent Events before Long polling was not compared and Long polling before Short',
      ),
    })
  })

  test('is inconclusive where one scenario alone was measured, whatever it says', () => {
    for (const delays of [asClaimed, { ...asClaimed, websocket: 9_000 }])
      expect(judge('ws-faster', measured(delays, {}))).toMatchObject({
        verdict: 'inconclusive',
        because: expect.stringContaining('one scenario alone decides nothing'),
      })
  })

  test('takes for a tie an inversion that the trials do not agree on', () => {
    const records = measured(asClaimed, { 'long-poll': 400_000, 'short-poll': 300_000 }).map((record) => {
      const { latency, scenario, technique, trial } = record
      const p50Us = latency.p50Us * ([0.4, 1, 1.6][trial - 1] ?? 1)
      return scenario.name === 'round-trip' && technique === 'short-poll'
        ? { ...record, latency: { ...latency, p50Us } }
        : record
    })
    expect(judge('ws-faster', records)).toMatchObject({
      verdict: 'held',
      because: expect.stringContaining('1 are ties and 0 stand the other way round'),
    })
  })

  test('does not rank what lost events', () => {
    const late = measured(asClaimed).map((record) =>
      record.technique === 'websocket'
        ? {
            ...record,
            latency: { ...record.latency, p50Us: 9e6 },
            account: { ...record.account, lost: 1 },
          }
        : record,
    )
    expect(judge('ws-faster', late)).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining('WebSocket before Server-Sent Events was not compared'),
    })
  })
})

describe('ws-beats-sse', () => {
  const SIZES = [16, 128, 4_096, 65_536]
  /** Server-Sent Events so many times as late as WebSocket, by the size; trials scatter by a share. */
  const measured = (ratioAt: (payloadBytes: number) => number, scatter = 0.02) =>
    SIZES.flatMap((at) =>
      ['websocket', 'sse'].flatMap((technique) =>
        cellFixture('payload-size', technique, {
          at,
          plant: ({ latency }, trial) => {
            const times = technique === 'sse' ? ratioAt(at) * (1 + scatter * (trial - 2)) : 1
            return { latency: { ...latency, p50Us: 2_000 * times } }
          },
        }),
      ),
    )

  test('holds, does not, or depends by where the interval of the ratio lies', () => {
    expect(
      verdict(
        'ws-beats-sse',
        measured(() => 1.8),
      ),
    ).toBe('held')
    expect(
      verdict(
        'ws-beats-sse',
        measured(() => 1.1),
      ),
    ).toBe('did not hold')
    expect(
      judge(
        'ws-beats-sse',
        measured((bytes) => (bytes > 1_000 ? 1.8 : 1.1)),
      ),
    ).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('at 4,096 bytes of payload and at 65,536 bytes of payload.'),
    })
  })

  test('is inconclusive where an interval reaches over 1.5, and where the gate says so', () => {
    expect(
      verdict(
        'ws-beats-sse',
        measured(() => 1.5),
      ),
    ).toBe('inconclusive')
    expect(
      verdict(
        'ws-beats-sse',
        measured(() => 1.1, 0.4),
      ),
    ).toBe('inconclusive')
    const two = measured(() => 1.8).filter(({ trial }) => trial < 3)
    expect(verdict('ws-beats-sse', two)).toBe('inconclusive')
  })

  test('is inconclusive without one of the sizes', () => {
    expect(judge('ws-beats-sse', withoutOne(measured(() => 1.8)))).toMatchObject(MISSING)
  })
})

describe('ws-binary', () => {
  /** Bytes of one event with a text payload and with a binary one, by technique. */
  const measured = (sseBinary: number, websocketBinary: number) =>
    (['text', 'binary'] as const).flatMap((at) =>
      (['sse', 'websocket'] as const).flatMap((technique) =>
        cellFixture('binary-payload', technique, {
          at,
          plant: (record) => {
            const binary = technique === 'sse' ? sseBinary : websocketBinary
            const bytes = at === 'binary' ? binary : 1_004
            const { window } = record.traffic
            const { ledger } = record
            const other = { ...ledger.window.down, payload: 0, framing: bytes * ledger.windowEvents }
            return {
              ...withWindow(record, { bytesUp: 0, bytesDown: bytes * window.events }),
              ledger: { ...ledger, window: { ...ledger.window, down: withPayload(other, record) } },
            }
          },
        }),
      ),
    )
  /** The payload's share keeps its label. */
  function withPayload(side: Ledger['window']['down'], { ledger }: ResultRecord): Ledger['window']['down'] {
    const { payload } = ledger.window.down
    return { ...side, payload, framing: side.framing - payload }
  }

  test('holds where base64 adds a third and WebSocket nothing', () => {
    expect(judge('ws-binary', measured(1_342, 1_004))).toMatchObject({
      verdict: 'held',
      because:
        'A binary payload took 33.8 % more bytes over Server-Sent Events, and 0 % more over WebSocket.',
    })
  })

  test('does not hold where an event stream carries bytes as they are, or WebSocket does not', () => {
    expect(verdict('ws-binary', measured(1_004, 1_004))).toBe('did not hold')
    expect(verdict('ws-binary', measured(1_342, 1_342))).toBe('did not hold')
  })

  test('is inconclusive where the gate says so', () => {
    const lost = measured(1_342, 1_004).map((record) => ({
      ...record,
      account: { ...record.account, lost: 1 },
    }))
    expect(verdict('ws-binary', lost)).toBe('inconclusive')
  })

  test('is inconclusive without one kind of payload', () => {
    expect(judge('ws-binary', withoutOne(measured(1_342, 1_004)))).toMatchObject(MISSING)
  })
})

describe('http-header-871', () => {
  /** A poll and an event by WebSocket, with the bytes that the kernel counted for each. */
  function measured({ wirePoll = 1_072, wireWebSocket = 126, headers = 871, isCounted = true } = {}) {
    return (['short-poll', 'websocket'] as const).flatMap((technique) =>
      cellFixture('header-871', technique, {
        overheadBytes: 2,
        plant: (record) => {
          const { traffic, ledger } = record
          const { events } = traffic.window
          const wire = technique === 'websocket' ? wireWebSocket : wirePoll
          const packets = technique === 'websocket' ? 2 : 3
          // Bytes of the stream that agree with the kernel's count.
          const bytes = wire - packets * 52
          const own = technique === 'websocket' ? 0 : headers * ledger.windowEvents
          const rest = bytes * ledger.windowEvents - own - ledger.window.down.payload
          return {
            ...withWindow(record, {
              requests: technique === 'websocket' ? 0 : events,
              bytesUp: 0,
              bytesDown: bytes * events,
            }),
            ledger: {
              ...ledger,
              window: {
                ...ledger.window,
                up: { ...ledger.window.up, header: own },
                down: { ...ledger.window.down, framing: rest },
              },
            },
            kernel: isCounted ? { bytes: wire * events, packets: packets * events } : null,
          }
        },
      }),
    )
  }

  test('does not hold on the wire, though it does for headers against framing', () => {
    const judgement = judge('http-header-871', measured())
    expect(judgement).toMatchObject({
      verdict: 'did not hold',
      because: expect.stringMatching(/^With TCP\/IP headers 8\.5 times the bytes of WebSocket/),
    })
    expect(judgement.numbers.map(({ value }) => Math.round(value))).toEqual([871, 436, 42, 9])
  })

  test('holds where the wire carries 435 times as much', () => {
    expect(verdict('http-header-871', measured({ wirePoll: 54_900 }))).toBe('held')
    expect(verdict('http-header-871', measured({ wirePoll: 65_000 }))).toBe('did not hold')
  })

  test('is inconclusive without the kernel’s count, or with other headers than those of the claim', () => {
    expect(verdict('http-header-871', measured({ isCounted: false }))).toBe('inconclusive')
    expect(verdict('http-header-871', measured({ headers: 700 }))).toBe('inconclusive')
  })

  test('says why it is inconclusive: not a replay, or trials that differ', () => {
    expect(judge('http-header-871', measured({ headers: 700 })).because).toMatch(
      /^The replay is none: a poll had 700 bytes of headers, not 871\. With TCP/,
    )
    const differing = [1, 2].flatMap((trial) =>
      measured({ wirePoll: trial === 1 ? 54_900 : 1_072 }).filter((record) => record.trial === trial),
    )
    expect(judge('http-header-871', differing)).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining('Trials differ on whether that is within 10 % of 435.'),
    })
  })

  test('is inconclusive without WebSocket beside the polls', () => {
    expect(judge('http-header-871', withoutOne(measured()))).toMatchObject(MISSING)
  })
})

describe('header-weight', () => {
  const COOKIES = [0, 4096]
  const SIZES = [16, 100, 16_384]
  /** Polls whose payload has a share of their bytes, by protocol and by the size of the payload. */
  function measured(shareOf: (http: string, payloadBytes: number, trial: number) => number, lost = 0) {
    const polled = (name: string, technique: string, at: number, http: string) =>
      cellFixture(name, technique, {
        at,
        lost,
        requestsPerEvent: 1,
        plant: (record, trial) => {
          const { payloadBytes } = record.point.feed
          const bytes = payloadBytes / shareOf(http, payloadBytes, trial)
          const { ledger, traffic } = record
          const { payload } = ledger.window.down
          const rest = bytes * ledger.windowEvents - payload
          return {
            ...withWindow(record, { bytesUp: 0, bytesDown: bytes * traffic.window.events }),
            ledger: {
              ...ledger,
              window: {
                up: { ...ledger.window.up, header: rest },
                down: { ...ledger.window.down, framing: 0 },
              },
            },
          }
        },
      })
    return [
      ...COOKIES.flatMap((at) =>
        ['short-poll', 'long-poll'].flatMap((technique) => polled('cookies', technique, at, '1.1')),
      ),
      ...SIZES.flatMap((at) => polled('header-weight', 'long-poll', at, '1.1')),
      ...SIZES.flatMap((at) => polled('header-weight-http2', 'long-poll', at, '2')),
    ]
  }

  test('holds where the payload of every small message is less than half, whatever large ones do', () => {
    const share = (_: string, bytes: number) => (bytes > 100 ? 0.95 : 0.12)
    expect(judge('header-weight', measured(share))).toMatchObject({
      verdict: 'held',
      because:
        'Of polls of up to 100 bytes the payload is 12 % to 12 % over HTTP/1.1 and 12 % to 12 % over HTTP/2.',
    })
  })

  test('depends where HTTP/2 lifts a small message above half', () => {
    const share = (http: string, bytes: number) => (http === '2' && bytes === 100 ? 0.6 : 0.12)
    expect(judge('header-weight', measured(share))).toMatchObject({
      verdict: 'depends',
      because: expect.stringContaining('Long polling over HTTP/2 at 100 bytes of payload.'),
    })
  })

  test('does not hold where the payload is half and more everywhere', () => {
    expect(
      verdict(
        'header-weight',
        measured(() => 0.6),
      ),
    ).toBe('did not hold')
  })

  test('is inconclusive where trials differ, and where events were lost', () => {
    const share = (_: string, bytes: number, trial: number) => (bytes === 16 && trial === 1 ? 0.52 : 0.48)
    expect(verdict('header-weight', measured(share))).toBe('inconclusive')
    expect(
      verdict(
        'header-weight',
        measured(() => 0.12, 4),
      ),
    ).toBe('inconclusive')
  })

  test('is inconclusive without one of the points', () => {
    expect(judge('header-weight', withoutOne(measured(() => 0.12)))).toMatchObject(MISSING)
  })
})
