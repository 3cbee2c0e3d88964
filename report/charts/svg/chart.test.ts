import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectSound, type Label, type Place, pathsOf, subpathsOf, textsOf } from '../../fixture/svg.ts'
import { classColors, hatches, identities, partColors, theory } from '../../palette.ts'
import type { Text } from '../../words/say.ts'
import type { ChartPoint, ChartSpec, Series } from '../spec.ts'
import { chartSvg } from './chart.ts'

const NAMES = [
  'Short polling',
  'Long polling',
  'JSONP polling',
  'iframe streaming',
  'Multipart streaming',
  'Fetch streaming (NDJSON)',
  'Server-Sent Events',
  'WebSocket',
  'XMLSocket (Flash)',
  'Socket.IO',
  'Bare TCP',
]

function seriesOf(points: readonly (readonly Omit<ChartPoint, 'text'>[])[]): Series[] {
  return points.map((all, i) => ({
    name: NAMES[i] as string,
    ...(identities[i] as (typeof identities)[number]),
    points: all.map((point) => ({ ...point, text: '-' })),
  }))
}

function lineSpec(
  points: readonly (readonly Omit<ChartPoint, 'text'>[])[],
  { x = false, y = false } = {},
): ChartSpec {
  return {
    id: 'delay-over-subscribers',
    kind: 'line',
    question: 'How does the delay change with the number of subscribers?',
    conclusion: 'It grows.',
    x: { title: 'Subscribers', log: x },
    y: { title: 'Mean delay from the scheduled time to receipt, ms', log: y },
    series: seriesOf(points),
  }
}

function barSpec(series: number, groups: number, { stacked = false } = {}): ChartSpec {
  const points = Array.from({ length: series }, (_, i) =>
    Array.from({ length: groups }, (_, x) => ({
      x,
      y: 100 + 37 * i + 11 * x,
      ...(!stacked && { low: 95 + 37 * i + 11 * x, high: 109 + 37 * i + 11 * x }),
    })),
  )
  return {
    ...lineSpec(points),
    kind: 'bar',
    x: { title: 'Technique', categories: NAMES.slice(0, groups) },
    stacked,
  }
}

/** Five positions of techniques whose trials differ by some percent. */
function sweep(techniques: number, spread = 0.03): ChartSpec {
  return lineSpec(
    Array.from({ length: techniques }, (_, i) =>
      [10, 50, 100, 500, 1_000].map((x, at) => {
        const y = (0.8 + i * 0.3) * (1 + (at * at) / (i + 2))
        return { x, y, low: y * (1 - spread), high: y * (1 + spread) }
      }),
    ),
    { x: true },
  )
}

const draw = (spec: ChartSpec) => chartSvg(spec).markup

describe('a line', () => {
  test('has a ring with its text where lines cross, and one text for rings that touch', () => {
    const spec = {
      ...lineSpec([
        [
          { x: 1, y: 1 },
          { x: 3, y: 3 },
        ],
        [
          { x: 1, y: 3 },
          { x: 3, y: 1 },
        ],
      ]),
      marks: [
        { x: 2, y: 2, text: 'a' },
        { x: 2.01, y: 2, text: 'b' },
        { x: 1.2, y: 1.2, text: 'c' },
      ],
    }
    const svg = draw(spec)
    expectSound(svg)
    expect(pathsOf(svg, 'ring')[0]?.match(/a7 7/g)).toHaveLength(3)
    expect(textsOf(svg).flatMap(({ text }) => (/^[abc]/.test(text) ? [text] : []))).toEqual(['a, b', 'c'])
    // Half way across and up the plot.
    const [axisX, axisY] = axes(svg, { x: false, y: false })
    const ring = pathsOf(svg, 'ring')[0]?.match(/^M(\d+) (\d+)a/) ?? expect.fail()
    expect(Math.abs(Number(ring[1]) + 7 - axisX(2))).toBeLessThan(2.1)
    expect(Math.abs(Number(ring[2]) - axisY(2))).toBeLessThan(2.1)
  })

  test.for([
    { x: false, y: false },
    { x: true, y: false },
    { x: false, y: true },
    { x: true, y: true },
  ])('goes through all its values: what is drawn reads as what was measured, %o', (log) => {
    const value = (isLog: boolean) => fc.double({ min: isLog ? 0.01 : 0, max: 1e5, noNaN: true })
    const points = fc.array(fc.record({ x: value(log.x), y: value(log.y) }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(points, (all) => {
        const svg = draw(lineSpec([all], log))
        const places = marks(svg)
        const [axisX, axisY] = axes(svg, log)
        all.forEach((point, i) => {
          const { x, y } = places[i] as Place
          expect(Math.abs(axisX(point.x) - x)).toBeLessThan(2.1)
          expect(Math.abs(axisY(point.y) - y)).toBeLessThan(2.1)
        })
        // The sample beside its name.
        expect(places).toHaveLength(all.length + 1)
      }),
    )
  })

  test('leaves out what has no place, and the series that have nothing to draw', () => {
    const [none, below] = [
      { x: 1, y: Number.NaN },
      { x: 2, y: -1 },
    ]
    const svg = draw(
      lineSpec(
        [[none, below, { x: 3, y: 1 }, { x: 4, y: Number.POSITIVE_INFINITY }, { x: 0, y: 1 }], [none]],
        {
          x: true,
          y: true,
        },
      ),
    )
    expect(marks(svg)).toHaveLength(2)
    expect(svg).not.toContain(NAMES[1])
    expectSound(svg)
  })

  test('has its name next to its right end, and a leader to where there is room', () => {
    const svg = draw(
      lineSpec([
        [
          { x: 1, y: 1 },
          { x: 2, y: 100 },
        ],
        [
          { x: 2, y: 99 },
          { x: 1, y: 10 },
        ],
        [
          { x: 1, y: 10 },
          { x: 2, y: 10 },
        ],
      ]),
    )
    const names = textsOf(svg).filter(({ text }) => NAMES.includes(text))
    const ys = names.map(({ y }) => y).sort((a, b) => a - b)
    expect(names.map(({ text }) => text)).toEqual(NAMES.slice(0, 3))
    expect((ys[1] as number) - (ys[0] as number)).toBeGreaterThanOrEqual(16)
    // The first two end at almost the same place: at least one of their names is moved.
    expect(pathsOf(svg, 'thin').length).toBeGreaterThanOrEqual(1)
  })

  test('has its name at its end, of eleven techniques too, and under the plot where names are wide', () => {
    const under = (spec: ChartSpec) => {
      const texts = textsOf(draw(spec))
      const title = texts.find(({ text }) => text === 'Subscribers') as Label
      return texts.filter(({ y }) => y > title.y).length
    }
    expect(under(sweep(11))).toBe(0)
    const wide = sweep(2)
    const model = { ...theory, name: 'model: 1/2 divided by requests per second', points: [] }
    wide.series.push({ ...model, points: [{ x: 10, y: 1, text: '-' }] })
    expect(under(wide)).toBe(3)
  })

  test('shows the range of the trials where its marker does not hide it', () => {
    const spec = lineSpec([
      [
        { x: 1, y: 50, low: 49.9, high: 50.1 },
        { x: 2, y: 50, low: 10, high: 100 },
      ],
    ])
    const [[, whisker] = []] = [subpathsOf(pathsOf(draw(spec), 'thin')[0] as string)]
    expect(whisker).toHaveLength(2)
    expect((whisker?.[0]?.y ?? 0) - (whisker?.[1]?.y ?? 0)).toBeCloseTo(0.9 * 240, -1)
  })

  test('has texts at the chosen ticks alone', () => {
    const spec = sweep(2)
    spec.x.ticks = [
      { value: 10, text: 'few' },
      { value: 100, text: 'some', minor: true },
      { value: 1_000, text: 'many' },
    ]
    const texts = textsOf(draw(spec)).map(({ text }) => text)
    expect(texts).toContain('few')
    expect(texts).toContain('many')
    expect(texts).not.toContain('some')
    expect(texts).not.toContain('100')
  })
})

describe('a bar', () => {
  test('begins at 0 and is as long as its value', () => {
    const spec = barSpec(3, 2)
    const svg = draw(spec)
    const [axis] = axes(svg, { x: false, y: false }, spec.y.title)
    const bars = pathsOf(svg, 'bar').map((data) => subpathsOf(data))
    expect(bars.map((one) => one.length)).toEqual([2, 2, 2])
    bars.forEach((one, i) => {
      one.forEach(([start, end], k) => {
        expect(start?.x).toBeCloseTo(axis(0), -0.5)
        expect(Math.abs((end?.x ?? 0) - axis(spec.series[i]?.points[k]?.y ?? 0))).toBeLessThan(1.6)
      })
    })
  })

  test('stands on the one before where they are stacked', () => {
    const svg = draw({ ...barSpec(3, 4, { stacked: true }) })
    const parts = pathsOf(svg, 'bar').map((data) => subpathsOf(data))
    for (const [i, part] of parts.slice(1).entries()) {
      for (const group of [0, 1, 2, 3]) {
        expect(part[group]?.[0]).toEqual(parts[i]?.[group]?.[1])
      }
    }
  })

  test('has parts that are told apart without their hues', () => {
    const spec = barSpec(3, 2, { stacked: true })
    const colors = [classColors.payload, classColors.header, classColors.control]
    spec.series = spec.series.map(({ name, points }, i) => ({
      name,
      points,
      color: colors[i] ?? expect.fail(),
    }))
    const svg = draw(spec)
    expectSound(svg)
    const patterns = [...svg.matchAll(/<pattern id="([^"]*)"[^>]*>(.*?)<\/pattern>/g)]
    expect(patterns.map(([, id]) => id)).toEqual([`${spec.id}-1`, `${spec.id}-2`])
    expect(new Set(patterns.map(([, , tile]) => tile?.replace(/fill="[^"]*"/, ''))).size).toBe(2)
    // The sample beside each name is in the same path.
    expect(pathsOf(svg, 'bar').map((data) => subpathsOf(data).length)).toEqual([3, 3, 3])
  })

  test.for([partColors, classColors])(
    'has another hatch for each part, and none for payload, %o',
    (colors) => {
      const drawn = Object.entries(colors).map(([part, color]) => ({
        part,
        hatch: JSON.stringify(hatches[color]),
      }))
      expect(drawn.filter(({ hatch }) => hatch === undefined).map(({ part }) => part)).toEqual(['payload'])
      expect(new Set(drawn.map(({ hatch }) => hatch)).size).toBe(drawn.length)
    },
  )

  test('of 0 says so, and none is drawn for what has no value', () => {
    const spec = barSpec(1, 3)
    spec.series[0]?.points.splice(1, 2, { x: 1, y: 0, text: '0' }, { x: 2, y: Number.NaN, text: '-' })
    const svg = draw(spec)
    expect(subpathsOf(pathsOf(svg, 'bar')[0] as string)).toHaveLength(2)
    expect(textsOf(svg).filter(({ text }) => text === '0')).toHaveLength(2)
  })

  test('has its name over it where it is wide', () => {
    const spec = barSpec(2, 2)
    const wide = 'with the headers of a browser and permessage-deflate'
    spec.x.categories = [wide, 'none']
    expect(textsOf(draw(spec)).find(({ text }) => text === wide)?.x).toBe(15)
  })
})

describe('a drawing', () => {
  const single = lineSpec([[{ x: 5, y: 5, low: 5, high: 5 }]], { x: true, y: true })
  const chinese = '服务器推送事件的平均延迟，从计划时间到接收'
  test.for<[string, ChartSpec]>([
    ['lines', sweep(5)],
    ['many lines', sweep(11)],
    ['a single point', single],
    ['nothing', { ...single, series: [] }],
    ['no finite value', lineSpec([[{ x: Number.NaN, y: 1 }]])],
    ['values that are all 0', lineSpec([[0, 1].map((x) => ({ x, y: 0 }))])],
    ['a wide range', lineSpec([[1e-6, 1e9].map((y, x) => ({ x, y }))], { y: true })],
    ['grouped bars', barSpec(11, 3)],
    ['stacked bars', barSpec(3, 11, { stacked: true })],
    ['no bars', { ...barSpec(0, 0) }],
    ['bars without groups', { ...barSpec(2, 2), x: { title: '' } }],
    [
      'names in Chinese, and what has to be escaped',
      {
        ...sweep(2),
        question: '"<是什么>" & more',
        series: sweep(2).series.map((one) => ({ ...one, name: chinese })),
      },
    ],
  ])('of %s is sound, and the same each time', ([, spec]) => {
    const svg = draw(spec)
    expectSound(svg)
    expect(draw(spec)).toBe(svg)
  })

  test.for<[string, ChartSpec, number]>([
    ['5 techniques at 5 places', sweep(5), 2_500],
    ['5 techniques at 5 places, of wide ranges', sweep(5, 0.3), 3_000],
    ['11 techniques at 5 places', sweep(11), 4_500],
    ['11 techniques at 5 places, of wide ranges', sweep(11, 0.3), 4_900],
    ['bars of 5 techniques in 2 groups', barSpec(5, 2), 2_500],
    ['bars of 11 techniques in 3 groups', barSpec(11, 3), 4_600],
    ['bars of 11 techniques in 3 parts', barSpec(3, 11, { stacked: true }), 2_800],
  ])('of %s is small', ([, spec, bytes]) => {
    expect(Buffer.byteLength(draw(spec))).toBeLessThanOrEqual(bytes)
  })
})

/** The middles of the first series' markers, discs. */
function marks(svg: string): Place[] {
  return subpathsOf(pathsOf(svg, 'dot')[0] ?? '').map(([middle]) => middle as Place)
}

/** From values to places, by two texts of each axis that are furthest apart. */
function axes(
  svg: string,
  log: { x: boolean; y: boolean },
  title: Text = 'Subscribers',
): [(value: number) => number, (value: number) => number] {
  const texts = textsOf(svg)
  const bottom = (texts.find(({ text }) => text === title) as Label).y - 21
  const ticks = texts.flatMap(({ x, y, text }) => {
    const value = Number(text.replaceAll(',', ''))
    return Number.isNaN(value) ? [] : [{ x, y, value }]
  })
  const at = (all: { place: number; value: number }[], isLog: boolean) => {
    const [first, last] = [all[0], all.at(-1)] as { place: number; value: number }[]
    const scale = isLog ? Math.log : (value: number) => value
    return (value: number) =>
      (first?.place ?? 0) +
      ((scale(value) - scale(first?.value ?? 0)) / (scale(last?.value ?? 1) - scale(first?.value ?? 0))) *
        ((last?.place ?? 0) - (first?.place ?? 0))
  }
  return [
    at(
      ticks.filter(({ y }) => y === bottom).map(({ x, value }) => ({ place: x, value })),
      log.x,
    ),
    at(
      ticks.filter(({ y }) => y !== bottom).map(({ y, value }) => ({ place: y - 4.5, value })),
      log.y,
    ),
  ]
}
