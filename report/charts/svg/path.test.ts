import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { subpathsOf } from '../../fixture/svg.ts'
import { Path } from './path.ts'

const place = fc.record({
  x: fc.double({ min: -50, max: 700, noNaN: true }),
  y: fc.double({ min: -50, max: 700, noNaN: true }),
})

describe('path data', () => {
  test('are as short as they can be', () => {
    const path = new Path().move(100, 50).line(120, 50).line(130, 45).line(140, 40).line(140, 90)
    expect(path.segment(0, 0, 1, 0).data).toBe('M100 50h20l10-5 10-5v50M0 0h1')
    expect(new Path(1).segment(0.51, 2, 0.94, 2).data).toBe('M.5 2h.4')
  })

  test('stand for the same places when they are read back, however many went before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(place, { minLength: 1 }), { minLength: 1 }),
        fc.nat(1),
        (lines, decimals) => {
          const path = new Path(decimals)
          for (const [first, ...others] of lines) {
            path.move(first?.x ?? 0, first?.y ?? 0)
            for (const { x, y } of others) path.line(x, y)
          }
          const read = subpathsOf(path.data).flat()
          for (const { x, y } of lines.flat()) {
            const nearest = Math.min(...read.map((one) => Math.max(Math.abs(one.x - x), Math.abs(one.y - y))))
            expect(nearest).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9)
          }
        },
      ),
    )
  })

  test('go on from where a closed shape began, and say where they are after an open one', () => {
    const closed = new Path().stamp(10, 10, 'h8v8z').stamp(30, 10, 'h8v8z')
    expect(closed.data).toBe('M10 10h8v8zm20 0h8v8z')
    expect(new Path().stamp(10, 10, 'h8').stamp(30, 10, 'h8').data).toBe('M10 10h8M30 10h8')
  })
})
