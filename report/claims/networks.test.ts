import { describe, expect, test } from 'vitest'
import type { Row } from '../../results/observation.ts'
import { observationFixture, rowsFixture, spoken } from '../fixture/claims.ts'
import { evidenceOf } from './evidence.ts'
import { networksClaims } from './index.ts'

function judge(id: string, seen: Record<string, Row[]>) {
  const observations = Object.entries(seen).map(([experiment, rows]) =>
    observationFixture(experiment, rowsFixture(experiment, rows)),
  )
  return spoken(networksClaims.find((claim) => claim.id === id)?.judge(evidenceOf([], observations)))
}

test.each(networksClaims)(
  '$id is not tested without evidence, nor where its experiment could not be made',
  (claim) => {
    expect(spoken(claim.judge(evidenceOf([], [])))).toMatchObject({ verdict: 'not tested here', numbers: [] })
    const [name = ''] = claim.experiments ?? []
    const unavailable = { ...observationFixture(name, []), unavailable: 'nft is not installed here.' }
    expect(spoken(claim.judge(evidenceOf([], [unavailable])))).toEqual({
      verdict: 'not tested here',
      because: 'nft is not installed here.',
      numbers: [],
    })
  },
)

/** The same rows once a trial, numbered. */
const trials = (count: number, ...rows: Row[]): Row[] =>
  Array.from({ length: count }, (_, i) => rows.map((row) => ({ ...row, trial: i + 1 }))).flat()

describe('ws-key-security', () => {
  const letIn = { valid: true, status: 101, eventsPublished: 5, eventsReceived: 5 }
  const refused = { valid: false, status: 400, eventsPublished: 0, eventsReceived: 0 }
  const of = (...rows: Row[]) => judge('ws-key-security', { 'websocket-key': rows })

  test('does not hold where a bare socket with a key of its own is let in', () => {
    expect(of(letIn, letIn, refused)).toMatchObject({
      verdict: 'did not hold',
      because:
        '2 of 2 bare TCP sockets with a key of their own making were let in and received 10 of 10 events.',
    })
  })

  test('holds where all are kept out', () => {
    expect(of({ ...letIn, status: 403, eventsReceived: 0 }, refused)?.verdict).toBe('held')
  })

  test('is not decided where some are let in, or one without a key is', () => {
    expect(of(letIn, { ...letIn, status: 403 }, refused)?.verdict).toBe('inconclusive')
    expect(of(letIn, { ...letIn, valid: false })?.verdict).toBe('inconclusive')
  })
})

describe('ws-never-breaks', () => {
  const lived = { idleTimeoutMs: 2_000, opened: true, broke: false, eventsAfterwards: 1 }
  const broke = { ...lived, broke: true, eventsAfterwards: 0, openForUs: 2_001_000 }
  const of = (pinged: Row[], silent: Row[]) =>
    judge('ws-never-breaks', {
      'websocket-idle': [
        ...pinged.map((row) => ({ ...row, heartbeatMs: 1_000 })),
        ...silent.map((row) => ({ ...row, heartbeatMs: 60_000 })),
      ],
    })

  test('depends on pings where silent connections alone break', () => {
    expect(of([lived, lived, lived], [broke, broke, broke])).toMatchObject({
      verdict: 'depends',
      because:
        'It depends on pings: behind an idle timeout of 2 s 3 of 3 silent WebSockets broke, after 2 s; ' +
        'with a ping each 1 s none of 3 did.',
    })
  })

  test('holds where none breaks, and does not where all do', () => {
    expect(of([lived], [lived])?.verdict).toBe('held')
    expect(of([broke], [broke])?.verdict).toBe('did not hold')
  })

  test('is not decided where connections of one kind do not agree', () => {
    expect(of([lived, lived], [broke, lived])?.verdict).toBe('inconclusive')
    expect(of([lived, { ...lived, eventsAfterwards: 0 }], [broke])?.verdict).toBe('inconclusive')
    expect(of([broke], [lived])?.verdict).toBe('inconclusive')
    expect(of([lived], [])?.verdict).toBe('inconclusive')
  })

  test('is not decided by a connection that never opened, nor by an open one that receives nothing', () => {
    const never = { ...broke, opened: false }
    expect(of([lived], [never])).toMatchObject({
      verdict: 'inconclusive',
      because: expect.stringContaining('a WebSocket never opened'),
    })
    const deaf = { ...lived, eventsAfterwards: 0 }
    expect(of([lived, lived], [deaf, deaf])?.verdict).toBe('inconclusive')
    expect(of([deaf], [deaf])?.verdict).toBe('inconclusive')
  })
})

describe('ws-multiplexes', () => {
  const waits = { smallDelayUs: 400_000, largeDelayUs: 500_000 }
  const overtakes = { smallDelayUs: 30_000, largeDelayUs: 500_000 }
  const of = (onWebSocket: Row, onStreams: Row, count = 6) =>
    judge('ws-multiplexes', {
      'large-message': trials(
        count,
        { carrier: 'one WebSocket', ...onWebSocket },
        { carrier: 'two WebSockets', ...overtakes },
        { carrier: 'two streams of HTTP/2', ...waits },
        { carrier: 'two streams of HTTP/2, incremental', ...onStreams },
      ),
    })

  test('does not hold where the small message waits on WebSocket and overtakes on HTTP/2', () => {
    expect(of(waits, overtakes)).toMatchObject({
      verdict: 'did not hold',
      because:
        'Behind a large message a small one took 400 ms on the same WebSocket. Beside it on a stream of HTTP/2 ' +
        'it took 30 ms where that asks for turns, 400 ms where it does not, and 30 ms on a WebSocket of its own.',
    })
  })

  test('holds where it overtakes on WebSocket', () => {
    expect(of(overtakes, overtakes)?.verdict).toBe('held')
  })

  test('is not decided where HTTP/2 makes it wait as well, nor by two trials', () => {
    expect(of(waits, waits)?.verdict).toBe('inconclusive')
    expect(of(waits, overtakes, 2)?.verdict).toBe('inconclusive')
  })
})

describe('ws-proxies', () => {
  const path = (proxy: string, delivered: boolean, tls = false): Row => ({
    technique: 'websocket',
    proxy,
    tls,
    opened: delivered,
    delivered,
    ...(!delivered && { failedAfterUs: 10_000 }),
  })
  const of = (rows: Row[], nginx?: Row[]) =>
    judge('ws-proxies', { proxies: trials(3, ...rows), ...(nginx && { 'nginx-in-front': nginx }) })

  test('depends on the proxy where one of them stops it', () => {
    const rows = [path('none', true), path('TCP tunnel', true, true), path('drops Upgrade', false)]
    expect(of(rows)).toMatchObject({
      verdict: 'depends',
      because:
        'It depends on the proxy and its configuration: it delivered through 1 of 2 configurations; not ' +
        'through drops Upgrade, and failed there after 10 ms.',
    })
  })

  test('holds through all of them and does not hold through none', () => {
    expect(of([path('none', true), path('buffering', true)])?.verdict).toBe('held')
    expect(of([path('none', true), path('buffering', false)])?.verdict).toBe('did not hold')
  })

  test('counts configurations of nginx, too, where there is one', () => {
    const nginx = { technique: 'websocket', opened: false, eventsPublished: 9, eventsReceivedInTime: 0 }
    const rows = [path('none', true), path('buffering', true)]
    expect(of(rows, [{ ...nginx, configuration: 'proxy_pass alone' }])?.verdict).toBe('depends')
  })

  test('is not decided where it fails without a proxy, or trials do not agree', () => {
    expect(of([path('none', false), path('buffering', false)])?.verdict).toBe('inconclusive')
    const rows = [path('none', true), path('buffering', true), path('buffering', false)]
    expect(of(rows)?.verdict).toBe('inconclusive')
  })
})

describe('xmlsocket-proxy', () => {
  const path = (proxy: string, opened: boolean): Row => ({
    technique: 'xml-socket',
    proxy,
    opened,
    delivered: opened,
    ...(!opened && { failedAfterUs: 2_000 }),
  })
  const of = (...rows: Row[]) => judge('xmlsocket-proxy', { proxies: trials(3, ...rows) })

  test('holds where it opens directly and not through HTTP', () => {
    expect(of(path('none', true), path('HTTP only', false))).toMatchObject({
      verdict: 'held',
      because:
        'It opened directly in all of 3 trials and through the HTTP-only proxy in none of 3, where it failed ' +
        'after 2 ms.',
    })
  })

  test('does not hold where it opens through HTTP', () => {
    expect(of(path('none', true), path('HTTP only', true))?.verdict).toBe('did not hold')
  })

  test('is not decided where it does not work directly either', () => {
    expect(of(path('none', false), path('HTTP only', false))?.verdict).toBe('inconclusive')
  })
})

describe('tcp-reorders', () => {
  const sent = { sentBytes: 8e6, receivedBytes: 8e6, outOfOrderBytes: 0, lossPercent: 0, writes: 250 }
  const tcp = { ...sent, carrier: 'TCP', reads: 124, readsThatAreWrites: 0 }
  const webSocket = { ...sent, carrier: 'WebSocket', reads: 250, readsThatAreWrites: 250 }
  const loss = { lossPercent: 5, droppedPackets: 400, outOfOrderSegments: 900, retransmittedSegments: 410 }
  const of = (...rows: Row[]) => judge('tcp-reorders', { 'tcp-order': rows })

  test('does not hold where no byte is out of order, with packets lost', () => {
    expect(of(tcp, webSocket, { ...tcp, ...loss })).toMatchObject({
      verdict: 'did not hold',
      because:
        'None of 16 MB over bare TCP was out of order, though 400 packets were lost and 900 segments came out ' +
        'of order: TCP itself put them right. What WebSocket adds: 250 of its 250 messages arrived as they were ' +
        'written, and 0 of TCP’s 500 writes.',
    })
  })

  test('does not hold on loopback alone, and says what was not tested', () => {
    expect(of(tcp, webSocket)).toMatchObject({
      verdict: 'did not hold',
      because: expect.stringContaining('on loopback; with packet loss it was not tested'),
    })
  })

  test('holds where bytes are out of order over TCP and none over WebSocket', () => {
    expect(of({ ...tcp, outOfOrderBytes: 4 }, webSocket)?.verdict).toBe('held')
  })

  test('is not decided where both are, bytes are missing, or no packet was lost that should have been', () => {
    const broken = { outOfOrderBytes: 4 }
    expect(of({ ...tcp, ...broken }, { ...webSocket, ...broken })?.verdict).toBe('inconclusive')
    expect(of({ ...tcp, receivedBytes: 7e6 }, webSocket)?.verdict).toBe('inconclusive')
    expect(of(tcp)?.verdict).toBe('inconclusive')
    expect(of(webSocket)?.verdict).toBe('inconclusive')
    expect(of(tcp, webSocket, { ...tcp, ...loss, droppedPackets: 0 })?.verdict).toBe('inconclusive')
  })

  test('shows what loss costs, where that was measured', () => {
    const delays = trials(3, { technique: 'sse', lossPercent: 5, delayP99Us: 200_000 })
    const judgement = judge('tcp-reorders', { 'tcp-order': [tcp, webSocket], 'packet-loss': delays })
    expect(judgement?.numbers.at(-1)).toMatchObject({
      what: 'p99 of the delay of events, sse, 5 % of packets lost',
      value: 200_000,
      badge: 'use with care',
    })
  })
})

describe('buffering-proxy', () => {
  const buffers = (bufferBytes: number, maxDelayUs: number, count = 6) =>
    trials(count, {
      bufferBytes,
      honoursNoBuffering: false,
      heartbeatMs: 60_000,
      maxDelayUs,
      meanDelayUs: maxDelayUs / 2,
      modelMaxDelayUs: bufferBytes * 100,
    })
  const streamed = trials(6, { ...buffers(8_192, 1_000)[0], honoursNoBuffering: true })
  const of = (...rows: Row[]) => judge('buffering-proxy', { 'proxy-buffer': [...rows, ...streamed] })

  test('holds where events wait as long as the model says', () => {
    expect(of(...buffers(4_096, 400_000), ...buffers(8_192, 830_000))).toMatchObject({
      verdict: 'held',
      because:
        'Events waited up to 400 ms in a buffer of 4096 bytes (model 410 ms), up to 830 ms in a buffer of ' +
        '8192 bytes (model 819 ms), and 500 µs on average where X-Accel-Buffering: no is honoured.',
    })
  })

  test('does not hold where they hardly wait', () => {
    expect(of(...buffers(4_096, 1_000), ...buffers(8_192, 1_000))?.verdict).toBe('did not hold')
  })

  test('is not decided off the model, by one size, or by two buffers', () => {
    expect(of(...buffers(4_096, 400_000), ...buffers(8_192, 1_100_000))?.verdict).toBe('inconclusive')
    expect(of(...buffers(4_096, 400_000))?.verdict).toBe('inconclusive')
    expect(of(...buffers(4_096, 400_000, 2), ...buffers(8_192, 830_000, 2))?.verdict).toBe('inconclusive')
  })

  test('tells what nginx let through in time, where there is one', () => {
    const rows = [...buffers(4_096, 400_000), ...buffers(8_192, 830_000)]
    const nginx = {
      technique: 'sse',
      configuration: 'HTTP/1.1',
      eventsReceivedInTime: 20,
      eventsPublished: 20,
    }
    const judgement = judge('buffering-proxy', { 'proxy-buffer': rows, 'nginx-in-front': [nginx] })
    expect(judgement?.numbers.at(-1)).toMatchObject({ value: 20, expected: 20 })
  })
})

describe('nagle', () => {
  const delays = (answers: boolean, withoutUs: number, withUs: number, count = 6) =>
    trials(
      count,
      { writesPerEvent: 2, answers, noDelay: true, lastByteP50Us: withoutUs, lastByteP99Us: withoutUs },
      { writesPerEvent: 2, answers, noDelay: false, lastByteP50Us: withUs, lastByteP99Us: withUs },
    )
  const of = (...rows: Row[]) => judge('nagle', { nagle: rows })

  test('depends on whether the receiver answers where only that one waits', () => {
    expect(of(...delays(false, 300, 400), ...delays(true, 300, 43_300))).toMatchObject({
      verdict: 'depends',
      because:
        'Two writes an event: Nagle’s algorithm added 43 ms where the receiver answers each event, and 100 µs ' +
        'where it only listens, as it does of a stream: it depends on that.',
    })
  })

  test('holds where both wait about 40 ms, and does not where neither does', () => {
    expect(of(...delays(false, 300, 40_300), ...delays(true, 300, 40_300))?.verdict).toBe('held')
    expect(of(...delays(false, 300, 400), ...delays(true, 300, 400))?.verdict).toBe('did not hold')
  })

  test('is not decided by another delay, one receiver, or two trials', () => {
    expect(of(...delays(false, 300, 400), ...delays(true, 300, 200_300))?.verdict).toBe('inconclusive')
    expect(of(...delays(true, 300, 40_300))?.verdict).toBe('inconclusive')
    expect(of(...delays(false, 300, 400, 2), ...delays(true, 300, 40_300, 2))?.verdict).toBe('inconclusive')
  })
})

describe('resume-loses-nothing', () => {
  const seen = (technique: string, resume: boolean, eventsLost: number, history = 'long'): Row => ({
    ...{ technique, resume, history, eventsLost, cuts: 5 },
    ...{ eventsTwice: 0, eventsOutOfOrder: 0, eventsToldLost: history === 'short' ? eventsLost : 0 },
  })
  const of = (...rows: Row[]) => judge('resume-loses-nothing', { resume: rows })
  const forgot = [seen('sse', false, 40), seen('websocket', false, 40)]

  test('holds where nothing is lost with a cursor and much without', () => {
    const rows = [seen('sse', true, 0), seen('websocket', true, 0), seen('sse', true, 20, 'short')]
    expect(of(...rows, ...forgot)).toMatchObject({
      verdict: 'held',
      because:
        'Over 10 breaks of 2 techniques 0 events were lost with a cursor, 80 without. Where the server’s history ' +
        'was too short 20 were lost, and 20 of them told.',
    })
  })

  test('depends on the technique where one loses, repeats or reorders', () => {
    for (const harm of [{ eventsLost: 1 }, { eventsTwice: 1 }, { eventsOutOfOrder: 1 }]) {
      const rows = [seen('sse', true, 0), { ...seen('websocket', true, 0), ...harm }]
      expect(of(...rows, ...forgot)).toMatchObject({
        verdict: 'depends',
        because: expect.stringMatching(/^It depends on the technique: .* harmed were websocket\.$/),
      })
    }
  })

  test('does not hold where all lose', () => {
    expect(of(seen('sse', true, 1), seen('websocket', true, 1), ...forgot)).toMatchObject({
      verdict: 'did not hold',
      because: expect.stringMatching(/^It is so of no technique: over 10 .* harmed were sse, websocket\.$/),
    })
  })

  test('is not decided where the breaks cost nothing without a cursor either', () => {
    expect(of(seen('sse', true, 0), seen('sse', false, 0))?.verdict).toBe('inconclusive')
  })
})
