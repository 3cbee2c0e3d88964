import { describe, expect, test } from 'vitest'
import { expectSound, pathsOf, subpathsOf } from '../../fixture/svg.ts'
import { type Interval, type WaterfallTrack, waterfallSvg } from './waterfall.ts'

function draw(tracks: WaterfallTrack[], toUs = 50_000): string {
  return waterfallSvg({ id: 'time', question: 'Where does the time go?', conclusion: '', toUs, tracks })
    .markup
}
const interval = (kind: Interval['kind'], fromUs: number, toUs: number): Interval => ({ kind, fromUs, toUs })
const events = [1, 2, 3, 4, 5].map((seq) => ({ seq, atUs: seq * 9_000 }))
const polling = (name: string): WaterfallTrack => ({
  name,
  rows: [
    [
      interval('connect', 200, 1_900),
      ...[0, 1, 2, 3].flatMap((k) => [
        interval('request', 2_000 + k * 12_000, 2_300 + k * 12_000),
        interval('wait', 2_300 + k * 12_000, 9_000 + k * 12_000),
        interval('receive', 9_000 + k * 12_000, 9_600 + k * 12_000),
      ]),
    ],
  ],
  published: events,
  received: events.map(({ seq, atUs }) => ({ seq, atUs: atUs + 2_000 })),
})
/** The last one of each class that is drawn by kind is that of the legend. */
const drawnOf = (svg: string, look: string) => subpathsOf(pathsOf(svg, look)[0] as string).slice(0, -1)

describe('a waterfall', () => {
  test('has every interval from its beginning to its end, and every event at its time', () => {
    const svg = draw([polling('Short polling')])
    const [connect] = drawnOf(svg, 'connect')
    const unitsPerUs = ((connect?.[1]?.x ?? 0) - (connect?.[0]?.x ?? 0)) / 1_700
    const at = (us: number) => (connect?.[0]?.x ?? 0) + (us - 200) * unitsPerUs
    const waits = drawnOf(svg, 'wait')
    expect(waits).toHaveLength(4)
    waits.forEach(([begin, end], k) => {
      expect(begin?.x).toBeCloseTo(at(2_300 + k * 12_000), -0.6)
      expect(end?.x).toBeCloseTo(at(9_000 + k * 12_000), -0.6)
    })
    const received = drawnOf(svg, 'received')
    expect(received).toHaveLength(5)
    received.forEach(([tip], i) => {
      expect(tip?.x).toBeCloseTo(at((i + 1) * 9_000 + 2_000), -0.6)
    })
    expect(drawnOf(svg, 'published')).toHaveLength(5)
  })

  test('joins an event that was published to its receipt', () => {
    const track = { ...polling('Short polling'), received: [{ seq: 2, atUs: 20_000 }] }
    expect(subpathsOf(pathsOf(draw([track]), 'delay')[0] as string)).toHaveLength(1)
  })

  test('shows what is very short, and leaves out what is not within its time', () => {
    const track: WaterfallTrack = {
      name: 'SSE',
      rows: [
        [interval('request', 10, 11), interval('wait', 60_000, 70_000), interval('receive', Number.NaN, 1)],
      ],
      published: [{ seq: 1, atUs: 60_000 }],
      received: [],
    }
    const svg = draw([track])
    const [[begin, end] = []] = drawnOf(svg, 'request')
    expect((end?.x ?? 0) - (begin?.x ?? 0)).toBeCloseTo(1.5)
    for (const look of ['wait', 'receive', 'published']) expect(drawnOf(svg, look)).toEqual([])
    expectSound(svg)
  })

  test.for<[string, WaterfallTrack[], number?]>([
    ['no tracks', []],
    ['a track without connections', [{ name: 'SSE', rows: [], published: [], received: [] }]],
    ['no time', [polling('Short polling')], 0],
    ['a wide name', [polling('服务器推送事件的平均延迟，从计划时间到接收')]],
  ])('of %s is sound', ([, tracks, toUs]) => {
    expectSound(draw(tracks, toUs))
  })

  test('of 11 techniques takes at most 6 kB', () => {
    const tracks = Array.from({ length: 11 }, (_, i) => polling(`Technique ${i}`))
    expect(Buffer.byteLength(draw(tracks))).toBeLessThanOrEqual(6_000)
  })
})
