import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectSound, pathsOf, subpathsOf, textsOf } from '../../fixture/svg.ts'
import { type HeatPause, type HeatSpec, type HeatStrip, heatSvg } from './heat.ts'

function heatSpec(strips: HeatStrip[]): HeatSpec {
  return { id: 'steady', question: 'Was it steady?', conclusion: 'It was.', sliceMs: 200, strips }
}
const draw = (strips: HeatStrip[]) => heatSvg(heatSpec(strips)).markup
const slice = (from: number, ...counts: number[]) => ({
  from,
  counts,
  maxUs: counts.length > 0 ? 2 ** (from + counts.length) - 1 : 0,
})
const strip = (name: string, slices: HeatStrip['slices'], pauses: HeatPause[] = []): HeatStrip => ({
  name,
  slices,
  pauses,
})

/** By column and octave, the darkest shade that is drawn: 0 for none, else 1 to 4. */
function cells(svg: string, top: number): Map<string, number> {
  const shades = new Map<string, number>()
  for (const shade of [1, 2, 3, 4]) {
    // The last one of each shade is that of the legend.
    for (const [from, to] of pathsOf(svg, `shade-${shade}`).slice(0, -1).flatMap(subpathsOf)) {
      for (let x = from?.x ?? 0; x < (to?.x ?? 0); x++) shades.set(`${x} ${top - (from?.y ?? 0)}`, shade)
    }
  }
  return shades
}

describe('a heat strip', () => {
  test('has a cell for every octave of a slice that holds an event, as dark as its share', () => {
    const slices = fc.array(
      fc.record({ from: fc.nat(20), counts: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }) }),
      { minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(slices, (all) => {
        const drawn = all.map(({ from, counts }) => ({ from, counts, maxUs: 0 }))
        const expected = new Map<string, number>()
        drawn.forEach(({ from, counts }, column) => {
          const total = counts.reduce((sum, count) => sum + count, 0)
          counts.forEach((count, k) => {
            const share = count / total
            const shade = share >= 0.5 ? 4 : share >= 0.2 ? 3 : share >= 0.05 ? 2 : 1
            if (count > 0) expected.set(`${column} ${from + k}`, shade)
          })
        })
        const octaves = [...expected.keys()].map((key) => Number(key.split(' ')[1]))
        const read = cells(draw([strip('SSE', drawn)]), Math.max(...octaves))
        expect([...read].sort()).toEqual([...expected].sort())
      }),
    )
  })

  test('shows a single late event among many', () => {
    const svg = draw([strip('SSE', [slice(8, 1e6, 0, 0, 0, 0, 0, 1)])])
    expect(cells(svg, 14)).toEqual(
      new Map([
        ['0 14', 1],
        ['0 8', 4],
      ]),
    )
  })

  test('marks the longest delay of each slice that has one', () => {
    const svg = draw([strip('SSE', [slice(8, 5), slice(8), slice(9, 1)])])
    const [path] = pathsOf(svg, 'largest')
    const columns = subpathsOf(path as string).map(([start]) => start?.x)
    expect(columns).toEqual([0, 2])
  })

  test('marks pauses at their time: those of the server over the strip, those of an agent under it', () => {
    const at = (atMs: number, kind: HeatPause['kind'], process: HeatPause['process']) => ({
      atMs,
      durationUs: 9_000,
      kind,
      process,
    })
    const slices = Array.from({ length: 10 }, () => slice(8, 5, 1))
    const svg = draw([
      strip('SSE', slices, [
        at(1_000, 'stall', 'server'),
        at(1_000, 'stall', 'agent'),
        at(500, 'gc', 'server'),
        at(500.1, 'gc', 'server'),
      ]),
    ])
    const [stalls] = pathsOf(svg, 'stall').map(subpathsOf)
    const [over, under] = (stalls ?? []).map(([tip]) => tip)
    const [gcs] = pathsOf(svg, 'gc').map(subpathsOf)
    expect(gcs).toHaveLength(1)
    expect(over?.x).toBe(under?.x)
    expect(over?.y).toBeLessThan(under?.y ?? 0)
    const ticks = textsOf(svg)
    const x = (text: string) => ticks.find((tick) => tick.text === text)?.x ?? 0
    expect(Math.abs((over?.x ?? 0) - (x('0') + x('2,000')) / 2)).toBeLessThanOrEqual(1)
  })

  test.for<[string, HeatStrip[]]>([
    ['no strips', []],
    ['a strip without slices', [strip('SSE', [])]],
    ['slices without events', [strip('SSE', [slice(0), slice(0)])]],
    ['one event of less than a microsecond', [strip('SSE', [{ from: 0, counts: [1], maxUs: 0 }])]],
    [
      'a name in Chinese that is wide',
      [strip('服务器推送事件的平均延迟，从计划时间到接收', [slice(8, 5, 1)])],
    ],
    ['hours and microseconds', [strip('SSE', [slice(0, 5), slice(31, 1)])]],
  ])('of %s is sound', ([, strips]) => {
    expectSound(draw(strips))
  })

  test('of 11 techniques and 30 slices takes at most 12 kB', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const strips = Array.from({ length: 11 }, (_, i) =>
      strip(
        `Technique ${i}`,
        Array.from({ length: 30 }, () =>
          slice(
            8 + (i % 3),
            ...Array.from({ length: 3 + 2 * Math.floor(random() * 1.3) }, () => Math.ceil(100 * random())),
          ),
        ),
        Array.from({ length: 12 }, () => ({
          atMs: random() * 6_000,
          durationUs: 3_000,
          kind: random() < 0.2 ? ('stall' as const) : ('gc' as const),
          process: random() < 0.5 ? ('server' as const) : ('agent' as const),
        })),
      ),
    )
    expect(Buffer.byteLength(draw(strips))).toBeLessThanOrEqual(12_000)
  })
})
