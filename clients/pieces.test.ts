import { fstatSync, readdirSync, readlinkSync } from 'node:fs'
import { array, assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { Pieces } from './pieces.ts'

test('what was kept is what was added, wherever it lies by now', () => {
  assert(
    property(array(uint8Array({ maxLength: 40 }), { maxLength: 40 }), (all) => {
      const pieces = new Pieces(64)
      for (const piece of all) pieces.add(piece)
      expect(pieces.bytes()).toEqual(Buffer.concat(all))
      expect(pieces.length).toBe(Buffer.concat(all).length)
      expect(pieces.ends).toEqual(all.map((_, i) => Buffer.concat(all.slice(0, i + 1)).length))
      expect(pieces.atUs).toHaveLength(all.length)
    }),
    { numRuns: 40 },
  )
})

test.runIf(process.platform === 'linux')('all but the last of it lies in a file that has no name', () => {
  const pieces = new Pieces()
  for (let i = 0; i < 100; i++) pieces.add(new Uint8Array(100_000).fill(i))
  const files = readdirSync('/proc/self/fd').flatMap((fd) => {
    const link = readlinkOrEmpty(`/proc/self/fd/${fd}`)
    return /pushlab-tap-.*deleted/.test(link) ? fstatSync(Number(fd)).size : []
  })
  expect(Math.max(...files)).toBeGreaterThan(10_000_000 - 256 * 1024 - 100_000)
  expect(pieces.bytes().at(-1)).toBe(99)
})

test('a run of an hour remembers no more times than one of a minute', () => {
  const pieces = new Pieces()
  for (let i = 0; i < 100_000; i++) pieces.add(new Uint8Array(1))
  expect([pieces.ends.length, pieces.atUs.length]).toEqual([4_096, 4_096])
  expect(pieces.length).toBe(100_000)
})

/** A descriptor may be gone by now. */
function readlinkOrEmpty(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

test('where no file can be had it stays in memory', () => {
  const tmp = process.env.TMPDIR
  process.env.TMPDIR = '/nowhere'
  try {
    const pieces = new Pieces(10)
    for (let i = 0; i < 5; i++) pieces.add(new Uint8Array(20).fill(i))
    expect(pieces.bytes()).toHaveLength(100)
  } finally {
    if (tmp === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = tmp
  }
})
