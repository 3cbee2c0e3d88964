import { describe, expect, test } from 'vitest'
import type { LedgerSide, ResultRecord } from '../../results/record.ts'
import type { Variant } from '../../server/variant.ts'
import { chatFixture, recordsFixture, scenarioFixture } from '../fixture/records.ts'
import { ledgerFault } from './ledger-fault.ts'

interface Case {
  technique: string
  variant?: Partial<Variant>
  chat?: boolean
}

/** What is found of a record as it should be, after `change`. */
function faultOf({ technique, variant = {}, chat }: Case, change: (record: ResultRecord) => void = () => {}) {
  const scenario = { ...(chat ? chatFixture : scenarioFixture), variant }
  const record = structuredClone(recordsFixture({ scenario, technique })[0] ?? expect.fail())
  change(record)
  const fault = ledgerFault(record)
  return fault && String(fault)
}

/** Puts bytes of a side under another label, in the window and in all: every sum stays as it is. */
function relabel(
  { ledger }: ResultRecord,
  direction: 'up' | 'down',
  from: keyof LedgerSide,
  to: keyof LedgerSide,
  bytes = Number.POSITIVE_INFINITY,
) {
  for (const part of [ledger.window, ledger.total]) {
    const moved = Math.min(bytes, part[direction][from])
    part[direction][from] -= moved
    part[direction][to] += moved
  }
}

describe('what is as it should be passes', () => {
  const cases: Case[] = [
    { technique: 'sse' },
    { technique: 'sse', variant: { contentCoding: 'gzip' } },
    { technique: 'long-poll', variant: { contentCoding: 'br' } },
    { technique: 'websocket', variant: { perMessageDeflate: true } },
    { technique: 'socket-io', variant: { perMessageDeflate: true } },
    // What means nothing to a technique changes nothing of it.
    { technique: 'sse', variant: { perMessageDeflate: true } },
    { technique: 'websocket', variant: { contentCoding: 'gzip' } },
    { technique: 'sse', variant: { payload: 'binary' } },
    { technique: 'websocket', variant: { payload: 'binary' } },
    { technique: 'websocket', variant: { tls: true } },
    { technique: 'sse', chat: true },
    { technique: 'websocket', chat: true },
    { technique: 'websocket', chat: true, variant: { perMessageDeflate: true } },
    { technique: 'sse', chat: true, variant: { contentCoding: 'gzip' } },
    { technique: 'sse', chat: true, variant: { payload: 'binary' } },
  ]
  test.for(cases)('%o', (one) => {
    expect(faultOf(one)).toBeUndefined()
  })

  test('also where messages go up as they are and come down as base64', () => {
    const binary: Case = { technique: 'fetch-stream', chat: true, variant: { payload: 'binary' } }
    // A message of 100 bytes has 138 as base64.
    expect(faultOf(binary, (record) => relabel(record, 'up', 'payload', 'framing', 38))).toBeUndefined()
  })

  test('also where a message crosses an edge of the window', () => {
    const crossing = faultOf({ technique: 'websocket', chat: true }, ({ ledger }) => {
      ledger.window.up.payload = 0
    })
    expect(crossing).toBeUndefined()
  })
})

describe('of compressed events', () => {
  const gzip: Case = { technique: 'sse', variant: { contentCoding: 'gzip' } }

  test('none may come as payload', () => {
    expect(faultOf(gzip, (record) => relabel(record, 'down', 'compressed', 'payload'))).toBe(
      '2000 are labelled payload where events are compressed',
    )
    expect(faultOf(gzip, (record) => relabel(record, 'down', 'compressed', 'payload', 1))).toBe(
      '1 are labelled payload where events are compressed',
    )
  })

  test('some have to come as compressed', () => {
    expect(faultOf(gzip, (record) => relabel(record, 'down', 'compressed', 'framing'))).toBe(
      'none is labelled compressed where 20 events are compressed',
    )
  })

  test('messages that go up are held to the same, where messages are what is compressed', () => {
    const deflate: Case = { technique: 'websocket', chat: true, variant: { perMessageDeflate: true } }
    expect(faultOf(deflate, (record) => relabel(record, 'up', 'compressed', 'payload'))).toBe(
      '100 are labelled payload where messages are compressed',
    )
    expect(faultOf(deflate, (record) => relabel(record, 'up', 'compressed', 'framing'))).toBe(
      'none is labelled compressed where 1 messages are compressed',
    )
  })

  test('nothing is where nothing was asked for', () => {
    for (const technique of ['websocket', 'sse']) {
      const variant: Partial<Variant> =
        technique === 'sse' ? { perMessageDeflate: true } : { contentCoding: 'gzip' }
      expect(
        faultOf({ technique, variant }, (record) => relabel(record, 'down', 'payload', 'compressed')),
      ).toBe('2000 are labelled compressed where nothing is compressed')
    }
  })
})

describe('of binary events', () => {
  test('all have one of two sizes, and the same', () => {
    const text: Case = { technique: 'sse', variant: { payload: 'binary' } }
    const one = (record: ResultRecord) => relabel(record, 'down', 'payload', 'framing', 38)
    expect(faultOf(text, one)).toBe('2722 are labelled payload where 20 events have 2000 or 2760')
    const raw: Case = { technique: 'websocket', variant: { payload: 'binary' } }
    expect(faultOf(raw, (record) => relabel(record, 'down', 'framing', 'payload', 38))).toBe(
      '2038 are labelled payload where 20 events have 2000 or 2760',
    )
  })

  test('base64 is nothing that an event of text may have', () => {
    expect(faultOf({ technique: 'sse' }, (record) => relabel(record, 'down', 'framing', 'payload', 38))).toBe(
      '2038 are labelled payload where 20 events have 2000',
    )
  })
})

describe('where subscribers publish', () => {
  const chat: Case = { technique: 'sse', chat: true }

  test('what goes up is the messages of the probe, to the byte', () => {
    expect(faultOf(chat, (record) => relabel(record, 'up', 'payload', 'framing', 1))).toBe(
      '99 are labelled payload where 1 messages have 100',
    )
    expect(
      faultOf(chat, ({ ledger }) => {
        ledger.totalMessages = 2
      }),
    ).toBe('100 are labelled payload where 2 messages have 200')
  })

  test('what comes down is the events of all', () => {
    expect(faultOf(chat, (record) => relabel(record, 'down', 'payload', 'framing', 1))).toBe(
      '1999 are labelled payload where 20 events have 2000',
    )
  })

  test('and nowhere else, nothing goes up', () => {
    const faulty = faultOf({ technique: 'long-poll' }, ({ ledger }) => {
      ledger.total.up.payload = 100
      ledger.total.up.handshake -= 100
    })
    expect(faulty).toBe('100 are labelled payload where 0 messages have 0')
  })
})
