import { describe, expect, test } from 'vitest'
import { choiceFixture, recordsFixture } from '../fixture.ts'
import { format } from '../format.ts'
import { measuredScenarios } from './cells.ts'
import { changeText } from './change.ts'

const changeIn = (...of: Parameters<typeof changeText>) => String(changeText(...of))

/** Cells of a sweep over TLS; with it every event has 22 bytes more. */
function tls(techniques: string[], change: (technique: string, at: number) => object = () => ({})) {
  const scenario = { ...choiceFixture, techniques }
  const records = techniques.flatMap((technique, i) =>
    [0, 1].flatMap((at) =>
      recordsFixture({
        scenario,
        at,
        technique,
        overheadBytes: 20 + 20 * i + 22 * at,
        ...change(technique, at),
      }),
    ),
  )
  return measuredScenarios(records)[0] ?? expect.fail()
}

describe('the change along a sweep', () => {
  test('is told technique by technique where they are few', () => {
    expect(changeIn(tls(['sse', 'websocket']), 'bytesPerEvent', format.bytes)).toBe(
      'Server-Sent Events: 120 B with TLS off and 142 B with TLS on. ' +
        'WebSocket: 140 B with TLS off and 162 B with TLS on.',
    )
  })

  test('is told as ratios where they are many', () => {
    const many = tls(['iframe-stream', 'fetch-stream', 'sse', 'websocket'])
    expect(changeIn(many, 'bytesPerEvent', format.bytes)).toBe(
      'From TLS off to TLS on: 1.12× with WebSocket to 1.18× with iframe streaming.',
    )
    expect(changeIn(many, 'p50Us', format.us)).toBe('From TLS off to TLS on: the same within noise with all.')
  })

  test('leaves out what is not valid', () => {
    const lossy = tls(['sse', 'websocket'], (technique, at) =>
      technique === 'sse' && at === 1 ? { lost: 1 } : {},
    )
    expect(changeIn(lossy, 'bytesPerEvent', format.bytes)).toMatch(
      /^Server-Sent Events: 120 B with TLS off\. WebSocket/,
    )
    const bad = tls(['iframe-stream', 'fetch-stream', 'sse', 'websocket'], () => ({ lost: 1 }))
    expect(changeIn(bad, 'bytesPerEvent', format.bytes)).toBe('No technique has valid figures at both ends.')
  })
})
